"""Rows of texts become numbered batches of named columns."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import pyarrow as pa

from incidentmap.model import Reason, reason
from incidentmap.tables.column import unlike_names
from incidentmap.tables.formats.typed import text_column
from incidentmap.tables.source import RawBatch

BATCH_ROWS = 50_000
"""Rows held in memory at a time."""
_PART_ROWS = 2_000
"""Rows turned into columns at a time: so few stay in the processor's cache."""
_TOTAL = re.compile(r"\s*(grand |sous-)?(total|totaux|totals|sum|somme|ensemble|итого)\b.*", re.IGNORECASE)


def named(names: Sequence[str], width: int, empty: frozenset[int] = frozenset()) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Places and names of the columns of a grid that is `width` wide; those that have neither name nor cell are left out."""
    whole = unlike_names([*names, *[""] * (width - len(names))][:width])
    kept = tuple(index for index in range(width) if index not in empty)
    return kept, tuple(whole[index] for index in kept)


def tags_by_column(tags: Sequence[str], places: Sequence[int], columns: Sequence[str]) -> dict[str, str]:
    """HXL tags by name of column, from tags by place in the grid."""
    return {column: tags[place] for column, place in zip(columns, places, strict=True) if place < len(tags) and tags[place]}


def batches(
    rows: Iterable[Sequence[str | None]], columns: Sequence[str], places: Sequence[int], header: int,
) -> Iterator[RawBatch]:
    """Numbered batches of rows, each filled up to the width of the table.

    Parameters
    ----------
    rows
        Rows of data, as they stand; empty text is an empty cell.
    columns, places
        Names of the columns, and where they stand in a row.
    header
        Cells of the header; a row of another width is marked.
    """
    waiting, first, width = iter(rows), 1, max(places, default=-1) + 1
    parts: list[pa.RecordBatch] = []
    marks: dict[int, Reason] = {}
    while taken := [*islice(waiting, _PART_ROWS)]:
        done = len(parts) * _PART_ROWS
        marks.update((done + index, mark) for index, row in enumerate(taken) if (mark := _mark(row, header)))
        parts.append(_part(taken, columns, places, width))
        if done + len(taken) >= BATCH_ROWS:
            yield RawBatch(first, pa.concat_batches(parts), marks)
            first, parts, marks = first + done + len(taken), [], {}
    if parts:
        yield RawBatch(first, pa.concat_batches(parts), marks)


def _part(rows: Sequence[Sequence[str | None]], columns: Sequence[str], places: Sequence[int], width: int) -> pa.RecordBatch:
    whole = [row if len(row) >= width else [*row, *[None] * (width - len(row))] for row in rows]
    cells = [*zip(*whole, strict=False)]  # a row may be wider by empty cells
    arrays = [text_column(pa.array(cells[place], pa.string())) for place in places]
    return pa.RecordBatch.from_arrays(arrays, names=list(columns))


def _mark(row: Sequence[str | None], header: int) -> Reason | None:
    if not any(row):
        return reason("row_blank")
    return None if len(row) == header else reason("row_uneven", cells=len(row), width=header)


def blank_rows(table: pa.RecordBatch) -> Mapping[int, Reason]:
    """Marks of the rows of a batch in which nothing stands."""
    rows: set[int] | None = None
    for column in table.columns:
        if not column.null_count:
            return {}
        empty = column.is_null().to_numpy(zero_copy_only=False)
        rows = set(empty.nonzero()[0].tolist()) if rows is None else {row for row in rows if empty[row]}
        if not rows:
            return {}
    return {row: reason("row_blank") for row in sorted(rows or ())}


def total_note(cells: Iterable[str | None], row: int) -> tuple[Reason, ...]:
    """What to say of a last row that sums up the others."""
    label = next((cell for cell in cells if cell), None)
    return (reason("table_total", row=row, label=label.strip()),) if label and _TOTAL.fullmatch(label) else ()
