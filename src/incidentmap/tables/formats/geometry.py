"""Geometries as positions: a point is itself, a line or an area is shown by a point on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from incidentmap.model import Reason, reason

POSITION_COLUMNS = ("_lon", "_lat", "_geometry_type")
_WGS84 = CRS.from_epsg(4326)
_LON_LAT = ("OGC:CRS84", "EPSG:4326", "EPSG:4979")


@dataclass(frozen=True, slots=True)
class Ground:
    """How coordinates of a file become WGS84 degrees; no way is needed where they are already."""

    name: str
    way: Transformer | None = None


def ground_of(crs: object) -> Ground | None:
    """The way from a coordinate reference system to WGS84; None if it cannot be understood."""
    if crs is None:
        return Ground("EPSG:4326")
    try:
        found = CRS.from_user_input(crs)
    except CRSError:
        return None
    authority = found.to_authority()
    name = ":".join(authority) if authority else found.name
    if name in _LON_LAT or found.equals(_WGS84, ignore_axis_order=True):
        return Ground(name)
    return Ground(name, Transformer.from_crs(found, _WGS84, always_xy=True))


def positions(shapes: "np.typing.NDArray[np.object_]", ground: Ground) -> list[pa.Array]:
    """Columns of text `_lon`, `_lat`, `_geometry_type`; null where there is no geometry."""
    shapes = shapes.copy()
    shapes[shapely.is_empty(shapes)] = None
    points = shapes.copy()
    other = ~shapely.is_missing(shapes) & (shapely.get_type_id(shapes) != shapely.GeometryType.POINT)
    points[other] = shapely.point_on_surface(shapes[other])
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    if ground.way is not None:
        lon, lat = (np.where(np.isfinite(each), each, np.nan) for each in ground.way.transform(lon, lat))
    kinds = [None if shape is None else shape.geom_type for shape in shapes]
    return [_degrees(lon), _degrees(lat), pa.array(kinds, pa.string())]


def _degrees(values: Any) -> pa.Array:
    """Numbers as text, the shortest that gives them back; whole ones without a point."""
    return pa.array([None if value != value else repr(value).removesuffix(".0") for value in values.tolist()], pa.string())  # noqa: PLR0124


def shape_notes(counts: dict[str, int], ground: Ground) -> tuple[Reason, ...]:
    """What to say of the geometries of a file: those that are no points, and another reference system."""
    others = {kind: count for kind, count in counts.items() if kind != "Point"}
    told = []
    if others:
        told.append(reason("table_shapes", kinds=", ".join(f"{kind} {count}" for kind, count in sorted(others.items()))))
    if ground.way is not None:
        told.append(reason("table_crs", crs=ground.name))
    return tuple(told)


def count_kinds(kinds: Sequence[str | None], counts: dict[str, int]) -> None:
    """Add the kinds of some geometries to the counts."""
    for kind in kinds:
        if kind is not None:
            counts[kind] = counts.get(kind, 0) + 1
