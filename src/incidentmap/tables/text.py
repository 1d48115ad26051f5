"""CSV and TSV: encoding and delimiter detected, every record a row."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from incidentmap.model import Reason, UnreadableTable, reason
from incidentmap.tables.table import BATCH_ROWS, Batch, Table, has_columns
from incidentmap.tables.text_bytes import opened, table_encoding

LONGEST_CELL = 16_000_000
"""Characters in one cell; a longer one is a quote that was never closed."""
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLE = 1 << 18
_SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is written; where it does not quote, a quote is a sign like any other."""

    path: Path
    encoding: str
    delimiter: str
    quotes: bool = True


@dataclass(frozen=True, slots=True)
class _Survey:
    """What one reading of the whole file shows."""

    header: tuple[str, ...]
    rows: int
    widest: int
    uneven: int


def open_text(path: Path, wanted: Sequence[str]) -> Table:
    """Open a CSV or TSV file, packed with gzip or not. It is read through once, so that nothing surprises later.

    Parameters
    ----------
    path
        The file; one whose name ends in .gz is packed.
    wanted
        Columns that are asked for: they tell the delimiter where several would do.

    Returns
    -------
    Table
        Blank lines are rows too. A row shorter than the header is filled with empty cells, one that is longer gets columns of
        its own at the end; both are marked.

    Raises
    ------
    UnreadableTable
        If it is empty, no text, or a quote is not closed.
    """
    encoding = table_encoding(path)
    shape = Shape(path, encoding, delimiter_of(path, encoding, wanted))
    survey = _survey(shape)
    columns = (*survey.header, *(f"column {number + 1}" for number in range(len(survey.header), survey.widest)))
    return Table(
        path=path,
        told=reason("table_text", encoding=codecs.lookup(encoding).name, delimiter=DELIMITERS[shape.delimiter]),
        columns=columns,
        schema=pa.schema([pa.field(column, pa.string()) for column in columns]),
        rows=survey.rows,
        read=lambda: _batches(shape, len(survey.header), len(columns)),
        notes=(reason("table_uneven", rows=survey.uneven, width=len(survey.header)),) if survey.uneven else (),
        delimiter=shape.delimiter,
        byte_mark=encoding in {"utf-8-sig", "utf-16"},
    )


def delimiter_of(path: Path, encoding: str, wanted: Sequence[str]) -> str:
    """The one whose header has the columns asked for, else the one that cuts most rows into equally many cells."""
    with _text(path, encoding) as file:
        sample = file.read(_SAMPLE)
    lines = [*io.StringIO(sample, newline="")]
    if len(sample) == _SAMPLE and len(lines) > 1:
        lines.pop()
    scores = {delimiter: _evenness(lines, delimiter, wanted) for delimiter in DELIMITERS}
    return max(scores, key=lambda delimiter: scores[delimiter])  # the first of equals


def _evenness(lines: Sequence[str], delimiter: str, wanted: Sequence[str]) -> tuple[bool, float, int]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = [row for row in islice(csv.reader(lines, delimiter=delimiter), _SAMPLE_ROWS) if row]
    except csv.Error:
        return False, 0.0, 0
    widths = Counter(map(len, rows))
    width = max(widths, key=lambda each: (widths[each], each), default=0)
    even = widths[width] / len(rows) if width > 1 else 0.0
    return bool(rows) and has_columns(rows[0], wanted), even, width


def _survey(shape: Shape) -> _Survey:
    found = records(shape)
    header = next((record for record in found if any(cell.strip() for cell in record)), None)
    if header is None:
        raise UnreadableTable(f"{shape.path}: there is nothing in it but blank lines. Save or download it again.")
    widths = Counter(map(len, found))
    uneven = sum(count for width, count in widths.items() if width != len(header))
    return _Survey(tuple(header), widths.total(), max((*widths, len(header))), uneven)


def _batches(shape: Shape, width: int, whole: int) -> Iterator[Batch]:
    """Rows after the header, filled up to the whole width."""
    found = records(shape)
    for record in found:
        if any(cell.strip() for cell in record):
            break
    while rows := list(islice(found, BATCH_ROWS)):
        marks = {index: _mark(row, width) for index, row in enumerate(rows) if len(row) != width}
        yield Batch([row if len(row) == whole else [*row, *[""] * (whole - len(row))] for row in rows], marks)


def _mark(row: Sequence[str], width: int) -> Reason:
    return reason("row_uneven", cells=len(row), width=width)


def records(shape: Shape) -> Iterator[list[str]]:
    """Every record of the file, the header's too.

    Raises
    ------
    UnreadableTable
        Where a quote is not closed or a byte cannot be read; the message names the line.
    """
    csv.field_size_limit(LONGEST_CELL)
    begun = 1
    with _text(shape.path, shape.encoding) as file:
        reader: Any = csv.reader(
            file, delimiter=shape.delimiter, strict=True, quoting=csv.QUOTE_MINIMAL if shape.quotes else csv.QUOTE_NONE,
        )
        try:
            for record in reader:
                yield record
                begun = reader.line_num + 1
        except csv.Error as error:
            raise UnreadableTable(f"{shape.path}, line {begun}: {_said(str(error))}") from error
        except UnicodeDecodeError as error:
            said = f"a byte after this line is no {shape.encoding}. Save the file again as UTF-8."
            raise UnreadableTable(f"{shape.path}, line {begun}: {said}") from error


def _said(error: str) -> str:
    if "unexpected end" in error:
        return 'a quote (") is opened in this row and never closed. Close it, or double quotes inside a cell ("").'
    if "field larger" in error:
        return f"a cell has more than {LONGEST_CELL:,} characters; a quote is probably not closed. Close it."
    return f'a quote (") stands inside a quoted cell ({error}). Double it ("").'


@contextmanager
def _text(path: Path, encoding: str) -> Iterator[IO[str]]:
    with opened(path) as file:
        yield io.TextIOWrapper(file, encoding, newline="")
