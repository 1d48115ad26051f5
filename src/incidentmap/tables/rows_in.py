"""A file becomes a table, by the ending of its name."""

from collections.abc import Sequence
from pathlib import Path

from incidentmap.model import UnreadableTable
from incidentmap.tables.columnar import open_columnar
from incidentmap.tables.sheet import open_sheet
from incidentmap.tables.table import Table, column_index
from incidentmap.tables.text import open_text

READ = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".xlsx", ".xlsm", ".parquet")


def open_table(path: Path, wanted: Sequence[str], sheet: str | None = None) -> Table:
    """Open a table and see that it can be read.

    Parameters
    ----------
    path
        A CSV, TSV (packed with gzip or not), XLSX or Parquet file with a header.
    wanted
        Columns that must be there.
    sheet
        Of an XLSX file; its first that is not empty by default.

    Raises
    ------
    UnreadableTable
        If it cannot be read, or lacks a column or the sheet; the message says what there is and what to do.
    """
    ending = _ending(path)
    if path.is_dir():
        raise UnreadableTable(f"{path}: is a folder. Name one file in it.")
    if sheet is not None and ending not in {".xlsx", ".xlsm"}:
        raise UnreadableTable(f"{path}: only XLSX files have sheets. Leave out the sheet {sheet!r}.")
    table = _open(path, ending, wanted, sheet)
    for name in wanted:
        column_index(path, table.columns, name)
    return table


def _open(path: Path, ending: str, wanted: Sequence[str], sheet: str | None) -> Table:
    if ending in {".xlsx", ".xlsm"}:
        return open_sheet(path, wanted, sheet)
    return open_columnar(path) if ending == ".parquet" else open_text(path, wanted)


def _ending(path: Path) -> str:
    ending = "".join(path.suffixes[-2:]).lower() if path.suffix.lower() == ".gz" else path.suffix.lower()
    if ending not in READ:
        kind = f"{ending!r} files" if ending else "files without an ending"
        raise UnreadableTable(f"{path}: {kind} are not read as tables; expected {', '.join(READ)}. Save it as one of these.")
    return ending
