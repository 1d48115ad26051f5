"""A user's own map of an area as one file of tiles: MBTiles (SQLite) or PMTiles, read tile by tile, never changed."""

import mmap
import sqlite3
import zlib
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pmtiles.reader import Reader
from pmtiles.tile import MagicNumberNotFound, SpecVersionUnsupported, TileType

from incidentmap.model import BadValue, BBox

_SQLITE, _PMTILES = b"SQLite format 3\x00", b"PMTiles"
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_ALLOWED = "a file of raster tiles (PNG, JPEG or WebP) as MBTiles or PMTiles"
_VECTOR = "Vector tiles cannot be drawn here; QGIS makes raster tiles of a map: Processing, Generate XYZ tiles (MBTiles)"
_FURTHEST = 22
_WORLD: BBox = (-180.0, -85.0511, 180.0, 85.0511)
_DAMAGED = (
    sqlite3.Error, zlib.error, ValueError, KeyError, OSError, EOFError, IndexError, MagicNumberNotFound, SpecVersionUnsupported,
)
_TYPES = {TileType.PNG: "png", TileType.JPEG: "jpg", TileType.WEBP: "webp", TileType.MVT: "pbf"}


@dataclass(frozen=True, slots=True)
class TileFile:
    """A file of raster tiles in the web map's scheme: 256 pixels, rows counted from the north.

    Parameters
    ----------
    attribution
        As the file has it, which may be HTML; may be empty.
    min_zoom, max_zoom
        The zooms that it holds.
    bounds
        Where it has tiles: west, south, east, north (WGS 84).
    aerial
        Whether its tiles are JPEG, as pictures from above are, which have no names on them.
    sqlite
        Whether it is MBTiles, else PMTiles.
    """

    path: Path
    name: str
    attribution: str
    min_zoom: int
    max_zoom: int
    bounds: BBox
    aerial: bool
    sqlite: bool = True


def open_tile_file(path: Path) -> TileFile:
    """What a file of tiles tells of itself.

    Raises
    ------
    BadValue
        If it is not there, neither MBTiles nor PMTiles, damaged, empty, or holds vector tiles.
    """
    try:
        with path.open("rb") as opened:
            head = opened.read(len(_SQLITE))
    except OSError as error:
        raise BadValue("map file", str(path), f"{_ALLOWED} that can be read", str(error.strerror)) from error
    try:
        if head.startswith(_SQLITE):
            return _mbtiles(path)
        if head.startswith(_PMTILES):
            return _pmtiles(path)
    except BadValue:
        raise
    except _DAMAGED as error:
        raise BadValue("map file", str(path), f"{_ALLOWED} that is whole", f"It cannot be read: {error}") from error
    raise BadValue("map file", str(path), _ALLOWED)


def tile(file: TileFile, zoom: int, column: int, row: int) -> tuple[bytes, str] | None:
    """A tile and its media type, None where there is none or it is no picture: whatever else a file holds is not handed on."""
    if not file.min_zoom <= zoom <= file.max_zoom or not (0 <= column < 1 << zoom and 0 <= row < 1 << zoom):
        return None
    stored = _from_mbtiles if file.sqlite else _from_pmtiles
    try:
        found = stored(file.path, zoom, column, row)
    except _DAMAGED:
        return None
    kind = _media_type(found) if found else None
    return (found, kind) if found and kind else None


def _media_type(picture: bytes) -> str | None:
    if picture[:4] == b"RIFF" and picture[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for magic, kind in _PICTURES.items() if picture.startswith(magic)), None)


def _mbtiles(path: Path) -> TileFile:
    with closing(_connect(path)) as connection:
        told: dict[str, str] = dict(connection.execute("SELECT name, value FROM metadata"))
        low, high = connection.execute("SELECT min(zoom_level), max(zoom_level) FROM tiles").fetchone()
        first = connection.execute("SELECT tile_data FROM tiles LIMIT 1").fetchone()
    if low is None or first is None:
        raise BadValue("map file", str(path), "one with tiles in it: it is empty")
    _check_raster(path, told.get("format", ""), first[0])
    bounds = _bounds(path, told["bounds"].split(",")) if told.get("bounds") else _WORLD
    return TileFile(
        path, str(told.get("name") or path.stem), str(told.get("attribution") or ""), _zoom(path, low), _zoom(path, high),
        bounds, _media_type(first[0]) == "image/jpeg",
    )


def _from_mbtiles(path: Path, zoom: int, column: int, row: int) -> bytes | None:
    """Their rows are counted from the south."""
    with closing(_connect(path)) as connection:
        found = connection.execute(
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
            (zoom, column, (1 << zoom) - 1 - row),
        ).fetchone()
    return found[0] if found and isinstance(found[0], bytes) else None


def _connect(path: Path) -> sqlite3.Connection:
    """Reads alone: nothing is written beside a file that may lie on a read-only medium."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def _pmtiles(path: Path) -> TileFile:
    with path.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
        reader = Reader(lambda offset, length: content[offset:offset + length])
        header: Mapping[str, Any] = reader.header()
        told: Mapping[str, Any] = reader.metadata()
    kind = _TYPES.get(header["tile_type"], "unknown")
    if not header["addressed_tiles_count"] and not header["tile_entries_count"]:
        raise BadValue("map file", str(path), "one with tiles in it: it is empty")
    _check_raster(path, kind, b"" if kind == "unknown" else None)
    corners = (header[f"{side}_e7"] / 1e7 for side in ("min_lon", "min_lat", "max_lon", "max_lat"))
    return TileFile(
        path, str(told.get("name") or path.stem), str(told.get("attribution") or ""), _zoom(path, header["min_zoom"]),
        _zoom(path, header["max_zoom"]), _bounds(path, corners), kind == "jpg", sqlite=False,
    )


def _from_pmtiles(path: Path, zoom: int, column: int, row: int) -> bytes | None:
    with path.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found: bytes | None = Reader(lambda offset, length: content[offset:offset + length]).get(zoom, column, row)
    return found


def _check_raster(path: Path, kind: str, first: bytes | None) -> None:
    """`first` is a tile where the file's word for what it holds is not to be relied on."""
    if kind == "pbf" or (first is not None and first[:2] == b"\x1f\x8b"):
        raise BadValue("map file", f"{path}, which holds vector tiles", _ALLOWED, _VECTOR)
    if first is not None and _media_type(first) is None:
        raise BadValue("map file", f"{path}, whose tiles are no pictures", _ALLOWED)


def _zoom(path: Path, number: object) -> int:
    if not isinstance(number, int) or not 0 <= number <= _FURTHEST:
        raise BadValue("map file", f"{path}, zoom {number}", f"zooms from 0 to {_FURTHEST}")
    return number


def _bounds(path: Path, corners: Any) -> BBox:
    try:
        west, south, east, north = (float(corner) for corner in corners)
    except ValueError as error:
        raise BadValue("map file", f"{path}, its bounds", "west, south, east and north in degrees") from error
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        return _WORLD
    return west, south, east, north
