"""Map, list and what the sentence counts lead to each other, in one visit."""

from playwright.sync_api import expect
from tests.browser.conftest import OpenMap


def test_a_number_of_the_sentence_leads_to_its_list_and_a_row_to_its_card(visit: OpenMap) -> None:
    seen = visit()
    expect(seen.map).to_have_attribute("data-ground", "ready")
    seen.rest()
    seen.page.get_by_role("link", name="2 hors zone").click()
    expect(seen.page.locator(".im-rows")).to_have_text("1–2 sur 2")
    seen.settle()
    seen.page.locator(".stDataFrameGlideDataEditor").first.click(position={"x": 15, "y": 52})  # the box of the first row
    expect(seen.page.get_by_role("link", name="Ouvrir sur la carte")).to_contain_text("Kidal")
    seen.settle()
    seen.page.get_by_role("link", name="Ouvrir sur la carte").click()
    expect(seen.frame.locator(".im-dock")).to_contain_text("Kidal")
    mark = seen.marks()["Kidal"]
    dock = seen.frame.locator(".im-dock").bounding_box()
    frame = seen.map.bounding_box()
    assert dock
    assert frame
    assert frame["x"] + mark["x"] < dock["x"]  # beside its card, not under it
    seen.rest()
    seen.page.get_by_role("link", name="Tableau").click()
    expect(seen.page.get_by_role("link", name="Ouvrir sur la carte")).to_contain_text("Kidal")
