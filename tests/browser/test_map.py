import re
from datetime import date

import pytest
from playwright.sync_api import Locator, expect
from tests.browser.conftest import ALL, OpenMap, Visit


def press(seen: Visit, end: str, key: str, day: str) -> None:
    """Move the first or the last day of the window by a key until it is that day."""
    slider = seen.frame.get_by_role("slider", name=end)
    slider.focus()
    for _ in range(40):
        before = slider.get_attribute("aria-valuetext") or ""
        if before == day:
            return
        slider.press(key)
        expect(slider).not_to_have_attribute("aria-valuetext", before)
    raise AssertionError(f"{end} never was {day}")


def switch(seen: Visit, actor: str) -> Locator:
    """What switches an actor in the legend."""
    return seen.frame.locator(f'[data-actor="{actor}"] .im-toggle')


def witness(seen: Visit) -> None:
    """Mark the frame, and count from here on what it tells the server."""
    seen.map.evaluate("(map) => { map.dataset.witness = 'same frame'; }")
    seen.page.evaluate("""() => {
        window.told = 0;
        const counts = (event) => { window.told += event.data.type === 'streamlit:setComponentValue' ? 1 : 0; };
        window.addEventListener('message', counts);
    }""")


def test_two_points_inside_and_two_marked_outside(visit: OpenMap) -> None:
    seen = visit()
    seen.expect_places(*ALL)
    marks = seen.marks()
    assert {place: mark["outside"] for place, mark in marks.items()} == {
        "Niafunké": False, "Goundam": False, "Kidal": True, "Bamako": True,
    }
    assert [place for place, mark in marks.items() if mark["contested"]] == ["Niafunké"]
    assert marks["Kidal"]["note"].startswith("hors zone · vers le ")
    assert marks["Bamako"]["note"] == "hors zone"
    expect(seen.map).to_have_attribute("data-ground", "ready")
    expect(seen.page.get_by_role("status").filter(has_text="4 sur 4 incidents")).to_be_visible()
    for words in ("2 dans la zone", "2 hors zone"):
        expect(seen.page.get_by_role("link", name=words)).to_be_visible()


def test_a_switched_off_actor_stays_off_when_time_moves(visit: OpenMap) -> None:
    seen = visit()
    seen.expect_places(*ALL)
    assert seen.frame.locator("[data-actor] b").all_inner_texts() == ["2", "1", "1"]
    switch(seen, "jnim").click()
    seen.expect_places("Kidal", "Bamako")
    press(seen, "Premier jour", "ArrowRight", "20 nov. 2023")
    seen.expect_places("Bamako")
    assert seen.frame.locator("[data-actor] b").all_inner_texts() == ["2", "0", "1"]
    expect(seen.page.locator(".im-sentence strong")).to_have_text("1 sur 4 incidents")
    expect(seen.page).to_have_url(re.compile(r"from=2023-11-20.*off=jnim"))
    press(seen, "Premier jour", "ArrowLeft", "14 nov. 2023")
    seen.expect_places("Kidal", "Bamako")
    expect(switch(seen, "jnim")).to_have_attribute("aria-pressed", "false")
    seen.frame.locator(".im-all").click()
    seen.expect_places(*ALL)
    expect(seen.page.locator(".im-sentence strong")).to_have_text("4 sur 4 incidents")


