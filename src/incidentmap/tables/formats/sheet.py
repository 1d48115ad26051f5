"""Spreadsheets (XLSX, XLSM, XLSB, XLS, ODS): one sheet as a grid of texts, read by calamine."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import python_calamine as calamine

from incidentmap.model import Reason, SeveralTables, UnreadableTable, reason
from incidentmap.tables.formats.grid import batches, named, tags_by_column, total_note
from incidentmap.tables.formats.header import HEAD_ROWS, layout_of
from incidentmap.tables.formats.typed import cell_text
from incidentmap.tables.source import Source

ENDINGS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
_LARGEST = 2_000_000_000
"""Bytes that a spreadsheet may unpack to: its cells are held in memory."""
_MOST_RATIO = 500
_LARGEST_OLD = 200_000_000
"""Bytes of an .xls file, which is not packed."""
_AGAIN = "Open it in a spreadsheet program and save it again as .xlsx."
_OLD = b"\xd0\xcf\x11\xe0"
"""How .xls files begin, and all those with a password."""
_PANIC = "PanicException"
"""What a panic of Rust is in Python: no Exception, and no name to import."""
Grid = list[list[str | None]]


def open_sheet_source(path: Path, *, sheet: str | None = None) -> Source:
    """Open a sheet of a spreadsheet. Of formulas it has the values last computed; merged cells all have the value of the first.

    Parameters
    ----------
    path
        An .xlsx, .xlsm, .xlsb, .xls or .ods file.
    sheet
        Its name; the one that is not empty when there is just one.

    Raises
    ------
    SeveralTables
        If several sheets are not empty and none was named.
    UnreadableTable
        If it is no spreadsheet, a damaged one or one with a password, or has no such sheet.
    """
    _check(path)
    with _undamaged(path):
        book = calamine.CalamineWorkbook.from_object(str(path))
        name = _pick(path, book, sheet)
        grid, merged = _grid(path, book, name)
    layout = layout_of(grid[:HEAD_ROWS])
    if layout is None:
        raise UnreadableTable(f"{path}: the sheet {name!r} begins with {HEAD_ROWS} blank rows. Delete them.")
    rows = grid[layout.above:]
    width = max((len(row) for row in grid), default=0)
    empty = frozenset(
        index for index in range(width)
        if not (index < len(layout.names) and layout.names[index]) and not any(row[index] for row in rows)
    )
    places, columns = named(layout.names, width, empty)
    tags = tags_by_column(layout.tags, places, columns)
    first = next((index for index, text in enumerate(layout.names) if text), 0)
    notes: tuple[Reason, ...] = (reason("table_merged", cells=merged),) if merged else ()
    return Source(
        path=path,
        told=reason("table_sheet", sheet=name),
        columns=columns,
        rows=len(rows),
        read=lambda: batches(rows, columns, places, width),
        notes=(*layout.notes, *notes, *(total_note(rows[-1][first:first + 1], len(rows)) if rows else ())),
        tags=tags,
        above=layout.above,
        sheet=name,
    )


def _check(path: Path) -> None:
    """Refuse what would fill the memory, before anything is unpacked."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8)
        if not head:
            raise UnreadableTable(f"{path}: the file is empty. Save or download it again.")
        if head.startswith(_OLD) and path.suffix.lower() != ".xls":
            raise UnreadableTable(f"{path}: it has a password, or is an old .xls file under another name. Save it without one.")
        if not head.startswith(b"PK"):
            unpacked, limit = size, _LARGEST_OLD
        else:
            with ZipFile(path) as archive:
                unpacked, limit = sum(part.file_size for part in archive.infolist()), min(_LARGEST, max(size * _MOST_RATIO, 1))
    except (BadZipFile, NotImplementedError) as error:
        raise UnreadableTable(f"{path}: no spreadsheet, or one that breaks off ({error}). {_AGAIN}") from error
    except OSError as error:
        raise UnreadableTable(f"{path}: {error.strerror or error}. Check that it exists and that you may read it.") from error
    if unpacked > limit:
        todo = "Save the sheet as CSV and read that."
        raise UnreadableTable(f"{path}: unpacks to {unpacked:,} bytes, too many for a spreadsheet. {todo}")


@contextmanager
def _undamaged(path: Path) -> Iterator[None]:
    """Say what is wrong with a file where calamine finds it damaged, or falls over it."""
    try:
        yield
    except UnreadableTable:
        raise
    except calamine.PasswordError as error:
        raise UnreadableTable(f"{path}: it has a password. Save it without one.") from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise UnreadableTable(f"{path}: no spreadsheet, or a damaged one ({error}). {_AGAIN}") from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise UnreadableTable(f"{path}: a damaged spreadsheet ({error}). {_AGAIN}") from error


def _pick(path: Path, book: calamine.CalamineWorkbook, sheet: str | None) -> str:
    names = [each.name for each in book.sheets_metadata if each.typ is calamine.SheetTypeEnum.WorkSheet]
    if sheet is not None:
        if sheet not in names:
            raise UnreadableTable(f"{path}: no sheet is called {sheet!r}. The sheets are: {', '.join(names)}.")
        return sheet
    full = [name for name in names if book.get_sheet_by_name(name).start is not None]
    if not full:
        raise UnreadableTable(f"{path}: every sheet is empty. Name a file that is not.")
    if len(full) > 1:
        raise SeveralTables(f"{path}: {len(full)} sheets hold something. Name the one to read: {', '.join(full)}.", tuple(full))
    return full[0]


def _grid(path: Path, book: calamine.CalamineWorkbook, name: str) -> tuple[Grid, int]:
    """All rows up to the last with a value, from the first column with one, and how many cells a merge filled."""
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        raise UnreadableTable(f"{path}: the sheet {name!r} is empty. Name one that is not.")
    left = sheet.start[1]
    grid = [[cell_text(value) for value in row] for row in sheet.iter_rows()]
    while grid and not any(grid[-1]):
        grid.pop()
    filled = sum(_spread(grid, corners, left) for corners in _merges(sheet))
    return grid, filled


def _merges(sheet: calamine.CalamineSheet) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Merged ranges that reach over several rows; those within one row are titles and headers, which have their own rule."""
    for start, end in sheet.merged_cell_ranges or ():
        if end[0] > start[0]:
            yield start, end


def _spread(grid: Grid, corners: Sequence[tuple[int, int]], left: int) -> int:
    """Give the value of a merged range to all its rows below the header; how many cells got it."""
    (top, first), (bottom, _) = corners
    column = first - left
    if column < 0 or top >= len(grid) or not any(any(row) for row in islice(grid, top)):
        return 0
    value, done = grid[top][column], 0
    for row in grid[top + 1:bottom + 1]:
        if value is not None and row[column] is None:
            row[column], done = value, done + 1
    return done
