"""The flat record that every export writes: reviewed incidents and rows of imported tables under the same columns, as Arrow.

A column means what the event schema says of it (:mod:`incidentmap.tables.schema`), or, where that has none of the name, what
:mod:`.record` says. Unknown is null, never an empty text. Lists and objects are JSON text, their fields marked as such.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from incidentmap.frames.geometry import Boundary, location_geometry
from incidentmap.frames.record import incident_record
from incidentmap.model import ClaimField, Incident, Report, Role, Status, Toll, TotalRule, incident_toll
from incidentmap.tables.schema import EVENT_SCHEMA

INCIDENT, EVENT = "incident", "event"
"""What the column `record` says: a reviewed incident, a row of an imported table."""
BATCH_ROWS = 8_192
_IMPORTED = Status.IMPORTED.value
_JSON, _JSON_LIST = {b"holds": b"json"}, {b"holds": b"json list"}
_SHARED = (
    "date_start", "date_end", "date_precision", "event_type", "sub_event_type", "country", "admin1", "admin2", "place", "lon",
    "lat", "radius_km", "where_prec", "geo_precision",
)
_ACTORS = ("actor1", "actor2", "actor1_id", "actor2_id", "side_roles")
_FIGURES = tuple(name for name in EVENT_SCHEMA.names if name.endswith(("_low", "_best", "_high")))
_INCIDENT_ONLY = ("report", "area_id", "anchor", "actors", "claims", "review", "parts")
_EVENT_ONLY = (
    "source_id", "type_crosswalk", "disorder_type", "ucdp_type_of_violence", "cameo_code", "admin3", "pcode", "pcode_date",
    "place_id", "located", "ucdp_date_prec", "acled_time_precision", "assoc1", "assoc2", "inter1", "inter2", "notes", "sources",
    "warnings", "extra",
)
_TOLLS = {"killed": ClaimField.KILLED, "wounded": ClaimField.WOUNDED}


def _field(name: str) -> pa.Field:
    if name in {"anchor", "extra"}:
        return pa.field(name, pa.string(), metadata=_JSON)
    if name in {"actors", "claims", "review", "parts", "warnings"}:
        return pa.field(name, pa.string(), metadata=_JSON_LIST)
    if name in {"lon", "lat", "radius_km"}:
        return pa.field(name, pa.float64())
    own = {"inside_region": pa.bool_()}.get(name, pa.string())
    return pa.field(name, EVENT_SCHEMA.field(name).type if name in EVENT_SCHEMA.names else own)


FLAT = pa.schema([
    *map(_field, (
        "id", "record", "status", "source", "source_id", "report", "url", *_SHARED, "area_id", "inside_region", *_ACTORS,
        *_FIGURES, "actors", "claims", "anchor", "review", "parts", *_EVENT_ONLY[1:],
    )),
    pa.field("geometry", pa.binary()),
])
"""All columns in order, the geometry (WKB, EPSG:4326) last."""


def flat_schema(*, incidents: bool, events: bool) -> pa.Schema:
    """The columns of an export: those that only reviewed incidents, or only rows of tables, have stay out with these."""
    out = {*(_EVENT_ONLY if incidents and not events else ()), *(_INCIDENT_ONLY if events and not incidents else ())}
    return pa.schema([field for field in FLAT if field.name not in out])


def is_json(field: pa.Field) -> bool:
    """Whether a column holds JSON text."""
    return field.metadata in (_JSON, _JSON_LIST)


def is_json_list(field: pa.Field) -> bool:
    """Whether a column holds JSON lists; an empty one is null."""
    return bool(field.metadata == _JSON_LIST)


def incident_batches(
    incidents: Iterable[Incident], *, region: str | None, boundary: Boundary, rule: TotalRule, reports: Mapping[str, Report],
) -> Iterator[pa.RecordBatch]:
    """Reviewed incidents as flat records, in their order.

    Parameters
    ----------
    incidents
        With or without date and location.
    region
        Region of interest that `inside_region` refers to.
    boundary
        Gives the polygon (WGS 84) of an area id, None if it knows none.
    rule
        How the figures of an incident's claims become `killed_low`, `killed_best`, `killed_high` and those of the wounded.
    reports
        By id: who published them, where and when.
    """
    days = {key: each.published.start for key, each in reports.items() if each.published}
    waiting = iter(incidents)
    while some := [*islice(waiting, BATCH_ROWS)]:
        rows = [_row(each, region, rule, reports.get(each.report), days) for each in some]
        shapes = np.array([location_geometry(each.location, boundary) for each in some], dtype=object)
        yield pa.RecordBatch.from_arrays([
            *(pa.array([row.get(field.name) for row in rows], field.type) for field in FLAT if field.name != "geometry"),
            pa.array(shapely.to_wkb(shapely.orient_polygons(shapes, exterior_cw=False)), pa.binary()),
        ], schema=FLAT)


def event_batches(rows: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Rows of the event schema as flat records; columns that they lack are null; `event_id`, `lon` and `lat` are there."""
    for whole in rows:
        for start in range(0, whole.num_rows, BATCH_ROWS):
            batch = whole.slice(start, BATCH_ROWS)
            own = {"id": batch["event_id"], "geometry": points(batch["lon"], batch["lat"])}
            own |= {name: pa.repeat(word, batch.num_rows) for name, word in (("record", EVENT), ("status", _IMPORTED))}
            if "warnings" in batch.schema.names:
                own["warnings"] = _listed(batch["warnings"])
            yield pa.RecordBatch.from_arrays([_column(field, batch, own) for field in FLAT], schema=FLAT)


