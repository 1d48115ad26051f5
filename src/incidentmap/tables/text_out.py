"""CSV and TSV: UTF-8, cells of the original as they were."""

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from incidentmap.tables.cells import as_text
from incidentmap.tables.column import Column
from incidentmap.tables.table import Batch, Table
from incidentmap.tables.writer import Put


@contextmanager
def text_rows(table: Table, added: Sequence[Column], path: Path, fresh: Path) -> Iterator[Put]:
    """Write to `fresh` what will be `path`: a .tsv with tabs, a .csv with the delimiter that was read, else commas.

    Records end in CR LF (RFC 4180), the only end after which a lone CR or LF in a cell survives every reader.
    """
    tabs = path.suffix.lower() == ".tsv"
    delimiter = "\t" if tabs else "," if table.delimiter == "\t" else table.delimiter
    encoding = "utf-8-sig" if table.byte_mark else "utf-8"
    with fresh.open("w", encoding=encoding, newline="") as file:
        rows = csv.writer(file, delimiter=delimiter)
        rows.writerow([*table.columns, *(column.name for column in added)])

        def put(batch: Batch, cells: Sequence[Sequence[object]]) -> None:
            rows.writerows(
                [*map(as_text, row), *map(as_text, more)] for row, more in zip(batch.rows, cells, strict=True)
            )

        yield put
