"""What the map page needs to count by area: the unit of each incident, its victims under the rule, what the server counted."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np

from incidentmap.gazetteer.polygons import features
from incidentmap.gazetteer.units import units_holding
from incidentmap.maps.card import JsonRecord
from incidentmap.maps.counted import AreaCount, CountedAreas
from incidentmap.maps.view import MapView, Mark
from incidentmap.model import AREAS, ClaimField, Incident, Measure, Shows, Status, TotalRule, incident_toll
from incidentmap.paths import shipped

EVERY_AREA = (Shows.ADMIN1, Shows.ADMIN2)
"""What a page of its own can count by."""


def area_columns(
    marks: Sequence[Mark], view: MapView, areas: Iterable[Shows], measures: Iterable[Measure],
) -> JsonRecord:
    """Columns of a layer's marks: under `units` the id of each one's unit by area, under `tolls` its victims by measure.

    A unit is null where the place is known less finely, or not at all, and empty where there is no unit. A toll is
    `[low, high, may be more]`, null where it is unknown, and false where it is not counted.
    """
    incidents, published = [mark.incident for mark in marks], view.published
    return {
        "units": {what.value: _units(incidents, what) for what in areas},
        "tolls": {
            measure.value: [_toll(each, ClaimField(measure), view.rule, published) for each in incidents]
            for measure in measures
        },
    }


def counted_areas(counted: CountedAreas | None) -> JsonRecord | None:
    """What the server counted."""
    if counted is None:
        return None
    return {
        "areas": [_area(each) for each in counted.areas], "coarser": counted.coarser, "elsewhere": counted.elsewhere,
        "size": counted.size,
    }


def _area(each: AreaCount) -> JsonRecord:
    total = each.total
    toll = [total.low or 0, total.high or 0, total.open_high, total.incidents, total.unknown] if total else None
    return {"area": each.area, "counts": [list(pair) for pair in each.by_layer], "toll": toll}


def unit_files(layers: Iterable[JsonRecord]) -> JsonRecord:
    """The outlines of all units of the countries in which any unit of these layers' columns lies, by level, as GeoJSON."""
    named = {unit for layer in layers for units in layer["units"].values() for unit in units if unit}
    countries = {unit.split("/")[0] for unit in named}
    return {what.value: _outlines(what, countries) for what in EVERY_AREA}


def _outlines(what: Shows, countries: set[str]) -> JsonRecord:
    told = features(shipped("geo"), what.value)
    found = [
        {"type": "Feature", "properties": {"id": unit, "name": feature["properties"]["name"]}, "geometry": feature["geometry"]}
        for unit, feature in told.items() if unit.split("/")[0] in countries
    ]
    return {"type": "FeatureCollection", "features": found}


def _units(incidents: Sequence[Incident], what: Shows) -> list[str | None]:
    """The id of each incident's area; that of a drawn one is empty, as it is where there is no unit."""
    fine = [k for k, each in enumerate(incidents) if each.location and each.location.level >= AREAS[what]]
    units: list[str | None] = [None] * len(incidents)
    for k, unit in zip(fine, _held([incidents[k] for k in fine], what), strict=True):
        units[k] = unit
    return units


def _held(placed: Sequence[Incident], what: Shows) -> list[str]:
    if what is Shows.DRAWN or not placed:
        return [""] * len(placed)
    places = [each.location.position for each in placed if each.location]
    lon, lat = np.array([(place.lon, place.lat) for place in places]).T
    ids, found = units_holding(shipped("geo"), what.value, lon, lat)
    names = (*ids, "")
    return [names[k] for k in found.tolist()]


def _toll(each: Incident, field: ClaimField, rule: TotalRule, published: Mapping[str, date]) -> list[object] | bool | None:
    if each.status is Status.REJECTED:
        return False
    toll = incident_toll(each, field, rule, published)
    return [toll.low, toll.high, toll.open_high] if toll else None
