"""A user's tables (CSV, XLSX, Parquet), read and written again row by row with columns added. Home of openpyxl and pyarrow."""

from incidentmap.tables.cells import as_text
from incidentmap.tables.column import Column, ColumnKind, free_names
from incidentmap.tables.rows_in import READ, open_table
from incidentmap.tables.rows_out import WRITTEN, check_output, written
from incidentmap.tables.table import Batch, Table, column_index
from incidentmap.tables.writer import Put

__all__ = [
    "READ", "WRITTEN", "Batch", "Column", "ColumnKind", "Put", "Table", "as_text", "check_output", "column_index", "free_names",
    "open_table", "written",
]
