import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import ALL, OpenMap


def handles(page: Page) -> tuple[str, str]:
    """The two days of the slider, as a screen reader hears them."""
    sliders = page.get_by_role("slider")
    return sliders.nth(0).get_attribute("aria-valuetext") or "", sliders.nth(1).get_attribute("aria-valuetext") or ""


def press(page: Page, handle: int, key: str, times: int) -> None:
    slider = page.get_by_role("slider").nth(handle)
    slider.focus()
    for _ in range(times):
        before = slider.get_attribute("aria-valuetext") or ""
        slider.press(key)
        expect(slider).not_to_have_attribute("aria-valuetext", before)


def test_two_points_inside_and_two_marked_outside(visit: OpenMap) -> None:
    seen = visit()
    seen.expect_places(*ALL)
    marks = seen.marks()
    assert {place: mark["outside"] for place, mark in marks.items()} == {
        "Niafunké": False, "Goundam": False, "Kidal": True, "Bamako": True,
    }
    assert marks["Kidal"]["note"].startswith("hors zone · vers le ")
    assert marks["Bamako"]["note"] == "hors zone"
    expect(seen.map).to_have_attribute("data-ground", "ready")
    expect(seen.page.get_by_role("status").filter(has_text="4 sur 4 incidents")).to_contain_text("2 dans la zone, 2 hors zone")


def test_a_switched_off_actor_stays_off_when_the_slider_moves(visit: OpenMap) -> None:
    seen = visit()
    seen.expect_places(*ALL)
    seen.page.get_by_role("checkbox", name="Jnim").locator("xpath=ancestor::label").click()
    seen.expect_places("Kidal", "Bamako")
    press(seen.page, 0, "ArrowRight", 5)
    seen.expect_places("Bamako")
    press(seen.page, 0, "ArrowLeft", 5)
    seen.expect_places("Kidal", "Bamako")
    expect(seen.page).to_have_url(re.compile(r"off=jnim"))


def test_the_slider_removes_and_restores_points_and_the_view_stays(visit: OpenMap) -> None:
    seen = visit()
    seen.expect_places(*ALL)
    seen.frame.get_by_role("button", name="Zoom avant").click()
    expect(seen.map).not_to_have_attribute("data-view", seen.map.get_attribute("data-view") or "")
    seen.page.wait_for_function("location.search.includes('view=')")
    view = seen.map.get_attribute("data-view") or ""
    seen.map.evaluate("(map) => { map.dataset.witness = 'same frame'; }")
    press(seen.page, 1, "ArrowLeft", 4)
    seen.expect_places("Kidal")
    press(seen.page, 1, "ArrowRight", 4)
    seen.expect_places(*ALL)
    expect(seen.map).to_have_attribute("data-witness", "same frame")
    expect(seen.map).to_have_attribute("data-view", view)


def test_the_popup_sets_three_claimants_side_by_side(visit: OpenMap) -> None:
    seen = visit()
    seen.expect_places(*ALL)
    card = seen.tap("Niafunké")
    expect(card).to_contain_text("Affrontement armé, Niafunké")
    claimants = card.locator("[data-claimant]").evaluate_all("(all) => [...new Set(all.map((each) => each.dataset.claimant))]")
    assert {"jnim", "fama", "local_sources"} <= set(claimants)
    killed = card.locator("section").filter(has_text="Tués · militaires")
    expect(killed.locator('[data-claimant="jnim"]')).to_contain_text("20 ou plus")
    expect(killed.locator('[data-claimant="local_sources"]')).to_contain_text("45 – 55")
    expect(killed.locator('[data-claimant="fama"]')).to_contain_text("inconnu, pas zéro")
    expect(killed.locator("q").first).to_contain_text("plusieurs dizaines")
    card.get_by_role("button", name="Fermer").click()
    expect(card).to_be_hidden()


def test_the_card_closes_by_escape_and_when_its_incident_leaves(visit: OpenMap) -> None:
    seen = visit()
    seen.expect_places(*ALL)
    card = seen.tap("Kidal")
    seen.page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    seen.tap("Kidal")
    press(seen.page, 0, "ArrowRight", 5)
    seen.expect_places("Niafunké", "Goundam", "Bamako")
    expect(card).to_be_hidden()


