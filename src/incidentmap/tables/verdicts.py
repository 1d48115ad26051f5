"""A verdict for every row: accepted, accepted with a warning, or refused; and what was found, by rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


class Level(StrEnum):
    """What a finding does to its row."""

    REFUSED = "refused"
    WARNING = "warning"


_REFUSED = (
    "row_uneven", "row_blank", "row_says_nothing", "date_unreadable", "date_end_before_start", "date_future",
    "coordinate_unreadable", "coordinate_half", "coordinate_range", "coordinate_zero", "coordinate_swapped", "coordinate_sign",
    "figure_negative", "figure_not_whole", "figure_too_large", "figure_unreadable", "duplicate_id", "duplicate_row",
    "code_range", "cell_too_long",
)
_WARNING = (
    "date_missing", "date_order", "date_two_digits", "date_serial", "coordinate_missing", "coordinate_at_sea",
    "coordinate_other_country", "figures_order", "figure_range", "figure_bound", "figure_about", "figure_thousands",
    "country_unknown", "event_type_unknown", "sub_event_type_unknown", "html_in_text", "control_characters",
    "number_unreadable",
)
KEPT_AS_WRITTEN = frozenset({
    "date_order", "date_two_digits", "date_serial", "figure_range", "figure_bound", "figure_about", "figure_thousands",
    "country_unknown", "event_type_unknown", "sub_event_type_unknown", "number_unreadable",
})
"""Rules by which a cell became less than it said: what it said stays in `extra`."""
RULES: Mapping[str, Level] = dict.fromkeys(_REFUSED, Level.REFUSED) | dict.fromkeys(_WARNING, Level.WARNING)
"""Every rule; its words stand under ``verdict.<rule>`` in `data/words`."""

_FOUND = pa.schema([
    ("file_row", pa.int64()), ("sheet_row", pa.int64()), ("column", pa.string()), ("rule", pa.string()), ("level", pa.string()),
    ("value", pa.string()), ("note", pa.string()),
])


@dataclass(frozen=True, slots=True)
class RowFinding:
    """One thing found in one row.

    Parameters
    ----------
    file_row, sheet_row
        Number of the row among the data, from 1; and as a spreadsheet shows it.
    column, value
        Where it was found, and the cell as written; both empty if it concerns the whole row.
    rule
        A key of :data:`RULES`.
    level
        What it does to the row.
    note
        What the message needs to say beside the value, e.g. the number of the first row with this id.
    """

    file_row: int
    sheet_row: int
    column: str
    value: str
    rule: str
    level: Level
    note: str = ""


@dataclass(frozen=True)
class Checked:
    """What became of the rows of a batch; rows = accepted + merged + refused.

    Parameters
    ----------
    rows
        How many were looked at.
    accepted
        Rows of the event schema, in the order of the file.
    merged
        Rows that told an accepted event once more with its sides swapped; they count as accepted and are no rows of their own.
    refused
        The raw rows that were not accepted.
    refused_rows
        Their numbers among the data of the file.
    found
        All findings as a table: file_row, sheet_row, column, rule, level, value, note.
    unheld
        Points that could not be held against a country: their rows name none, or one without a polygon.
    """

    rows: int
    accepted: pa.RecordBatch
    merged: int
    refused: pa.RecordBatch
    refused_rows: NDArray[np.int64]
    found: pa.Table
    unheld: int = 0

    @cached_property
    def findings(self) -> tuple[RowFinding, ...]:
        """All findings, by row."""
        return tuple(row_findings(self.found))

    @property
    def warned(self) -> int:
        """How many accepted rows have a warning."""
        return int(np.count_nonzero(pc.list_value_length(self.accepted["warnings"]).to_numpy(zero_copy_only=False)))


def row_findings(found: pa.Table) -> Iterator[RowFinding]:
    """The findings of such a table as records."""
    for row in found.to_pylist():
        yield RowFinding(**{**row, "level": Level(row["level"])})


def by_rule(found: pa.Table) -> dict[str, int]:
    """How many findings each rule has, the most frequent first."""
    counted = pc.value_counts(found["rule"].combine_chunks())
    pairs = [(each["values"].as_py(), each["counts"].as_py()) for each in counted]
    return dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


class Notebook:
    """Findings of one batch, as they are made: a flag for each row, rule by rule."""

    def __init__(self, rows: int, first_row: int, above: int) -> None:
        self.rows = rows
        self.refused = np.zeros(rows, bool)
        self.above = above
        """Rows of the file above its first row of data."""
        self._first_row = first_row
        self.unheld = 0
        """Points that could not be held against a country."""
        self.kept: dict[str, Flags] = {}
        """By column, in which rows what is written must be kept beside what was read."""
        self._warned: list[tuple[str, Flags]] = []
        self._found: list[pa.Table] = []

    def add(
        self, rule: str, flags: Flags, column: str = "", values: pa.Array | None = None, notes: pa.Array | None = None,
    ) -> None:
        """Note that the flagged rows go against a rule; values and notes have one entry for each row of the batch."""
        at = np.flatnonzero(flags)
        if not len(at):
            return
        if RULES[rule] is Level.REFUSED:
            self.refused |= flags
        else:
            self._warned.append((rule, flags))
            if rule in KEPT_AS_WRITTEN:
                self.kept[column] = self.kept.get(column, flags) | flags
        file_row = pa.array(self._first_row + at)
        value, note = (_same("", len(at)) if each is None else _cells(each, at) for each in (values, notes))
        told = (_same(text, len(at)) for text in (column, rule, RULES[rule].value))
        arrays = [file_row, pc.add(file_row, self.above), *told, value, note]
        self._found.append(pa.Table.from_arrays(arrays, schema=_FOUND))

    def found(self) -> pa.Table:
        """All findings, by row."""
        table = pa.concat_tables(self._found) if self._found else _FOUND.empty_table()
        return table.sort_by([("file_row", "ascending")])

    def warnings(self) -> pa.Array:
        """For each row the list of its warnings."""
        counts = np.zeros(self.rows, np.int32)
        for _, flags in self._warned:
            counts += flags
        offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        filled = np.zeros(int(offsets[-1]), np.int32)
        place = offsets[:-1].copy()
        for number, (_, flags) in enumerate(self._warned):
            filled[place[flags]] = number
            place += flags
        rules = pa.array([rule for rule, _ in self._warned], pa.string())
        return pa.ListArray.from_arrays(pa.array(offsets), rules.take(pa.array(filled)))


def _cells(column: pa.Array, at: NDArray[np.intp]) -> pa.Array:
    return pc.fill_null(column.take(pa.array(at)), "")


def _same(text: str, times: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), times)
