"""A user's own map file: what it tells of itself, its tiles, and what cannot be drawn."""

from pathlib import Path

import pytest
from pmtiles.tile import TileType
from tests.store.tile_files import BOUNDS, SAHEL, mbtiles, of_sahel, picture, pmtiles

from incidentmap.model import BadValue
from incidentmap.store.tile_file import open_tile_file, tile

TOLD = {"name": "Boucle", "attribution": "<b>IGM</b> 1960"}
BOX = ",".join(map(str, BOUNDS))


@pytest.mark.parametrize("kind", ["mbtiles", "pmtiles"])
def test_both_kinds_tell_the_same_and_have_the_same_tiles(tmp_path: Path, kind: str) -> None:
    data, path = picture(), tmp_path / f"sahel.{kind}"
    made = {
        "mbtiles": lambda: mbtiles(path, of_sahel(data), format="png", bounds=BOX, **TOLD),
        "pmtiles": lambda: pmtiles(path, of_sahel(data), TileType.PNG, **TOLD),
    }[kind]()
    file = open_tile_file(made)
    assert (file.name, file.attribution, file.aerial) == ("Boucle", "<b>IGM</b> 1960", False)
    assert (file.min_zoom, file.max_zoom) == (4, 5)
    assert file.bounds == pytest.approx(BOUNDS, abs=1e-6)
    assert [tile(file, *place) for place in SAHEL] == [(data, "image/png")] * len(SAHEL)
    assert [tile(file, *place) for place in ((4, 9, 7), (6, 0, 0), (3, 3, 3), (4, -1, 7), (4, 7, 16))] == [None] * 5


@pytest.mark.parametrize(("kind", "media_type", "aerial"), [("JPEG", "image/jpeg", True), ("WEBP", "image/webp", False)])
def test_pictures_are_known_by_their_bytes(tmp_path: Path, kind: str, media_type: str, aerial: bool) -> None:
    file = open_tile_file(mbtiles(tmp_path / "a.mbtiles", of_sahel(picture(kind)), format="png"))
    found = tile(file, *SAHEL[0])
    assert found
    assert (found[1], file.aerial, file.name) == (media_type, aerial, "a")


def test_what_is_no_picture_is_never_handed_on(tmp_path: Path) -> None:
    page = b"<script>window.caught = 1</script>"
    file = open_tile_file(mbtiles(tmp_path / "a.mbtiles", {SAHEL[0]: picture(), SAHEL[1]: page, SAHEL[2]: b""}))
    assert [tile(file, *place) for place in SAHEL[1:3]] == [None, None]


def test_what_cannot_be_drawn_is_told(tmp_path: Path) -> None:
    text, half = tmp_path / "a.txt", tmp_path / "half.pmtiles"
    text.write_text("a,b")
    half.write_bytes(pmtiles(tmp_path / "whole.pmtiles", of_sahel(picture())).read_bytes()[:100])
    broken = tmp_path / "broken.mbtiles"
    broken.write_bytes(b"SQLite format 3\x00" + b"\x07" * 900)
    wanted = {
        tmp_path / "none.mbtiles": "No such file", text: "MBTiles or PMTiles", half: "that is whole", broken: "that is whole",
        mbtiles(tmp_path / "empty.mbtiles", {}): "it is empty",
        mbtiles(tmp_path / "vector.mbtiles", of_sahel(b"\x1f\x8b\x08"), format="pbf"): "vector tiles",
        mbtiles(tmp_path / "page.mbtiles", of_sahel(b"<html>")): "no pictures",
        pmtiles(tmp_path / "vector.pmtiles", of_sahel(b"\x1f\x8b\x08"), TileType.MVT): "vector tiles",
        mbtiles(tmp_path / "far.mbtiles", {(40, 0, 0): picture()}): "zooms from 0 to 22",
        mbtiles(tmp_path / "box.mbtiles", of_sahel(picture()), bounds="1,2,x"): "west, south, east and north",
    }
    for path, told in wanted.items():
        with pytest.raises(BadValue, match=told) as raised:
            open_tile_file(path)
        assert str(path) in str(raised.value)
