"""Each distinct place once, with its key, its H3 cell and its admin units: geometry is computed here and never by the row."""

import hashlib
import json
from collections.abc import Callable, Sequence

import h3
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from incidentmap.model import BadValue

RESOLUTION = 7
"""Of the cells: about 5 km2. A coarser cell is always the parent of this one, by its bits; never the point's own anew."""
NAMED_BY = ("lon", "lat", "place", "country", "admin1", "admin2", "admin3")
"""What makes two places one, all of it null where unknown."""
UNITS = ("unit_country", "unit_admin1", "unit_admin2")
Units = Callable[[NDArray[np.float64], NDArray[np.float64]], pa.Table]
"""The admin units in which points (degrees east and north, WGS 84) lie: columns :data:`UNITS`, ids or null."""
GEO = json.dumps({
    "version": "1.1.0", "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},  # without crs: longitude, latitude, WGS 84
})
"""What makes a Parquet file a GeoParquet one, under the key ``geo``."""

_TEXT, _DEGREES = pa.string(), pa.float64()
PLACES = pa.schema([
    ("place_key", pa.int64()), ("h3", pa.uint64()), ("geometry", pa.binary()), ("lon", _DEGREES), ("lat", _DEGREES),
    *((name, _TEXT) for name in (*NAMED_BY[2:], *UNITS)),
])
_WKB = np.dtype([("order", "u1"), ("kind", "<u4"), ("lon", "<f8"), ("lat", "<f8")])


def place_rows(distinct: pa.Table, units: Units | None) -> pa.Table:
    """Rows of :data:`PLACES` for places that differ in :data:`NAMED_BY`.

    Raises
    ------
    BadValue
        If a point is not on the globe.
    """
    lon, lat = (distinct[name].to_numpy() for name in NAMED_BY[:2])
    placed = ~np.isnan(lon)
    _check_points(lon[placed], lat[placed])
    made = {
        "place_key": [place_key(row) for row in zip(*(distinct[name].to_pylist() for name in NAMED_BY), strict=True)],
        "h3": pa.array(_cells(lon, lat, placed), mask=~placed),
        "geometry": pa.array(_points(lon, lat), mask=~placed),
        **{name: distinct[name] for name in NAMED_BY},
        **_units(lon, lat, placed, units),
    }
    return pa.table([_column(made[each.name], each.type) for each in PLACES], schema=PLACES)


def place_key(named: Sequence[float | str | None]) -> int:
    """The key of a place: the first 63 bits of a hash of what :data:`NAMED_BY` says of it, so the same everywhere."""
    told = [each + 0.0 if isinstance(each, float) else each for each in named]  # -0.0 is 0.0
    digest = hashlib.sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") >> 1


def _column(values: object, kind: pa.DataType) -> pa.ChunkedArray:
    array = values if isinstance(values, (pa.Array, pa.ChunkedArray)) else pa.array(values, kind)
    chunks = array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])
    return chunks.cast(kind)


def _check_points(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> None:
    off = ~((np.abs(lon) <= 180) & (np.abs(lat) <= 90))
    if off.any():
        first = int(np.flatnonzero(off)[0])
        raise BadValue("point of a row (longitude, latitude)", (float(lon[first]), float(lat[first])), "a point on the globe")


def _cells(lon: NDArray[np.float64], lat: NDArray[np.float64], placed: NDArray[np.bool_]) -> NDArray[np.uint64]:
    cells = np.zeros(len(lon), np.uint64)
    for at in np.flatnonzero(placed):
        cells[at] = h3.str_to_int(h3.latlng_to_cell(lat[at], lon[at], RESOLUTION))
    return cells


def _points(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[bytes]:
    points = np.empty(len(lon), _WKB)
    points["order"], points["kind"], points["lon"], points["lat"] = 1, 1, lon, lat
    return [point.tobytes() for point in points]


def _units(
    lon: NDArray[np.float64], lat: NDArray[np.float64], placed: NDArray[np.bool_], units: Units | None,
) -> dict[str, pa.Array]:
    if units is None or not placed.any():
        return {name: pa.nulls(len(lon), _TEXT) for name in UNITS}
    found, rank = units(lon[placed], lat[placed]), np.cumsum(placed) - 1
    return {name: found[name].combine_chunks().take(pa.array(rank, mask=~placed)) for name in UNITS}
