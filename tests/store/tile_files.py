"""Small map files of one colour, as MBTiles and PMTiles."""

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from io import BytesIO
from pathlib import Path

from PIL import Image
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import write

Place = tuple[int, int, int]
SAHEL = ((4, 7, 7), (4, 8, 7), (5, 15, 14), (5, 16, 14), (5, 15, 15))
"""Zoom, column and row, counted from the north, of tiles around Tombouctou."""
BOUNDS = (-22.5, 0.0, 22.5, 21.94)


def picture(kind: str = "PNG", colour: tuple[int, int, int] = (200, 30, 120)) -> bytes:
    made = BytesIO()
    Image.new("RGB", (256, 256), colour).save(made, kind)
    return made.getvalue()


def mbtiles(path: Path, tiles: Mapping[Place, bytes], **told: str) -> Path:
    """Rows of MBTiles are counted from the south."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        connection.execute("CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)")
        connection.executemany("INSERT INTO metadata VALUES (?, ?)", told.items())
        rows = [(zoom, column, (1 << zoom) - 1 - row, data) for (zoom, column, row), data in tiles.items()]
        connection.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
    return path


def pmtiles(path: Path, tiles: Mapping[Place, bytes], kind: TileType = TileType.PNG, **told: str) -> Path:
    west, south, east, north = (round(corner * 1e7) for corner in BOUNDS)
    with write(str(path)) as writer:
        for place, data in sorted(tiles.items(), key=lambda each: zxy_to_tileid(*each[0])):
            writer.write_tile(zxy_to_tileid(*place), data)
        writer.finalize({
            "tile_type": kind, "tile_compression": Compression.NONE, "min_lon_e7": west, "min_lat_e7": south,
            "max_lon_e7": east, "max_lat_e7": north, "center_zoom": 4, "center_lon_e7": 0, "center_lat_e7": 0,
        }, dict(told))
    return path


def of_sahel(data: bytes, places: Iterable[Place] = SAHEL) -> dict[Place, bytes]:
    return dict.fromkeys(places, data)
