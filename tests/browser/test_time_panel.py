"""The time control by itself: mouse, keys, typed dates and a clock that the test holds."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.plain_page import TIME, day, page, spell, time_data

from incidentmap.maps.page_words import page_words

FIRST, LAST = day("2023-10-17"), day("2023-12-05")
DAYS = list(range(FIRST, LAST + 1))
HOSTILE = '<img src=x onerror="window.caught=1">'
CLOCK = """
window.time = {now: 0, next: []};
window.held = {
  now: () => time.now,
  request: (call) => { time.next.push(call); return time.next.length; },
  cancel: () => { time.next = []; },
};
window.pass = (ms) => { time.now += ms; const calls = time.next; time.next = []; calls.forEach((call) => call()); };
"""
Make = Callable[..., Page]


@pytest.fixture(scope="module")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """One page in a time zone where midnight in UTC is the day before."""
    counts = [("jnim", [1 + k % 3 for k in range(len(DAYS))]), ("fama", [k % 2 for k in range(len(DAYS))])]
    data = time_data(DAYS, counts)
    context = browser.new_context(viewport={"width": 1000, "height": 420}, timezone_id="America/Los_Angeles")
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    body = '<div style="height:230px"></div><div id="time-place"></div>'
    made.goto(page(Path(tmp_path_factory.mktemp("panel")), body, CLOCK + TIME, data))
    yield made
    context.close()
    assert errors == []


@pytest.fixture
def make(opened: Page) -> Make:
    """Builds the panel anew on the page, with options changed by name."""
    def run(**changes: Any) -> Page:
        opened.evaluate("(changes) => { time.now = 0; time.next = []; make({...changes, clock: held}); }", changes)
        return opened
    return run


def state(opened: Page) -> dict[str, Any]:
    """What the panel told last."""
    told: dict[str, Any] = opened.evaluate("states[states.length - 1]")
    return told


def window(opened: Page) -> list[str]:
    return spell(state(opened)["window"])


def x_of(opened: Page, text: str) -> float:
    """Where a day begins on the screen, while all days are in view."""
    box = opened.locator(".im-plot").bounding_box()
    assert box is not None
    return box["x"] + (day(text) - FIRST) / len(DAYS) * box["width"]


def drag(opened: Page, start: float, end: float) -> None:
    box = opened.locator(".im-plot").bounding_box()
    assert box is not None
    y = box["y"] + box["height"] / 2
    opened.mouse.move(start, y)
    opened.mouse.down()
    opened.mouse.move((start + end) / 2, y)
    opened.mouse.move(end, y)
    opened.mouse.up()


def spans(first: str, last: str) -> list[int]:
    return [day(first), day(last)]


def test_the_window_is_dragged_by_its_body_and_its_edges_and_drawn_anew(make: Make) -> None:
    opened = make()
    drag(opened, x_of(opened, "2023-11-01"), x_of(opened, "2023-11-11"))
    assert window(opened) == ["2023-11-01", "2023-11-10"]
    drag(opened, x_of(opened, "2023-11-05"), x_of(opened, "2023-11-12"))
    assert window(opened) == ["2023-11-08", "2023-11-17"]
    drag(opened, x_of(opened, "2023-11-08"), x_of(opened, "2023-11-03"))
    assert window(opened) == ["2023-11-03", "2023-11-17"]
    drag(opened, x_of(opened, "2023-11-18"), x_of(opened, "2023-11-25"))
    assert window(opened) == ["2023-11-03", "2023-11-24"]
    drag(opened, x_of(opened, "2023-11-03"), x_of(opened, "2023-12-01"))
    assert window(opened) == ["2023-11-24", "2023-11-24"], "an edge stops at the other"
    drag(opened, x_of(opened, "2023-11-24") + 8, x_of(opened, "2023-12-20"))
    assert window(opened)[1] == "2023-12-05", "the body stops at the last day"


def test_a_double_click_shows_everything_and_the_undated_with_it(make: Make) -> None:
    opened = make(window=spans("2023-11-01", "2023-11-10"))
    opened.locator(".im-plot").dblclick(position={"x": 5, "y": 30})
    assert state(opened)["window"] == state(opened)["shown"] == [None, None]
    expect(opened.locator(".im-title")).to_contain_text("50 jours")
    expect(opened.get_by_role("button", name="Tout", exact=True)).to_have_attribute("aria-pressed", "true")


def test_the_wheel_zooms_the_axis_and_leaves_the_window(make: Make) -> None:
    opened = make(window=spans("2023-11-01", "2023-11-10"))
    ticks = opened.locator(".im-tick")
    before = ticks.all_inner_texts()
    opened.mouse.move(x_of(opened, "2023-11-05"), 310)
    for _ in range(5):
        opened.mouse.wheel(0, -100)
    expect(ticks.first).not_to_have_text(before[0])
    edge = opened.locator(".im-handle").nth(0)
    assert edge.get_attribute("aria-valuetext") == "1 nov. 2023"
    opened.wait_for_function("panel._axis._view[1] - panel._axis._view[0] < 20")
    assert opened.evaluate("states.length") == 0
    opened.locator(".im-plot").dblclick(position={"x": 5, "y": 30})
    assert ticks.all_inner_texts() == before


def test_zoomed_in_the_bars_are_as_fine_as_the_page_can_count_them(make: Make) -> None:
    opened = make(histogram={"step": "month", "starts": [day("2023-10-01"), day("2023-11-01"), day("2023-12-01")],
                             "counts": [["jnim", [4, 2, 1]]]})
    opened.evaluate(
        """(days) => {
            const layer = {data: {id: "jnim", start: days, end: days}, passing: (call) => days.forEach((each, i) => call(i))};
            window.asked = [];
            panel._axis._options.finer = (step) => {
                asked.push(step);
                return incidentmap.recounted({step: step, starts: incidentmap.bars.startsOf(step, data.extent)}, [layer]);
            };
        }""", [day("2023-11-24"), day("2023-11-24"), day("2023-11-25")],
    )
    readout = opened.locator(".im-readout")
    opened.mouse.move(x_of(opened, "2023-11-24") + 2, 310)
    expect(readout).to_contain_text("1–30 nov. 2023 · 2 au total")
    for _ in range(5):
        opened.mouse.wheel(0, -100)
    opened.wait_for_function("panel._axis._view[1] - panel._axis._view[0] < 20")
    opened.mouse.move(x_of(opened, "2023-11-24") + 2, 312)
    expect(readout).to_have_text(re.compile("^24 nov. 2023 · 2 au total.*2$"))
    assert set(opened.evaluate("asked")) == {"day"}
    opened.locator(".im-plot").dblclick(position={"x": 5, "y": 30})
    opened.mouse.move(x_of(opened, "2023-11-24") + 2, 310)
    expect(readout).to_contain_text("1–30 nov. 2023")


def test_bars_are_told_at_the_handles_and_in_a_table(make: Make) -> None:
    opened = make(window=spans("2023-11-01", "2023-11-10"))
    readout, table = opened.locator(".im-readout"), opened.locator("table[data-bars]")
    expect(readout).to_be_hidden()
    opened.get_by_role("slider", name="Dernier jour").press("ArrowRight")
    expect(readout).to_contain_text(f"11 nov. 2023 · {1 + 25 % 3 + 25 % 2} au total")
    expect(table.locator("caption")).to_have_text("Incidents par pas de temps et par acteur")
    assert table.locator("th[scope=col]").all_inner_texts() == ["jour", "Jnim", "Fama"]
    assert table.locator("tbody tr").nth(1).locator("th, td").all_inner_texts() == ["18 oct. 2023", "2", "1"]
    opened.evaluate("panel.setActors(new Set(['jnim']))")
    assert table.locator("th[scope=col]").all_inner_texts() == ["jour", "Fama"]
    expect(table.locator("tbody tr")).to_have_count(len(DAYS) // 2)


def test_the_handles_are_sliders_of_the_keyboard(make: Make) -> None:
    opened = make(window=spans("2023-11-01", "2023-11-10"))
    first, last = opened.get_by_role("slider", name="Premier jour"), opened.get_by_role("slider", name="Dernier jour")
    assert [first.get_attribute(f"aria-value{name}") for name in ("min", "max", "now", "text")] == [
        str(FIRST), str(day("2023-11-10")), str(day("2023-11-01")), "1 nov. 2023",
    ]
    table = [
        (first, "ArrowRight", ["2023-11-02", "2023-11-10"]), (first, "ArrowDown", ["2023-11-01", "2023-11-10"]),
        (last, "ArrowUp", ["2023-11-01", "2023-11-11"]), (last, "ArrowLeft", ["2023-11-01", "2023-11-10"]),
        (last, "PageUp", ["2023-11-01", "2023-12-05"]), (last, "PageDown", ["2023-11-01", "2023-11-05"]),
        (last, "Home", ["2023-11-01", "2023-11-01"]), (last, "End", ["2023-11-01", "2023-12-05"]),
        (first, "End", ["2023-12-05", "2023-12-05"]), (first, "Home", ["", ""]),
    ]
    for slider, key, wanted in table:
        slider.press(key)
        assert window(opened) == wanted, key
    first.focus()
    assert first.evaluate("(handle) => getComputedStyle(handle, '::before').outlineStyle") == "solid", "the focus is to be seen"


@pytest.mark.parametrize(("first", "last", "wanted"), [
    ("2023-11-01", "24/11/2023", ["2023-11-01", "2023-11-24"]),
    ("2023-11", "2023-11", ["2023-11-01", "2023-11-30"]),
])
def test_typed_dates(make: Make, first: str, last: str, wanted: list[str]) -> None:
    opened = make()
    opened.locator(".im-title").click()
    opened.get_by_role("textbox", name="Premier jour").fill(first)
    opened.get_by_role("textbox", name="Dernier jour").fill(last)
    opened.keyboard.press("Enter")
    assert window(opened) == wanted
    expect(opened.get_by_role("textbox", name="Premier jour")).to_be_hidden()
    expect(opened.locator(".im-title")).to_be_focused()


def test_a_wrong_date_is_told_and_changes_nothing(make: Make) -> None:
    opened = make()
    opened.locator(".im-title").click()
    box = opened.get_by_role("textbox", name="Dernier jour")
    box.fill("31/02/<b>2023")
    box.press("Enter")
    expect(opened.get_by_role("alert")).to_contain_text("« 31/02/<b>2023 » n’est pas une date")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_be_focused()
    box.fill("2023-10-01")
    box.press("Enter")
    expect(opened.get_by_role("alert")).to_contain_text("Échanger les deux dates")
    assert opened.evaluate("states.length") == 0
    box.press("Escape")
    expect(box).to_be_hidden()


def test_presets_end_with_the_last_day_and_the_report_has_its_own(make: Make) -> None:
    opened = make(report=spans("2023-11-14", "2023-11-24"))
    for name, wanted in (("7 jours", ["2023-11-29", "2023-12-05"]), ("30 jours", ["2023-11-06", "2023-12-05"]),
                         ("Ce rapport", ["2023-11-14", "2023-11-24"]), ("12 mois", ["", ""]), ("Tout", ["", ""])):
        button = opened.get_by_role("button", name=name, exact=True)
        button.click()
        assert window(opened) == wanted, name
        if name != "12 mois":
            expect(button).to_have_attribute("aria-pressed", "true")
    make()
    expect(opened.get_by_role("button", name="Ce rapport")).to_be_hidden()


def test_steps_follow_the_calendar_to_and_fro(make: Make) -> None:
    opened = make(window=spans("2023-10-31", "2023-10-31"), step="month")
    forward, back = opened.get_by_role("button", name="Pas en avant"), opened.get_by_role("button", name="Pas en arrière")
    forward.click()
    assert window(opened) == ["2023-11-30", "2023-11-30"]
    back.click()
    assert window(opened) == ["2023-10-31", "2023-10-31"]
    back.click()
    assert window(opened) == ["2023-10-31", "2023-10-31"], "there is nothing before the first day"
    opened.evaluate("(span) => panel.setWindow(span)", spans("2023-11-01", "2023-11-30"))
    forward.click()
    assert window(opened) == ["2023-12-01", "2023-12-31"]


def test_modes_show_the_window_everything_until_it_or_one_step(make: Make) -> None:
    opened = make(window=spans("2023-11-06", "2023-11-15"))
    opened.locator(".im-manner").click()
    opened.get_by_role("combobox", name="Afficher").select_option("cumulative")
    assert spell(state(opened)["shown"]) == ["", "2023-11-15"]
    expect(opened.locator(".im-title")).to_contain_text("17 oct. – 15 nov. 2023")
    expect(opened.get_by_role("slider")).to_have_count(1)
    opened.get_by_role("slider").press("ArrowRight")
    assert spell(state(opened)["shown"]) == ["", "2023-11-16"]
    opened.get_by_role("combobox", name="Afficher").select_option("window")
    assert window(opened) == ["2023-11-06", "2023-11-16"]
    opened.get_by_role("combobox", name="Pas", exact=True).select_option("week")
    opened.get_by_role("combobox", name="Afficher").select_option("instant")
    assert window(opened) == ["2023-11-13", "2023-11-19"]
    opened.get_by_role("button", name="Pas en avant").click()
    assert window(opened) == ["2023-11-20", "2023-11-26"]
    expect(opened.locator(".im-manner")).to_have_text("par semaine · 1×")


def test_playing_goes_by_the_clock_smoothly_and_stops_at_the_end(make: Make) -> None:
    opened = make(window=spans("2023-11-29", "2023-11-30"))
    assert opened.evaluate("time.next.length") == 0, "nothing plays by itself"
    opened.locator(".im-time").focus()
    opened.keyboard.press("Space")
    expect(opened.get_by_role("button", name="Pause")).to_be_visible()
    opened.evaluate("pass(250)")
    begun = day("2023-11-29")
    assert state(opened)["shown"] == [begun + 0.25, begun + 1.25]
    assert window(opened) == ["2023-11-29", "2023-11-30"]
    expect(opened.get_by_role("status")).to_have_text("Lecture en cours")
    opened.evaluate("pass(1750)")
    assert state(opened)["shown"] == [begun + 2, begun + 3], "a slow machine skips frames, and time goes on"
    opened.evaluate("pass(60000)")
    assert window(opened) == ["2023-12-03", "2023-12-04"], "a tab that slept goes on where it was"
    opened.keyboard.press("Space")
    expect(opened.get_by_role("button", name="Lire")).to_be_visible()
    assert (state(opened)["playing"], opened.evaluate("time.next.length")) == (False, 0)
    opened.keyboard.press("Space")
    opened.evaluate("pass(1000); pass(1000)")
    assert window(opened) == ["2023-12-04", "2023-12-05"]
    assert state(opened)["playing"] is False
    expect(opened.get_by_role("status")).to_contain_text("4–5 déc. 2023 (2 jours)")
    assert opened.evaluate("states.filter((each) => each.playing).length") == 6


def test_playing_everything_begins_with_the_first_step_and_loops_only_if_asked(make: Make) -> None:
    opened = make(step="month")
    opened.locator(".im-manner").click()
    opened.get_by_label("Pas par seconde").select_option("2")
    opened.get_by_label("En boucle").check()
    opened.get_by_role("button", name="Lire").click()
    seen = []
    for _ in range(5):
        seen.append(window(opened)[0])
        opened.evaluate("pass(500)")
    assert seen == ["2023-10-01", "2023-11-01", "2023-12-01", "2023-10-01", "2023-11-01"]
    opened.get_by_role("button", name="Pause").click()


def test_reduced_motion_steps_instead_of_sliding(make: Make) -> None:
    opened = make(window=spans("2023-11-01", "2023-11-02"))
    opened.emulate_media(reduced_motion="reduce")
    opened.get_by_role("button", name="Lire").click()
    opened.evaluate("pass(400); pass(400); pass(400)")
    assert opened.evaluate("states.filter((each) => each.playing).map((each) => each.shown)") == [
        spans("2023-11-01", "2023-11-02"), spans("2023-11-02", "2023-11-03"),
    ]
    opened.evaluate("panel.pause()")
    opened.emulate_media(reduced_motion="no-preference")


def test_the_window_is_said_once_it_rests(make: Make) -> None:
    opened = make(window=spans("2023-11-01", "2023-11-10"))
    last = opened.get_by_role("slider", name="Dernier jour")
    opened.evaluate(
        """() => {
            const place = document.querySelector(".im-time [role=status]");
            window.heard = [];
            new MutationObserver(() => heard.push(place.textContent)).observe(place, {childList: true});
        }"""
    )
    for _ in range(4):
        last.press("ArrowRight")
    expect(opened.get_by_role("status")).to_have_text("1–14 nov. 2023 (14 jours)")
    assert [text.replace("\xa0", " ") for text in opened.evaluate("heard")] == ["1–14 nov. 2023 (14 jours)"]


def test_bars_are_drawn_again_only_when_they_change(make: Make) -> None:
    opened = make()
    opened.evaluate(
        """() => {
            const axis = panel._axis, draw = axis.draw;
            window.draws = 0;
            axis.draw = () => { draws += 1; draw.call(axis); };
        }"""
    )
    drag(opened, x_of(opened, "2023-11-01"), x_of(opened, "2023-11-11"))
    assert opened.evaluate("draws") == 0
    ink = """() => {
        const bars = document.querySelector(".im-bars");
        return bars.getContext("2d").getImageData(0, 0, bars.width, bars.height).data.reduce((sum, value) => sum + value);
    }"""
    before = opened.evaluate(ink)
    opened.evaluate("panel.setActors(new Set(['jnim']))")
    assert opened.evaluate("draws") == 1
    assert opened.evaluate(ink) < before
    expect(opened.locator(".im-most")).to_have_text("1")


def test_right_to_left_mirrors_the_controls_and_not_the_time(make: Make) -> None:
    opened = make(dir="rtl", locale="ar", window=spans("2023-11-01", "2023-11-10"))
    parts = (".im-handle >> nth=0", ".im-handle >> nth=1", ".im-buttons", ".im-presets")
    boxes = [opened.locator(part).bounding_box() for part in parts]
    first, last, buttons, presets = [box["x"] for box in boxes if box]
    assert first < last
    assert presets < buttons
    opened.get_by_role("slider").nth(1).press("ArrowRight")
    assert window(opened) == ["2023-11-01", "2023-11-11"], "to the right is later"
    expect(opened.locator(".im-title")).to_contain_text("نوفمبر")


def test_without_dated_incidents_it_says_so(make: Make) -> None:
    opened = make(histogram={"step": "month", "starts": [], "counts": []}, extent=None, undated=1)
    expect(opened.locator(".im-title")).to_have_text("Aucun incident daté")
    expect(opened.get_by_role("button", name="Lire")).to_be_disabled()
    expect(opened.get_by_text("1 sans date")).to_be_visible()
    opened.locator(".im-plot").click()
    filled = "(span) => panel.setHistogram({step: 'day', starts: span, counts: [['jnim', [1, 1]]]}, span, data.actors)"
    opened.evaluate(filled, [FIRST, FIRST + 1])
    expect(opened.locator(".im-title")).to_contain_text("17–18 oct. 2023 (2 jours)")


def test_names_run_nothing(make: Make) -> None:
    opened = make(
        actors=[{"id": HOSTILE, "name": HOSTILE, "colour": HOSTILE}], words={**page_words("fr"), "time.first": HOSTILE},
        histogram={"step": "day", "starts": DAYS, "counts": [[HOSTILE, [1] * len(DAYS)]]},
    )
    opened.locator(".im-title").click()
    assert opened.locator("img").count() == 0
    assert opened.evaluate("window.caught") is None


def test_a_phone_has_room_for_fingers(make: Make) -> None:
    opened = make(undated=6, report=spans("2023-11-14", "2023-11-24"), window=spans("2023-11-01", "2023-11-10"))
    opened.set_viewport_size({"width": 390, "height": 700})
    sizes = opened.evaluate(
        """() => [...document.querySelectorAll(".im-time :is(button, [role=slider])")].filter((each) => each.offsetParent)
            .map((each) => [each.className, each.getBoundingClientRect()])
            .map(([name, box]) => [name, Math.round(box.width), Math.round(box.height)])"""
    )
    assert len(sizes) >= 10
    assert [each for each in sizes if min(each[1:]) < 44] == []
    assert opened.evaluate("document.documentElement.scrollWidth") == 390
    opened.set_viewport_size({"width": 1000, "height": 420})
