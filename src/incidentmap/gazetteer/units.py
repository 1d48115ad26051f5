"""The administrative units in which points lie, by the boundaries of `geo/`."""

from functools import cache
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from incidentmap.gazetteer.polygons import polygons

Degrees = NDArray[np.float64]


def units_holding(ground: Path, level: str, lon: Degrees, lat: Degrees) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The ids of a level's units, and for each point (WGS 84) the place among them of the one that holds it.

    Where no polygon holds a point, that is the number of units: one beyond the last. On a border the first id counts.
    """
    ids, tree = _level(ground, level)
    at, unit = tree.query(np.asarray(shapely.points(lon, lat)), predicate="intersects")
    found = np.full(len(lon), len(ids), np.int64)
    np.minimum.at(found, at, unit)
    return ids, found


@cache
def _level(ground: Path, level: str) -> tuple[tuple[str, ...], shapely.STRtree]:
    known = dict(sorted(polygons(ground, level).items()))
    return tuple(known), shapely.STRtree(list(known.values()))
