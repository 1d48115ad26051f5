import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tables.conftest import Copy, marked, rows_of

from incidentmap.model import UnreadableTable
from incidentmap.tables import open_table, text, text_bytes

NIAFUNKE = [("1", "Niafunké"), ("2", "Gao")]


def opened(tmp_path: Path, content: bytes, name: str = "in.csv", wanted: tuple[str, ...] = ("lieu",)):  # type: ignore[no-untyped-def]
    path = tmp_path / name
    path.write_bytes(content)
    return open_table(path, wanted)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_detected_and_told(tmp_path: Path, encoding: str, delimiter: str) -> None:
    content = f"id{delimiter}lieu\r\n1{delimiter}Niafunké\r\n2{delimiter}Gao\r\n"
    table = opened(tmp_path, content.encode(encoding))
    assert (table.columns, table.rows, rows_of(table)) == (("id", "lieu"), 2, NIAFUNKE)
    assert table.delimiter == delimiter
    assert dict(table.told.values)["encoding"].startswith(encoding[:5].lower())


def test_an_accent_far_down_tells_the_encoding(tmp_path: Path) -> None:
    content = b"id,lieu\n" + b"1,Gao\n" * 400_000 + "2,Niafunké\n".encode("cp1252")
    table = opened(tmp_path, content)
    assert table.rows == 400_001
    assert rows_of(table)[-1] == ("2", "Niafunké")


@pytest.mark.parametrize(
    ("content", "rows", "marks"),
    [
        (b'id,lieu\n1,"a\nb"\n2,"c ""d"""\n', [("1", "a\nb"), ("2", 'c "d"')], {}),
        (b"id,lieu\r1,Gao\r2,Ber\r", [("1", "Gao"), ("2", "Ber")], {}),
        (b"id,lieu\n1\n2,Gao,x,y\n", [("1", "", "", ""), ("2", "Gao", "x", "y")], {0: "row_uneven", 1: "row_uneven"}),
        (b"id,lieu\n\n2,Gao\n", [("", ""), ("2", "Gao")], {0: "row_uneven"}),
        (b"\n\nid,lieu\n2,Gao", [("2", "Gao")], {}),
        (b"id,lieu\n1,a\x00b\n", [("1", "a\x00b")], {}),
        (b"id,lieu\n", [], {}),
        (b"lieu\nGao\n", [("Gao",)], {}),
        (b"a;b,lieu\n1;2,Gao\n", [("1;2", "Gao")], {}),
    ],
)
def test_no_row_is_lost(tmp_path: Path, content: bytes, rows: list[tuple[str, ...]], marks: dict[int, str]) -> None:
    table = opened(tmp_path, content)
    assert rows_of(table) == rows
    assert table.rows == len(rows)
    assert marked(table) == marks


def test_a_file_cut_within_a_letter_is_read_in_another_encoding(tmp_path: Path) -> None:
    table = opened(tmp_path, "id,lieu\n1,Gao\n2,Niafunké".encode()[:-1])
    assert rows_of(table) == [("1", "Gao"), ("2", "NiafunkÃ")]


def test_a_long_cell_is_read(tmp_path: Path) -> None:
    long = "x" * 1_000_000
    assert rows_of(opened(tmp_path, f"id,lieu\n1,{long}\n".encode())) == [("1", long)]


def test_a_packed_table_is_unpacked(tmp_path: Path) -> None:
    assert rows_of(opened(tmp_path, gzip.compress("id;lieu\n1;Niafunké\n2;Gao\n".encode(), mtime=0), "in.csv.gz")) == NIAFUNKE


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "in.csv", "empty"),
        (b"\n \n", "in.csv", "empty"),
        (b'id,lieu\n1,Gao\n2,"Ber\n3,Dire\n', "in.csv", r"line 3: a quote .* never closed"),
        (b'id,lieu\n1,"Gao" x\n', "in.csv", r"line 2: a quote .* inside"),
        (b"id,place\n1,Gao\n", "in.csv", r"no column is called 'lieu'.* The columns are: id, place\."),
        (b"id,Lieux\n1,Gao\n", "in.csv", r"Did you mean 'Lieux'\?"),
        (b"lieu,lieu\n1,Gao\n", "in.csv", "2 columns are called 'lieu'"),
        (b"id,lieu\n" + "1,Niafunké é à ï\n".encode() * 9 + b"2,Goss\xe9\n", "in.csv", "line 11: a byte is no UTF-8"),
        (bytes(range(128, 256)) * 40, "in.csv", "no text"),
        (b"PK\x03\x04" + b"x" * 40, "in.csv", r"name it \.xlsx"),
        (b"id,lieu\n1,Gao\n", "in.csv.gz", "no gzip file"),
        (gzip.compress(b"id,lieu\n1,Gao\n" * 2000, mtime=0)[:60], "in.csv.gz", "breaks off"),
        (b"id,lieu\n1,Gao\n", "in.ods", r"'\.ods' files are not read as tables; expected \.csv"),
        (b"id,lieu\n1,Gao\n", "in", "files without an ending"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_do(tmp_path: Path, content: bytes, name: str, said: str) -> None:
    with pytest.raises(UnreadableTable, match=said):
        opened(tmp_path, content, name)


def test_a_bomb_and_an_endless_cell_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_bytes, "LARGEST_UNPACKED", 1_000_000)
    with pytest.raises(UnreadableTable, match=r"unpacks to more than 0\.001 GB"):
        opened(tmp_path, gzip.compress(b"id,lieu\n" + b"1,Gao\n" * 400_000, mtime=0), "in.csv.gz")
    monkeypatch.setattr(text, "LONGEST_CELL", 1000)
    with pytest.raises(UnreadableTable, match="line 2: a cell has more than 1,000 characters"):
        opened(tmp_path, b"id,lieu\n1," + b"x" * 2000)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2)))
def test_whatever_csv_writer_writes_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("law") / "in.csv"
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["id", "lieu"], *rows])
    path.write_bytes(file.getvalue().encode())
    table = open_table(path, ["lieu"])
    assert table.rows == len(rows)
    assert rows_of(table) == [tuple(row) for row in rows]


def test_a_csv_keeps_delimiter_mark_and_cells(tmp_path: Path, copy: Copy) -> None:
    table = opened(tmp_path, 'id;lieu\n007;"a\nb"\n'.encode("utf-8-sig"))
    out = copy(table, tmp_path / "out.csv")
    assert out.read_bytes() == '\ufeffid;lieu;geo_name;geo_lon;geo_inside\r\n007;"a\nb";=Gao;-0.05;\r\n'.encode()
    assert copy(table, tmp_path / "out.tsv").read_bytes().startswith("\ufeffid\tlieu".encode())
