"""XLSX: one sheet, row by row; of formulas the values that were last computed."""

import datetime
import warnings
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException

from incidentmap.model import Reason, UnreadableTable, reason
from incidentmap.tables.sheet_file import check_sheet_file, formulas
from incidentmap.tables.table import BATCH_ROWS, Batch, Table, column_index, has_columns

_HEADER_WITHIN = 20
"""Rows among which the header is sought; above it stand titles."""
_LARGEST_WHOLE = 2**63
_DAMAGE = (InvalidFileException, ParseError, BadZipFile, KeyError, ValueError, TypeError, OSError)
"""What openpyxl raises where a file is not as it should be."""
Row = tuple[object, ...]


@dataclass(slots=True)
class _Survey:
    """What one reading of the whole sheet shows."""

    rows: int = 0
    widest: int = 0
    kinds: list[set[type]] = field(default_factory=list)


def open_sheet(path: Path, wanted: Sequence[str], sheet: str | None) -> Table:
    """Open a sheet of an XLSX file. It is read through once: files lie about how many rows they have.

    Parameters
    ----------
    path
        An .xlsx or .xlsm file.
    wanted
        Columns that are asked for: the first row that has them all is the header, rows above it are titles.
    sheet
        Name of the sheet; the first that is not empty by default.

    Returns
    -------
    Table
        Rows after the last one with a value are none; blank rows between others are.

    Raises
    ------
    UnreadableTable
        If it is no XLSX file or a damaged one, has no such sheet, or no row holds the columns asked for.
    """
    check_sheet_file(path)
    book = _open(path)
    name, others = _pick(path, book, sheet)
    part = str(book[name]._worksheet_path)  # noqa: SLF001 - openpyxl has no public way to the part of a sheet
    header_row, header = _header(path, book[name], wanted)
    survey = _survey(path, book[name], header_row)
    columns = (*header, *(f"column {number + 1}" for number in range(len(header), survey.widest)))
    kinds = survey.kinds + [set()] * (len(columns) - len(survey.kinds))
    return Table(
        path=path,
        told=reason("table_sheet", sheet=name),
        columns=columns,
        schema=pa.schema([pa.field(column, _type(kind)) for column, kind in zip(columns, kinds, strict=True)]),
        rows=survey.rows,
        read=lambda: _batches(path, book[name], header_row, survey.rows, len(columns)),
        notes=(*_notes(others, header_row), *_formula_notes(path, part)),
    )


def _pick(path: Path, book: Any, sheet: str | None) -> tuple[str, tuple[str, ...]]:
    """Name of the sheet to read, and names of the others that are not empty."""
    names = [each.title for each in book.worksheets]
    if sheet is not None and sheet not in names:
        raise UnreadableTable(f"{path}: no sheet is called {sheet!r}. The sheets are: {', '.join(names)}.")
    full = [name for name in names if any(_filled(row) for row in islice(_rows(path, book[name]), _HEADER_WITHIN))]
    name = sheet or next(iter(full), "")
    if name not in full:
        raise UnreadableTable(f"{path}: {f'the sheet {name!r}' if name else 'every sheet'} is empty. Name one that is not.")
    return name, tuple(other for other in full if other != name)


def _header(path: Path, cells: Any, wanted: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Number (from 0) and texts of the header row."""
    first = [(number, _texts(row)) for number, row in enumerate(islice(_rows(path, cells), _HEADER_WITHIN)) if _filled(row)]
    for number, texts in first:
        if has_columns(texts, wanted):
            return number, texts
    fullest = max(first, key=lambda each: (sum(map(bool, each[1])), -each[0]))
    for column in wanted:
        column_index(path, fullest[1], column)
    return fullest


def _survey(path: Path, cells: Any, header_row: int) -> _Survey:
    survey = _Survey()
    for number, row in enumerate(islice(_rows(path, cells), header_row + 1, None), start=1):
        if not _filled(row):
            continue
        survey.rows = number
        for index, value in enumerate(row):
            if value is not None:
                while index >= len(survey.kinds):
                    survey.kinds.append(set())
                survey.kinds[index].add(str if type(value) is int and abs(value) >= _LARGEST_WHOLE else type(value))
    survey.widest = len(survey.kinds)
    return survey


def _batches(path: Path, cells: Any, header_row: int, count: int, width: int) -> Iterator[Batch]:
    rows = islice(_rows(path, cells), header_row + 1, header_row + 1 + count)
    while taken := [*islice(rows, BATCH_ROWS)]:
        yield Batch([(*row[:width], *(None,) * (width - len(row))) for row in taken])


def _rows(path: Path, cells: Any) -> Iterator[Row]:
    """All rows of a sheet, each as long as its last cell; dates without a time are dates."""
    cells.reset_dimensions()  # what the file says of its size is often wrong
    rows = cells.iter_rows(values_only=True)
    while taken := _quietly(path, rows):
        yield from taken


def _quietly(path: Path, rows: Iterator[Row]) -> list[Row]:
    """Some rows; openpyxl's remarks about extensions that it does not know are no news for a user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return [tuple(map(_value, row)) for row in islice(rows, BATCH_ROWS)]
        except _DAMAGE as error:
            todo = "Open it in a spreadsheet program and save it again as .xlsx."
            raise UnreadableTable(f"{path}: the sheet is damaged ({error}). {todo}") from error


def _value(value: object) -> object:
    midnight = isinstance(value, datetime.datetime) and value.time() == datetime.time() and value.tzinfo is None
    return value.date() if midnight and isinstance(value, datetime.datetime) else value


def _open(path: Path) -> Any:
    """The book; its file is closed when nothing needs the book any more."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise UnreadableTable(f"{path}: {error.strerror or error}. Check that you may read it.") from error
    book = _loaded(path, file)
    weakref.finalize(book, file.close)
    return book


def _loaded(path: Path, file: IO[bytes]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except _DAMAGE as error:
            file.close()
            todo = "Open it in a spreadsheet program and save it again as .xlsx."
            raise UnreadableTable(f"{path}: no XLSX file, or a damaged one ({error}). {todo}") from error


def _filled(row: Row) -> bool:
    return any(value is not None and value != "" for value in row)


def _texts(row: Row) -> tuple[str, ...]:
    texts = ["" if value is None else str(value) for value in row]
    while texts and not texts[-1].strip():
        texts.pop()
    return tuple(texts)


def _type(kinds: set[type]) -> pa.DataType:
    """The Arrow type that holds all values of a column as they are; text where there is none."""
    for fits, found in (
        ({bool}, pa.bool_()), ({int}, pa.int64()), ({int, float}, pa.float64()), ({datetime.date}, pa.date32()),
        ({datetime.date, datetime.datetime}, pa.timestamp("us")),
    ):
        if kinds and kinds <= fits:
            return found
    return pa.string()


def _notes(others: tuple[str, ...], header_row: int) -> Iterator[Reason]:
    if others:
        yield reason("table_other_sheets", sheets=", ".join(others))
    if header_row:
        yield reason("table_titles", rows=header_row, header=header_row + 1)


def _formula_notes(path: Path, part: str) -> Iterator[Reason]:
    total, bare = formulas(path, part)
    if total:
        yield reason("table_formulas", cells=total)
    if bare:
        yield reason("table_formulas_bare", cells=bare)


