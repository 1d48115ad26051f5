"""A point on the ground."""

from dataclasses import dataclass

from incidentmap.model.errors import BadValue


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A WGS 84 (EPSG:4326) position in decimal degrees, longitude first as in RFC 7946.

    Raises
    ------
    BadValue
        If a coordinate is outside its range or not a number.
    """

    lon: float
    lat: float

    def __post_init__(self) -> None:
        if not -180 <= self.lon <= 180:
            raise BadValue("longitude", self.lon, "a number from -180 to 180")
        if not -90 <= self.lat <= 90:
            raise BadValue("latitude", self.lat, "a number from -90 to 90")

    def lat_lon(self) -> tuple[float, float]:
        """(lat, lon), the order of Leaflet and geopy. The only place where the axes are swapped."""
        return self.lat, self.lon
