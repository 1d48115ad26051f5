"""Geometry made small without tearing it, and written as GeoJSON (RFC 7946) that is the same at every run."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_SPECK_DEG2 = 1e-6
"""About a hectare: less is no land of its own."""
DIGITS = 4
"""Decimals of a written coordinate: 1e-4 degrees are 11 m."""


@dataclass(frozen=True, slots=True)
class Feature:
    """A geometry (EPSG:4326) and what is said of it."""

    geometry: BaseGeometry
    properties: Mapping[str, Any]


def simplify_coverage(shapes: Sequence[BaseGeometry], tolerance_deg: float) -> list[BaseGeometry]:
    """Simplify polygons that share borders so that they still share them (Visvalingam-Whyatt over the whole coverage)."""
    return list(shapely.coverage_simplify(np.array(shapes, dtype=object), tolerance_deg))


def snapped(shape: BaseGeometry, digits: int = DIGITS) -> BaseGeometry:
    """A valid geometry on a grid of so many decimals, its polygons with right-hand rings."""
    return shapely.orient_polygons(shapely.set_precision(shape, 10.0**-digits))


def polygons_only(shape: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry; lines, points and specks that an intersection or a source left over fall away."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > _SPECK_DEG2]
    return shapely.union_all(parts)


def without_holes(shape: BaseGeometry) -> BaseGeometry:
    """Polygons without their holes: in a union of units these are slivers between borders that do not quite meet."""
    return shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(shape)])


def area_km2(shape: BaseGeometry) -> float:
    """Area of a geometry in degrees, by the cylindrical equal-area projection of a sphere; within 0.5 % of the ellipsoid's."""
    equal_area = shapely.transform(
        shapely.segmentize(shape, 0.1), lambda at: np.column_stack([np.radians(at[:, 0]), np.sin(np.radians(at[:, 1]))])
    )
    return float(equal_area.area) * 6371.0**2


def radius_km(shape: BaseGeometry) -> float:
    """Radius of the circle of equal area, in km."""
    return math.sqrt(area_km2(shape) / math.pi)


def geojson(feature: Feature, digits: int = DIGITS) -> str:
    """A feature as one line of GeoJSON, without `crs`, its keys in the order given."""
    shape = snapped(feature.geometry, digits)
    drawn = {"type": shape.geom_type, "coordinates": _rounded(shapely.geometry.mapping(shape)["coordinates"], digits)}
    record = {"type": "Feature", "properties": dict(feature.properties), "geometry": drawn}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def write_collection(path: Path, features: Iterable[Feature], digits: int = DIGITS) -> None:
    """Write a FeatureCollection, one feature a line, so that a change shows as a small difference."""
    lines = ",\n".join(geojson(feature, digits) for feature in features)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', "utf-8")


def write_feature(path: Path, feature: Feature, digits: int = DIGITS) -> None:
    """Write a file that is one Feature."""
    path.write_text(geojson(feature, digits) + "\n", "utf-8")


def _rounded(coordinates: Any, digits: int) -> Any:
    if isinstance(coordinates, float):
        return round(coordinates, digits)
    return [_rounded(inner, digits) for inner in coordinates]
