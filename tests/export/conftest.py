"""Records of every kind to write: the first case with areas, lines, merged and placeless incidents; made-up rows."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from incidentmap.export import FORMATS, Asked, Head, Licence, claim_list, write_export
from incidentmap.frames.flat import event_batches, flat_schema, incident_batches
from incidentmap.gazetteer import region
from incidentmap.model import ALL_SOURCES, Incident, IncidentQuery, Position, Reading, Report, all_totals
from incidentmap.store.whole import whole_incident
from incidentmap.tables.schema import EVENT_SCHEMA

DAY = date(2026, 11, 23)
CLOCKWISE = Polygon([(-4, 15), (-4, 16), (-3, 16), (-3, 15)], [[(-3.6, 15.4), (-3.4, 15.4), (-3.4, 15.6), (-3.6, 15.6)]])
TWO_PARTS = MultiPolygon([box(0, 0, 1, 1), box(2, 2, 3, 3)])
BOUNDARIES: dict[str, BaseGeometry] = {"ML/a": CLOCKWISE, "ML/b": TWO_PARTS}
ODD = '=1+1 "x", \'y\'\r\n<b>&amp;]]> _x0041_ \x07 é 𐍈 Ɲ'
"""A text that every format has a trap for."""
ROWS: tuple[dict[str, Any], ...] = (
    {"source_id": "7", "date_start": date(2024, 1, 2), "date_end": date(2024, 1, 3), "date_precision": "range", "lon": -3.99,
     "lat": 15.93, "radius_km": 0.1, "where_prec": 2, "geo_precision": None, "country": "ML", "place": "Niafunké",
     "actor1": "=cmd", "actor2": "'quoted", "killed_low": 0, "killed_best": 3, "notes": ODD, "warnings": ["low_best_high"],
     "extra": json.dumps({"adm_3": "Nulle part", "n": 1}), "pcode_date": date(2015, 5, 1), "side_roles": "unordered",
     "ucdp_date_prec": 2},
    {"source_id": "8", "date_start": date(1899, 12, 31), "date_end": date(1900, 1, 1), "notes": "-1", "lon": 1e-05,
     "lat": -0.0},
    {"source_id": "@9", "country": "ML", "admin1": "Gao", "inter1": 3, "acled_time_precision": 1},
)

Write = Callable[..., Path]


def placed(incident: Incident, name: str, **changes: Any) -> Incident:
    assert incident.location
    return replace(incident, id=f"inc-{name}", location=replace(incident.location, **changes))


def rows_of(told: Iterable[dict[str, Any]], source: str = "made") -> pa.RecordBatch:
    """Event rows; what a row does not say is unknown."""
    plain = {"source": source, "warnings": []}
    rows = [{**plain, "event_id": f"{source}:{row['source_id']}", "file_row": n, **row} for n, row in enumerate(told, 1)]
    return pa.RecordBatch.from_pylist(rows, schema=EVENT_SCHEMA)


def flat(incidents: Sequence[Incident], rows: Sequence[dict[str, Any]], reports: Sequence[Report] = ()) -> pa.Table:
    """Flat records of both kinds, in the columns that an export of them has."""
    by_id = {each.id: each for each in reports}
    made = [
        *incident_batches(incidents, region="tombouctou", boundary=BOUNDARIES.get, rule=ALL_SOURCES, reports=by_id),
        *event_batches([rows_of(rows)] if rows else []),
    ]
    schema = flat_schema(incidents=bool(incidents), events=bool(rows))
    return pa.Table.from_batches([batch.select(schema.names) for batch in made], schema)


@pytest.fixture
def every_kind(first_incidents: tuple[Incident, ...], niafunke: Incident) -> tuple[Incident, ...]:
    """Each kind of place, and an incident merged of two."""
    line = (Position(-3.99, 15.93), Position(-3.67, 16.41))
    pair = [replace(niafunke, id="inc-one"), replace(niafunke, id="inc-two", location=None, date=None)]
    return (
        *first_incidents, placed(niafunke, "area", area_id="ML/a"), placed(niafunke, "parts", area_id="ML/b"),
        placed(niafunke, "lost", area_id="ML/c", radius_km=30.0), placed(niafunke, "axis", line=line),
        replace(niafunke, id="inc-nowhere", location=None, date=None), whole_incident(pair),
    )


@pytest.fixture
def records(every_kind: tuple[Incident, ...], first_report: Report) -> pa.Table:
    """Flat records of every kind."""
    return flat(every_kind, ROWS, [first_report])


@pytest.fixture
def head_of(first_incidents: tuple[Incident, ...], first_reading: Reading) -> Callable[..., Head]:
    """What an export of the first case says of itself."""
    def made(**changes: Any) -> Head:
        plain = Head(
            asked=Asked.of(IncidentQuery(actors=("jnim",))), day=DAY, profile=("internal", "Everything"), data_version="0" * 12,
            gazetteer_version="1" * 16, region=region("tombouctou"), incidents=4, events=0, statuses={"draft": 4},
            totals=all_totals(first_incidents, ALL_SOURCES, first_reading.report_claims),
            report_claims=claim_list(first_reading.report_claims), licences=(Licence("made", "CC BY 4.0, Made"),),
        )
        return replace(plain, **changes)
    return made


@pytest.fixture
def write(tmp_path: Path, head_of: Callable[..., Head]) -> Write:
    """Writes flat records in a format."""
    def written(format_id: str, table: pa.Table, name: str = "out", **changes: Any) -> Path:
        chosen = FORMATS[format_id]
        path = tmp_path / f"{name}{chosen.suffix}"
        write_export(path, chosen, table.schema, table.to_batches(max_chunksize=3), head_of(**changes))
        return path
    return written
