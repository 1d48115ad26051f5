"""Typed cells as the text that a CSV of the same table would hold: days are ISO 8601, whole numbers have no point."""

import datetime
from collections.abc import Callable

import pyarrow as pa
from pyarrow import compute

from incidentmap.tables.cells import as_text

_LARGEST_WHOLE = 2**53
"""Above it a float is no longer exact."""


def cell_text(value: object) -> str | None:
    """A cell as text; None if it is empty. A moment at midnight is a day: spreadsheets know no other days."""
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime.datetime):
        return _moment(value)
    if isinstance(value, datetime.timedelta):
        return str(value)
    return as_text(value) or None


def _number(value: float) -> str | None:
    if value != value:  # noqa: PLR0124 - the one number that is not itself
        return None
    return str(int(value)) if value.is_integer() and abs(value) < _LARGEST_WHOLE else repr(value)


def _moment(value: datetime.datetime) -> str:
    midnight = value.tzinfo is None and value.time() == datetime.time()
    return value.date().isoformat() if midnight else value.isoformat()


def text_column(column: pa.Array) -> pa.Array:
    """A column of any type as text; empty text is null."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return text_column(column.cast(kind.value_type))
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        text = column.cast(pa.string())
        empty = compute.equal(text, "").fill_null(False)  # noqa: FBT003 - pyarrow takes it by place only
        return compute.replace_with_mask(text, empty, pa.scalar(None, pa.string()))
    if _casts_well(kind):
        return column.cast(pa.string())
    return pa.array([cell_text(value) for value in column.to_pylist()], pa.string())


def _casts_well(kind: pa.DataType) -> bool:
    tests: tuple[Callable[[pa.DataType], bool], ...] = (
        pa.types.is_integer, pa.types.is_boolean, pa.types.is_date32, pa.types.is_decimal,
    )
    return any(test(kind) for test in tests)
