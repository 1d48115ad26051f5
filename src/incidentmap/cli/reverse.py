"""`incidentmap reverse`: where points are, in words."""

import argparse
import json
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from incidentmap.gazetteer import region
from incidentmap.gazetteer.interest import BORDER_KM
from incidentmap.gazetteer.reverse import Neighbour, in_words, neighbour_in_words
from incidentmap.model import BadValue, Position
from incidentmap.walks.reverse import Surveyed, survey
from incidentmap.words import LANGUAGES, say

DONE = 0
_ALLOWED = "a latitude and a longitude in degrees, such as 16.27,-3.39"
_BETWEEN = re.compile(r"\s*[,;]\s*|\s+")


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    form = "in degrees (WGS 84), latitude first: 16.27,-3.39 or 16.27 -3.39"
    command.add_argument("points", nargs="+", metavar="LAT,LON", help=form)
    command.add_argument("--region", metavar="ID", help="region of interest that inside refers to (see: incidentmap regions)")
    command.add_argument("--workspace", type=Path, metavar="DIR", help="with layers and region of this workspace")
    command.add_argument("--language", choices=LANGUAGES, default=LANGUAGES[0], help=f"default: {LANGUAGES[0]}")
    command.add_argument("--json", action="store_true", help="as a JSON list, one object a point")
    command.set_defaults(run=reverse)


def reverse(options: argparse.Namespace) -> int:
    """Tell where points are."""
    points = read_points(options.points)
    surveyed = survey(points, options.region, options.workspace)
    if options.json:
        print(json.dumps([record(each, options.language) for each in surveyed], ensure_ascii=False, indent=1))
        return DONE
    for each in surveyed:
        print("\n".join(lines(each, options.language, options.region)))
    return DONE


def read_points(words: Sequence[str]) -> tuple[Position, ...]:
    """Points of a command line: ``LAT,LON``, ``"LAT LON"``, or two words for each.

    Raises
    ------
    BadValue
        For what is no pair of numbers, or no position on Earth; the message says where the axes may be swapped.
    """
    plain = [word.strip() for word in words]
    numbers = [(part, word) for word in plain for part in _BETWEEN.split(word.strip("()")) if part]
    if not numbers or len(numbers) % 2:
        raise BadValue("point", words[-1].strip(), _ALLOWED)
    return tuple(
        _position(_number(lat, one), _number(lon, other), " ".join(dict.fromkeys((one, other))))
        for (lat, one), (lon, other) in zip(numbers[::2], numbers[1::2], strict=True)
    )


def lines(each: Surveyed, language: str, region_id: str | None) -> Iterator[str]:
    """What a point is, for a terminal."""
    found = each.found
    lat, lon = found.position.lat_lon()
    where = ", ".join(name for name in (found.admin2, found.admin1, found.country_name) if name)
    source = f"  [{found.nearest.place.id}]" if found.nearest else ""
    yield f"{lat:.7g}, {lon:.7g}: {in_words(found, language)}{source}"
    yield f"  {where or say(language, 'reverse.no_area')}"
    yield f"  {'; '.join(_regions(each, language)) or say(language, 'reverse.in_no_region')}"
    if each.inside is False and region_id:
        yield f"  {say(language, 'reverse.outside', region=region(region_id).name(language))}"
    if found.border:
        yield f"  {say(language, 'reverse.border', km=f'{found.border.distance_km:g}', country=found.border.name)}"
    if found.others:
        told = ", ".join(neighbour_in_words(other, language) for other in found.others)
        yield f"  {say(language, 'reverse.others', told=told)}"
    if each.swapped:
        yield f"  {_swapped(each, language)}"


def record(each: Surveyed, language: str) -> dict[str, Any]:
    """A point as a JSON object; settlements best first."""
    found = each.found
    near = (found.nearest, *found.others) if found.nearest else ()
    return {
        "lat": found.position.lat, "lon": found.position.lon, "words": in_words(found, language),
        "country": found.country or None, "country_name": found.country_name or None, "admin1": found.admin1 or None,
        "admin2": found.admin2 or None, "areas": list(found.areas), "inside": each.inside,
        "regions": [{"id": held.region, "outside_km": held.outside_km} for held in found.regions],
        "border": {"country": found.border.country, "distance_km": found.border.distance_km} if found.border else None,
        "settlements": [_settlement(one, language) for one in near], "note": _swapped(each, language) if each.swapped else None,
    }


def _settlement(near: Neighbour, language: str) -> dict[str, Any]:
    place = near.place
    return {
        "id": place.id, "name": place.name, "kind": place.kind.value, "lat": place.position.lat, "lon": place.position.lon,
        "country": place.country, "distance_km": near.distance_km, "bearing_deg": near.bearing_deg, "at": near.at,
        "words": neighbour_in_words(near, language),
    }


def _regions(each: Surveyed, language: str) -> Iterator[str]:
    for held in each.found.regions:
        name = f"{region(held.region).name(language)} [{held.region}]"
        if held.outside_km:
            yield say(language, "reverse.tolerated", km=f"{held.outside_km:g}", region=name, tolerance=f"{BORDER_KM:g}")
        else:
            yield say(language, "reverse.inside", region=name)


def _swapped(each: Surveyed, language: str) -> str:
    lat, lon = each.found.position.lat_lon()
    return say(language, "reverse.swapped", lat=f"{lon:g}", lon=f"{lat:g}", region=region(each.swapped or "").name(language))


def _number(part: str, word: str) -> float:
    try:
        value = float(part)
    except ValueError as error:
        raise BadValue("point", word, _ALLOWED) from error
    if not math.isfinite(value):
        raise BadValue("point", word, _ALLOWED)
    return value


def _position(lat: float, lon: float, word: str) -> Position:
    if abs(lat) > 90 and abs(lon) <= 90 and abs(lat) <= 180:
        raise BadValue("latitude", word, "a number from -90 to 90", "Are latitude and longitude swapped? Latitude comes first.")
    return Position(lon, lat)
