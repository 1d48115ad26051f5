"""What the map shows instead of incidents: squares of a density and numbers by area, counted in the page or by the server."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from math import floor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import OpenMap, Visit, served
from tests.walks.table_rows import import_rows

from incidentmap.walks.workspace import open_workspace

FIRST = date(2023, 11, 1)
GROUPS: tuple[tuple[str, float | None, float | None, dict[str, Any], int], ...] = (
    ("Niafunké", -3.99, 15.93, {"geo_precision": 1, "radius_km": 2.0, "killed_low": 2, "killed_high": 5}, 3),
    ("Goundam", -3.67, 16.42, {"geo_precision": 2, "radius_km": 20.0, "killed_best": 1, "killed_low": 1, "killed_high": 1}, 2),
    ("Tombouctou", -3.0, 16.77, {"where_prec": 4, "geo_precision": 3}, 4),
    ("Ménaka", 2.40, 15.92, {"geo_precision": 1, "radius_km": 2.0}, 1),
    ("Bria", 21.99, 6.54, {"geo_precision": 1, "radius_km": 2.0}, 1),
    ("?", None, None, {}, 1),
)
"""Three with a range of victims, two near a town with one each, four known to a region alone, one without a figure, one where
there are no outlines, one nowhere."""
REGIONS = {"ML/tombouctou": 9, "ML/gao": 1}
CERCLES = {"ML/tombouctou/niafunke": 3, "ML/tombouctou/goundam": 2, "ML/gao/menaka": 1}


def made_rows(times: int = 1) -> list[dict[str, Any]]:
    """Every second of them by another actor, a day each."""
    placed = [
        {"place": place, "lon": lon, "lat": lat, **told}
        for place, lon, lat, told, number in GROUPS for _ in range(number * times)
    ]
    return [
        {
            "source_id": f"{k:05}", "date_start": FIRST + timedelta(days=k // times),
            "date_end": FIRST + timedelta(days=k // times), "date_precision": "day", "event_type": "Battles",
            "actor1": ("jnim", "fama")[k % 2], **row,
        }
        for k, row in enumerate(placed)
    ]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield from _served(tmp_path_factory.mktemp("shown") / "few", 1)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two hundred of each: more than a map draws one by one."""
    yield from _served(tmp_path_factory.mktemp("shown") / "many", 200)


def _served(folder: Path, times: int) -> Iterator[str]:
    import_rows(open_workspace(folder, "mali"), made_rows(times))
    with served(folder) as address:
        yield address


def square(lon: float, lat: float) -> str:
    """The square in which a point lies at zoom 6: 32 pixels of 256 wide."""
    size = 360 / 2 ** (6 + 3)
    return f"{floor((lon + 180) / size)}:{floor((lat + 90) / size)}"


def expect_sums(seen: Visit, wanted: dict[str, int]) -> None:
    """Wait until exactly these areas have exactly these numbers."""
    seen.frame.locator(".leaflet-container[data-ground]").wait_for()
    each = "".join(f'(?=.*"id":"{area}","sum":{number},)' for area, number in wanted.items())
    whole = f'^{each}(?:(?!"id":).)*' + '(?:"id":(?:(?!"id":).)*){' + str(len(wanted)) + "}$"
    expect(seen.map).to_have_attribute("data-fields", re.compile(whole))


def test_areas_are_counted_with_their_victims_and_what_is_known_less_finely_is_told(visit: OpenMap, few: str) -> None:
    seen = visit("/?lang=en&view=16.5,-1.3,6", at=few, locale="en-GB")
    shown = seen.frame.get_by_role("region", name="What the map shows")
    notes = shown.get_by_role("status")
    seen.rest()
    shown.get_by_role("button", name="By area").click()
    expect_sums(seen, REGIONS)
    expect(notes).to_contain_text("1 not counted: no known unit there.")
    expect(notes).to_contain_text("divisions newer than those are missing")
    shown.get_by_label("Areas").select_option("admin2")
    expect_sums(seen, CERCLES)
    expect(notes).to_contain_text("4 not counted: their place is known less finely.")
    seen.page.wait_for_function("location.search.includes('show=admin2')")

    shown.get_by_label("What is counted").select_option("killed")
    listed = shown.locator(".im-ranks li")
    shown.get_by_text("As a list").click()
    expect(listed).to_have_text(["Niafunké6–15", "Goundam2", "Ménaka?"])
    expect(shown.get_by_text("no figure: unknown, not zero")).to_be_visible()
    expect(notes).to_contain_text("Shaded by the lower end of each range.")
    seen.page.wait_for_function("decodeURIComponent(location.search).includes('show=admin2:killed')")

    seen.frame.locator('[data-actor="jnim"] .im-toggle').click()
    expect_sums(seen, {"ML/tombouctou/niafunke": 1, "ML/tombouctou/goundam": 1, "ML/gao/menaka": 1})
    expect(listed).to_have_text(["Niafunké2–5", "Goundam1", "Ménaka?"])
    assert not [*seen.errors, *seen.outside]

    again = visit("/?lang=en&show=admin2:killed&off=jnim&to=2023-11-03", at=few, locale="en-GB")
    expect_sums(again, {"ML/tombouctou/niafunke": 1})
    again.frame.get_by_role("button", name="Incidents", exact=True).click()
    expect(again.frame.locator(".im-shades li")).to_have_count(0)


def test_a_density_says_what_it_cannot_show(visit: OpenMap, few: str) -> None:
    seen = visit("/?lang=en&show=density&view=16.5,-1.3,6", at=few, locale="en-GB")
    notes = seen.frame.get_by_role("region", name="What the map shows").get_by_role("status")
    expect(notes).to_contain_text("Squares of 78 km")
    expect(notes).to_contain_text("Only 7 incidents: too few for a density")
    expect(notes).to_contain_text("4 not counted: their place is known less finely.")
    finely = [each for each in GROUPS if each[0] != "Tombouctou"]
    expect_sums(seen, {square(lon, lat): number for _, lon, lat, _, number in finely if lon and lat})


def test_what_the_server_counts_is_what_the_page_would(visit: OpenMap, many: str) -> None:
    seen = visit("/?lang=en&show=admin1:killed&view=16.5,-1.3,6", at=many, locale="en-GB")
    shown = seen.frame.get_by_role("region", name="What the map shows")
    expect_sums(seen, {unit: number * 200 for unit, number in REGIONS.items()})
    shown.get_by_text("As a list").click()
    expect(shown.locator(".im-ranks li")).to_have_text(["Tombouctou1,600–3,400", "Gao?"])
    expect(shown.get_by_role("status")).to_contain_text("200 not counted: no known unit there.")
    seen.rest()
    shown.get_by_label("Areas").select_option("admin2")
    expect_sums(seen, {unit: number * 200 for unit, number in CERCLES.items()})
    expect(shown.get_by_role("status")).to_contain_text("800 not counted: their place is known less finely.")
    shown.get_by_role("button", name="Density").click()
    expect(shown.get_by_role("status")).to_contain_text("Squares of 78 km")
    in_view = [each for each in GROUPS if each[0] in {"Niafunké", "Goundam", "Ménaka"}]
    expect_sums(seen, {square(lon, lat): 200 * number for _, lon, lat, _, number in in_view if lon and lat})
