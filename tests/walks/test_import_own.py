"""Our own exports come back: table -> store -> export -> store is identity, field by field, whatever the format."""

import csv
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.evaluation import EVAL
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentmap.export import FORMATS
from incidentmap.model import IncidentQuery
from incidentmap.store.events import open_events
from incidentmap.walks.export import ExportAsked, export_incidents
from incidentmap.walks.first_case import open_first_case
from incidentmap.walks.import_asked import ImportAsked, ImportDone
from incidentmap.walks.import_table import import_table
from incidentmap.walks.import_tables import snapshots
from incidentmap.walks.workspace import CASE_FILE, open_workspace

DAY = date(2026, 11, 23)
ENDINGS = {"csv": "csv", "hxl": "csv", "xlsx": "xlsx", "geojson": "geojson", "geojsonl": "geojsonl", "gpkg": "gpkg",
           "geoparquet": "parquet", "kml": "kml"}
OF_ONE_STORE = {"file_row", "snapshot", "place_key"}
"""What a row has from the import that brought it."""
HEAD = ("id", "date", "place", "lat", "lon", "killed", "actor1", "notes", "own column")
CELLS = st.one_of(
    st.sampled_from(["=1+1", "'x", "''", "-", "@a", "é𐍈", 'a "b"', "a,b;c\td", "<b>x</b>", "1e5", "NULL", "_x0041_", "]]>"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
)
ROWS = st.lists(st.tuples(
    st.dates(date(1990, 1, 1), date(2026, 1, 1)).map(str), CELLS, st.floats(10, 20).map(repr), st.floats(-5, 5).map(repr),
    st.sampled_from(["", "0", "3", "4-9", "at least 5", "~12"]), CELLS, CELLS, CELLS,
), min_size=1, max_size=6)


def test_every_format_is_here() -> None:
    assert set(ENDINGS) == set(FORMATS)


def rows_of(folder: Path) -> dict[str, dict[str, Any]]:
    """The event rows that a workspace shows, by id."""
    files = open_events(folder / CASE_FILE).current()
    rows = pa.concat_tables([pq.read_table(path) for path in files.paths]).to_pylist()
    return {row["event_id"]: {name: value for name, value in row.items() if name not in OF_ONE_STORE} for row in rows}


def there_and_back(folder: Path, other: Path, format_id: str) -> ImportDone:
    """The export of a workspace, imported into another one."""
    path = folder / f"out.{ENDINGS[format_id]}"
    export_incidents(open_workspace(folder), ExportAsked(IncidentQuery(), format_id, day=DAY, acknowledged=True), path)
    return import_table(ImportAsked(path, other, who="a"))


@pytest.mark.parametrize("format_id", ENDINGS)
def test_a_published_table_comes_back(tmp_path: Path, format_id: str) -> None:
    path = EVAL / "ucdp" / "ged_bangladesh_with_hxl_row.csv"
    if not path.is_file():
        pytest.skip("evaluation data are not here (INCIDENTMAP_EVAL)")
    import_table(ImportAsked(path, tmp_path / "one", who="a"))
    done = there_and_back(tmp_path / "one", tmp_path / "two", format_id)
    assert (done.refused, done.rows) == (0, len(rows_of(tmp_path / "one")))
    assert rows_of(tmp_path / "two") == rows_of(tmp_path / "one")
    assert done.licence == "CC BY 4.0, UCDP"


@pytest.mark.parametrize("format_id", ["csv", "geoparquet", "geojson"])
@given(rows=ROWS)
@settings(max_examples=8)
def test_whatever_a_table_holds_comes_back(format_id: str, rows: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "own.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows([HEAD, *((str(n), *row) for n, row in enumerate(rows))])
        first = import_table(ImportAsked(folder / "own.csv", folder / "one", who="a"))
        if first.snapshot is None:
            return
        done = there_and_back(folder / "one", folder / "two", format_id)
        assert (done.accepted, done.refused) == (first.accepted, 0)
        assert rows_of(folder / "two") == rows_of(folder / "one")


@pytest.mark.parametrize("format_id", ENDINGS)
def test_reviewed_incidents_alone_are_known_as_ours(tmp_path: Path, format_id: str) -> None:
    """A file without a row of any table has neither ids nor sources of rows."""
    workspace, _ = open_first_case(tmp_path / "one")
    done = there_and_back(workspace.folder, tmp_path / "two", format_id)
    assert (done.rows, done.accepted, done.refused, dict(done.located)) == (4, 4, 0, {})
    rows = rows_of(tmp_path / "two")
    assert set(rows) == {f"incidentmap:{each.id}" for each in workspace.store.incidents(IncidentQuery())}
    assert {row["place"] for row in rows.values()} == {"Niafunké", "Goundam", "Bamako", "Kidal"}
    assert all("claims" in row["extra"] for row in rows.values() if row["place"] != "Bamako")


def test_each_source_is_a_snapshot_and_reviewed_incidents_are_rows_of_ours(tmp_path: Path) -> None:
    workspace, _ = open_first_case(tmp_path / "one")
    (tmp_path / "a.csv").write_text("id,date,lat,lon\n1,2024-01-02,16.27,-0.04\n2,2024-01-03,16.0,-3.0\n", "utf-8")
    import_table(ImportAsked(tmp_path / "a.csv", workspace.folder, who="a"))
    done = there_and_back(workspace.folder, tmp_path / "two", "csv")
    assert (done.rows, done.accepted, done.refused) == (6, 6, 0)
    assert [each.source for each in snapshots(tmp_path / "two")] == ["a", "incidentmap"]
    assert "a (2, snapshot 1), incidentmap (4, snapshot 2)" in str(done.notes[0].values)
    rows = rows_of(tmp_path / "two")
    ours = {row["place"]: row for row in rows.values() if row["source"] == "incidentmap"}
    assert set(ours) == {"Niafunké", "Goundam", "Bamako", "Kidal"}
    assert (ours["Niafunké"]["killed_low"], ours["Niafunké"]["geo_precision"]) == (20, 1)
    assert "une cinquantaine" in ours["Niafunké"]["extra"]  # the claims are kept
    assert rows["a:1"] == rows_of(workspace.folder)["a:1"]
