"""What the answers of each provider say, in common terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.settings import ranking
from incidentmap.model import PlaceKind, Position

_SETTLEMENTS = {
    "city": PlaceKind.CITY, "municipality": PlaceKind.CITY, "town": PlaceKind.TOWN, "village": PlaceKind.VILLAGE,
    "hamlet": PlaceKind.VILLAGE, "isolated_dwelling": PlaceKind.VILLAGE, "locality": PlaceKind.VILLAGE,
    "country": PlaceKind.COUNTRY,
}
_AREAS = frozenset({"boundary", "place"})
_NATURAL = frozenset({"natural", "waterway", "water", "landuse"})
_OSM_TYPES = {"N": "node", "W": "way", "R": "relation"}


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of an online geocoder.

    Parameters
    ----------
    id
        The object of OpenStreetMap, as ``nominatim:node/123``; the point where it has none.
    radius_km
        Half the diagonal of its extent, else that of its kind.
    """

    id: str
    name: str
    kind: PlaceKind
    position: Position
    radius_km: float
    country: str
    admin1: str
    admin2: str


def nominatim_place(answer: Mapping[str, Any]) -> Found:
    """A place of Nominatim."""
    address: Mapping[str, Any] = answer.get("address") or {}
    kind = _kind(str(answer.get("class", "")), str(answer.get("type", "")), str(answer.get("addresstype", "")))
    return Found(
        id=_id("nominatim", answer.get("osm_type"), answer.get("osm_id"), answer),
        name=str(answer.get("name") or answer["display_name"].split(",")[0]),
        kind=kind,
        position=Position(float(answer["lon"]), float(answer["lat"])),
        radius_km=_radius_km(_box(answer.get("boundingbox"), (2, 0, 3, 1)), kind),
        country=str(address.get("country_code", "")).upper(),
        admin1=str(address.get("state") or address.get("region") or ""),
        admin2=str(address.get("county") or ""),
    )


def photon_place(answer: Mapping[str, Any]) -> Found:
    """A feature of Photon."""
    properties: Mapping[str, Any] = answer["properties"]
    lon, lat = answer["geometry"]["coordinates"]
    kind = _kind(str(properties.get("osm_key", "")), str(properties.get("osm_value", "")), str(properties.get("type", "")))
    osm_type = _OSM_TYPES.get(str(properties.get("osm_type")))
    return Found(
        id=_id("photon", osm_type, properties.get("osm_id"), {"lon": lon, "lat": lat}),
        name=str(properties.get("name") or properties.get("street") or ""),
        kind=kind,
        position=Position(float(lon), float(lat)),
        radius_km=_radius_km(_box(properties.get("extent"), (0, 3, 2, 1)), kind),
        country=str(properties.get("countrycode") or "").upper(),
        admin1=str(properties.get("state") or ""),
        admin2=str(properties.get("county") or ""),
    )


def _kind(key: str, value: str, sort: str) -> PlaceKind:
    settlement = _SETTLEMENTS.get(value) or (_SETTLEMENTS.get(sort) if key in _AREAS else None)
    if settlement:
        return settlement
    if key in _NATURAL:
        return PlaceKind.NATURAL
    return PlaceKind.AREA if key in _AREAS else PlaceKind.SITE


def _id(provider: str, osm_type: object, osm_id: object, point: Mapping[str, Any]) -> str:
    return f"{provider}:{osm_type}/{osm_id}" if osm_type and osm_id else f"{provider}:{point['lat']},{point['lon']}"


def _box(numbers: Any, order: tuple[int, int, int, int]) -> tuple[Position, Position] | None:
    """South-west and north-east corner of an extent; None for what is none."""
    try:
        west, south, east, north = (float(numbers[index]) for index in order)
        return Position(west, south), Position(east, north)
    except (TypeError, ValueError, LookupError):
        return None


def _radius_km(box: tuple[Position, Position] | None, kind: PlaceKind) -> float:
    least = ranking().radius_km[kind]
    return max(least, round(distance_km(*box) / 2, 1)) if box else least
