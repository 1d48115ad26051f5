"""What changed between two versions, as JSON and as GeoJSON; `data/schemas/changes.md` tells what each member means."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from incidentmap.model import RecordChange, RecordChanges, RecordState

SCHEMA = "incidentmap-changes/1"
_MISSING: Mapping[str, object] = {}


def changes_record(found: RecordChanges) -> dict[str, object]:
    """All of it as one JSON object."""
    return {
        "schema": SCHEMA,
        "before": {"version": found.before, "records": found.sizes[0], "refused": found.refused[0]},
        "after": {"version": found.after, "records": found.sizes[1], "refused": found.refused[1]},
        "counts": {aspect.value: number for aspect, number in found.counts.items()},
        "unchanged": found.unchanged,
        "changes": [_change(each) for each in found.changes],
    }


def changes_geojson(found: RecordChanges) -> bytes:
    """A FeatureCollection (RFC 7946), a feature for each record that differs.

    A record that moved is a line from where it was to where it is, any other a point where it is, or was; without a position it
    has no geometry.
    """
    features = [
        {"type": "Feature", "id": each.id, "geometry": _geometry(each), "properties": _flat(each)} for each in found.changes
    ]
    whole = {
        "type": "FeatureCollection", "schema": SCHEMA, "before": found.before, "after": found.after,
        "counts": {aspect.value: number for aspect, number in found.counts.items()}, "unchanged": found.unchanged,
        "features": features,
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _change(each: RecordChange) -> dict[str, object]:
    return {
        "id": each.id, "aspects": [aspect.value for aspect in each.aspects], "km": each.km, "other": each.other or None,
        "before": asdict(each.before) if each.before else None, "after": asdict(each.after) if each.after else None,
        "fields": [asdict(field) for field in each.fields],
    }


def _flat(each: RecordChange) -> dict[str, object]:
    """Properties without lists and objects, which few tools read."""
    told: dict[str, object] = {"aspects": " ".join(each.aspects), "km": each.km, "other": each.other or None}
    for when, state in (("before", each.before), ("after", each.after)):
        values = asdict(state) if state else _MISSING
        told |= {f"{when}_{name}": values.get(name) or None for name in RecordState.__slots__ if name not in {"lon", "lat"}}
    return told | {"fields": " ".join(field.field for field in each.fields)}


def _geometry(each: RecordChange) -> dict[str, Any] | None:
    ends = [[state.lon, state.lat] for state in (each.before, each.after) if state and state.lon is not None]
    if each.km is not None and len(ends) == 2:
        return {"type": "LineString", "coordinates": ends}
    return {"type": "Point", "coordinates": ends[-1]} if ends else None
