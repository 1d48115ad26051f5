import json
from datetime import date
from pathlib import Path

import pytest
from tests.walks.table_rows import import_rows, made_rows

from incidentmap.export import FORMATS
from incidentmap.export.read_back import read_back
from incidentmap.model import BadValue, IncidentQuery, Status, UnwritablePlace
from incidentmap.walks.export import DAY, ExportAsked, export_bytes, export_incidents, geojson_text
from incidentmap.walks.listing import listing
from incidentmap.walks.picture import draw, picture_bytes
from incidentmap.walks.select import select
from incidentmap.walks.workspace import Workspace

QUERY = IncidentQuery(actors=("jnim",))


@pytest.mark.parametrize("format_id", FORMATS)
def test_every_format_holds_what_the_screen_shows(format_id: str, case: Workspace, tmp_path: Path) -> None:
    path = tmp_path / f"out{FORMATS[format_id].suffix}"
    done = export_incidents(case, ExportAsked(QUERY, format_id, day=date(2026, 11, 23)), path)
    assert read_back(path)["id"].to_pylist() == [each.id for each in select(case, QUERY).incidents]
    assert done.paths[0] == path
    assert (done.head.incidents, done.head.data_version) == (2, case.store.version())
    assert done.head.asked.params == QUERY.to_params()
    assert path.read_bytes() == export_bytes(case, ExportAsked(QUERY, format_id, day=date(2026, 11, 23)))


@pytest.mark.parametrize("query", [
    IncidentQuery(), IncidentQuery(sources=("made",)), IncidentQuery(sources=("reports",)),
    IncidentQuery(event_types=("Battles",)),
    IncidentQuery(statuses=(Status.DRAFT,)), IncidentQuery(bbox=(-4.0, 15.0, 0.0, 17.0)), IncidentQuery(worst_precision=1),
])
def test_rows_of_tables_are_those_of_the_screen_too(case: Workspace, tmp_path: Path, query: IncidentQuery) -> None:
    import_rows(case, made_rows(40))
    shown = select(case, query)
    path = tmp_path / "out.csv"
    done = export_incidents(case, ExportAsked(query, "csv"), path)
    assert sorted(read_back(path)["id"].to_pylist()) == sorted(each.id for each in shown.incidents)
    assert done.head.incidents + done.head.events == shown.counts.shown


def test_a_listing_has_the_properties_of_the_export(case: Workspace) -> None:
    properties = [feature["properties"] for feature in json.loads(geojson_text(case, QUERY))["features"]]
    found = listing(case, QUERY)
    told = json.loads(json.dumps(found.records))
    assert [{name: each[name] for name in own} for own, each in zip(told, properties, strict=True)] == told
    assert found.counts == select(case, QUERY).counts


def test_the_day_is_named_or_that_of_the_environment(case: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def day_of(day: date | None) -> str:
        return str(json.loads(export_bytes(case, ExportAsked(QUERY, day=day)))["date"])

    assert day_of(date(2020, 2, 29)) == "2020-02-29"
    monkeypatch.setenv(DAY, "86400")
    assert day_of(None) == "1970-01-02"
    monkeypatch.setenv(DAY, "yesterday")
    with pytest.raises(BadValue, match=DAY):
        day_of(None)


def test_progress_is_told_to_the_end(case: Workspace, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    export_incidents(case, ExportAsked(IncidentQuery()), tmp_path / "out", lambda done, total: told.append((done, total)))
    assert sum(done for done, _ in told) == 4
    assert {total for _, total in told} == {4}


@pytest.mark.parametrize(("asked", "message"), [
    (ExportAsked(QUERY, "shp"), "one of geojson, geojsonl, csv"),
    (ExportAsked(QUERY, profile="all"), "one of internal, partner, public"),
])
def test_what_there_is_not_is_named(case: Workspace, tmp_path: Path, asked: ExportAsked, message: str) -> None:
    with pytest.raises(BadValue, match=message):
        export_incidents(case, asked, tmp_path / "out")


def test_a_picture_is_drawn_of_what_the_query_selects(case: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    drawn = draw(case, QUERY, path, "en")
    assert path.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    assert path.read_bytes() == picture_bytes(case, QUERY, language="en")
    assert path.read_bytes() != picture_bytes(case, IncidentQuery(), language="en")
    assert drawn.selection.counts.shown == 2


def test_what_cannot_be_written_is_told(case: Workspace) -> None:
    path = case.folder / "nowhere" / "out.png"
    with pytest.raises(UnwritablePlace, match="nowhere"):
        export_incidents(case, ExportAsked(QUERY), path)
    with pytest.raises(UnwritablePlace, match="nowhere"):
        draw(case, QUERY, path)


def test_a_picture_is_not_written_under_a_name_that_lies(case: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match=r"ends in \.png"):
        draw(case, QUERY, tmp_path / "map.pdf")
    assert not (tmp_path / "map.pdf").exists()
