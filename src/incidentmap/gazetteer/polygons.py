"""Polygons of `geo/boundaries`, read when first asked for; the countries that lie side by side."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from incidentmap.model import BadValue, MissingGround
from incidentmap.paths import shipped

LEVELS = ("admin0", "admin1", "admin2")
_BORDER_GAP_DEG = 0.05
"""Simplified outlines of two neighbours may part by this much; a distance in degrees is enough for "side by side"."""


def boundary(area_id: str) -> BaseGeometry | None:
    """The shipped polygon (WGS 84) of an area id such as ``ML/tombouctou/niafunke``; None if unknown."""
    return polygon_in(shipped("geo"), area_id)


def polygon_in(ground: Path, area_id: str) -> BaseGeometry | None:
    """As :func:`boundary`, from the given copy of `geo/`."""
    level = area_id.count("/")
    if not area_id or level >= len(LEVELS):
        return None
    feature = features(ground, LEVELS[level]).get(area_id)
    return _shape(ground, area_id) if feature else None


@cache
def features(ground: Path, level: str) -> Mapping[str, Mapping[str, Any]]:
    """GeoJSON features of a level (`admin0`, `admin1`, `admin2`) by area id.

    Raises
    ------
    MissingGround, BadValue
        If the file is not there or no FeatureCollection whose features have an `id` property.
    """
    path = ground / "boundaries" / f"{level}.geojson"
    if not path.is_file():
        raise MissingGround(f"{path} is missing: the installation is incomplete. Install incidentmap again.")
    try:
        loaded = json.loads(path.read_text("utf-8"))["features"]
        return {feature["properties"]["id"]: feature for feature in loaded}
    except (ValueError, KeyError, TypeError) as error:
        raise BadValue(path.name, str(error), "a GeoJSON FeatureCollection whose features have a property id") from error


def area_name(ground: Path, area_id: str) -> str:
    """The name that the boundary file gives an area."""
    return str(features(ground, LEVELS[area_id.count("/")])[area_id]["properties"].get("name", ""))


def polygons(ground: Path, level: str) -> Mapping[str, BaseGeometry]:
    """All polygons of a level by area id."""
    return {area_id: _shape(ground, area_id) for area_id in features(ground, level)}


def neighbours(countries: Mapping[str, BaseGeometry]) -> tuple[tuple[str, str], ...]:
    """Pairs of country codes that share a border, each in both orders."""
    codes = list(countries)
    tree = shapely.STRtree([countries[code] for code in codes])
    left, right = tree.query(tree.geometries, predicate="dwithin", distance=_BORDER_GAP_DEG)
    return tuple(sorted((codes[i], codes[j]) for i, j in zip(left, right, strict=True) if i != j))


@cache
def _shape(ground: Path, area_id: str) -> BaseGeometry:
    feature = features(ground, LEVELS[area_id.count("/")])[area_id]
    geometry = shape(feature["geometry"])
    return geometry if geometry.is_valid else shapely.make_valid(geometry)
