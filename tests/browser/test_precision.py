"""What precision makes of incidents on the map: points, rings, areas, clusters, and a slider that hides what is less exact."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.conftest import OpenMap, Visit, served
from tests.browser.plain_page import eight_actors
from tests.walks.table_rows import import_rows
from xstatic.pkg import leaflet

from incidentmap.frames import incidents_frame
from incidentmap.gazetteer import boundary
from incidentmap.maps import STATIC, map_view, scene, standalone_page
from incidentmap.maps.page_words import page_words
from incidentmap.model import Incident
from incidentmap.registry import actors
from incidentmap.walks.workspace import open_workspace

FIRST = date(2023, 11, 1)
GROUPS = (
    ("Niafunké", -3.99, 15.93, 1, 2.0, 6), ("Goundam", -3.67, 16.42, 2, 20.0, 4), ("Kidal", 1.41, 18.44, 3, 60.0, 5),
)
EVERY = {("exact", 6), ("near", 4), ("area", 5)}
MAP = "Object.keys(window).find((name) => name.startsWith('map_') && window[name].incidentBoard)"


def made_rows() -> list[dict[str, Any]]:
    """Six exact, four near, five of one area, and one nowhere; a day each."""
    placed: list[dict[str, Any]] = [
        {"place": place, "lon": lon, "lat": lat, "geo_precision": precision, "radius_km": radius}
        for place, lon, lat, precision, radius, number in GROUPS for _ in range(number)
    ]
    return [
        {
            "source_id": f"{k:03}", "date_start": FIRST + timedelta(days=k), "date_end": FIRST + timedelta(days=k),
            "date_precision": "day", "event_type": "Battles", "actor1": ("jnim", "fama")[k % 2], **row,
        }
        for k, row in enumerate([*placed, {"place": "?"}])
    ]


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("precision") / "case"
    import_rows(open_workspace(folder, "mali"), made_rows())
    with served(folder) as address:
        yield address


def signs(seen: Visit) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(seen.map.get_attribute("data-clusters") or "[]")
    return found


def expect_signs(seen: Visit, *wanted: tuple[str, int]) -> None:
    """Wait until exactly these clusters are drawn: precision and number."""
    seen.frame.locator(".leaflet-container[data-ground]").wait_for()
    each = "".join(f'(?=.*"count":{number},"precision":"{precision}")' for precision, number in wanted)
    whole = re.compile(f"^{each}" + r"\[(\{[^}]*\},?){" + str(len(wanted)) + r"}\]$")
    expect(seen.map).to_have_attribute("data-clusters", whole)


def tap(seen: Visit, precision: str) -> Locator:
    sign = next(each for each in signs(seen) if each["precision"] == precision)
    seen.map.click(position={"x": sign["x"], "y": sign["y"]})
    return seen.frame.get_by_role("dialog")


def test_precisions_are_told_apart_listed_opened_out_and_limited(visit: OpenMap, at: str) -> None:
    seen = visit("/?lang=en&view=17.5,-1.3,6.25", at=at, locale="en-GB")
    expect_signs(seen, *EVERY)
    head, slider = seen.page.locator(".im-sentence strong"), seen.frame.get_by_role("slider", name="Hide places worse than")
    expect(head).to_have_text("16 of 16 incidents")
    assert len(json.loads(seen.map.get_attribute("data-drawn") or "[]")) == 15, "all that have a place"
    seen.rest()

    listed = tap(seen, "area").locator("[data-incident]")
    expect(listed).to_have_count(5)
    listed.first.click()
    expect(seen.frame.get_by_role("dialog")).to_contain_text("Kidal")
    expect_signs(seen, *EVERY)
    seen.page.keyboard.press("Escape")
    expect(seen.frame.get_by_role("dialog")).to_be_hidden()

    expect(tap(seen, "exact").locator("[data-incident]")).to_have_count(6)
    expect_signs(seen, ("near", 4), ("area", 5))
    assert [mark["place"] for mark in json.loads(seen.map.get_attribute("data-marks") or "[]")] == ["Niafunké"] * 6
    seen.page.keyboard.press("Escape")
    expect_signs(seen, *EVERY)

    seen.settle()
    slider.fill("2")
    expect(slider).to_have_attribute("aria-valuetext", "surroundings")
    expect_signs(seen, ("exact", 6), ("near", 4))
    expect(head).to_have_text("10 of 16 incidents")
    expect(seen.frame.locator(".im-limit [role=status]")).to_have_text("6 hidden, of all days")
    seen.page.wait_for_function("location.search.includes('precision=2')")
    assert sum(map(int, seen.frame.locator("[data-actor] b").all_inner_texts())) == 10
    seen.page.get_by_role("link", name="Table").click()
    expect(seen.page.locator(".im-rows")).to_have_text("1–10 of 10")
    seen.page.get_by_role("link", name="Map").click()
    expect_signs(seen, ("exact", 6), ("near", 4))
    expect(slider).to_have_value("2")
    slider.fill("4")
    expect_signs(seen, *EVERY)
    expect(head).to_have_text("16 of 16 incidents")
    expect(seen.frame.locator(".im-limit [role=status]")).to_have_text("")


def test_a_link_restores_the_limit_and_a_view_closer_than_the_data_is_told(visit: OpenMap, at: str) -> None:
    seen = visit("/?lang=en&precision=1&view=15.93,-3.99,16", at=at, locale="en-GB")
    expect_signs(seen, ("exact", 6))
    expect(seen.frame.get_by_role("slider", name="Hide places worse than")).to_have_value("1")
    expect(seen.frame.locator(".im-finer")).to_contain_text("6 here are known only to about 2 km")
    seen.map.evaluate(f"() => {{ window[{MAP}].setZoom(9, {{animate: false}}); }}")
    expect(seen.frame.locator(".im-finer")).to_be_hidden()


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Page]:
    made = browser.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    made.set_content('<!doctype html><div id="place"></div>')
    for name in ("elements.js", "limit.js", "recount.js"):
        made.add_script_tag(path=STATIC / name)
    made.evaluate(
        """(words) => {
          window.told = [];
          const options = {words: words, locale: "fr", onChange: (worst) => told.push(worst)};
          window.limit = new incidentmap.Limit(document.getElementById("place"), options);
        }""", page_words("fr"),
    )
    yield made
    made.close()
    assert errors == []


def test_the_slider_tells_each_class_in_words_and_what_it_hides(opened: Page) -> None:
    slider, said = opened.get_by_role("slider", name="Masquer les lieux moins précis que"), []
    opened.evaluate("limit.set(null)")
    slider.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "End"):
        slider.press(key)
        said.append(slider.get_attribute("aria-valuetext"))
    assert said == ["étendue ou région", "environs", "lieu exact", "lieu exact", "rien n’est masqué"]
    assert opened.evaluate("told.splice(0)") == [3, 2, 1, None]
    told = opened.get_by_role("status").filter(has_not=slider).last
    for count, words in ((1, "1 masqué, toutes dates"), (1204, "1\u202f204 masqués, toutes dates"), (0, "")):
        opened.evaluate("(count) => limit.setHidden(count)", count)
        expect(told).to_have_text(words)
    opened.evaluate("limit.set(2)")
    expect(opened.locator("output")).to_have_text("environs")
    assert opened.evaluate("told") == [], "what comes from outside is not told back"
    made = "(words) => new incidentmap.Limit(document.body, {words: words, most: 2, onChange: () => {}})"
    opened.evaluate(made, page_words("fr"))
    least = opened.get_by_role("slider").last
    expect(least).to_have_attribute("aria-valuetext", "environs")
    assert least.get_attribute("max") == "2", "a file without the less exact ones does not offer them"


def test_the_histogram_counts_every_step_that_an_incident_touches(opened: Page) -> None:
    rows = [(10, 10), (11, 30), (19, 20), (None, None), (30, 39)]
    found = opened.evaluate(
        """([id, rows]) => {
          const data = {id: id, start: rows.map((row) => row[0]), end: rows.map((row) => row[1])};
          const layer = {data: data, passing: (call) => rows.forEach((row, i) => { if (i !== 2) call(i); })};
          return incidentmap.recounted({step: "week", starts: [10, 20, 30], counts: []}, [layer]);
        }""", [eight_actors()[0]["id"], rows],
    )
    assert found == {"step": "week", "starts": [10, 20, 30], "counts": [["jnim", [2, 1, 2]]]}


def test_an_exported_page_limits_by_itself(
    browser: Browser, tmp_path: Path, niafunke: Incident, goundam: Incident, kidal: Incident,
) -> None:
    """No server is there to ask: map, legend and histogram follow the slider all the same."""
    incidents = niafunke, known_to(goundam, 2), known_to(kidal, 3)
    frame = incidents_frame(incidents, region=None, boundary=boundary)
    view = map_view(incidents, frame, total=3, actors=actors(), language="en", theme="light", region=None)
    file = tmp_path / "map.html"
    file.write_text(standalone_page(
        view, scene(view, actors()), title="t", credit="", bounds=(-6.0, 13.0, 3.0, 20.0), leaflet=Path(leaflet.BASE_DIR),
    ), "utf-8")
    with browser.new_context(offline=True) as context:
        opened = context.new_page()
        opened.goto(file.as_uri())
        page_map, slider = opened.locator(".leaflet-container"), opened.get_by_role("slider", name="Hide places worse than")
        for worst, drawn, told in ((3, 3, ""), (2, 2, "1 hidden, of all days"), (1, 1, "2 hidden, of all days"), (4, 3, "")):
            slider.fill(str(worst))
            expect(opened.locator(".im-limit [role=status]")).to_have_text(told)
            expect(page_map).to_have_attribute("data-drawn", re.compile(r'^\["[^,]*' + r',"[^,]*' * (drawn - 1) + r"\]$"))
            assert sum(map(int, opened.locator("[data-actor] b").all_inner_texts())) == drawn


def known_to(incident: Incident, precision: int) -> Incident:
    """The same, its place known less exactly."""
    assert incident.location is not None
    area = "ML/kidal" if precision == 3 else ""
    return replace(incident, location=replace(incident.location, geo_precision=precision, area_id=area))
