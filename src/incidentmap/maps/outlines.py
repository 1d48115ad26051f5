"""Areas and axes that incidents are known by, each once: a region with a thousand incidents is one outline."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Point, mapping
from shapely.geometry.base import BaseGeometry

from incidentmap.maps.card import JsonRecord
from incidentmap.maps.view import Mark

_DIGITS = 5
"""Of degrees: about a metre."""


@dataclass(frozen=True, slots=True)
class Outlines:
    """GeoJSON geometries, each with the position `at` of its sign, and the place of each among them by its well-known bytes."""

    shapes: tuple[JsonRecord, ...]
    place: dict[bytes, int]

    def of(self, geometry: BaseGeometry | None) -> int | None:
        """Where the outline of a geometry stands; None of a point and of nothing."""
        return None if geometry is None or isinstance(geometry, Point) else self.place[geometry.wkb]


def outlines(marks: Iterable[Mark]) -> Outlines:
    """The outlines of all marks that are no points, in the order in which they first occur."""
    found: dict[bytes, BaseGeometry] = {}
    for mark in marks:
        if mark.geometry is not None and not isinstance(mark.geometry, Point):
            found.setdefault(mark.geometry.wkb, mark.geometry)
    return Outlines(tuple(_written(each) for each in found.values()), {key: k for k, key in enumerate(found)})


def _written(geometry: BaseGeometry) -> JsonRecord:
    """With a position on it, for its sign; all rings turn the same way, so that the page can fill many areas as one."""
    rounded = shapely.transform(shapely.orient_polygons(geometry), lambda corners: np.round(corners, _DIGITS))
    at = _middle(rounded)
    return dict(mapping(rounded)) | {"at": [round(at.x, _DIGITS), round(at.y, _DIGITS)]}


def _middle(geometry: BaseGeometry) -> Point:
    """Half way along an axis; the middle of an area, or a point inside it where its middle is not."""
    if isinstance(geometry, LineString):
        return geometry.interpolate(0.5, normalized=True)
    return geometry.centroid if geometry.contains(geometry.centroid) else geometry.representative_point()
