"""Which rows of a file are shown, and with what, beside its sums."""

from pathlib import Path

import pytest

from incidentmap.walks.import_asked import ImportAsked, ImportDone
from incidentmap.walks.import_places import UNKNOWN
from incidentmap.walks.import_sample import RowVerdict
from incidentmap.walks.import_table import import_table

HEAD = "titre\n\nid,date,pays,lieu,lat,lon,tués\n"
LINES = {
    "clean": "{},2023-11-24,Mali,Gao,16.27,-0.04,1\n", "warned": "{},2023-11-24,Mali,Gao,16.27,-0.04,3-5\n",
    "unknown place": "{},2023-11-24,Mali,Xqzzville,,,1\n", "refused": "{},hier,Mali,Gao,16.27,-0.04,1\n",
}


def looked_at(path: Path, *kinds: str, places: bool = False) -> ImportDone:
    lines = (LINES[kind].format(f"A{place}") for place, kind in enumerate(kinds))
    path.write_text(HEAD + "".join(lines), "utf-8")
    return import_table(ImportAsked(path, path.parent / "case", dry_run=True, places=places, who="Awa"))


def test_rows_are_shown_with_cells_number_and_findings(tmp_path: Path) -> None:
    done = looked_at(tmp_path / "a.csv", "clean", "refused", "warned", "clean")
    assert [(row.file_row, row.sheet_row, row.verdict) for row in done.passed] == [
        (1, 4, RowVerdict.CLEAN), (3, 6, RowVerdict.WARNED), (4, 7, RowVerdict.CLEAN),
    ]
    assert [found.rule for row in done.passed for found in row.findings] == ["figure_range"]
    (refused,) = done.shown
    assert (refused.sheet_row, refused.verdict, dict(refused.cells)["date"]) == (5, RowVerdict.REFUSED, "hier")
    assert {rule: [(each.sheet_row, each.value) for each in found] for rule, found in done.examples.items()} == {
        "figure_range": [(6, "3-5")], "date_unreadable": [(5, "hier")],
    }


def test_warnings_about_places_are_among_them(tmp_path: Path) -> None:
    done = looked_at(tmp_path / "a.csv", "clean", "unknown place", places=True)
    (warned,) = (row for row in done.passed if row.verdict is RowVerdict.WARNED)
    assert {"coordinate_missing", UNKNOWN} == {found.rule for found in warned.findings}
    assert [each.sheet_row for each in done.examples[UNKNOWN]] == [5]


@pytest.mark.parametrize(("kind", "kept"), [("clean", 100), ("warned", 100), ("refused", 200)])
def test_however_many_rows_there_are_only_the_first_are_kept(tmp_path: Path, kind: str, kept: int) -> None:
    done = looked_at(tmp_path / "a.csv", *[kind] * 300)
    rows = [*done.shown, *done.passed]
    assert [row.file_row for row in rows] == list(range(1, kept + 1))
    assert all(len(found) == 3 for found in done.examples.values())
    assert done.rows == done.accepted + done.refused == 300
