"""Cells that a spreadsheet would run as a formula, made harmless in a way that can be undone."""

import pyarrow as pa
import pyarrow.compute as pc

_NUMBER = r"^[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?$"
_FORMULA = "^'*[=+\\-@\t\r]"
_ESCAPED = "^'+[=+\\-@\t\r]"


def guarded(column: pa.Array) -> pa.Array:
    """The cells with an apostrophe before those that begin as a formula does; numbers stay as they are, null is empty."""
    text = pc.fill_null(column, "")
    risky = pc.and_(pc.match_substring_regex(text, _FORMULA), pc.invert(pc.match_substring_regex(text, _NUMBER)))
    return pc.if_else(risky, pc.binary_join_element_wise("'", text, ""), text)


def without_guards(column: pa.Array) -> pa.Array:
    """The cells as they were before :func:`guarded`."""
    return pc.if_else(pc.match_substring_regex(column, _ESCAPED), pc.utf8_slice_codeunits(column, 1), column)
