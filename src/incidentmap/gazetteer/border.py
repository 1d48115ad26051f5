"""Shared borders of two countries or units, as lines on the map."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer.polygons import polygon_in
from incidentmap.model import Position

_GAP_DEG = 0.05
"""Outlines of two neighbours may part by this much."""
_DETAIL_DEG = 0.02
_BESIDE_DEG = 0.75
"""Of a long border the piece within about 80 km of the place that is named with it."""
_AROUND_DEG = 0.3
_MOST_POINTS = 400


def shared_border(ground: Path, one: str, others: Sequence[str]) -> BaseGeometry | None:
    """The line (WGS 84) along which an area lies against any of the others, None where they share none."""
    pieces = [piece for other in others if (piece := _shared(ground, one, other)) is not None]
    return shapely.line_merge(shapely.union_all(pieces)) if pieces else None


def piece_of(border: BaseGeometry, within: BaseGeometry | None, beside: Position | None) -> tuple[Position, ...]:
    """One stretch of a border as positions: near a place, else in or near an area, else the longest one."""
    clip = Point(beside.lon, beside.lat).buffer(_BESIDE_DEG) if beside else within.buffer(_AROUND_DEG) if within else None
    there = shapely.intersection(border, clip) if clip else border
    if there.is_empty and clip:
        nearest = shapely.shortest_line(border, clip)
        there = shapely.intersection(border, Point(nearest.coords[0]).buffer(_BESIDE_DEG))
    line = _longest(there)
    return tuple(Position(lon, lat) for lon, lat in line.coords) if line else ()


def _longest(lines: BaseGeometry) -> LineString | None:
    """The longest line, after joining what small gaps part."""
    merged = shapely.line_merge(lines) if lines.geom_type.startswith("Multi") else lines
    parts = [part for part in getattr(merged, "geoms", [merged]) if part.geom_type == "LineString" and len(part.coords) > 1]
    longest = max(parts, key=lambda part: (part.length, part.wkt), default=None)
    if longest is None:
        return None
    simpler: LineString = longest.simplify(_DETAIL_DEG)
    coarse: LineString = longest.simplify(_DETAIL_DEG * 10)
    return simpler if len(simpler.coords) <= _MOST_POINTS else coarse


@lru_cache(maxsize=256)
def _shared(ground: Path, one: str, other: str) -> BaseGeometry | None:
    left, right = polygon_in(ground, one), polygon_in(ground, other)
    if left is None or right is None or one == other:
        return None
    line = shapely.intersection(left.boundary, right.buffer(_GAP_DEG))
    return None if line.is_empty or line.length == 0 else line
