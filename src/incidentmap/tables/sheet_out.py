"""XLSX: one sheet, row by row; text is text, whatever it begins with."""

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.writer.excel import ExcelWriter

from incidentmap.model import UnwritablePlace
from incidentmap.tables.cells import LONGEST_TEXT, for_sheet
from incidentmap.tables.column import Column
from incidentmap.tables.table import Batch, Table
from incidentmap.tables.writer import Put

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""Of a sheet, by its format."""
_TITLE = "geocoded"
_LONG_AGO = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - spreadsheets know no time zones
_OTHER = "Write a .csv or .parquet file instead."


def check_fits_sheet(table: Table, added: Sequence[Column], path: Path) -> None:
    """Refuse a table that is too long or too wide for a sheet.

    Raises
    ------
    UnwritablePlace
        With what to write instead.
    """
    if table.rows >= MOST_ROWS:
        raise UnwritablePlace(f"{path}: a sheet holds {MOST_ROWS - 1:,} rows under its header, not {table.rows:,}. {_OTHER}")
    if len(table.columns) + len(added) > MOST_COLUMNS:
        raise UnwritablePlace(f"{path}: a sheet holds {MOST_COLUMNS:,} columns. {_OTHER}")


@contextmanager
def sheet_rows(table: Table, added: Sequence[Column], path: Path, fresh: Path) -> Iterator[Put]:
    """Write to `fresh` what will be `path`; the file tells no time of writing, so that same rows are same bytes."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(_TITLE)
    sheet.append([_cell(sheet, path, name) for name in (*table.columns, *(column.name for column in added))])

    def put(batch: Batch, cells: Sequence[Sequence[object]]) -> None:
        for row, more in zip(batch.rows, cells, strict=True):
            sheet.append([_cell(sheet, path, value) for value in chain(row, more)])

    try:
        yield put
        book.properties.created = book.properties.modified = _LONG_AGO
        with _TimelessZip(fresh, "w", ZIP_DEFLATED, allowZip64=True) as archive:
            ExcelWriter(book, archive).write_data()
    finally:
        _forget(sheet)


def _cell(sheet: Any, path: Path, value: object) -> Any:
    """Text as a cell that says it is text: "=1+1" and "#N/A" from a table of names are no formula and no error."""
    held = for_sheet(value)
    if not isinstance(held, str):
        return held
    if len(held) > LONGEST_TEXT:
        raise UnwritablePlace(f"{path}: a cell of {len(held):,} characters; a sheet holds {LONGEST_TEXT:,}. {_OTHER}")
    if not held.startswith(("=", "#")):
        return held
    cell = WriteOnlyCell(sheet, held)
    cell.data_type = "s"
    return cell


def _forget(sheet: Any) -> None:
    """Remove the scratch file of a sheet whose writing broke off."""
    if not sheet.closed:
        sheet.close()
        sheet._writer.cleanup()  # noqa: SLF001 - openpyxl removes it only when the process ends


class _TimelessZip(ZipFile):
    """A zip file whose parts all have the same, oldest time."""

    def open(self, name: str | ZipInfo, mode: Any = "r", pwd: bytes | None = None, *, force_zip64: bool = False) -> IO[bytes]:
        if mode == "w" and isinstance(name, ZipInfo):
            name.date_time = (1980, 1, 1, 0, 0, 0)
        return super().open(name, mode, pwd, force_zip64=force_zip64)
