"""Incidents as GeoJSON (RFC 7946): one Feature each, and what belongs to the whole in foreign members.

Coordinates are WGS 84, longitude first, exterior rings counter-clockwise; there is no `crs` member. The same data and query
give the same bytes: no time of making is written, the data version says what it was made from.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from incidentmap.export.totals import totals_record
from incidentmap.frames import COLUMNS, claim_record
from incidentmap.gazetteer import Region
from incidentmap.model import IncidentQuery, ReportClaim, Total
from incidentmap.words import say

Json = dict[str, Any]
_LANGUAGE = "en"
"""Of the words in an export; machine output is English."""


def geojson_text(
    frame: gpd.GeoDataFrame, *, query: IncidentQuery, report_claims: Sequence[ReportClaim], region: Region | None,
    data_version: str, totals: Sequence[Total], attributions: Sequence[str] = (),
) -> str:
    """A FeatureCollection as text, one feature a line.

    Parameters
    ----------
    frame
        As :func:`incidentmap.frames.incidents_frame` makes it: EPSG:4326.
    query
        What was asked for; kept in the member `query`, under the names of the map's address.
    report_claims
        Claims that cover several incidents; kept in the member `report_claims` and in no feature.
    region
        The region of interest that `inside_region` refers to; kept in the member `region` with its caveat.
    data_version
        Of the case.
    totals
        Of the incidents of `frame`, all under one rule; kept in the member `totals`, which names the rule.
    attributions
        Lines for the sources that a user added to the gazetteer; they stand after the shipped ground's.
    """
    features = feature_list(frame)
    head: Json = {"type": "FeatureCollection"}
    bounds = _bounds(frame)
    if bounds:
        head["bbox"] = bounds
    head |= {
        "attribution": " · ".join((say(_LANGUAGE, "picture.credit"), *attributions)),
        "query": query.to_params(),
        "region": {"id": region.id, "name": region.name(_LANGUAGE), "note": region.label(_LANGUAGE)} if region else None,
        "data_version": data_version,
        "statuses": dict(sorted(Counter(frame["status"]).items())),
        "totals": totals_record(totals),
        "report_claims": claim_list(report_claims),
    }
    lines = ",\n".join(compact(feature) for feature in features)
    members = ",\n".join(f"{compact(name)}: {compact(value)}" for name, value in head.items())
    return f'{{\n{members},\n"features": [\n{lines}\n]\n}}\n'


def feature_list(frame: gpd.GeoDataFrame) -> list[Json]:
    """One Feature per row, geometry null where there is none."""
    rows = zip(*(frame[name] for name in COLUMNS), strict=True) if len(frame) else ()
    properties = [dict(zip(COLUMNS, values, strict=True)) for values in rows]
    return [
        {"type": "Feature", "id": own["id"], "geometry": _geometry(geometry), "properties": own}
        for own, geometry in zip(properties, frame.geometry, strict=True)
    ]


def claim_list(report_claims: Sequence[ReportClaim]) -> list[Json]:
    """Claims that cover several incidents, with the ids of these."""
    return [dict(claim_record(each.claim)) | {"incidents": list(each.incidents)} for each in report_claims]


def compact(value: object) -> str:
    """JSON on one line, letters of all scripts as they are."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _geometry(geometry: BaseGeometry | None) -> Mapping[str, Any] | None:
    if geometry is None or geometry.is_empty:
        return None
    drawn: Mapping[str, Any] = mapping(shapely.orient_polygons(geometry, exterior_cw=False))
    return drawn


def _bounds(frame: gpd.GeoDataFrame) -> list[float] | None:
    """west, south, east, north of all geometries, None where there is none."""
    placed = [geometry.bounds for geometry in frame.geometry if geometry is not None and not geometry.is_empty]
    if not placed:
        return None
    west, south, east, north = zip(*placed, strict=True)
    return [min(west), min(south), max(east), max(north)]
