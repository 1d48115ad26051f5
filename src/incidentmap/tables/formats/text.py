"""Text tables: read in columns where their form is regular, cell by cell where it is not; the same cells either way."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import pyarrow as pa
from pyarrow import csv as arrow_csv

from incidentmap.model import BadValue, Reason, UnreadableTable, reason
from incidentmap.tables.formats.grid import BATCH_ROWS, batches, blank_rows, named, tags_by_column, total_note
from incidentmap.tables.formats.header import HEAD_ROWS, Layout, layout_of
from incidentmap.tables.formats.quoting import Quoting, look
from incidentmap.tables.formats.utf8 import WholeLineEnds, utf8
from incidentmap.tables.source import RawBatch, Source
from incidentmap.tables.text import DELIMITERS, Shape, delimiter_of, records
from incidentmap.tables.text_bytes import opened, table_encoding

_BLOCK = 2 << 20
"""Bytes read at a time; a row that is longer is read cell by cell."""
_NAMED_DELIMITERS = {name: sign for sign, name in DELIMITERS.items()}


@dataclass(frozen=True, slots=True)
class _Regular:
    """A table that can be read in columns: every row as wide as the header, quotes by the rules."""

    shape: Shape
    skipped: int
    """Bytes of the table in UTF-8 before its first row of data."""
    width: int
    quoted: bool
    rows: int = 0


@dataclass(slots=True)
class _Survey:
    """What one reading of the rows shows."""

    rows: int = 0
    uneven: int = 0
    widest: int = 0
    bare: frozenset[int] = frozenset()
    """Columns in which nothing stands."""
    last: Sequence[str | None] = ()


def open_text_source(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Source:
    """Open a text table, packed with gzip or not.

    Parameters
    ----------
    path
        The file; one whose name ends in .gz is packed.
    encoding, delimiter
        Found out when not given; a delimiter is one sign, or comma, semicolon, tab or bar.

    Raises
    ------
    UnreadableTable
        If it is empty, no text, or a quote is not closed; the message says where.
    """
    found = _encoding(path, encoding)
    shape = Shape(path, found, _delimiter(delimiter) if delimiter else delimiter_of(path, found, ()))
    head = _head(shape)
    layout, skipped = head
    with utf8(path, found, skipped) as stream:
        seen = look(stream, shape.delimiter)
    notes: tuple[Reason, ...] = layout.notes
    if seen.quoting is Quoting.ODD and shape.delimiter == "\t":
        shape = Shape(path, found, shape.delimiter, quotes=False)
        notes = (*notes, reason("table_quotes_literal"))
    regular = _Regular(shape, skipped, len(layout.names), seen.quoting is Quoting.REGULAR)
    odd = seen.quoting is Quoting.ODD and shape.quotes
    survey = None if odd else _survey_columns(regular, layout, seen.blank_end)
    fast = survey is not None
    if survey is None:
        survey = _survey_cells(shape, layout)
    return _source(regular, layout, survey, notes, fast=fast)


def _source(regular: _Regular, layout: Layout, survey: _Survey, notes: tuple[Reason, ...], *, fast: bool) -> Source:
    shape, width = regular.shape, max(survey.widest, regular.width)
    places, columns = named(layout.names, width, survey.bare)
    uneven = (reason("table_uneven", rows=survey.uneven, width=regular.width),) if survey.uneven else ()
    whole = _Regular(shape, regular.skipped, regular.width, regular.quoted, survey.rows)
    return Source(
        path=shape.path,
        told=reason("table_text", encoding=codecs.lookup(shape.encoding).name, delimiter=_delimiter_name(shape.delimiter)),
        columns=columns,
        rows=survey.rows,
        read=(lambda: _column_batches(whole, columns, places)) if fast
        else (lambda: batches(_cells(shape, layout, survey.rows), columns, places, regular.width)),
        notes=(*notes, *uneven, *total_note(survey.last, survey.rows)),
        tags=tags_by_column(layout.tags, places, columns),
        above=layout.above,
        headerless=layout.headerless,
    )


def _encoding(path: Path, encoding: str | None) -> str:
    if encoding is None:
        return table_encoding(path)
    try:
        name = codecs.lookup(encoding).name
        with opened(path) as file, io.TextIOWrapper(file, name, newline="") as text:
            while text.read(_BLOCK):
                pass
    except LookupError as error:
        raise BadValue("encoding", encoding, "a name that Python knows, such as utf-8, cp1252 or iso-8859-15") from error
    except UnicodeError as error:
        todo = "Leave the encoding out, or name the right one."
        raise UnreadableTable(f"{path}: a byte is no {encoding} ({error}). {todo}") from error
    return name


def _delimiter(delimiter: str) -> str:
    sign = _NAMED_DELIMITERS.get(delimiter, "\t" if delimiter == "\\t" else delimiter)
    if len(sign) != 1 or not sign.isascii() or sign in '"\r\n':
        raise BadValue("delimiter", delimiter, "one sign, or comma, semicolon, tab or bar")
    return sign


def _delimiter_name(sign: str) -> str:
    return DELIMITERS.get(sign, sign)


def _head(shape: Shape) -> tuple[Layout, int]:
    """Layout of the table, and bytes in UTF-8 before its first row of data."""
    rows = [*islice(records(shape), HEAD_ROWS)] if shape.delimiter != "\t" else _lenient(shape)
    layout = layout_of(rows, bare=shape.delimiter == "\t")
    if layout is None:
        todo = "Delete the blank lines above the table."
        raise UnreadableTable(f"{shape.path}: there is nothing in its first {HEAD_ROWS} lines. {todo}")
    with opened(shape.path) as file:
        text = io.TextIOWrapper(file, shape.encoding, newline="")
        lines = _Lines(text)
        rows_read = csv.reader(lines, delimiter=shape.delimiter, quoting=csv.QUOTE_MINIMAL)
        for _ in islice(rows_read, layout.above):
            pass
        return layout, lines.taken


def _lenient(shape: Shape) -> list[list[str]]:
    """The first rows of a table with tabs, in which quotes may be signs like any other."""
    try:
        return [*islice(records(shape), HEAD_ROWS)]
    except UnreadableTable:
        return [*islice(records(Shape(shape.path, shape.encoding, shape.delimiter, quotes=False)), HEAD_ROWS)]


class _Lines:
    """Lines of a text, with the bytes that they take in UTF-8."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._text)
        self.taken += len(line.encode())
        return line


