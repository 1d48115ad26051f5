"""Versions of every kind are compared: workspaces, snapshots, exports in each format, tables of others."""

import shutil
from pathlib import Path

import pytest
from tests.walks.table_rows import import_rows, made_rows

from incidentmap.export import FORMATS
from incidentmap.model import Aspect, BadValue, IncidentQuery, Reading, Report, Status
from incidentmap.walks.compare import compare
from incidentmap.walks.duplicates import merge
from incidentmap.walks.export import ExportAsked, export_incidents
from incidentmap.walks.import_asked import ImportAsked
from incidentmap.walks.import_table import import_table
from incidentmap.walks.review import accept
from incidentmap.walks.workspace import open_workspace

ROWS = "id,date,place,lat,lon,actor1,deaths\n1,2023-11-24,Niafunké,15.93,-3.99,JNIM,3\n2,2023-11-25,Kidal,18.44,1.41,FAMa,\n"
LATER = "id,date,place,lat,lon,actor1,deaths\n1,2023-11-24,Niafunké,15.93,-3.99,JNIM,5\n3,2023-11-26,Gao,16.27,-0.04,FAMa,1\n"


@pytest.fixture
def case(tmp_path: Path, first_report: Report, first_reading: Reading) -> Path:
    workspace = open_workspace(tmp_path / "case", "tombouctou")
    workspace.store.add(first_report, first_reading)
    import_rows(workspace, made_rows(12))
    return workspace.folder


@pytest.mark.parametrize("format_id", FORMATS)
def test_an_export_is_the_same_version_as_its_workspace(case: Path, tmp_path: Path, format_id: str) -> None:
    path = tmp_path / f"made{FORMATS[format_id].suffix}"
    query = IncidentQuery(statuses=tuple(Status))
    export_incidents(open_workspace(case), ExportAsked(query, format_id), path)
    found = compare(str(path), str(case))
    assert (found.sizes, found.unchanged, found.changes) == ((16, 16), 16, ())


def test_a_review_and_a_merge_are_told(case: Path, tmp_path: Path) -> None:
    before = tmp_path / "before"
    shutil.copytree(case, before)
    workspace = open_workspace(case)
    drafts = [each.id for each in workspace.store.incidents(IncidentQuery(statuses=(Status.DRAFT,)))]
    accept(workspace, drafts[0], "anna")
    merge(workspace, drafts[1:3], "anna")
    changes = {each.id: each for each in compare(str(before), str(case)).changes}
    assert changes[drafts[0]].aspects == (Aspect.STATUS,)
    merged = [each for each in changes.values() if Aspect.MERGED in each.aspects]
    assert len(merged) == 1
    assert {merged[0].id, merged[0].other} == set(drafts[1:3])


def test_snapshots_of_tables_and_the_files_themselves_differ_alike(tmp_path: Path) -> None:
    one, two, case = tmp_path / "one.csv", tmp_path / "two.csv", tmp_path / "case"
    one.write_text(ROWS, "utf-8")
    two.write_text(LATER, "utf-8")
    for path in (one, two):
        shutil.copy(path, tmp_path / "table.csv")
        import_table(ImportAsked(tmp_path / "table.csv", case, places=False))
    wanted = {Aspect.NEW: 1, Aspect.GONE: 1, Aspect.CASUALTIES: 1}
    by_snapshot, by_file = compare(f"{case}@1", f"{case}@2"), compare(str(one), str(two))
    assert (by_snapshot.counts, by_file.counts) == (wanted, wanted)
    assert [each.id for each in by_file.changes] == ["1", "2", "3"]
    assert [each.id.rpartition(":")[2] for each in by_snapshot.changes] == ["1", "2", "3"]
    assert compare(f"{case}@2", str(case)).changes == ()


def test_rows_that_cannot_be_read_are_counted(tmp_path: Path) -> None:
    one = tmp_path / "one.csv"
    one.write_text(ROWS + "3,2023-13-99,Gao,99,0,x,1\n", "utf-8")
    found = compare(str(one), str(one))
    assert (found.sizes, found.refused, found.changes) == ((2, 2), (1, 1), ())


def test_two_versions_of_nothing_common_are_strangers(case: Path, tmp_path: Path) -> None:
    one = tmp_path / "one.csv"
    one.write_text(ROWS, "utf-8")
    assert compare(str(case), str(one)).strangers
    assert not compare(str(one), str(one)).strangers


@pytest.mark.parametrize("name", ["nowhere", "{case}@99", "{empty}", "{text}"])
def test_what_is_no_version_is_refused(case: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    text = tmp_path / "a.txt"
    text.write_text("a report")
    named = name.format(case=case, empty=tmp_path / "empty", text=text)
    with pytest.raises((BadValue, ValueError)):
        compare(named, str(case))
    assert not (tmp_path / "nowhere").exists()
    assert not [*(tmp_path / "empty").iterdir()]
