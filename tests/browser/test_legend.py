"""The legend by itself: switching, isolating, grouping, searching, and numbers that change under it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.plain_page import LEGEND, eight_actors, page

from incidentmap.maps.page_words import page_words

HOSTILE = ('<img src=x onerror="window.caught=1">', "__proto__", "</script><script>window.caught=1</script>", "{name}", "a,b;c")
Make = Callable[..., Page]


@pytest.fixture(scope="module")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    counts = {actor["id"]: 1204 // (k + 1) ** 3 for k, actor in enumerate(eight_actors())}
    data = {"actors": eight_actors(), "words": page_words("fr"), "locale": "fr", "counts": counts}
    made = browser.new_page(viewport={"width": 900, "height": 700})
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    body = '<div id="legend-place" style="width:236px"></div>'
    made.goto(page(Path(tmp_path_factory.mktemp("legend")), body, LEGEND, data))
    yield made
    made.close()
    assert errors == []


@pytest.fixture
def make(opened: Page) -> Make:
    """Builds the legend anew on the page, with options changed by name."""
    def run(**changes: Any) -> Page:
        opened.evaluate("(changes) => make(changes)", changes)
        return opened
    return run


def hidden(opened: Page) -> set[str]:
    """The layers that are off, as told last."""
    return set(opened.evaluate("[...states[states.length - 1].hidden]"))


def others(*ids: str) -> set[str]:
    return {actor["id"] for actor in eight_actors()} - set(ids)


def rows(opened: Page) -> dict[str, str]:
    """What stands in the legend: number by name."""
    read = "(all) => all.map((each) => [each.querySelector('span').textContent, each.querySelector('b').textContent])"
    return dict(opened.locator(".im-toggle").evaluate_all(read))


def test_a_click_switches_an_actor_and_restoring_brings_all_back(make: Make) -> None:
    opened = make()
    jnim = opened.get_by_role("button", name="Jnim 1", exact=False).first
    restore = opened.get_by_role("button", name="Tous", exact=True)
    expect(jnim).to_have_attribute("aria-pressed", "true")
    expect(restore).to_be_hidden()
    jnim.click()
    assert hidden(opened) == {"jnim"}
    expect(jnim).to_have_attribute("aria-pressed", "false")
    jnim.press("Space")
    assert hidden(opened) == set()
    jnim.press("Enter")
    restore.click()
    assert hidden(opened) == set()
    expect(restore).to_be_hidden()
    expect(jnim).to_be_focused()


def test_an_actor_is_isolated_by_shift_or_by_its_button_and_let_go_again(make: Make) -> None:
    opened = make(hidden=["csp"])
    fama = opened.locator('[data-actor="fama"]')
    fama.locator(".im-toggle").click(modifiers=["Shift"])
    assert hidden(opened) == others("fama")
    fama.locator(".im-toggle").click(modifiers=["Shift"])
    assert hidden(opened) == set()
    only = fama.get_by_role("button", name="Montrer seulement Fama")
    only.focus()
    opened.keyboard.press("Enter")
    assert hidden(opened) == others("fama")
    opened.locator('[data-actor="cnsp"] .im-toggle').click()
    assert hidden(opened) == others("fama", "cnsp")


def test_numbers_change_without_touching_anything_else(make: Make) -> None:
    opened = make()
    button = opened.locator('[data-actor="jnim"] .im-toggle')
    button.focus()
    opened.evaluate("legend.root.witness = document.activeElement")
    opened.evaluate("legend.setCounts({jnim: 1234567, fama: 0})")
    numbers = rows(opened)
    assert (numbers["Jnim"].replace("\u202f", " "), numbers["Fama"], numbers["CNSP"]) == ("1 234 567", "0", "0")
    assert opened.evaluate("document.activeElement === legend.root.witness && legend.root.contains(document.activeElement)")
    expect(opened.locator('[data-actor="fama"]')).to_have_class("im-zero")
    assert opened.evaluate("states.length") == 0


def test_groups_are_summed_folded_switched_and_isolated(make: Make) -> None:
    opened = make(groups={"inter-1": "États"})
    opened.get_by_role("button", name="Grouper").click()
    head = opened.locator(".im-group").filter(has_text="États")
    toggle = head.locator("> .im-row .im-toggle")
    expect(toggle).to_have_text("États159")
    assert "Groupes rebelles" in rows(opened)
    head.locator('[data-actor="fama"] .im-toggle').click()
    expect(toggle).to_have_attribute("aria-pressed", "mixed")
    toggle.click()
    assert hidden(opened) == {"fama", "cnsp"}
    toggle.click(modifiers=["Shift"])
    assert hidden(opened) == others("fama", "cnsp")
    fold = head.get_by_role("button", name="Acteurs du groupe États")
    fold.click()
    expect(head.locator('[data-actor="fama"]')).to_be_hidden()
    expect(fold).to_have_attribute("aria-expanded", "false")
    opened.evaluate("legend.setCounts({fama: 7, cnsp: 5})")
    expect(toggle).to_have_text("États12")
    assert list(rows(opened))[-1] == "Autres", "those without a group come last"


def test_search_finds_without_accents_and_only_where_there_are_many(make: Make) -> None:
    actors = [*eight_actors(), {**eight_actors()[0], "id": "x", "name": "Armée nigérienne"}]
    opened = make(actors=actors)
    box = opened.get_by_role("searchbox", name="Chercher un acteur")
    box.fill("ARMEE")
    assert list(rows(opened)) == ["Armée nigérienne"]
    box.fill("zzz")
    expect(opened.get_by_role("status")).to_have_text("Aucun acteur de ce nom")
    opened.evaluate("(actors) => legend.setActors(actors)", actors[:8])
    expect(box).to_be_hidden()
    assert len(rows(opened)) == 8
    opened.evaluate("legend.setActors([])")
    expect(opened.get_by_role("status")).to_have_text("Aucun acteur")


def test_no_more_than_eight_colours_and_grey(make: Make) -> None:
    more = [{**actor, "id": f"more{k}", "colour": "#123456"} for k, actor in enumerate(eight_actors()[:3])]
    opened = make(actors=[*eight_actors()[:8], *more, eight_actors()[8]])
    colours = opened.locator(".im-toggle path").evaluate_all("(all) => all.map((each) => each.getAttribute('fill'))")
    assert len(set(colours[:8])) == 8
    assert set(colours[8:]) == {"#999999"}
    strokes = opened.locator(".im-toggle path").evaluate_all("(all) => all.map((each) => getComputedStyle(each).stroke)")
    assert set(strokes) == {"rgb(29, 33, 37)"}, "every symbol has an outline of ink"


def test_the_part_that_actors_take_is_a_choice(make: Make) -> None:
    opened = make(hidden=["csp"])
    target = opened.get_by_role("button", name="cible")
    expect(opened.get_by_role("button", name="attaquant")).to_have_attribute("aria-pressed", "true")
    target.click()
    assert opened.evaluate("states[0].role") == "target"
    assert hidden(opened) == set(), "who was switched off as an attacker is not as a target"
    expect(target).to_have_attribute("aria-pressed", "true")
    expect(opened.locator(".im-as")).to_have_text(page_words("fr")["legend.role.note.target"])
    target.click()
    assert opened.evaluate("states.length") == 1, "the same role again is no choice"
    opened.evaluate("legend.setRole('claimant'); legend.setHidden(new Set())")
    expect(opened.get_by_role("button", name="source")).to_have_attribute("aria-pressed", "true")
    assert opened.evaluate("states.length") == 1, "what comes from outside is not told back"
    opened = make(roles=False, role="target")
    expect(opened.locator(".im-roles button:visible")).to_have_text(["cible"])
    expect(opened.locator(".im-roles button:visible")).to_be_disabled()


def test_names_run_nothing_and_stay_what_they_are(make: Make) -> None:
    actors = [{**eight_actors()[0], "id": name, "name": name, "group": name} for name in HOSTILE]
    opened = make(actors=actors, counts=dict.fromkeys(HOSTILE, 3), groups={})
    assert list(rows(opened)) == list(HOSTILE)
    opened.get_by_role("button", name="Grouper").click()
    opened.locator(".im-group .im-group, .im-group li .im-only").first.focus()
    opened.keyboard.press("Enter")
    assert hidden(opened) == set(HOSTILE[1:])
    assert opened.locator("img").count() == 0
    assert opened.evaluate("window.caught") is None


def test_in_arabic_it_reads_from_the_right_and_on_a_phone_fingers_fit(make: Make) -> None:
    opened = make(dir="rtl", locale="ar")
    boxes = [opened.locator(f'[data-actor="jnim"] .im-toggle {part}').bounding_box() for part in ("svg", "b")]
    symbol, number = [box["x"] for box in boxes if box]
    assert symbol > number
    opened.set_viewport_size({"width": 390, "height": 700})
    measure = "(all) => all.map((each) => each.getBoundingClientRect().height)"
    heights = opened.locator(".im-key button:visible").evaluate_all(measure)
    assert len(heights) > 15
    assert min(heights) >= 44
    opened.set_viewport_size({"width": 900, "height": 700})
