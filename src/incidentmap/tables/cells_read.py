"""The cells of a batch by field: blanks at the edges cut off, words for the unknown made null; what is odd in texts noted."""

from collections.abc import Mapping as Pairs

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.tables.cells import LONGEST_TEXT
from incidentmap.tables.names_known import unknown_words
from incidentmap.tables.verdicts import Flags, Notebook

_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_HTML = "(?i)</?[a-z][a-z0-9]*(?:\\s[^<>]*)?/?>|<!--|&(?:lt|gt|amp|quot|nbsp|#\\d+);"
_DELETE = b"\x7f"
_NOT_CONTROL = bytes(code for code in range(256) if code >= ord(" ") or code in b"\t\n\r")


class Cells:
    """One batch of raw rows, asked by field."""

    def __init__(self, table: pa.RecordBatch, names: tuple[str, ...], fields: Pairs[str, tuple[int, ...]]) -> None:
        self.table, self.names, self.fields = table, names, fields
        self._read: dict[int, pa.Array] = {}

    def __contains__(self, field: str) -> bool:
        return field in self.fields

    def name(self, field: str) -> str:
        """Name of the (first) column of a field."""
        return self.names[self.fields[field][0]]

    def raw(self, field: str) -> pa.Array:
        """The cells as they stand in the file."""
        return self.table.column(self.fields[field][0])

    def column(self, field: str) -> pa.Array:
        """The cells cleaned; unknown is null."""
        return self.at(self.fields[field][0])

    def at(self, place: int) -> pa.Array:
        """As :meth:`column`, by place."""
        if place not in self._read:
            self._read[place] = _clean(self.table.column(place))
        return self._read[place]

    def put(self, field: str, column: pa.Array) -> None:
        """Let a field be read from these cells instead."""
        self._read[self.fields[field][0]] = column

    def used(self) -> frozenset[int]:
        """Places of the columns that fields are read from; of several for one field, the first."""
        return frozenset(places[0] for places in self.fields.values())


def _clean(column: pa.Array) -> pa.Array:
    trimmed = pc.ascii_trim_whitespace(column)
    unknown = pc.is_in(trimmed, value_set=pa.array(unknown_words()))
    return pc.if_else(unknown, pa.scalar(None, pa.string()), trimmed) if pc.any(unknown).as_py() else trimmed


def check_texts(cells: Cells, notebook: Notebook) -> None:
    """Note cells that are too long for their field, hold control characters or HTML."""
    used = cells.used()
    for place, name in enumerate(cells.names):
        column = cells.table.column(place)
        if not len(column) or column.null_count == len(column):
            continue
        if place in used and pc.max(pc.binary_length(column)).as_py() > LONGEST_TEXT:
            flags = _flags(pc.greater(pc.utf8_length(column), LONGEST_TEXT))
            notebook.add("cell_too_long", flags, name, pc.utf8_slice_codeunits(column, 0, 200))
        low, tag = _suspect(column)
        if low:
            notebook.add("control_characters", _flags(pc.match_substring_regex(column, _CONTROL)), name, column)
        if tag:
            notebook.add("html_in_text", _flags(pc.match_substring_regex(column, _HTML)), name, column)


def without_control(column: pa.Array) -> pa.Array:
    """The texts with control characters replaced by U+FFFD: files of XML and terminals must not meet them."""
    low, _ = _suspect(column) if len(column) else (False, False)
    return pc.replace_substring_regex(column, _CONTROL, "\ufffd") if low else column


def _suspect(column: pa.Array) -> tuple[bool, bool]:
    """Whether any byte of the column is a control character, and whether any is < or &."""
    data = column.buffers()[2]
    if data is None or not data.size:
        return False, False
    text = data.to_pybytes()  # whose search is six times as fast as comparisons of arrays
    low = int(np.frombuffer(data, np.uint8).min()) < ord(" ") and bool(text.translate(None, _NOT_CONTROL))
    return low or _DELETE in text, b"<" in text or b"&" in text


def _flags(array: pa.Array) -> Flags:
    flags: Flags = pc.fill_null(array, fill_value=False).to_numpy(zero_copy_only=False)
    return flags


def flags(array: pa.Array) -> Flags:
    """A column of truths as numpy flags; null is false."""
    return _flags(array)


def given(column: pa.Array) -> Flags:
    """Which cells say something."""
    return flags(pc.is_valid(column))
