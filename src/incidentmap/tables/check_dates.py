"""Days of a batch: read, and held against each other and against today."""

from dataclasses import dataclass
from datetime import date
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from incidentmap.model import DatePrecision
from incidentmap.tables.cells_read import Cells, given
from incidentmap.tables.dates_in import DateRead, DayOrder, read_date
from incidentmap.tables.distinct import distinct
from incidentmap.tables.extra import joined_cells
from incidentmap.tables.verdicts import Flags, Notebook

_EPOCH = date(1970, 1, 1).toordinal()
_NONE = -(2**31)
Days = NDArray[np.int32]
_ABOUT = DatePrecision.ABOUT.value
_DOUBTS = ("date_order", "date_two_digits", "date_serial")


@dataclass(frozen=True, slots=True)
class _Read:
    """Days as numbers since 1970, `_NONE` where there is none."""

    start: Days
    end: Days
    precision: NDArray[np.object_]


def check_dates(cells: Cells, order: DayOrder | None, today: date, notebook: Notebook) -> dict[str, pa.Array]:
    """The date columns of the row; noted are dates missing, unreadable, open to doubt, the wrong way round or to come."""
    if "date_start" in cells or "date_end" in cells:
        read, field = _two(cells, order, notebook), "date_start" if "date_start" in cells else "date_end"
    else:
        column, field = _single(cells)
        if column is None:
            notebook.add("date_missing", ~notebook.refused)
            return {}
        read = _column(column, cells.name(field), order, notebook)
    known, raw = read.start != _NONE, cells.raw(field)
    notebook.add("date_missing", ~known & ~notebook.refused, cells.name(field), raw)
    ends = _days(read.end).cast(pa.string())
    notebook.add("date_end_before_start", known & (read.end < read.start), cells.name(field), raw, ends)
    notebook.add("date_future", known & (read.start > today.toordinal() - _EPOCH), cells.name(field), raw)
    start = _days(read.start)
    return {"date_start": start, "date_end": _days(read.end), "date_precision": pa.array(read.precision, pa.string())}


def not_to_the_day(dates: dict[str, pa.Array], scale: pa.Array | None) -> dict[str, pa.Array]:
    """One day whose source says, in its own scale (2 and above), that it is not sure: its precision is "about"."""
    if scale is None or not dates:
        return dates
    unsure = pc.and_(pc.equal(dates["date_precision"], DatePrecision.DAY.value), pc.greater(scale, 1))
    return {**dates, "date_precision": pc.if_else(pc.fill_null(unsure, fill_value=False), _ABOUT, dates["date_precision"])}


def _single(cells: Cells) -> tuple[pa.Array | None, str]:
    if "date" in cells:
        return cells.column("date"), "date"
    if "year" not in cells:
        return None, ""
    parts = [cells.column(field) for field in ("year", "month", "day") if field in cells]
    joined = joined_cells([parts[0], *(pc.binary_join_element_wise("-", part, "") for part in parts[1:])])
    return pc.if_else(pc.is_valid(parts[0]), joined, pa.scalar(None, pa.string())), "year"


def _two(cells: Cells, order: DayOrder | None, notebook: Notebook) -> _Read:
    """Start and end from a column each; where one is empty the other holds for both."""
    fields = [field for field in ("date_start", "date_end") if field in cells]
    reads = [_column(cells.column(field), cells.name(field), order, notebook) for field in fields]
    first, last = reads[0], reads[-1]
    start = np.where(first.start == _NONE, last.start, first.start)
    end = np.where(last.end == _NONE, first.end, last.end)
    whole = (first.start == start) & (first.end == end)
    apart = np.where(start == end, DatePrecision.DAY.value, DatePrecision.RANGE.value).astype(object)
    apart[start == _NONE] = None
    precision = np.where(whole, first.precision, apart)
    return _Read(start, end, precision)


def _column(column: pa.Array, name: str, order: DayOrder | None, notebook: Notebook) -> _Read:
    read = distinct(column, partial(read_date, order=order), None)
    start = read.spread(lambda each: _number(each.start) if each else _NONE, np.int32)
    unread: Flags = (start == _NONE) & given(column)
    notebook.add("date_unreadable", unread, name, column)
    doubts = {each.doubt for each in read.values if each}
    for doubt in _DOUBTS:
        if doubt in doubts:
            kept = read.text(lambda each: each.start.isoformat() if each else None)
            flags = read.spread(lambda each, doubt=doubt: bool(each) and each.doubt == doubt, bool)  # type: ignore[misc]
            notebook.add(doubt, flags, name, column, kept)
    end = read.spread(lambda each: _number(each.end) if each else _NONE, np.int32)
    return _Read(start, end, read.spread(_precision, object))


def _precision(read: DateRead | None) -> str | None:
    return read.precision.value if read else None


def _number(day: date) -> int:
    return day.toordinal() - _EPOCH


def _days(days: Days) -> pa.Array:
    return pa.array(days.astype(np.int32), mask=days == _NONE).cast(pa.date32())
