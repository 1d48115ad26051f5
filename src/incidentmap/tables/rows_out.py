"""A table is written again with columns added, by the ending of the file's name; whole or not at all."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from incidentmap.fresh_file import fresh_file
from incidentmap.model import UnwritablePlace
from incidentmap.tables.column import Column
from incidentmap.tables.columnar_out import columnar_rows
from incidentmap.tables.sheet_out import check_fits_sheet, sheet_rows
from incidentmap.tables.table import Table
from incidentmap.tables.text_out import text_rows
from incidentmap.tables.writer import Put

WRITTEN = (".csv", ".tsv", ".xlsx", ".parquet")
_ROWS = {".csv": text_rows, ".tsv": text_rows, ".xlsx": sheet_rows, ".parquet": columnar_rows}


def check_output(path: Path, source: Path) -> None:
    """Refuse an output that could not be written, before anything is done.

    Raises
    ------
    UnwritablePlace
        If the ending is none of ours, the folder is not there, or it is the very file that is read.
    """
    if path.suffix.lower() not in WRITTEN:
        kind = f"{path.suffix!r} files" if path.suffix else "files without an ending"
        raise UnwritablePlace(f"{path}: {kind} are not written; expected {', '.join(WRITTEN)}.")
    if path.exists() and source.exists() and path.samefile(source):
        raise UnwritablePlace(f"{path}: is the file that is read; it is never written over. Name another file.")
    if path.is_dir() or not path.parent.is_dir():
        raise UnwritablePlace(f"{path}: cannot be written there. Name a file in a folder that is there.")


@contextmanager
def written(table: Table, added: Sequence[Column], path: Path) -> Iterator[Put]:
    """Write a table with columns added.

    Parameters
    ----------
    table
        What is read.
    added
        Columns that follow its own.
    path
        A .csv, .tsv, .xlsx or .parquet file; it is replaced when the block has ended well, else it stays as it is.

    Yields
    ------
    Callable[[Batch, Sequence[Sequence[object]]], None]
        Takes a batch of the table and, row by row, the cells to add. Same calls, same bytes.

    Raises
    ------
    UnwritablePlace
        As :func:`check_output`; or if a spreadsheet cannot hold the table; or if the disk is full.
    """
    check_output(path, table.path)
    if path.suffix.lower() == ".xlsx":
        check_fits_sheet(table, added, path)
    with fresh_file(path) as fresh, _ROWS[path.suffix.lower()](table, added, path, fresh) as put:
        yield put
