"""Columns of an export as text, a batch at a time; equal values are written once."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

BLOCK_ROWS = 65_536
"""Records that a columnar file keeps together."""


def texts(column: pa.Array, write: Callable[[Any], str], empty: str) -> pa.Array:
    """Each value as `write` has it, `empty` for what is unknown."""
    encoded = column.dictionary_encode()
    words = pa.array([write(value) for value in encoded.dictionary.to_pylist()], pa.string())
    return pc.fill_null(words.take(encoded.indices), empty)


def lines(parts: Sequence[pa.Array | str]) -> pa.Array:
    """The parts of each record one after another; a plain text stands in every record."""
    return pc.binary_join_element_wise(*(pa.scalar(each) if isinstance(each, str) else each for each in parts), "")


def packed(column: pa.Array) -> memoryview:
    """All texts of a fresh column, one after another, without a copy."""
    offsets = memoryview(column.buffers()[1]).cast("i")
    first, last = offsets[column.offset], offsets[column.offset + len(column)]
    return memoryview(column.buffers()[2])[first:last] if last > first else memoryview(b"")


def plain(value: object) -> str:
    """A number, truth or day as machines write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else repr(value) if isinstance(value, (int, float)) else str(value)


def compact(value: object) -> str:
    """JSON on one line, letters of all scripts as they are."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
