import datetime
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pyarrow as pa
import pytest
from tests.tables.conftest import Copy, read_again, rows_of

from incidentmap.model import UnreadableTable, UnwritablePlace
from incidentmap.tables import open_table, sheet_file, sheet_out

DAY = datetime.date(2023, 11, 24)
NOON = datetime.datetime(2023, 11, 24, 12, 30)  # noqa: DTZ001


def book(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made["Sheet"])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def test_values_keep_their_types(tmp_path: Path) -> None:
    rows: list[list[Any]] = [[7, 1.5, DAY, NOON, True, "Gao"], [None, 2, DAY, DAY, False, None]]
    table = open_table(book(tmp_path / "in.xlsx", {"a": [["n", "x", "d", "t", "b", "lieu"], *rows]}), ["lieu"])
    assert rows_of(table) == [tuple(row) for row in rows]
    assert table.schema.types == [
        pa.int64(), pa.float64(), pa.date32(), pa.timestamp("us"), pa.bool_(), pa.string(),
    ]


def test_sheet_titles_and_blank_rows(tmp_path: Path) -> None:
    path = book(tmp_path / "in.xlsx", {
        "vide": [], "lieux": [["Incidents 2023"], [], ["id", "lieu"], [1, "Gao"], [], [2, "Ber", None, "x"], [None], ["", ""]],
        "autre": [["lieu"], ["Diré"]],
    })
    table = open_table(path, ["lieu"])
    assert dict(table.told.values)["sheet"] == "lieux"
    assert {note.code for note in table.notes} == {"table_other_sheets", "table_titles"}
    assert table.columns == ("id", "lieu", "column 3", "column 4")
    assert rows_of(table) == [(1, "Gao", None, None), (None, None, None, None), (2, "Ber", None, "x")]
    assert rows_of(open_table(path, ["lieu"], "autre")) == [("Diré",)]


def test_a_merged_header_is_found(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet: Any = made.active
    for row in (["Where", None, "Who"], ["lieu", "cercle", "acteur"], ["Gao", "Gao", "x"]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    made.save(tmp_path / "in.xlsx")
    assert rows_of(open_table(tmp_path / "in.xlsx", ["lieu"])) == [("Gao", "Gao", "x")]


def test_formulas_give_what_was_computed_and_are_counted(tmp_path: Path) -> None:
    path = book(tmp_path / "in.xlsx", {"a": [["n", "lieu"], ["=1+1", "Gao"], ["=A2", "Ber"]]})
    told = {note.code: dict(note.values)["cells"] for note in open_table(path, ["lieu"]).notes}
    assert told == {"table_formulas": "2", "table_formulas_bare": "2"}
    computed = tmp_path / "computed.xlsx"
    with ZipFile(path) as old, ZipFile(computed, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>"))
    table = open_table(computed, ["lieu"])
    assert [note.code for note in table.notes] == ["table_formulas"]
    assert rows_of(table) == [(2, "Gao"), (2, "Ber")]


@pytest.mark.parametrize(
    ("wanted", "sheet", "said"),
    [("lieux", None, "Did you mean 'lieu'"), ("lieu", "z", "The sheets are: a, b"), ("lieu", "b", "the sheet 'b' is empty")],
)
def test_a_column_or_sheet_that_is_not_there(tmp_path: Path, wanted: str, sheet: str | None, said: str) -> None:
    path = book(tmp_path / "in.xlsx", {"a": [["Title"], ["id", "lieu"], [1, "Gao"]], "b": []})
    with pytest.raises(UnreadableTable, match=said):
        open_table(path, [wanted], sheet)


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"lieu\nGao\n", "no XLSX file"), (b"\xd0\xcf\x11\xe0" * 9, "password"),
     (b"PK\x05\x06" + bytes(18), "damaged")],
)
def test_no_spreadsheet(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "in.xlsx").write_bytes(content)
    with pytest.raises(UnreadableTable, match=said):
        open_table(tmp_path / "in.xlsx", ["lieu"])


def test_an_empty_book_a_broken_sheet_and_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableTable, match="every sheet is empty"):
        open_table(book(tmp_path / "empty.xlsx", {"a": []}), ["lieu"])
    path = book(tmp_path / "in.xlsx", {"a": [["lieu"], ["Gao"]]})
    with ZipFile(path) as old, ZipFile(tmp_path / "broken.xlsx", "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part)[:200] if "sheet1" in part else old.read(part))
    with pytest.raises(UnreadableTable, match=r"broken\.xlsx: .*damaged"):
        open_table(tmp_path / "broken.xlsx", ["lieu"])
    monkeypatch.setattr(sheet_file, "LARGEST_UNPACKED", 100)
    with pytest.raises(UnreadableTable, match="unpacks to"):
        open_table(path, ["lieu"])


def test_text_stays_text(tmp_path: Path, copy: Copy) -> None:
    (tmp_path / "in.csv").write_text('id,lieu\n007,=1+1\n-5,#N/A\n@x,"a\x07b"\n+1,2023-11-24\n', "utf-8")
    out = copy(open_table(tmp_path / "in.csv", ["lieu"]), tmp_path / "out.xlsx")
    sheet: Any = openpyxl.load_workbook(out).active
    assert {cell.data_type for row in sheet.iter_rows(min_row=2, max_col=3) for cell in row} == {"s"}
    assert [row[:3] for row in read_again(out)] == [
        ("007", "=1+1", "=Gao"), ("-5", "#N/A", "=Gao"), ("@x", "a\ufffdb", "=Gao"), ("+1", "2023-11-24", "=Gao"),
    ]


def test_numbers_and_days_stay_what_they_are(tmp_path: Path, copy: Copy) -> None:
    rows = [(7, 0.1, DAY, NOON, True, "Gao"), (None, 2.0, DAY, NOON, False, None)]
    path = book(tmp_path / "in.xlsx", {"a": [["n", "x", "d", "t", "b", "lieu"], *map(list, rows)]})
    out = copy(open_table(path, ["lieu"]), tmp_path / "out.xlsx")
    assert [row[:6] for row in read_again(out)] == rows


def test_what_a_sheet_cannot_hold_is_refused(tmp_path: Path, copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in.csv").write_text(f"id,lieu\n1,{'x' * 40_000}\n2,Gao\n", "utf-8")
    table = open_table(tmp_path / "in.csv", ["lieu"])
    with pytest.raises(UnwritablePlace, match=r"40,000 characters; a sheet holds 32,767. Write a .csv"):
        copy(table, tmp_path / "out.xlsx")
    monkeypatch.setattr(sheet_out, "MOST_ROWS", 2)
    with pytest.raises(UnwritablePlace, match="1 rows under its header, not 2"):
        copy(table, tmp_path / "out.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_same_rows_are_same_bytes_at_any_time(tmp_path: Path, copy: Copy) -> None:
    table = open_table(book(tmp_path / "in.xlsx", {"a": [["lieu"], ["Gao"]]}), ["lieu"])
    out = copy(table, tmp_path / "out.xlsx")
    with ZipFile(out) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}
        assert str(datetime.datetime.now(datetime.UTC).year) not in archive.read("docProps/core.xml").decode()
    assert copy(table, tmp_path / "other.xlsx").read_bytes() == out.read_bytes()


def test_remarks_of_the_library_are_not_shown(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        open_table(book(tmp_path / "in.xlsx", {"a": [["lieu"], ["Gao"]]}), ["lieu"])
