import datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet
from tests.tables.conftest import Copy, read_again, rows_of

from incidentmap.model import UnreadableTable
from incidentmap.tables import open_table

RICH = pa.table(
    {
        "lieu": pa.array(["Gao", None, "Ber"]).dictionary_encode(),
        "ns": pa.array([1, 2, None], pa.timestamp("ns", "UTC")),
        "d": pa.array([datetime.date(2023, 11, 24)] * 3),
        "dec": pa.array([Decimal("1.10"), None, Decimal("2.00")], pa.decimal128(9, 2)),
        "list": pa.array([[1, 2], [], None]),
        "f": pa.array([0.1, None, float("nan")], pa.float32()),
        "raw": pa.array([b"\x00\xff", None, b""]),
    }
).replace_schema_metadata({"own": "kept"})


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    parquet.write_table(RICH, tmp_path / "in.parquet")
    return tmp_path / "in.parquet"


def test_parquet_keeps_its_types(rich: Path, copy: Copy, tmp_path: Path) -> None:
    table = open_table(rich, ["lieu"])
    assert (table.rows, table.columns) == (3, tuple(RICH.column_names))
    back = parquet.read_table(copy(table, tmp_path / "out.parquet"))
    width = len(RICH.column_names)
    assert back.schema.types == [*RICH.schema.types, pa.string(), pa.float64(), pa.bool_()]
    assert back.schema.metadata[b"own"] == b"kept"
    assert back.select(range(width - 2)).equals(RICH.select(range(width - 2)))
    assert back["geo_lon"].to_pylist() == [-0.05] * 3


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_parquet_becomes_text_where_it_must(rich: Path, copy: Copy, tmp_path: Path, ending: str) -> None:
    rows = read_again(copy(open_table(rich, ["lieu"]), tmp_path / f"out.{ending}"))
    assert [row[0] or "" for row in rows] == ["Gao", "", "Ber"]
    assert [row[4] or "" for row in rows] == ["[1, 2]", "[]", ""]
    assert [row[6] or "" for row in rows] == ["AP8=", "", ""]


def test_csv_and_sheet_become_parquet(tmp_path: Path, copy: Copy) -> None:
    (tmp_path / "in.csv").write_text("id,lieu,lieu 2,\n007,Gao,x,y\n", "utf-8")
    table = open_table(tmp_path / "in.csv", ["lieu"])
    back = parquet.read_table(copy(table, tmp_path / "out.parquet"))
    assert back.column_names == ["id", "lieu", "lieu 2", "column 4", "geo_name", "geo_lon", "geo_inside"]
    assert back["id"].to_pylist() == ["007"]
    assert copy(table, tmp_path / "other.parquet").read_bytes() == (tmp_path / "out.parquet").read_bytes()


def test_many_rows_make_many_groups(tmp_path: Path, copy: Copy) -> None:
    parquet.write_table(pa.table({"lieu": ["Gao"] * 120_000}), tmp_path / "in.parquet")
    out = copy(open_table(tmp_path / "in.parquet", ["lieu"]), tmp_path / "out.parquet")
    assert parquet.ParquetFile(out).metadata.num_row_groups == 3
    assert len(rows_of(open_table(out, ["lieu"]))) == 120_000


def test_an_empty_table_stays_one(tmp_path: Path, copy: Copy) -> None:
    parquet.write_table(pa.table({"lieu": pa.array([], pa.string())}), tmp_path / "in.parquet")
    assert read_again(copy(open_table(tmp_path / "in.parquet", ["lieu"]), tmp_path / "out.parquet")) == []


@pytest.mark.parametrize("content", [b"", b"lieu\nGao\n", b"PAR1" + bytes(40) + b"PAR1"])
def test_no_parquet(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "in.parquet").write_bytes(content)
    with pytest.raises(UnreadableTable, match=r"in\.parquet"):
        open_table(tmp_path / "in.parquet", ["lieu"])
