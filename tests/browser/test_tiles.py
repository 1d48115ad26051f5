"""Pictures of the ground: a user's own file, served by the dashboard, and a server's tiles, which may be out of reach."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.browser.conftest import OpenMap, Visit, served
from tests.store.tile_files import mbtiles, of_sahel, picture, pmtiles
from tests.walks.table_rows import import_rows

from incidentmap.walks.workspace import open_workspace

PINK = (200, 30, 120)
HOSTILE = '"><img src=x onerror="window.caught = 1"> IGM ${7} `'
ROWS = [{"source_id": "1", "place": "Kidal", "lon": 1.41, "lat": 18.44, "event_type": "Battles", "actor1": "jnim"}]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("tiles") / "case"
    import_rows(open_workspace(folder, "tombouctou"), ROWS)
    return folder


@pytest.fixture(params=["mbtiles", "pmtiles"])
def at(request: pytest.FixtureRequest, case: Path, tmp_path: Path) -> Iterator[str]:
    path, tiles = tmp_path / f"sahel.{request.param}", of_sahel(picture(colour=PINK))
    write = {"mbtiles": mbtiles, "pmtiles": pmtiles}[request.param]
    made = write(path, tiles, attribution=HOSTILE)  # type: ignore[operator]
    with served(case, "--basemap", str(made)) as address:
        yield address


def colour_at(seen: Visit, x: int, y: int) -> tuple[int, int, int]:
    shot = Image.open(BytesIO(seen.map.screenshot())).convert("RGB")
    found = shot.getpixel((x, y))
    assert isinstance(found, tuple)
    return int(found[0]), int(found[1]), int(found[2])


def test_a_file_lies_under_the_incidents_and_says_whose_it_is(visit: OpenMap, at: str) -> None:
    seen = visit("/?lang=en&view=12,-4,5", at=at, locale="en-GB")
    expect(seen.map).to_have_attribute("data-ground", "ready")
    expect(seen.map).to_have_attribute("data-tiles", re.compile("[1-9]"))
    expect(seen.frame.locator(".leaflet-tile-loaded").first).to_have_css("opacity", "1")
    expect(seen.frame.locator(".im-credit")).to_contain_text("IGM ${7} ` · Leaflet")
    assert seen.page.evaluate("window.caught") is None
    box = seen.map.bounding_box()
    assert box
    assert colour_at(seen, round(box["width"]) // 2, round(box["height"]) // 2) == PINK


def test_a_server_out_of_reach_leaves_the_shipped_ground_and_says_so(visit: OpenMap, case: Path) -> None:
    words = ("--tiles", "https://tiles.example/{z}/{x}/{y}.png", "--tiles-attribution", "Example maps")
    with served(case, *words) as at:
        seen = visit("/?lang=en", at=at, locale="en-GB")
        expect(seen.map).to_have_attribute("data-ground", "ready")
        expect(seen.frame.locator(".im-credit")).to_contain_text("The map server does not answer: the shipped ground is shown.")
        expect(seen.frame.locator(".im-credit")).to_contain_text("Example maps · Leaflet")
        seen.page.get_by_role("link", name="About").click()
        expect(seen.page.get_by_text("Pictures of the ground come from tiles.example")).to_be_visible()
        assert {address.split("/")[2] for address in seen.outside} == {"tiles.example"}
        seen.outside.clear()
        seen.errors.clear()  # what was blocked
        seen.page.close()
