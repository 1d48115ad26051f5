"""The Changes screen: snapshots against each other, an earlier export against the case as it is now."""

from pathlib import Path

from streamlit.testing.v1 import AppTest
from tests.dashboard.conftest import Open, go, shown
from tests.walks.table_rows import import_rows, made_rows

from incidentmap.model import IncidentQuery
from incidentmap.walks.export import ExportAsked, export_incidents
from incidentmap.walks.review import accept
from incidentmap.walks.workspace import Workspace, open_workspace

HOSTILE = "<img src=x onerror=alert(1)>"


def lists(app: AppTest) -> list[list[list[object]]]:
    return [each.value.to_numpy().tolist() for each in app.dataframe]


def test_a_case_without_two_versions_says_what_to_do(open_page: Open, case: Workspace) -> None:
    app = go(open_page(lang="en"), "changes")
    assert not app.exception
    assert "upload an earlier export" in shown(app)
    assert not app.dataframe


def test_an_earlier_export_is_compared_with_the_case(open_page: Open, case: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "before.geojson"
    export_incidents(case, ExportAsked(IncidentQuery()), path)
    chosen = case.store.incidents(IncidentQuery())[0].id
    accept(case, chosen, "anna")
    app = go(open_page(lang="en"), "changes")
    app.file_uploader[0].set_value([("before.geojson", path.read_bytes(), "application/geo+json")])
    app.run()
    assert not app.exception
    assert "1 with another status, 3 unchanged" in shown(app)
    ((row,),) = lists(app)
    assert (row[0], row[2], row[4]) == ("status", "draft → confirmed", chosen)


def test_two_snapshots_are_compared_by_kind_and_text_is_text(open_page: Open, tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "tables", "mali")
    rows = [{**row, "place": HOSTILE if row["source_id"] == "00001" else row["place"]} for row in made_rows(9)]
    import_rows(workspace, rows)
    import_rows(workspace, [{**row, "killed_high": 90} if row["source_id"] == "00001" else row for row in rows[:-1]])
    app = go(open_page(folder=workspace.folder, lang="en"), "changes")
    assert not app.exception
    assert "1 gone, 1 with other casualties, 7 unchanged" in shown(app)
    assert HOSTILE not in shown(app)
    assert len(lists(app)[0]) == 2
    app.segmented_control(key="changes_kind").set_value("casualties").run()
    assert [row[0] for row in lists(app)[0]] == ["casualties"]


def test_what_is_no_table_is_told(open_page: Open, case: Workspace) -> None:
    app = go(open_page(lang="en"), "changes")
    app.file_uploader[0].set_value([("before.csv", b"a,b\n1,2\n", "text/csv")])
    app.run()
    assert not app.exception
    assert 'role="alert"' in shown(app)
