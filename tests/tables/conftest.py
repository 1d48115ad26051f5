from collections.abc import Callable
from pathlib import Path

import pytest

from incidentmap.tables import Column, ColumnKind, Table, open_table, written

ADDED = (Column("geo_name"), Column("geo_lon", ColumnKind.NUMBER), Column("geo_inside", ColumnKind.TRUTH))
Copy = Callable[[Table, Path], Path]


@pytest.fixture
def copy() -> Copy:
    """Write a table again with three columns added, the same in every row."""
    def copied(table: Table, path: Path) -> Path:
        with written(table, ADDED, path) as put:
            for batch in table.read():
                put(batch, [("=Gao", -0.05, None)] * len(batch.rows))
        return path
    return copied


def rows_of(table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for batch in table.read() for row in batch.rows]


def marked(table: Table) -> dict[int, str]:
    return {index: why.code for batch in table.read() for index, why in batch.marks.items()}


def read_again(path: Path) -> list[tuple[object, ...]]:
    return rows_of(open_table(path, []))
