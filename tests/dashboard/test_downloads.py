"""Formats and profiles beside the download buttons."""

import sys
from typing import Any

import pytest
from tests.dashboard.conftest import Open
from tests.export.conftest import rows_of

from incidentmap.model import ImportRecord
from incidentmap.store.events import open_events, write_events
from incidentmap.walks.workspace import CASE_FILE, Workspace


@pytest.fixture
def under_terms(case: Workspace) -> Workspace:
    """The first case beside a row of a source that asks to think twice."""
    at = "2026-11-22T19:00:00Z"
    told = ImportRecord("acled", "a.csv", "0" * 64, "{}", 1, at, "anna", licence="Its terms", warn_export=True)
    write_events(open_events(case.folder / CASE_FILE), [rows_of([{"source_id": "1"}], "acled")], told)
    return case


def button(app: Any, words: str) -> Any:
    return next(each for each in app.get("download_button") if words in each.proto.label)


def test_every_format_and_profile_is_offered(open_page: Open) -> None:
    app = open_page(lang="en")
    formats, profiles = (app.selectbox(key=key) for key in ("export_format", "export_profile"))
    assert "GeoPackage" in formats.options
    assert profiles.options[0] == "Internal: everything"
    assert len(profiles.options) == 3
    formats.select("xlsx").run()
    assert not app.exception
    assert button(app, "Download · Excel (XLSX)")


def test_rows_under_terms_wait_until_somebody_has_looked(under_terms: Workspace, open_page: Open) -> None:
    app = open_page(lang="en")
    assert any("Its terms" in each.value for each in app.caption)
    assert not button(app, "Download").proto.disabled
    app.selectbox(key="export_profile").select("public").run()
    assert button(app, "Download").proto.disabled
    app.checkbox(key="export_looked").check().run()
    assert not app.exception
    assert not button(app, "Download").proto.disabled


def test_a_long_export_is_prepared_and_a_longer_one_written_in_a_terminal(
    open_page: Open, monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = open_page(lang="en")
    downloads = sys.modules["downloads"]
    monkeypatch.setattr(downloads, "AT_ONCE", 3)
    app.run()
    prepare = next(each for each in app.button if "Prepare the file (4 incidents)" in each.label)
    prepare.click().run()
    assert not app.exception
    assert button(app, "Download · GeoJSON")
    monkeypatch.setattr(downloads, "AT_MOST", 3)
    app.run()
    assert "--format geojson --profile internal" in app.code[0].value
