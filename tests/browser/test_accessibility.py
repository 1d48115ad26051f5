"""Every screen against the rules of WCAG 2.2 A and AA (axe-core), light and dark; the way by keyboard; who wants no motion."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect
from tests.browser.conftest import OpenMap, Visit

RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
GRAVE = frozenset({"serious", "critical"})
SCREENS = {
    "Rapports": ".im-text", "Tableau": '[data-testid="stDataFrame"], table', "Imports": '[data-testid="stFileUploader"]',
    "Géocodage": ".im-empty, .im-title", "Acteurs": ".im-empty, .im-title", "À propos": ".im-prose",
}
"""Link and what is there once its screen is drawn."""


def grave(part: Page | Frame) -> list[str]:
    """What a user of a keyboard, a screen reader or weak eyes would stumble over, with the elements at fault."""
    found = Axe().run(part, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found if each["impact"] in GRAVE for node in each["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_screen_has_a_serious_violation(visit: OpenMap, theme: str) -> None:
    seen = visit(color_scheme=theme)
    expect(seen.map).to_have_attribute("data-ground", "ready")
    seen.rest()
    handle = seen.page.locator('iframe[title$="map_page"]').element_handle()
    frame = handle.content_frame() if handle else None
    assert frame
    found = {"Carte": grave(seen.page), "page of the map": grave(frame)}
    for name, drawn in SCREENS.items():
        seen.page.get_by_role("link", name=re.compile(f"^{name}")).click()
        expect(seen.page.locator(drawn).first).to_be_visible()
        seen.settle()
        found[name] = grave(seen.page)
    assert {name: told for name, told in found.items() if told} == {}


def about(visit: OpenMap, **options: object) -> Visit:
    seen = visit(**options)
    seen.rest()
    seen.page.get_by_role("link", name="À propos").click()
    expect(seen.page.locator(".im-prose").first).to_be_visible()
    seen.settle()
    return seen


def test_who_wants_no_motion_gets_none(visit: OpenMap) -> None:
    seen = about(visit, reduced_motion="reduce")
    longest = seen.page.evaluate(
        "Math.max(...[...document.querySelectorAll('.stApp *')].flatMap((part) => {"
        "  const style = getComputedStyle(part);"
        "  return [style.transitionDuration, style.animationDuration].flatMap((list) => list.split(',').map(parseFloat));"
        "}))",
    )
    assert longest < 0.001


def test_the_tab_key_leads_through_the_page(visit: OpenMap) -> None:
    seen = about(visit)
    reached = []
    for _ in range(20):
        seen.page.keyboard.press("Tab")
        reached.append(seen.page.evaluate("document.activeElement.innerText"))
    names = ["Carte", "Rapports", "Tableau", "Imports", "À propos"]
    assert list(dict.fromkeys(words for words in reached if words in names)) in (names, [*names[-1:], *names[:-1]])


def test_the_keyboard_lists_what_is_in_view_and_opens_it(visit: OpenMap) -> None:
    seen = visit()
    seen.expect_places("Niafunké", "Goundam", "Kidal", "Bamako")
    seen.rest()
    opener, box = seen.frame.get_by_role("button", name="Liste des incidents visibles"), seen.frame.get_by_role("dialog")
    opener.press("Enter")
    expect(box).to_have_attribute("aria-label", "Incidents visibles : 4")
    rows = box.locator(".im-list button")
    expect(rows.first).to_be_focused()
    for key, at in (("ArrowDown", 1), ("End", 3), ("ArrowDown", 3), ("ArrowUp", 2), ("Home", 0)):
        seen.page.keyboard.press(key)
        expect(rows.nth(at)).to_be_focused()
    name = rows.first.locator("strong").inner_text()
    seen.page.keyboard.press("Enter")
    expect(box).to_have_attribute("aria-label", name)
    expect(box).to_be_focused()
    seen.settle()
    seen.page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(opener).to_be_focused()
