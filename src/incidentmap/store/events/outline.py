"""The outline of an H3 cell on the map."""

from dataclasses import dataclass

import h3


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its index in hexadecimal, its middle and its corners (longitude, latitude; WGS 84), the first not said again.

    The longitudes of a cell on the date line go on beyond 180.
    """

    name: str
    lon: float
    lat: float
    corners: tuple[tuple[float, float], ...]


def cell(index: int) -> Cell:
    """The cell of an index as the store keeps it."""
    name = h3.int_to_str(index)
    lat, lon = h3.cell_to_latlng(name)
    corners = ((east, north) for north, east in h3.cell_to_boundary(name))
    return Cell(name, lon, lat, tuple((_near(east, lon), north) for east, north in corners))


def _near(lon: float, middle: float) -> float:
    """A longitude without the jump at the date line."""
    return lon + 360 if lon < middle - 180 else lon - 360 if lon > middle + 180 else lon
