"""The walk of one name, "Niafunké", from the report's text to the exported feature; each step is asserted."""

import json
from pathlib import Path

from incidentmap.model import IncidentQuery, MentionKind, ResolutionStatus
from incidentmap.paths import shipped
from incidentmap.reports import read_report_file
from incidentmap.walks.export import geojson_text
from incidentmap.walks.ingest import ingest
from incidentmap.walks.select import select
from incidentmap.walks.workspace import open_workspace

REPORT = shipped("data", "reports", "2023-11-25-tombouctou-niafunke-goundam.txt")


def test_the_walk_of_niafunke(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path, "tombouctou")
    text = read_report_file(REPORT).text
    (done,) = ingest(workspace, [REPORT])
    assert done.report
    reading = workspace.store.reading(done.report.id)
    assert reading
    mention = next(each for each in reading.mentions if each.kind is MentionKind.PLACE and each.span.quote == "Niafunké")
    assert text[mention.span.start:mention.span.end] == "Niafunké"

    resolved = workspace.gazetteer.resolve("Niafunké", region="tombouctou")
    assert resolved.status is ResolutionStatus.FOUND
    assert resolved.chosen
    assert resolved.inside
    place = resolved.chosen.place

    incident = next(each for each in reading.incidents if each.location and each.location.place_id == place.id)
    assert incident.location
    assert incident.location.anchor == place.position
    assert text[incident.location.span.start:incident.location.span.end] == incident.location.span.quote

    query = IncidentQuery(region="tombouctou", text="niafunke", event_types=("Battles",))
    found = select(workspace, query)
    assert found.incidents == (incident,)
    (drawn,) = found.frame.geometry
    assert [*drawn.coords] == [(place.position.lon, place.position.lat)]

    (feature,) = json.loads(geojson_text(workspace, query))["features"]
    assert feature["id"] == incident.id
    assert feature["geometry"] == {"type": "Point", "coordinates": [place.position.lon, place.position.lat]}
    assert feature["properties"]["inside_region"] is True
    for claim in feature["properties"]["claims"]:
        assert text[claim["start"]:claim["end"]] == claim["quote"]