def test_a_link_restores_window_and_actors(visit: OpenMap) -> None:
    seen = visit("/?from=2023-11-20&off=cnsp&view=16,-3.5,8&lang=en")
    seen.expect_places("Niafunké", "Goundam")
    expect(seen.map).to_have_attribute("data-view", "16.0000,-3.5000,8")
    expect(seen.page.get_by_role("checkbox", name="CNSP")).not_to_be_checked()
    expect(seen.page.get_by_text("2 of 4 incidents")).to_be_visible()
    assert handles(seen.page)[0].startswith("20/11/2023")


def test_filters_of_the_side_panel_never_move_the_map(visit: OpenMap) -> None:
    seen = visit()
    seen.expect_places(*ALL)
    view = seen.map.get_attribute("data-view") or ""
    seen.page.get_by_label("Rechercher").fill("Goundam")
    seen.page.keyboard.press("Enter")
    seen.expect_places("Goundam")
    expect(seen.map).to_have_attribute("data-view", view)


def test_nothing_to_show_is_said_and_lifted_on_the_map_screen(visit: OpenMap) -> None:
    seen = visit("/?text=zzz")
    seen.expect_places()
    seen.page.get_by_role("button", name="Lever « Rechercher »").click()
    seen.expect_places(*ALL)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_follows_the_theme(visit: OpenMap, scheme: str) -> None:
    seen = visit(color_scheme=scheme)
    seen.expect_places(*ALL)
    expect(seen.map).to_have_class(re.compile(rf"im-{scheme}"))


def test_a_narrow_window_needs_no_sideways_scroll(visit: OpenMap) -> None:
    seen = visit(width=390, height=844, is_mobile=True, has_touch=True)
    seen.expect_places(*ALL)
    assert not seen.sideways()
    box = seen.page.locator("iframe").bounding_box()
    assert box is not None
    assert box["height"] >= 300
    assert box["y"] + box["height"] <= 844
    card = seen.tap("Niafunké")
    inner = card.bounding_box()
    assert inner is not None
    assert inner["x"] >= box["x"]
    assert inner["x"] + inner["width"] <= box["x"] + box["width"] + 1
    assert not seen.sideways()


def test_an_arabic_browser_gets_french_and_a_working_map(visit: OpenMap) -> None:
    seen = visit(locale="ar")
    seen.expect_places(*ALL)
    expect(seen.page.get_by_text("4 sur 4 incidents")).to_be_visible()
    expect(seen.page.get_by_role("slider")).to_have_count(0)
    seen.page.get_by_test_id("stDateInputField").first.get_by_role("spinbutton").first.press_sequentially("20")
    seen.page.keyboard.press("Tab")
    seen.page.keyboard.press("Tab")
    seen.page.keyboard.press("Tab")
    seen.expect_places("Niafunké", "Goundam", "Bamako")


def test_all_screens_follow_the_same_filters(visit: OpenMap) -> None:
    seen = visit("/?off=jnim")
    seen.expect_places("Kidal", "Bamako")
    seen.page.get_by_role("link", name="Tableau").click()
    expect(seen.page.get_by_text("2 sur 4 incidents")).to_be_visible()
    expect(seen.page.get_by_test_id("stDataFrame")).to_be_visible()
    seen.page.get_by_role("link", name="Rapports").click()
    expect(seen.page.locator("mark.im-place").first).to_be_visible()
    seen.page.get_by_role("link", name="À propos").click()
    expect(seen.page.get_by_text("XStatic-Leaflet")).to_be_visible()
    seen.page.get_by_role("link", name="Carte").click()
    seen.expect_places("Kidal", "Bamako")


def test_the_filtered_incidents_can_be_taken_out(visit: OpenMap) -> None:
    seen = visit(f"/?from={date(2023, 11, 20)}")
    seen.expect_places("Niafunké", "Goundam", "Bamako")
    with seen.page.expect_download() as geojson:
        seen.page.get_by_role("button", name="GeoJSON").click()
    text = geojson.value.path().read_text("utf-8")
    assert '"Goundam"' in text
    assert '"Kidal"' not in text
    with seen.page.expect_download() as picture:
        seen.page.get_by_role("button", name="Image PNG").click()
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")
