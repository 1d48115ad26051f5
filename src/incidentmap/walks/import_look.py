"""A first look at a file of events: how it is read, what its columns are taken for, and a few cells as written and as read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from types import MappingProxyType
from typing import Any

from incidentmap.model import Reason
from incidentmap.store.events import open_events
from incidentmap.tables.checks import Checker
from incidentmap.tables.dates_in import DayOrder, order_shown, read_date
from incidentmap.tables.ground import no_ground
from incidentmap.tables.guess import Guess
from incidentmap.tables.mapping import places
from incidentmap.tables.source import RawBatch, Source
from incidentmap.walks.import_asked import ImportAsked
from incidentmap.walks.import_mapping import is_refused_again, mapped
from incidentmap.walks.import_own import open_table, own_parts
from incidentmap.walks.workspace import CASE_FILE, has_case

_EXAMPLES = 3
_ROWS = 200
_LONGEST = 60
_DAYS = ("date_start", "date_end")
_FIGURES = ("killed", "civilians_killed", "wounded")
_READ_AS: Mapping[str, tuple[str, ...]] = {
    "date": _DAYS, "year": _DAYS, "month": _DAYS, "day": _DAYS, "point": ("lat", "lon"),
    **{kind: tuple(f"{kind}_{bound}" for bound in ("low", "best", "high")) for kind in _FIGURES},
}
"""What the fields of a mapping become that are no columns of an event row."""


@dataclass(frozen=True, slots=True)
class Example:
    """A cell as it stands in the file, and what is read from it; empty if nothing is."""

    text: str
    read: str = ""


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """A date that may begin with the day or with the month, and the day that each reading gives."""

    text: str
    day_first: date
    month_first: date


@dataclass(frozen=True, slots=True)
class Looked:
    """What can be said of a file before its rows are checked.

    Parameters
    ----------
    told, notes
        How it was read: encoding, delimiter, header, sheet.
    rows
        None if only reading can tell.
    guess
        What each column is taken for, with the evidence and the questions left.
    examples
        By column, the first cells that hold something and differ.
    two_readings
        A date by which the order of day and month can be asked, None if it is no question.
    again
        Whether these are rows that an earlier import refused.
    own
        The sources that an export of ours holds; empty for any other table.
    """

    told: Reason
    notes: tuple[Reason, ...]
    rows: int | None
    guess: Guess
    examples: Mapping[str, tuple[Example, ...]]
    two_readings: TwoReadings | None
    again: bool
    own: tuple[str, ...] = ()


def look(asked: ImportAsked) -> Looked:
    """Open a file as an import would, and read its first rows.

    Raises
    ------
    UnreadableTable
        If it cannot be read, or holds no incidents; `SeveralTables`, with their names, if a sheet must be chosen.
    BadValue
        If preset, mapping, source or country cannot be.
    """
    source = open_table(asked.path, asked.sheet)
    log = open_events(asked.workspace / CASE_FILE).snapshots() if has_case(asked.workspace) else ()
    found = mapped(source, asked.mapping, asked.workspace, log)
    examples = _examples(source, found)
    return Looked(
        source.told, source.notes, source.rows, found, examples, _two_readings(found, examples),
        is_refused_again(source.columns), tuple(part.publisher for part in own_parts(source)),
    )


def _examples(source: Source, found: Guess) -> Mapping[str, tuple[Example, ...]]:
    for first in islice(source.read(), 1):
        batch = RawBatch(
            first.first_row, first.table.slice(0, _ROWS), {row: why for row, why in first.marks.items() if row < _ROWS},
        )
        read = _read(source, found, batch)
        at = {place: field for field, all_at in places(found.mapping, found.columns).items() for place in all_at}
        return MappingProxyType({
            name: _of_column(batch, place, _reader(at.get(place)), read)
            for place, name in enumerate(found.columns[: batch.table.num_columns])
        })
    return MappingProxyType({})


def _read(source: Source, found: Guess, batch: RawBatch) -> dict[int, dict[str, Any]]:
    """The event rows that the accepted ones of a batch become, by index."""
    checker = Checker(found.mapping, no_ground(), date.max, above=source.above, headerless=source.headerless)
    rows = checker.check(batch).accepted.to_pylist()
    return {row["file_row"] - batch.first_row: row for row in rows}


def _of_column(
    batch: RawBatch, place: int, reader: Callable[[dict[str, Any]], str], read: Mapping[int, dict[str, Any]],
) -> tuple[Example, ...]:
    """The first cells of a column, those of accepted rows before others."""
    cells: Sequence[str | None] = batch.table.column(place).to_pylist()
    order = sorted(range(len(cells)), key=lambda row: (row not in read, row))
    seen: dict[str, str] = {}
    for row in order:
        text = (cells[row] or "").strip()
        if text and text not in seen:
            seen[text] = reader(read[row]) if row in read else ""
        if len(seen) == _EXAMPLES:
            break
    return tuple(Example(_shortened(text), _shortened(as_read)) for text, as_read in seen.items())


def _reader(field: str | None) -> Callable[[dict[str, Any]], str]:
    """What tells a field of an event row."""
    if field is None:
        return lambda _: ""
    names = _READ_AS.get(field, (field,))
    return lambda row: _told([row.get(name) for name in names])


def _told(values: Sequence[Any]) -> str:
    """One value, the ends of a span, or low (best) high."""
    known = [str(value) for value in values if value is not None]
    if len(set(known)) <= 1:
        return "".join(known[:1])
    low, *best, high = ("?" if value is None else str(value) for value in values)
    return f"{low} – {high}" + (f" ({best[0]})" if best and best[0] != "?" else "")


def _two_readings(found: Guess, examples: Mapping[str, tuple[Example, ...]]) -> TwoReadings | None:
    """The first example that reads differently either way."""
    for name in (name for field in ("date", *_DAYS) for name in found.mapping.columns.get(field, ()) if found.questions):
        for each in examples.get(name, ()):
            first, second = (read_date(each.text, order) for order in (DayOrder.DAY_FIRST, DayOrder.MONTH_FIRST))
            if order_shown(each.text) and first and second and first.start != second.start:
                return TwoReadings(each.text, first.start, second.start)
    return None


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
