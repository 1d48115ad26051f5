"""Columns that have no place in an event row, kept as one JSON object a row."""

import json
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

_TO_ESCAPE = '["\\\\\x00-\x1f]'


def as_objects(columns: dict[str, pa.Array], rows: int) -> pa.Array:
    """A JSON object for each row of its cells that are not null or empty; null for a row without any."""
    if not columns:
        return pa.nulls(rows, pa.string())
    inner = pc.utf8_slice_codeunits(joined_cells([_member(name, column) for name, column in columns.items()]), 1)
    whole = pc.binary_join_element_wise("{", inner, "}", "")
    return pc.if_else(pc.equal(pc.binary_length(inner), 0), pa.scalar(None, pa.string()), whole)


def joined_cells(columns: Sequence[pa.Array]) -> pa.Array:
    """The cells of each row that are not null, as one text.

    Nulls are replaced, not skipped: in Arrow 26 a row of which every cell is skipped is itself left out.
    """
    return pc.binary_join_element_wise(*columns, "", null_handling="replace", null_replacement="")


def _member(name: str, column: pa.Array) -> pa.Array:
    """A comma, the name and the cell; null for an empty one."""
    text = column
    if pc.any(pc.match_substring_regex(column, _TO_ESCAPE)).as_py():
        encoded = column.dictionary_encode()
        escaped = [json.dumps(each, ensure_ascii=False)[1:-1] for each in encoded.dictionary.to_pylist()]
        text = pa.array(escaped, pa.string()).take(encoded.indices)
    member = pc.binary_join_element_wise(f',{json.dumps(name, ensure_ascii=False)}:"', text, '"', "")
    return pc.if_else(pc.equal(pc.binary_length(column), 0), pa.scalar(None, pa.string()), member)
