"""Pictures of the ground under the map's incidents, for those who ask for them: a file of their own, or a server's tiles.

Without them the map draws the shipped ground, and asks nobody. With a file it still asks nobody. With a server, that server
learns which part of the map is looked at, and when.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

from incidentmap.model import BadValue, BBox
from incidentmap.store.tile_file import TileFile, open_tile_file

FILE, SERVER = "INCIDENTMAP_BASEMAP", "INCIDENTMAP_TILES"
"""How `incidentmap serve` tells the dashboard of them: the path of a file; address and attribution of a server, as JSON."""
ROUTE = "tiles"
"""Where the dashboard serves a file's tiles."""
SERVERS = {"osm": ("https://tile.openstreetmap.org/{z}/{x}/{y}.png", "© OpenStreetMap (ODbL)", 19)}
"""Servers by name, with attribution and closest zoom. OpenStreetMap's lets anyone look at maps, and forbids bulk downloads."""
_CLOSER = 2
"""Zooms beyond the closest in which tiles are drawn larger; further in, the shipped ground stands."""
_LONGEST_WORDS = 200
_SERVER_ZOOM = 18
_WORLD: BBox = (-180.0, -85.0511, 180.0, 85.0511)


@dataclass(frozen=True, slots=True)
class GroundTiles:
    """What the map's page needs to draw tiles.

    Parameters
    ----------
    url
        With the places {z}, {x} and {y}; relative to the page for a file.
    named
        Whether places have their names on the tiles, so that the map leaves its own out.
    outside
        Whether they come from another machine.
    """

    url: str
    attribution: str
    min_zoom: int
    max_zoom: int
    closest: int
    bounds: BBox
    named: bool
    outside: bool


@dataclass(frozen=True, slots=True)
class TileServer:
    """A server of tiles that was asked for."""

    url: str
    attribution: str
    closest: int = _SERVER_ZOOM


def tile_server(asked: str, attribution: str = "") -> TileServer:
    """A server by name, or by the address of its tiles with its attribution.

    Raises
    ------
    BadValue
        If there is none of that name, or the address has no place for zoom, column and row, or comes without attribution.
    """
    if asked in SERVERS:
        return TileServer(*SERVERS[asked])
    parts = urlsplit(asked)
    if parts.scheme not in {"https", "http"} or not parts.hostname or not all(f"{{{axis}}}" in asked for axis in "zxy"):
        raise BadValue("map server", asked, f"{', '.join(SERVERS)}, or an address such as https://host/{{z}}/{{x}}/{{y}}.png")
    if not attribution.strip():
        raise BadValue("attribution of the map server", attribution, "whose map it is", "Add --tiles-attribution WORDS")
    return TileServer(asked, _plain(attribution))


def told_to_dashboard(file: Path | None, server: TileServer | None) -> dict[str, str]:
    """What is asked for, as environment of the dashboard; the file is looked at first.

    Raises
    ------
    BadValue
        If the file cannot be drawn.
    """
    told = {FILE: str(open_tile_file(file).path.resolve())} if file else {}
    return told | ({SERVER: json.dumps(asdict(server))} if server else {})


def own_file(environment: Mapping[str, str] = os.environ) -> TileFile | None:
    """The file that was asked for, None without one."""
    named = environment.get(FILE, "")
    return open_tile_file(Path(named)) if named else None


def ground_tiles(folder: str, environment: Mapping[str, str] = os.environ) -> GroundTiles | None:
    """The tiles that were asked for, None without any; `folder` is the address of the dashboard as the map's page sees it."""
    file = own_file(environment)
    if file:
        return GroundTiles(
            f"{folder}{ROUTE}/{{z}}/{{x}}/{{y}}", _plain(file.attribution) or file.name, file.min_zoom, file.max_zoom,
            file.max_zoom + _CLOSER, file.bounds, named=not file.aerial, outside=False,
        )
    told = environment.get(SERVER, "")
    if not told:
        return None
    server = TileServer(**json.loads(told))
    return GroundTiles(
        server.url, server.attribution, 0, server.closest, server.closest, _WORLD, named=True, outside=True,
    )


def _plain(words: str) -> str:
    """An attribution without its markup; it is shown as text and nothing else."""
    text = unescape(re.sub(r"<[^>]*>", " ", words))
    return " ".join(text.split())[:_LONGEST_WORDS]