def test_time_and_filters_never_move_the_map_nor_load_it_again(visit: OpenMap) -> None:
    seen = visit()
    seen.expect_places(*ALL)
    seen.frame.get_by_role("button", name="Zoom avant").click()
    expect(seen.map).not_to_have_attribute("data-view", seen.map.get_attribute("data-view") or "")
    seen.page.wait_for_function("location.search.includes('view=')")
    view = seen.map.get_attribute("data-view") or ""
    witness(seen)
    press(seen, "Dernier jour", "ArrowLeft", "23 nov. 2023")
    seen.expect_places("Kidal")
    expect(seen.page.locator(".im-sentence strong")).to_have_text("1 sur 4 incidents")
    press(seen, "Dernier jour", "ArrowRight", "24 nov. 2023")
    seen.expect_places(*ALL)
    seen.page.get_by_label("Rechercher").fill("Goundam")
    seen.page.keyboard.press("Enter")
    seen.expect_places("Goundam")
    seen.page.get_by_label("Rechercher").fill("zzz")
    seen.page.keyboard.press("Enter")
    expect(seen.page.get_by_text("Rien à montrer avec ces filtres")).to_be_visible()
    seen.expect_places()
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
    press(seen, "Premier jour", "ArrowRight", "20 nov. 2023")
    seen.expect_places("Niafunké", "Goundam", "Bamako")
    expect(card).to_be_hidden()


def test_a_link_restores_window_and_actors(visit: OpenMap) -> None:
    seen = visit("/?from=2023-11-20&off=cnsp&view=16,-3.5,8&lang=en")
    seen.expect_places("Niafunké", "Goundam")
    expect(seen.map).to_have_attribute("data-view", "16.0000,-3.5000,8")
    expect(switch(seen, "cnsp")).to_have_attribute("aria-pressed", "false")
    expect(seen.page.get_by_text("2 of 4 incidents")).to_be_visible()
    first = seen.frame.get_by_role("slider", name="First day")
    expect(first).to_have_attribute("aria-valuetext", re.compile("20 Nov 2023|Nov 20, 2023"))


def test_playing_asks_the_server_nothing_until_it_ends(visit: OpenMap) -> None:
    seen = visit()
    seen.expect_places(*ALL)
    seen.page.wait_for_function("location.search.includes('view=')")  # the first word of the page has been heard
    witness(seen)
    seen.map.evaluate("""(map) => {
        map.seen = new Set();
        new MutationObserver(() => map.seen.add(map.dataset.drawn)).observe(map, {attributeFilter: ["data-drawn"]});
    }""")
    press(seen, "Dernier jour", "ArrowLeft", "16 nov. 2023")
    seen.expect_places("Kidal")
    expect(seen.page.locator(".im-sentence strong")).to_have_text("1 sur 4 incidents")
    told = seen.page.evaluate("window.told")
    seen.frame.locator(".im-manner").click()
    seen.frame.locator("select[name=speed]").select_option("10")
    seen.page.keyboard.press("Escape")
    play = seen.frame.get_by_role("button", name="Lire", exact=True)
    play.click()
    seen.expect_places("Niafunké", "Goundam", "Bamako")
    expect(play).to_be_visible()
    assert seen.map.evaluate("(map) => map.seen.size") >= 2
    expect(seen.page.locator(".im-sentence strong")).to_have_text("3 sur 4 incidents")
    assert seen.page.evaluate("window.told") <= told + 2, "its speed and its end, and none of its frames"
    expect(seen.map).to_have_attribute("data-witness", "same frame")


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


def test_an_arabic_page_runs_from_right_to_left_and_time_from_left_to_right(visit: OpenMap) -> None:
    seen = visit("/?lang=ar")
    seen.expect_places(*ALL)
    assert seen.frame.locator("html").get_attribute("dir") == "rtl"
    legend, box = seen.frame.locator("#im-legend").bounding_box(), seen.map.bounding_box()
    assert legend is not None
    assert box is not None
    assert legend["x"] > box["x"]
    handles = [seen.frame.locator(f'.im-handle[data-end="{end}"]').bounding_box() for end in ("first", "last")]
    assert handles[0] is not None
    assert handles[1] is not None
    assert handles[0]["x"] < handles[1]["x"]


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
        seen.page.get_by_role("button", name="Télécharger").click()
    text = geojson.value.path().read_text("utf-8")
    assert '"Goundam"' in text
    assert '"Kidal"' not in text
    with seen.page.expect_download() as picture:
        seen.page.get_by_role("button", name="Image PNG").click()
    assert picture.value.path().read_bytes().startswith(b"\x89PNG")
