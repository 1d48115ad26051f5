"""From a table with a column of names to the same table with places: a row out for every row in, in order."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from textwrap import shorten

from incidentmap.gazetteer import open_gazetteer
from incidentmap.gazetteer import region as known_region
from incidentmap.gazetteer.decided import NOTHING, decided
from incidentmap.model import BadValue, NameAsked, Reason, ResolutionStatus, UnreadableTable, reason
from incidentmap.tables import Batch, Table, as_text, check_output, column_index, free_names, open_table, written
from incidentmap.walks.answer import COLUMNS, EMPTY, Answer, Answerer, Cells
from incidentmap.walks.countries import country_code
from incidentmap.walks.gazetteer import attributions
from incidentmap.walks.questions import note_questions
from incidentmap.walks.tally import Frequent, Tally
from incidentmap.walks.workspace import Workspace, open_workspace

Progress = Callable[[str, int | None], AbstractContextManager[Callable[[int], None]]]
_KEPT_ANSWERS = 20_000
_MOST_LISTED = 20
_STEP = 200
"""Rows between two signs of progress."""
_LONGEST_WORDS = 300


@dataclass(frozen=True, slots=True)
class TableAsked:
    """What to do with a table.

    Parameters
    ----------
    admins
        Columns of units that the names lie in, the smallest first.
    country, country_column
        The country of all names, or the column that tells it: codes or names; None for neither. A code goes before a column.
    region_id
        Region of interest; that of the workspace by default.
    workspace
        Folder whose layers and decisions count and whose queue takes the doubtful names; None for none.
    """

    path: Path
    name: str
    output: Path
    admins: tuple[str, ...] = ()
    country: str | None = None
    country_column: str | None = None
    region_id: str | None = None
    workspace: Path | None = None
    sheet: str | None = None
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class TableDone:
    """What was done.

    Parameters
    ----------
    by_precision
        Rows by UCDP `where_prec`, 1 to 7, of those with a place.
    misses, ambiguous
        The most frequent ones.
    names
        How many different names were looked up.
    partial
        Whether there were so many different doubtful names that rare ones were not kept for the lists and the queue.
    questions
        How many names wait for a decision in the workspace, None without one.
    notes
        What a user should know about how the table was read.
    """

    path: Path
    output: Path
    told: Reason
    rows_in: int
    rows_out: int
    by_status: dict[str, int]
    by_precision: dict[int, int]
    misses: tuple[Frequent, ...]
    ambiguous: tuple[Frequent, ...]
    names: int
    decided: int
    questions: int | None
    partial: bool
    seconds: float
    gazetteer: str
    attributions: tuple[str, ...]
    notes: tuple[Reason, ...]


@contextmanager
def silent(_title: str, _total: int | None) -> Iterator[Callable[[int], None]]:
    """Progress that nobody sees."""
    yield lambda _: None


def geocode_table(asked: TableAsked, progress: Progress = silent) -> TableDone:
    """Write a table again with what its names mean.

    Returns
    -------
    TableDone
        Same table, gazetteer and decisions: same bytes written.

    Raises
    ------
    UnreadableTable
        If the table cannot be read or lacks a column.
    UnwritablePlace
        If the output cannot be written; it is as it was then.
    BadValue, UnknownRegion
        If the country or region is none.
    """
    begun = time.monotonic()
    check_output(asked.output, asked.path)
    wanted = [asked.name, *asked.admins, *filter(None, [asked.country_column])]
    table = open_table(asked.path, wanted, asked.sheet)
    workspace = open_workspace(asked.workspace) if asked.workspace else None
    rows = _Rows(asked, table, _answerer(asked, workspace))
    columns = free_names(table.columns, COLUMNS)
    with progress("rows", table.rows) as advance, written(table, columns, asked.output) as put:
        for batch in table.read():
            put(batch, rows.cells(batch, advance))
        if rows.tally.rows != table.rows:
            raise UnreadableTable(f"{table.path}: it changed while it was read. Run the command again.")
    questions = note_questions(workspace, asked.path.name, rows.tally.doubts()) if workspace else None
    renamed = (reason("table_columns_renamed", ending=columns[0].name.removeprefix(COLUMNS[0].name)),)
    notes = (*table.notes, *(renamed if columns != COLUMNS else ()))
    return _done(asked, table, rows, questions=questions, notes=notes, seconds=time.monotonic() - begun)


def _answerer(asked: TableAsked, workspace: Workspace | None) -> Answerer:
    region_id = asked.region_id or (workspace.region_id if workspace else None)
    if region_id:
        known_region(region_id)
    decisions = decided(workspace.store.decisions.all()) if workspace else NOTHING
    return Answerer(workspace.gazetteer if workspace else open_gazetteer(), decisions, region_id, asked.language)


class _Rows:
    """Answers rows; equal names, units and countries are looked up once, as long as they are among the last many."""

    def __init__(self, asked: TableAsked, table: Table, answerer: Answerer) -> None:
        self.tally = Tally()
        self.answerer = answerer
        self._answer = lru_cache(maxsize=_KEPT_ANSWERS)(self._look_up)
        self._code = lru_cache(maxsize=_KEPT_ANSWERS)(lambda text: country_code(text, answerer.gazetteer))
        self._name = column_index(table.path, table.columns, asked.name)
        self._admins = [column_index(table.path, table.columns, name) for name in asked.admins]
        column = asked.country_column
        self._country = column_index(table.path, table.columns, column) if column and not asked.country else None
        self._fixed = self._fixed_country(asked.country)

    def cells(self, batch: Batch, advance: Callable[[int], None]) -> list[Cells]:
        """The cells to add to each row of a batch."""
        found = []
        for index, row in enumerate(batch.rows):
            found.append(self._row(row, batch.marks.get(index)))
            if len(found) % _STEP == 0:
                advance(_STEP)
        advance(len(found) % _STEP)
        return found

    def _row(self, row: Sequence[object], mark: Reason | None) -> Cells:
        country, unknown = self._country_of(row)
        admin = "; ".join(filter(None, (as_text(row[index]).strip() for index in self._admins)))
        asked = NameAsked(as_text(row[self._name]).strip(), admin, country)
        answer = self._tags(row) or self._answer(asked)
        self.tally.count(asked, answer, lambda: _words(row))
        marks = tuple(filter(None, (mark, unknown if answer.status != EMPTY else None)))
        return self.answerer.with_reasons(answer.cells, marks) if marks else answer.cells

    def _look_up(self, asked: NameAsked) -> Answer:
        self.tally.names += bool(asked.name)
        return self.answerer.answer(asked)

    def _country_of(self, row: Sequence[object]) -> tuple[str, Reason | None]:
        """Code of the row's country, empty if it tells none; and what is wrong with what it tells."""
        text = as_text(row[self._country]).strip() if self._country is not None else ""
        if not text:
            return self._fixed, None
        code = self._code(text)
        return (code, None) if code else ("", reason("row_country_unknown", country=shorten(text, 60, placeholder="…")))

    def _fixed_country(self, text: str | None) -> str:
        code = self._code(text) if text else ""
        if code is None:
            raise BadValue("--country", text, "a country: its ISO 3166-1 code (ML, MLI) or its name in English or French")
        return code

    def _tags(self, row: Sequence[object]) -> Answer | None:
        """The answer for a row of HXL tags, which may stand right below the header."""
        cells = [text for text in map(as_text, row) if text] if not self.tally.rows else []
        tags = bool(cells) and all(text.startswith("#") for text in cells)
        return self.answerer.nothing(EMPTY, reason("row_tags")) if tags else None


def _words(row: Sequence[object]) -> str:
    """A row as a person who decides wants to see it."""
    return shorten(" | ".join(filter(None, map(as_text, row))), _LONGEST_WORDS, placeholder="…")


def _done(
    asked: TableAsked, table: Table, rows: "_Rows", *, questions: int | None, notes: tuple[Reason, ...], seconds: float,
) -> TableDone:
    tally = rows.tally
    order = [*(status.value for status in ResolutionStatus), EMPTY]
    return TableDone(
        path=asked.path, output=asked.output, told=table.told, rows_in=table.rows, rows_out=tally.rows,
        by_status={status: tally.by_status[status] for status in order},
        by_precision=dict(sorted(tally.by_precision.items())),
        misses=tally.frequent(ResolutionStatus.MISS, _MOST_LISTED),
        ambiguous=tally.frequent(ResolutionStatus.AMBIGUOUS, _MOST_LISTED),
        names=tally.names, decided=tally.decided, questions=questions, partial=tally.partial, seconds=seconds,
        gazetteer=rows.answerer.gazetteer.version, attributions=attributions(asked.workspace), notes=notes,
    )
