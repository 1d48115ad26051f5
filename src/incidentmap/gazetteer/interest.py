"""Regions of interest: named, dated polygons of `geo/regions`, and what lies inside them.

Inside is containment by polygon with 5 km of border tolerance, never an admin code: codes are wrong or missing in one row of
fourteen, and units were renumbered, split and given back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer.distance import distance_km
from incidentmap.model import BadValue, BBox, MissingGround, Position, UnknownRegion
from incidentmap.paths import shipped

BORDER_KM = 5.0
"""Tinzaouaten lies outside every Natural Earth polygon of Mali; outlines are that coarse."""
_INSIDE_SHARE = 0.5
"""An area counts as inside a region when more than this share of it is."""
_LONGEST_EDGE_DEG = 0.25


@dataclass(frozen=True)
class Region:
    """A region of interest.

    Parameters
    ----------
    names, labels
        Pairs of language and text; a label is the caveat that screens show beside the name, empty when there is none.
    valid_from, valid_to
        The days between which this extent was in force, None where open or unknown.
    geometry
        Polygon or MultiPolygon, WGS 84 (EPSG:4326).
    """

    id: str
    names: tuple[tuple[str, str], ...]
    labels: tuple[tuple[str, str], ...]
    valid_from: date | None
    valid_to: date | None
    geometry: BaseGeometry
    method: str
    source: str

    def name(self, language: str) -> str:
        """The name in a language, else in French."""
        return dict(self.names).get(language) or dict(self.names)["fr"]

    def label(self, language: str) -> str:
        """The caveat in a language, else in French; may be empty."""
        return dict(self.labels).get(language) or dict(self.labels)["fr"]

    @property
    def bounds(self) -> BBox:
        """west, south, east, north in degrees."""
        west, south, east, north = self.geometry.bounds
        return west, south, east, north

    def contains(self, position: Position) -> bool:
        """Whether a position lies in the region or within 5 km of its border."""
        west, south, east, north = self.bounds
        margin = 0.1 / max(0.1, float(np.cos(np.radians(position.lat))))
        if not (west - margin <= position.lon <= east + margin and south - 0.1 <= position.lat <= north + 0.1):
            return False
        near = shapely.dwithin(self._prepared, Point(position.lon, position.lat), margin)  # by far the faster question
        return bool(near) and self.distance_km(position) <= BORDER_KM

    def distance_km(self, position: Position) -> float:
        """Distance on the ellipsoid from a position to the region, 0 inside it."""
        if self._prepared.covers(Point(position.lon, position.lat)):
            return 0.0
        plane, forward = self._plane, self._forward
        here = Point(*forward.transform(position.lon, position.lat))
        east_m, north_m = shapely.shortest_line(plane, here).coords[0]
        lon, lat = forward.transform(east_m, north_m, direction="INVERSE")
        return distance_km(position, Position(lon, lat))

    def holds(self, area: BaseGeometry) -> bool:
        """Whether more than half of an area (WGS 84) lies in the region, by true area."""
        outline = _equal_area(area)
        shared = shapely.intersection(_equal_area(self.geometry), outline)
        return bool(shared.area > _INSIDE_SHARE * outline.area)

    def share_in(self, area: BaseGeometry) -> float:
        """The part of the region, 0 to 1, that lies in an area (WGS 84)."""
        own = _equal_area(self.geometry)
        return float(shapely.intersection(own, _equal_area(area)).area / own.area)

    @cached_property
    def _prepared(self) -> BaseGeometry:
        shapely.prepare(self.geometry)
        return self.geometry

    @cached_property
    def _forward(self) -> Transformer:
        """To a plane around the region's centre (azimuthal equidistant): there the nearest border point is sought."""
        centre = self.geometry.centroid
        plane = f"+proj=aeqd +lat_0={centre.y} +lon_0={centre.x} +datum=WGS84 +units=m"
        return Transformer.from_crs("EPSG:4326", plane, always_xy=True)

    @cached_property
    def _plane(self) -> BaseGeometry:
        forward = self._forward

        def project(lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.column_stack(forward.transform(lon_lat[:, 0], lon_lat[:, 1]))

        return shapely.transform(shapely.segmentize(self.geometry, _LONGEST_EDGE_DEG), project)


def regions() -> Mapping[str, Region]:
    """All shipped regions by id, in the order of their ids."""
    return read_regions(shipped("geo", "regions"))


def region(region_id: str) -> Region:
    """A shipped region.

    Raises
    ------
    UnknownRegion
        If there is none of that id; the message lists those there are.
    """
    return pick_region(regions(), region_id)


def pick_region(known: Mapping[str, Region], region_id: str) -> Region:
    """The region of an id, or :class:`UnknownRegion` naming the known ones."""
    found = known.get(region_id)
    if found is None:
        raise UnknownRegion(f"Region {region_id!r} is unknown; known regions: {', '.join(known)}.")
    return found


def regions_containing(position: Position, known: Mapping[str, Region] | None = None) -> tuple[str, ...]:
    """Ids of the regions (the shipped ones by default) that contain a position, with 5 km of border tolerance."""
    return tuple(each.id for each in (known or regions()).values() if each.contains(position))


@cache
def read_regions(folder: Path) -> Mapping[str, Region]:
    """All regions of a folder of GeoJSON files, one Feature each.

    Raises
    ------
    MissingGround
        If the folder holds none.
    BadValue
        If a file cannot be read; the message names it.
    """
    read = [_read_region(path) for path in sorted(folder.glob("*.geojson"))]
    if not read:
        raise MissingGround(f"{folder} holds no region file (*.geojson): the installation is incomplete.")
    return MappingProxyType({each.id: each for each in read})


def _read_region(path: Path) -> Region:
    try:
        feature = json.loads(path.read_text("utf-8"))
        return _region(feature["properties"], shape(feature["geometry"]))
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        allowed = "a GeoJSON Feature with id, name_fr, name_en and a polygon"
        raise BadValue(f"region file {path.name}", str(error), allowed) from error


def _region(properties: Mapping[str, Any], geometry: BaseGeometry) -> Region:
    return Region(
        id=properties["id"],
        names=tuple((language, properties[f"name_{language}"]) for language in _languages(properties)),
        labels=tuple((language, properties.get(f"label_{language}") or "") for language in _languages(properties)),
        valid_from=_day(properties.get("valid_from")),
        valid_to=_day(properties.get("valid_to")),
        geometry=geometry if geometry.is_valid else shapely.make_valid(geometry),
        method=properties.get("method") or "",
        source=str(properties.get("source") or ""),
    )


def _languages(properties: Mapping[str, Any]) -> tuple[str, ...]:
    """French and English, and Arabic where the file has it."""
    return ("fr", "en", "ar") if "name_ar" in properties else ("fr", "en")


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _equal_area(geometry: BaseGeometry) -> BaseGeometry:
    """Lambert's cylindrical projection of the sphere: shares of area are true, which is all it is used for."""

    def project(lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack((lon_lat[:, 0], np.degrees(np.sin(np.radians(lon_lat[:, 1])))))

    return shapely.transform(geometry, project)
