"""The administrative units in which points lie, for the places of event tables."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from incidentmap.gazetteer.polygons import LEVELS
from incidentmap.gazetteer.units import Degrees, units_holding

_COLUMNS = ("unit_country", "unit_admin1", "unit_admin2")


def units_in(ground: Path) -> Callable[[Degrees, Degrees], pa.Table]:
    """A function of longitudes and latitudes (WGS 84) that says in which units they lie, by the boundaries of a copy of `geo/`.

    Its answer has the columns `unit_country`, `unit_admin1` and `unit_admin2`: ids of areas, null where no polygon holds the
    point. On a border the first id counts.
    """
    def units(lon: Degrees, lat: Degrees) -> pa.Table:
        return pa.table({
            name: _named(*units_holding(ground, level, lon, lat)) for name, level in zip(_COLUMNS, LEVELS, strict=True)
        })

    return units


def _named(ids: tuple[str, ...], found: object) -> pa.Array:
    return pa.array([*ids, None], pa.string()).take(pa.array(found))