def _survey_columns(regular: _Regular, layout: Layout, blank_end: int | None) -> _Survey | None:
    """One reading in columns, of all where only cells tell how many rows are blank at the end; None if a row is irregular."""
    unnamed = [index for index, name in enumerate(layout.names) if not name]
    named_first = next((index for index, name in enumerate(layout.names) if name), 0)
    others = [index for index, name in enumerate(layout.names) if name and index != named_first and blank_end is None]
    wanted = [*others, *unnamed, named_first]
    survey, bare, ending = _Survey(), set(unnamed), 0
    try:
        with _arrow(regular, wanted) as reader:
            for batch in reader:
                survey.rows += batch.num_rows
                bare -= {index for index, column in zip(wanted, batch.columns, strict=True) if column.null_count < len(column)}
                survey.last = _last(batch, survey.last)
                blank = _blank_at_end(batch)
                ending = ending + blank if blank == batch.num_rows else blank
    except pa.ArrowInvalid:
        return None
    survey.rows -= ending if blank_end is None else blank_end
    survey.bare = frozenset(bare)
    return survey


def _blank_at_end(batch: pa.RecordBatch) -> int:
    """Rows at the end of a batch in which nothing stands."""
    left = int(batch.num_rows)
    for column in batch.columns:
        last = next((index for index in range(batch.num_rows - 1, -1, -1) if column[index].is_valid), -1)
        left = min(left, batch.num_rows - 1 - last)
        if not left:
            break
    return left


def _last(batch: pa.RecordBatch, before: Sequence[str | None]) -> Sequence[str | None]:
    """The last cell of a batch that holds anything, in the first named column."""
    cells = batch.columns[-1].drop_null()
    return (cells[-1].as_py(),) if len(cells) else before


def _survey_cells(shape: Shape, layout: Layout) -> _Survey:
    survey, uneven, width = _Survey(), 0, len(layout.names)
    filled: set[int] = set()
    for number, row in enumerate(_cells(shape, layout, None), start=1):
        uneven += len(row) != width and any(row)
        if any(row):
            survey.rows, survey.uneven, survey.last = number, uneven, row
            survey.widest = max(survey.widest, max(index for index, cell in enumerate(row) if cell) + 1)
            filled.update(index for index in range(len(row)) if row[index]) if len(filled) < len(row) else None
    survey.bare = frozenset(index for index, name in enumerate(layout.names) if not name) - filled
    first = next((index for index, name in enumerate(layout.names) if name), 0)
    survey.last = survey.last[first:first + 1]
    return survey


def _cells(shape: Shape, layout: Layout, count: int | None) -> Iterator[list[str]]:
    return islice(records(shape), layout.above, None if count is None else layout.above + count)


def _column_batches(regular: _Regular, columns: Sequence[str], places: Sequence[int]) -> Iterator[RawBatch]:
    first = 1
    try:
        with _arrow(regular, places) as reader:
            for batch in _gathered(reader):
                table = batch.slice(0, regular.rows + 1 - first).rename_columns(list(columns))
                if table.num_rows:
                    yield RawBatch(first, table, blank_rows(table))
                first += table.num_rows
    except pa.ArrowInvalid as error:
        raise UnreadableTable(f"{regular.shape.path}: it changed while it was read ({error}). Import it again.") from error


def _gathered(reader: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches joined to a size that is worth the work on each; small blocks keep the reading ahead small."""
    waiting: list[pa.RecordBatch] = []
    for batch in reader:
        waiting.append(batch)
        if sum(each.num_rows for each in waiting) >= BATCH_ROWS:
            yield pa.concat_batches(waiting)
            waiting.clear()
    if waiting:
        yield pa.concat_batches(waiting)


@contextmanager
def _arrow(regular: _Regular, places: Sequence[int]) -> Iterator[Iterator[pa.RecordBatch]]:
    """The rows of data in batches of text columns, those asked for; one thread, so that rows keep their order."""
    names = [str(index) for index in range(regular.width)]
    with utf8(regular.shape.path, regular.shape.encoding, regular.skipped) as stream:
        if not stream.peek(1):
            yield iter(())
            return
        with arrow_csv.open_csv(
            WholeLineEnds(stream),
            arrow_csv.ReadOptions(use_threads=False, block_size=_BLOCK, column_names=names),
            arrow_csv.ParseOptions(
                delimiter=regular.shape.delimiter, quote_char='"' if regular.shape.quotes else False, double_quote=True,
                newlines_in_values=regular.quoted, ignore_empty_lines=False,
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""],
                include_columns=[names[place] for place in places],
            ),
        ) as reader:
            yield iter(reader)
