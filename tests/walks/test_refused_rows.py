"""Refused rows are mended and imported again: the round trip, whatever was accepted the first time."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentmap.model import BadValue, UnreadableTable
from incidentmap.tables.dates_in import DayOrder
from incidentmap.tables.formats import open_source
from incidentmap.tables.mapping import with_day_order
from incidentmap.walks.import_asked import ImportAsked, ImportDone
from incidentmap.walks.import_mapping import MappingAsked, mapped
from incidentmap.walks.import_table import import_table
from incidentmap.walks.import_tables import snapshots, undo
from incidentmap.walks.refused_rows import Waiting, read_refused, waiting, write_mended

HEAD = "id;date;lieu;lat;lon;note\n"
GOOD = "1;03/04/2024;Gao;16,27;-0,04;a\n"
WRONG = "2;05/06/2024;Gao;999;-0,04;=1+1\n3;hier;Gao;16,27;-0,04;c\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "case"


def taken(path: Path, folder: Path, text: str) -> ImportDone:
    """An import of a table whose dates are said to begin with the month."""
    path.write_text(HEAD + text, "utf-8")
    own = with_day_order(mapped(open_source(path), MappingAsked(), folder, ()).mapping, DayOrder.MONTH_FIRST)
    return import_table(ImportAsked(path, folder, MappingAsked(mapping=own), who="Awa", places=False))


def tried_again(done: ImportDone, folder: Path, **cells: str) -> ImportDone:
    """An import of the refused rows with cells of the first one mended."""
    assert done.refused_file
    sheet = read_refused(done.refused_file)
    first = sheet.rows[0]
    mended = tuple(cells.get(name, cell) for name, cell in zip(sheet.columns, first.cells, strict=True))
    return import_table(ImportAsked(write_mended(sheet, {first.place: mended}, folder), folder, who="Awa", places=False))


def test_a_refused_file_says_what_is_wrong_where(tmp_path: Path, folder: Path) -> None:
    done = taken(tmp_path / "faits.csv", folder, GOOD + WRONG)
    assert done.refused_file
    sheet = read_refused(done.refused_file)
    assert (sheet.columns, sheet.more) == (("id", "date", "lieu", "lat", "lon", "note"), False)
    assert [(row.row, row.columns, row.rules) for row in sheet.rows] == [
        ("3", ("lat",), ("coordinate_range",)), ("4", ("date",), ("date_unreadable",)),
    ]
    assert sheet.rows[0].cells == ("2", "05/06/2024", "Gao", "999", "-0,04", "=1+1")


@pytest.mark.parametrize(("text", "number"), [(GOOD + WRONG, 2), (WRONG, 1)], ids=["some accepted", "none accepted"])
def test_mended_rows_are_read_as_the_file_they_came_from(tmp_path: Path, folder: Path, text: str, number: int) -> None:
    done = tried_again(taken(tmp_path / "faits.csv", folder, text), folder, lat="16,3")
    assert (done.rows, done.accepted, done.refused) == (2, 1, 1)
    assert done.guess.mapping.day_order is DayOrder.MONTH_FIRST
    assert done.guess.mapping.source == "faits"
    assert done.snapshot
    assert done.snapshot.run
    assert (done.snapshot.number, done.snapshot.run.changes.new, done.snapshot.run.changes.gone) == (number, 1, 0)
    last = tried_again(done, folder, date="11/24/2023")
    assert (last.rows, last.accepted, last.refused_file) == (1, 1, None)


def test_rows_wait_until_they_were_tried_again(tmp_path: Path, folder: Path) -> None:
    done = taken(tmp_path / "faits.csv", folder, GOOD + WRONG)
    assert done.refused_file
    assert waiting(snapshots(folder)) == (Waiting(1, "faits", done.refused_file, 2),)
    again = tried_again(done, folder, lat="16,3")
    assert [(each.number, each.rows) for each in waiting(snapshots(folder))] == [(2, 1)]
    undo(folder, 2, "Awa")
    assert again.refused_file
    assert [(each.number, each.rows) for each in waiting(snapshots(folder))] == [(1, 2)]


def test_only_rows_of_the_file_can_be_mended(tmp_path: Path, folder: Path) -> None:
    done = taken(tmp_path / "faits.csv", folder, WRONG)
    assert done.refused_file
    sheet = read_refused(done.refused_file)
    for cells in ({9: sheet.rows[0].cells}, {0: ("1",)}):
        with pytest.raises(BadValue, match="mended row"):
            write_mended(sheet, cells, folder)
    with pytest.raises(UnreadableTable, match="no file of refused rows"):
        read_refused(tmp_path / "faits.csv")
    with pytest.raises(UnreadableTable, match="cannot be read"):
        read_refused(tmp_path / "none.csv")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=2))
def test_what_is_mended_is_what_is_written(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "r.csv"
    path.write_text("row,column,value,rule,message,a,b\r\n2,a,x,rule,why,1,2\r\n3,b,y,rule,why,3,4\r\n", "utf-8")
    sheet = read_refused(path)
    again = read_refused(write_mended(sheet, {1: texts}, tmp_path))
    assert [row.cells for row in again.rows] == [("1", "2"), tuple(texts)]
