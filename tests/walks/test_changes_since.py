"""What changed since an earlier version, as far as a question goes, and only of versions of the same workspace."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.walks.test_publishing import put_rows
from tests.walks.test_schedule import ROW

from incidentmap.export import FORMATS
from incidentmap.model import Aspect, BadValue, IncidentQuery, Reading, RecordChanges, Report
from incidentmap.publish import INTERNAL, load_profile
from incidentmap.walks.briefing import BriefingAsked, write_briefing
from incidentmap.walks.changes_since import changes_since
from incidentmap.walks.duplicates import merge
from incidentmap.walks.export import ExportAsked, export_incidents
from incidentmap.walks.review import reject
from incidentmap.walks.workspace import Workspace, open_workspace

EVERYTHING = IncidentQuery()
DAY = date(2026, 11, 23)


def row(number: int, **values: Any) -> dict[str, Any]:
    return {**ROW, "source_id": str(number), **values}


@pytest.fixture
def workspace(tmp_path: Path, first_report: Report, first_reading: Reading) -> Workspace:
    opened = open_workspace(tmp_path / "case", "tombouctou")
    opened.store.add(first_report, first_reading)
    put_rows(opened, (row(1), row(2), row(3, lat=16.5), row(4)))
    return opened


def later(workspace: Workspace) -> Workspace:
    """A row is new, one gone, one moved far, one has other casualties; an incident is rejected, two are merged."""
    put_rows(workspace, (row(2, killed_best=7), row(3, lat=10.0), row(4), row(5)))
    one, *others = [each.id for each in workspace.store.incidents(EVERYTHING)]
    reject(workspace, one, "anna")
    merge(workspace, others[:2], "anna")
    return workspace


def since(workspace: Workspace, earlier: Path | str, query: IncidentQuery = EVERYTHING) -> RecordChanges:
    return changes_since(workspace, query, str(earlier), load_profile(INTERNAL))


def kinds(found: RecordChanges) -> list[tuple[Aspect, ...]]:
    return sorted((*each.aspects,) for each in found.changes)


ALL = sorted([
    (Aspect.NEW,), (Aspect.GONE,), (Aspect.MOVED,), (Aspect.CASUALTIES,), (Aspect.STATUS,), (Aspect.MERGED,),
])


def test_a_copy_and_every_export_tell_the_same(workspace: Workspace, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(workspace.folder, copy)
    paths = [tmp_path / f"made{FORMATS[each].suffix}" for each in ("geojson", "csv", "xlsx")]
    for path, format_id in zip(paths, ("geojson", "csv", "xlsx"), strict=True):
        export_incidents(workspace, ExportAsked(EVERYTHING, format_id), path)
    assert not since(workspace, copy).changes
    later(workspace)
    found = since(workspace, copy)
    told = [each for each in kinds(found) if each != (Aspect.TOLD,)]
    assert [each for each in ALL if not any(set(each) <= set(other) for other in told)] == []
    assert found.before == "copy"
    for path in paths:
        again = since(workspace, path)
        assert (kinds(again), again.unchanged, again.before) == (kinds(found), found.unchanged, path.name)


def test_a_snapshot_is_compared_with_the_rows_alone(workspace: Workspace) -> None:
    later(workspace)
    found = since(workspace, f"{workspace.folder}@1")
    assert kinds(found) == sorted([(Aspect.NEW,), (Aspect.GONE,), (Aspect.MOVED,), (Aspect.CASUALTIES,)])
    assert (found.sizes, found.unchanged) == ((4, 4), 1)


@pytest.mark.parametrize("as_file", [False, True])
def test_what_left_the_question_is_told_as_that_and_nothing_else_is_told(
    workspace: Workspace, tmp_path: Path, as_file: bool,
) -> None:
    earlier = tmp_path / "made.geojson"
    export_incidents(workspace, ExportAsked(EVERYTHING, "geojson"), earlier)
    later(workspace)
    query = IncidentQuery(bbox=(-4.5, 16.2, -3.5, 16.8), start=date(2024, 1, 1))
    found = since(workspace, earlier if as_file else f"{workspace.folder}@1", query)
    assert [(each.aspects, round(each.km or 0)) for each in found.changes] == [((Aspect.MOVED,), 719)]
    assert (found.sizes, found.unchanged) == ((1, 0), 0)


def test_what_cannot_be_compared_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    public, table, other = tmp_path / "public.geojson", tmp_path / "table.csv", open_workspace(tmp_path / "other", "tombouctou")
    export_incidents(workspace, ExportAsked(EVERYTHING, "geojson", profile="public", day=DAY), public)
    table.write_text("id,date,lat,lon\n1,2024-05-01,15.9,-3.9\n", "utf-8")
    put_rows(other, (row(77),))
    for earlier in (public, table, other.folder, tmp_path / "none", tmp_path):
        with pytest.raises(BadValue):
            since(workspace, earlier)
    with pytest.raises(BadValue, match="--since last"):
        changes_since(workspace, EVERYTHING, f"{workspace.folder}@1", load_profile("public"))


def test_the_briefing_tells_it(workspace: Workspace, tmp_path: Path) -> None:
    later(workspace)
    asked = BriefingAsked(EVERYTHING, "en", DAY, changes_since=f"{workspace.folder}@1")
    write_briefing(workspace, asked, tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text("utf-8")
    assert "<h2>What changed since case@1</h2>" in text
    assert "Since case@1: 1 new, 1 gone, 1 moved, 1 with other casualties, 1 unchanged" in text
    assert str(workspace.folder) not in text
    write_briefing(workspace, replace(asked, changes_since=""), tmp_path / "b.html")
    assert "What changed" not in (tmp_path / "b.html").read_text("utf-8")
