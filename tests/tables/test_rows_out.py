import os
from pathlib import Path

import pytest

from incidentmap.model import UnwritablePlace
from incidentmap.tables import Column, Put, Table, check_output, free_names, open_table, written


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "parquet"])
def test_a_stop_leaves_the_old_file_and_no_half_one(tmp_path: Path, ending: str) -> None:
    (tmp_path / "in.csv").write_text("lieu\nGao\n", "utf-8")
    out = tmp_path / f"out.{ending}"
    out.write_bytes(b"old")
    table = open_table(tmp_path / "in.csv", ["lieu"])
    with pytest.raises(KeyboardInterrupt), written(table, [Column("geo_name")], out) as put:
        _put_and_stop(put, table)
    assert out.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", out.name]


def _put_and_stop(put: Put, table: Table) -> None:
    put(next(table.read()), [("Gao",)])
    raise KeyboardInterrupt


def test_the_input_is_never_written_over(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("lieu\n", "utf-8")
    os.link(source, tmp_path / "same.csv")
    for name in ("in.csv", "same.csv", "../" + tmp_path.name + "/in.csv"):
        with pytest.raises(UnwritablePlace, match="never written over"):
            check_output(tmp_path / name, source)


@pytest.mark.parametrize(("name", "said"), [("out.xls", r"'\.xls' files are not written"), ("out", "without an ending"),
                                            ("no/out.csv", "folder that is there"), ("folder.csv", "folder that is there")])
def test_where_nothing_can_be_written(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UnwritablePlace, match=said):
        check_output(tmp_path / name, tmp_path / "in.csv")


@pytest.mark.parametrize(
    ("taken", "expected"),
    [(("id",), "geo_a geo_b"), (("GEO_A ",), "geo_a_2 geo_b_2"), (("geo_b", "geo_a_2"), "geo_a_3 geo_b_3")],
)
def test_added_columns_stay_one_family(taken: tuple[str, ...], expected: str) -> None:
    assert " ".join(column.name for column in free_names(taken, (Column("geo_a"), Column("geo_b")))) == expected