def points(lon: pa.Array, lat: pa.Array) -> pa.Array:
    """Positions (degrees, WGS 84) as WKB; null where either is."""
    found = pc.and_(lon.is_valid(), lat.is_valid()).to_numpy(zero_copy_only=False)
    made = np.empty(len(lon), np.dtype([("order", "u1"), ("kind", "<u4"), ("lon", "<f8"), ("lat", "<f8")]))
    made["order"], made["kind"] = 1, 1
    made["lon"], made["lat"] = (pc.fill_null(each, 0.0).to_numpy() for each in (lon, lat))
    bits = pa.array(found)
    buffers = [bits.buffers()[1], pa.py_buffer(made.tobytes())]
    fixed = pa.Array.from_buffers(pa.binary(made.dtype.itemsize), len(lon), buffers)
    return fixed.cast(pa.binary())


def _column(field: pa.Field, batch: pa.RecordBatch, own: Mapping[str, pa.Array]) -> pa.Array:
    if field.name in own:
        return own[field.name]
    if field.name in batch.schema.names:
        column = _plain(batch[field.name])
        return column if column.type == field.type else column.cast(field.type)
    return pa.nulls(batch.num_rows, field.type)


def _plain(column: pa.Array) -> pa.Array:
    """Numbers of single precision by their own digits: 0.1 is not 0.10000000149."""
    return column.cast(pa.string()) if column.type == pa.float32() else column


def _listed(lists: pa.Array) -> pa.Array:
    """Lists of texts as JSON, empty ones as null."""
    if not pc.sum(pc.list_value_length(lists)).as_py():
        return pa.nulls(len(lists), pa.string())
    return pa.array([_json(each) for each in lists.to_pylist()], pa.string())


def _row(
    incident: Incident, region: str | None, rule: TotalRule, report: Report | None, days: Mapping[str, date],
) -> dict[str, Any]:
    place, stated = incident.location, incident.date
    told = cast("dict[str, Any]", incident_record(incident, region=region))
    row = {name: value for name, value in told.items() if value != ""} | {
        "record": INCIDENT, "source": report.source or None if report else None, "url": report.url or None if report else None,
        "country": place.country or None if place else None, "admin2": place.admin2 or None if place else None,
        "date_start": stated.start if stated else None, "date_end": stated.end if stated else None,
        **{name: _json(told[name]) for name in ("anchor", "actors", "claims", "review", "parts")}, **_sides(incident),
    }
    for name, field in _TOLLS.items():
        row |= _bounds(name, incident_toll(incident, field, rule, days))
    return {name: _holdable(value) for name, value in row.items()}


def _sides(incident: Incident) -> dict[str, str | None]:
    """Who acts and upon whom; where the words tell no direction, those who take part, in their order."""
    sides = [[each for each in incident.actors if each.role is role] for role in (Role.ATTACKER, Role.TARGET)]
    directed = any(sides)
    if not directed:
        parties = [each for each in incident.actors if each.role is Role.PARTY]
        sides = [parties[:1], parties[1:]]
    names = ["; ".join(dict.fromkeys(each.name for each in side)) or None for side in sides]
    ids = [side[0].id if len({each.id for each in side}) == 1 else None for side in sides]
    order = ("attacker, target" if directed else "unordered") if any(names) else None
    return {"actor1": names[0], "actor2": names[1], "actor1_id": ids[0], "actor2_id": ids[1], "side_roles": order}


def _bounds(name: str, toll: Toll | None) -> dict[str, int | None]:
    if toll is None:
        return {}
    return {f"{name}_low": toll.low, f"{name}_best": toll.best, f"{name}_high": None if toll.open_high else toll.high}


def _holdable(value: object) -> object:
    """Halves of surrogate pairs, which JSON can bring into a text, as its escapes: no Unicode holds them."""
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode("utf-8", "backslashreplace").decode()


def _json(value: Sequence[object] | Mapping[str, object] | None) -> str | None:
    """Compact JSON; nothing and an empty list are null."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else None
