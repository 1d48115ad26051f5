"""The Geocoding screen in a real browser: keys, clicks on the map, undo; nothing of a hostile name runs."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import WAIT_MS, OpenMap, Serve, Visit

from incidentmap.model import NameAsked, PlaceKind, Position, ResolutionStatus, Verdict
from incidentmap.walks import decide
from incidentmap.walks.workspace import Workspace, open_workspace

HOSTILE = "<img src=x onerror=\"window.top.caught=1\">`${window.top.caught=1}`{{'window.top.caught=1'}}</script>"
NAMES = (
    (NameAsked("Tombouctou"), "Il a été vu à Tombouctou.", ResolutionStatus.AMBIGUOUS),
    (NameAsked("Gao"), "Puis à Gao.", ResolutionStatus.AMBIGUOUS),
    (NameAsked("Mopti"), "Enfin à Mopti.", ResolutionStatus.AMBIGUOUS),
)
Asked = Callable[..., tuple[Visit, Workspace]]


@pytest.fixture
def asked(visit: OpenMap, serve: Serve, tmp_path: Path) -> Asked:
    """The screen on a case of its own with these names to decide, its map drawn."""
    def run(names: tuple[tuple[NameAsked, str, ResolutionStatus], ...] = NAMES, **options: object) -> tuple[Visit, Workspace]:
        workspace = open_workspace(tmp_path / "case", "mali")
        decide.note_questions(workspace, "noms.csv", names)
        seen = visit(at=serve(workspace.folder), **options)
        if options.get("is_mobile"):
            seen.page.get_by_test_id("stExpandSidebarButton").click()
        seen.page.get_by_role("link", name="Géocodage").click()
        expect(seen.map).to_have_attribute("data-ground", "ready")
        return seen, workspace

    return run


def expect_name(seen: Visit, name: str) -> None:
    """Wait until a name stands before the visitor, on the page and on the map."""
    expect(seen.page.locator(".st-key-question h1")).to_have_text(name)
    seen.page.wait_for_function(
        """() => {
            const frame = document.querySelector('iframe[title="streamlit_folium.st_folium"]');
            const map = frame.contentDocument.querySelector('#map_div');
            const open = document.querySelector('[class*="st-key-open_"] button[kind="secondary"]');
            return open && open.closest('[class*="st-key-open_"]').className.includes('st-key-open_' + map.dataset.question);
        }""", timeout=WAIT_MS,
    )


def discs(seen: Visit) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(seen.map.get_attribute("data-marks") or "[]")
    return found


def test_a_number_key_picks_and_shows_the_next_name_in_the_same_frame(asked: Asked) -> None:
    seen, workspace = asked()
    expect_name(seen, "Gao")
    seen.map.evaluate("(map) => { map.dataset.witness = 'same frame'; }")
    before = seen.map.get_attribute("data-view") or ""
    seen.page.keyboard.press("1")
    expect_name(seen, "Mopti")
    made = decide.log(workspace)
    assert [(each.verdict, each.asked.name) for each in made] == [(Verdict.PICK, "Gao")]
    expect(seen.map).to_have_attribute("data-witness", "same frame")
    expect(seen.map).not_to_have_attribute("data-view", before)
    expect(seen.page.get_by_role("link", name="Géocodage (2)")).to_be_visible()
    expect(seen.page.get_by_role("button", name="Annuler Shortcut U")).to_be_enabled()  # it comes after the navigation
    seen.page.keyboard.press("u")
    expect_name(seen, "Gao")
    assert decide.log(workspace)[0].verdict is Verdict.UNDO
    expect(seen.map).to_have_attribute("data-witness", "same frame")


def test_a_click_on_a_numbered_disc_picks_it_and_keys_still_work_after(asked: Asked) -> None:
    seen, workspace = asked()
    expect_name(seen, "Gao")
    disc = discs(seen)[0]
    seen.map.click(position={"x": disc["x"], "y": disc["y"]})
    expect_name(seen, "Mopti")
    made = decide.log(workspace)[0]
    assert made.place is not None
    assert (made.verdict, made.place.id) == (Verdict.PICK, disc["id"])
    seen.page.keyboard.press("j")  # the focus is in the map's frame
    expect_name(seen, "Tombouctou")
    seen.page.keyboard.press("k")
    expect_name(seen, "Mopti")
    seen.page.keyboard.press("x")
    expect_name(seen, "Tombouctou")
    assert decide.log(workspace)[0].verdict is Verdict.REJECT


def test_a_click_on_the_ground_sets_an_own_position(asked: Asked) -> None:
    seen, workspace = asked()
    expect_name(seen, "Gao")
    seen.map.click(position={"x": 120, "y": 300})
    field = seen.page.get_by_label("Latitude, longitude")
    expect(field).not_to_have_value("")
    expect(seen.map).to_have_attribute("data-drawn", re.compile(r'"own"'))
    lat, lon = (float(part) for part in field.input_value().split(","))
    seen.page.get_by_role("button", name="Poser ici").click()
    expect_name(seen, "Mopti")
    made = decide.log(workspace)[0]
    assert made.place is not None
    assert (made.verdict, made.place.position, made.place.kind) == (Verdict.OVERRIDE, Position(lon, lat), PlaceKind.VILLAGE)
    expect(seen.page.get_by_label("Latitude, longitude")).to_have_value("")


@pytest.mark.slow
def test_keys_typed_into_a_field_decide_nothing(asked: Asked) -> None:
    seen, workspace = asked()
    expect_name(seen, "Gao")
    note = seen.page.get_by_label("Note (pourquoi)")
    note.click()
    note.press_sequentially("1 jux")
    expect_name(seen, "Gao")
    note.press("Enter")
    seen.page.locator(".st-key-question h1").click()
    seen.page.keyboard.press("1")
    expect_name(seen, "Mopti")
    assert [(each.asked.name, each.why) for each in decide.log(workspace)] == [("Gao", "1 jux")]


def test_nothing_of_a_hostile_name_runs(asked: Asked) -> None:
    names = tuple((NameAsked(f"{HOSTILE}{end}"), f"vers {HOSTILE}{end}", ResolutionStatus.MISS) for end in ("", "2"))
    seen, workspace = asked(names)
    expect_name(seen, HOSTILE)
    decide.override(workspace, names[1][0], Position(-3.0, 16.0), 5.0, PlaceKind.VILLAGE, who=HOSTILE, why=HOSTILE)
    seen.page.keyboard.press("x")
    expect(seen.page.locator(".im-decision").first).to_contain_text("onerror")
    expect(seen.page.get_by_text("Rien à trancher.")).to_be_visible()
    assert seen.page.evaluate("window.caught") is None


@pytest.mark.slow
def test_a_phone_shows_queue_count_and_is_not_wider_than_its_window(asked: Asked) -> None:
    seen, _ = asked(width=390, height=844, is_mobile=True, has_touch=True, color_scheme="dark")
    expect(seen.page.locator(".st-key-question h1")).to_have_text("Gao")
    assert not seen.sideways()
    expect(seen.page.get_by_role("button", name="Gao Shortcut 1")).to_be_visible()
