import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.tables.formats.conftest import marked, notes_of, rows_of

from incidentmap.model import UnreadableTable
from incidentmap.tables.formats import open_source, sheet


def written(path: Path, rows: Sequence[Sequence[object]], merges: tuple[str, ...] = (), corner: int = 0) -> Path:
    book = openpyxl.Workbook()
    page: Any = book.active
    for _ in range(corner):
        page.append([])
    for row in rows:
        page.append([*[None] * corner, *row])
    for merge in merges:
        page.merge_cells(merge)
    book.save(path)
    return path


def test_titles_blank_columns_and_blank_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Incidents"], [], ["id", None, "lieu"], ["1", None, "Gao"], [], ["2", None, "Ber"], [None, None, ""],
    ]
    source = open_source(written(tmp_path / "in.xlsx", rows, corner=2))
    assert (source.columns, source.rows, source.above) == (("id", "lieu"), 3, 5)
    assert rows_of(source) == [("1", "Gao"), (None, None), ("2", "Ber")]
    assert (marked(source), notes_of(source)) == ({2: "row_blank"}, ["table_titles_above"])


def test_a_header_of_two_rows_is_joined(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["id", "Victimes", None, "date"], [None, "tués", "blessés", None], [1, 3, None, datetime.date(2024, 3, 5)],
    ]
    source = open_source(written(tmp_path / "in.xlsx", rows, merges=("A1:A2", "B1:C1", "D1:D2")))
    assert source.columns == ("id", "Victimes / tués", "Victimes / blessés", "date")
    assert rows_of(source) == [("1", "3", None, "2024-03-05")]
    assert notes_of(source) == ["table_header_joined"]


def test_cells_merged_over_rows_have_one_value(tmp_path: Path) -> None:
    rows: list[list[object]] = [["région", "lieu"], ["Gao", "Ber"], [None, "Ansongo"], [None, "Bourem"], ["Total", 3]]
    source = open_source(written(tmp_path / "in.xlsx", rows, merges=("A2:A4",)))
    assert rows_of(source) == [("Gao", "Ber"), ("Gao", "Ansongo"), ("Gao", "Bourem"), ("Total", "3")]
    assert [dict(note.values) for note in source.notes] == [{"cells": "2"}, {"row": "4", "label": "Total"}]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime.datetime(2024, 3, 5, 14, 30), "2024-03-05T14:30:00"),  # noqa: DTZ001 - spreadsheets know no time zones
        (datetime.time(14, 30), "14:30:00"),
        (True, "true"), (12.0, "12"), (-0.05, "-0.05"), ("=1+1", None), ("0012", "0012"), (2**53 + 2, "9007199254740994.0"),
    ],
)
def test_cells_become_text(tmp_path: Path, value: object, text: str | None) -> None:
    assert rows_of(open_source(written(tmp_path / "in.xlsx", [["a", "b"], [value, "x"]]))) == [(text, "x")]


def test_a_sheet_of_header_only_has_no_rows(tmp_path: Path) -> None:
    source = open_source(written(tmp_path / "in.xlsx", [["id", "lieu"]]))
    assert (source.columns, source.rows, rows_of(source)) == (("id", "lieu"), 0, [])


def test_an_empty_book_and_one_too_large_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableTable, match="every sheet is empty"):
        open_source(written(tmp_path / "in.xlsx", []))
    monkeypatch.setattr(sheet, "_LARGEST", 100)
    with pytest.raises(UnreadableTable, match="too many for a spreadsheet"):
        open_source(tmp_path / "in.xlsx")
