"""Tiles under the map are there for those who ask, with whose they are."""

from pathlib import Path

import pytest
from tests.store.tile_files import mbtiles, of_sahel, picture

from incidentmap.model import BadValue
from incidentmap.walks.ground_tiles import FILE, ground_tiles, tile_server, told_to_dashboard

URL = "https://tiles.example/{z}/{x}/{y}.png"


def test_nothing_is_drawn_that_nobody_asked_for() -> None:
    assert (told_to_dashboard(None, None), ground_tiles("", {})) == ({}, None)


def test_a_file_is_served_by_the_dashboard_itself(tmp_path: Path) -> None:
    path = mbtiles(tmp_path / "a.mbtiles", of_sahel(picture()), attribution='<a href="x">IGM &amp; co</a><script>1</script>')
    told = told_to_dashboard(path, None)
    assert told == {FILE: str(path)}
    found = ground_tiles("../../", told)
    assert found
    assert (found.url, found.attribution, found.closest) == ("../../tiles/{z}/{x}/{y}", "IGM & co 1", 7)
    assert (found.named, found.outside) == (True, False)


@pytest.mark.parametrize(("asked", "words", "expected"), [
    ("osm", "", ("https://tile.openstreetmap.org/{z}/{x}/{y}.png", "© OpenStreetMap (ODbL)")), (URL, " ours ", (URL, "ours")),
])
def test_a_server_is_named_with_whose_it_is(asked: str, words: str, expected: tuple[str, str]) -> None:
    found = ground_tiles("../../", told_to_dashboard(None, tile_server(asked, words)))
    assert found
    assert (found.url, found.attribution, found.outside) == (*expected, True)


@pytest.mark.parametrize(("asked", "words", "told"), [
    ("google", "", "osm, or an address"), ("javascript:alert(1)/{z}{x}{y}", "x", "osm, or an address"),
    ("https://host/tiles.png", "x", "osm, or an address"), (URL, " ", "--tiles-attribution"),
])
def test_other_servers_are_refused(asked: str, words: str, told: str) -> None:
    with pytest.raises(BadValue, match=told):
        tile_server(asked, words)
