"""The administrative units in which points lie, for the places of event tables."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from incidentmap.gazetteer.polygons import LEVELS, polygons

_COLUMNS = ("unit_country", "unit_admin1", "unit_admin2")
Degrees = NDArray[np.float64]


def units_in(ground: Path) -> Callable[[Degrees, Degrees], pa.Table]:
    """A function of longitudes and latitudes (WGS 84) that says in which units they lie, by the boundaries of a copy of `geo/`.

    Its answer has the columns `unit_country`, `unit_admin1` and `unit_admin2`: ids of areas, null where no polygon holds the
    point. On a border the first id counts.
    """
    def units(lon: Degrees, lat: Degrees) -> pa.Table:
        points = np.asarray(shapely.points(lon, lat))
        return pa.table({
            name: _holding(*_level(ground, level), points) for name, level in zip(_COLUMNS, LEVELS, strict=True)
        })

    return units


def _holding(ids: tuple[str, ...], tree: shapely.STRtree, points: NDArray[np.object_]) -> pa.Array:
    at, area = tree.query(points, predicate="intersects")
    found = np.full(len(points), len(ids), np.int64)
    np.minimum.at(found, at, area)
    return pa.array([*ids, None], pa.string()).take(pa.array(found))


@cache
def _level(ground: Path, level: str) -> tuple[tuple[str, ...], shapely.STRtree]:
    known = dict(sorted(polygons(ground, level).items()))
    return tuple(known), shapely.STRtree(list(known.values()))
