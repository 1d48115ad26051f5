"""The tools of the map: only what is in view, a drawn area, a distance."""

import re

from playwright.sync_api import expect
from tests.browser.conftest import ALL, OpenMap, Visit


def click(seen: Visit, place: str, east: float, south: float) -> None:
    """Click so many pixels beside an incident."""
    mark = seen.marks()[place]
    seen.map.click(position={"x": mark["x"] + east, "y": mark["y"] + south})


def test_an_area_that_is_in_view_or_drawn_limits_every_screen(visit: OpenMap) -> None:
    seen = visit("/?view=16.17,-3.83,8.5&lang=en", locale="en-GB")
    seen.expect_places(*ALL)
    seen.rest()
    head, row = seen.page.locator(".im-sentence strong"), seen.frame.locator(".im-tool-row")
    expect(row).to_be_hidden()
    seen.frame.get_by_role("button", name="Only what is in view").click()
    seen.expect_places("Niafunké", "Goundam")
    expect(head).to_have_text("2 of 4 incidents")
    expect(row).to_contain_text("Only what lies in the area")
    seen.page.wait_for_function("location.search.includes('area=')")

    draw = seen.frame.get_by_role("button", name="Draw an area")
    draw.click()
    expect(draw).to_have_attribute("aria-pressed", "true")
    for east, south in ((-40, -40), (40, -40), (40, 40), (-40, 40)):
        click(seen, "Goundam", east, south)
    expect(seen.frame.get_by_role("dialog")).to_be_hidden()
    seen.map.press("Enter")
    seen.expect_places("Goundam")
    expect(head).to_have_text("1 of 4 incidents")
    expect(draw).to_have_attribute("aria-pressed", "false")
    seen.page.reload()
    seen.expect_places("Goundam")
    seen.rest()
    seen.frame.get_by_role("button", name="Remove the area").click()
    seen.expect_places(*ALL)
    expect(head).to_have_text("4 of 4 incidents")
    expect(row).to_be_hidden()
    seen.page.wait_for_function("!location.search.includes('area=')")


def test_a_distance_is_measured_and_chooses_nothing(visit: OpenMap) -> None:
    seen = visit("/?view=16.17,-3.83,8.5")
    seen.expect_places(*ALL)
    measure, row = seen.frame.get_by_role("button", name="Mesurer une distance"), seen.frame.locator(".im-tool-row")
    measure.click()
    click(seen, "Niafunké", 0, 0)
    expect(row).to_contain_text("Cliquez les points du trajet")
    click(seen, "Goundam", 0, 0)
    expect(row).to_contain_text(re.compile(r"6[2-5]\skm"))
    seen.map.press("Backspace")
    expect(row).to_contain_text("Cliquez les points du trajet")
    expect(seen.frame.get_by_role("dialog")).to_be_hidden()
    seen.map.press("Escape")
    expect(row).to_be_hidden()
    expect(measure).to_have_attribute("aria-pressed", "false")
    expect(seen.tap("Goundam")).to_contain_text("Goundam")
