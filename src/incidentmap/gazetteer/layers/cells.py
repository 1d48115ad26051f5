"""A row of a user's table, made a place or refused with the rule that it broke."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from incidentmap.gazetteer.entry import TABLE, Entry
from incidentmap.gazetteer.layers.columns import kind_of
from incidentmap.gazetteer.layers.rows import Refusal, Taken
from incidentmap.gazetteer.names import fold_name
from incidentmap.gazetteer.polygons import polygons
from incidentmap.gazetteer.settings import ranking
from incidentmap.gazetteer.sources import size
from incidentmap.model import Place, PlaceKind, Position
from incidentmap.paths import shipped

_WIDEST_KM = 5000


class BrokenRuleError(Exception):
    """A cell that breaks a rule: the value and the rule."""


@dataclass(frozen=True, slots=True)
class About:
    """What holds for all rows of a table.

    Parameters
    ----------
    layer
        Id of the layer, part of its places' ids.
    valid
        What to say of the validity of P-codes, may be empty.
    """

    layer: str
    valid: str


def taken_or_refused(number: int, cells: Mapping[str, str], about: About) -> Taken | Refusal:
    """A row by our column names as a place, or why it is none."""
    try:
        return Taken(_entry(number, cells, about))
    except BrokenRuleError as broken:
        value, rule = broken.args
        return Refusal(number, str(value), str(rule))


def _entry(number: int, cells: Mapping[str, str], about: About) -> Entry:
    name = cells.get("name", "")
    if not fold_name(name):
        raise BrokenRuleError(name, "a place has a name with letters")
    country = _country(cells.get("country", ""))
    position = _position(cells.get("lon", ""), cells.get("lat", ""), country)
    people = int(_number(cells.get("population") or "0", "population is a number"))
    kind, pcode = _kind(cells.get("kind", ""), people), cells.get("pcode", "")
    place = Place(
        f"{TABLE}:{about.layer}/{cells.get('id') or pcode or number}", name, kind, position, _radius_km(cells, kind), country,
        cells.get("admin1", ""), cells.get("admin2", ""), people if people > 0 else None, TABLE,
        note=f"P-code {pcode}{about.valid}" if pcode else "",
    )
    variants = (part.strip() for part in cells.get("variants", "").replace(";", "|").split("|"))
    spellings = (name, *variants, *([pcode] if pcode else []))
    return Entry(place, tuple(dict.fromkeys(spelling for spelling in spellings if spelling)))


def _kind(text: str, people: int) -> PlaceKind:
    kind = kind_of(text)
    if kind is None:
        raise BrokenRuleError(text, "a kind that place_columns.yaml knows; --map kind= leaves the column out")
    return size(people) if not text and people > 0 else kind


def _position(lon_text: str, lat_text: str, country: str) -> Position:
    if not lon_text or not lat_text:
        raise BrokenRuleError(f"{lon_text}, {lat_text}", "a place has coordinates")
    lon, lat = (_number(text, "coordinates are decimal degrees") for text in (lon_text, lat_text))
    if lon == 0 and lat == 0:
        raise BrokenRuleError("0, 0", "coordinates are not both 0")
    if abs(lat) > 90 >= abs(lon) and abs(lat) <= 180:
        raise BrokenRuleError(f"{lon}, {lat}", "longitude and latitude are not swapped (this latitude is above 90)")
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise BrokenRuleError(f"{lon}, {lat}", "longitude -180 to 180, latitude -90 to 90, WGS 84")
    if _swapped(lon, lat, country):
        rule = f"longitude and latitude are not swapped (the other way round it lies in {country})"
        raise BrokenRuleError(f"{lon}, {lat}", rule)
    return Position(lon, lat)


def _swapped(lon: float, lat: float, country: str) -> bool:
    bounds = _bounds().get(country)
    return bool(bounds) and not _within(lon, lat, bounds) and _within(lat, lon, bounds)


def _within(lon: float, lat: float, bounds: tuple[float, ...] | None) -> bool:
    west, south, east, north = bounds or (0, 0, 0, 0)
    return west - 1 <= lon <= east + 1 and south - 1 <= lat <= north + 1


def _number(text: str, rule: str) -> float:
    """A number as people write it: decimal comma or point, blanks between thousands."""
    bare = "".join(text.split()).replace(",", ".")
    try:
        number = float(bare)
    except ValueError:
        raise BrokenRuleError(text, rule) from None
    if not -1e12 < number < 1e12:
        raise BrokenRuleError(text, rule)
    return number


def _radius_km(cells: Mapping[str, str], kind: PlaceKind) -> float:
    text = cells.get("radius_km", "")
    radius = _number(text, "radius_km is a number") if text else ranking().radius_km[kind]
    if not 0 < radius < _WIDEST_KM:
        raise BrokenRuleError(text, f"radius_km is above 0 and below {_WIDEST_KM}")
    return radius


def _country(text: str) -> str:
    """ISO 3166-1 alpha-2 of a code or name; empty for an empty cell."""
    if not text or (len(text) == 2 and text.isascii() and text.isalpha()):
        return text.upper()
    found = _countries().get(fold_name(text), "")
    if not found:
        rule = "a country is an ISO 3166-1 alpha-2 code, or a name or alpha-3 code of geo/boundaries/countries.yaml"
        raise BrokenRuleError(text, rule)
    return found


@cache
def _countries() -> Mapping[str, str]:
    entries = yaml.safe_load(shipped("geo", "boundaries", "countries.yaml").read_text("utf-8"))
    named = ((entry["iso2"], (entry.get("iso3", ""), entry["fr"], entry["en"], *entry.get("full", ()))) for entry in entries)
    return {fold_name(name): code for code, names in named for name in names if name}


@cache
def _bounds() -> Mapping[str, tuple[float, ...]]:
    return {code: area.bounds for code, area in polygons(shipped("geo"), "admin0").items()}
