"""The card by itself: claimants side by side on one scale, and addresses that nobody opens by accident."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.plain_page import page

from incidentmap.maps import STATIC

HOSTILE = "</script><img src=x onerror=\"window.caught=1\">"
CARD = (STATIC / "card.js").read_text("utf-8") + """
window.make = () => document.getElementById("card-place").replaceChildren(incidentmap.card(data));
"""


def row(claimant: str, **changes: Any) -> dict[str, Any]:
    plain = {"claimant": claimant, "who": claimant, "low": None, "best": None, "high": None, "colour": "#0072B2", "says": "",
             "stance": "affirme", "quote": "mots", "source": "", "address": "", "media": False}
    return plain | changes


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    rows = [
        row("jnim", low=20, says="20 ou plus"), row("jnim", low=30, high=30, best=30, says="30"),
        row("fama", says="inconnu, pas zéro", source="Agence", address="https://a.example/film.mp4", media=True),
        row(HOSTILE, high=10, quote=HOSTILE, source="Ailleurs", address="javascript:window.caught=1"),
    ]
    data = {
        "title": HOSTILE, "date": "", "place": "", "tags": [{"text": HOSTILE, "colour": ""}], "mediaWords": "montrer l’adresse",
        "sections": [
            {"heading": "Tués", "scale": 48, "ticks": [{"at": 0, "text": "0"}, {"at": 30, "text": "30"}], "rows": rows},
        ],
        "review": [], "reviewHeading": "", "sourceHeading": "", "source": "", "address": "", "media": False,
    }
    made = browser.new_page(viewport={"width": 400, "height": 700})
    made.goto(page(tmp_path, '<div id="card-place" style="width:348px"></div>', CARD, data))
    yield made
    made.close()


def test_ranges_share_a_scale_and_one_speaker_is_named_once(opened: Page) -> None:
    claims = opened.locator(".im-claim")
    expect(claims).to_have_count(4)
    boxes = opened.locator(".im-range").evaluate_all("(all) => all.map((each) => [each.style.left, each.className])")
    assert [left for left, _ in boxes] == ["41.6667%", "62.5%", "0%"]
    assert [shape.endswith("im-open") for _, shape in boxes] == [True, False, False]
    assert opened.locator(".im-best").evaluate_all("(all) => all.map((each) => each.style.left)") == ["62.5%"]
    ticks = opened.locator(".im-scale span").evaluate_all("(all) => all.map((each) => [each.style.left, each.textContent])")
    assert ticks == [["0%", "0"], ["62.5%", "30"]]
    assert claims.evaluate_all("(all) => all.map((each) => each.classList.contains('im-again'))") == [False, True, False, False]
    expect(claims.nth(2).locator(".im-track")).to_have_count(0)


def test_films_are_behind_a_click_and_no_text_runs(opened: Page) -> None:
    assert opened.locator("a").count() == 0, "neither the film nor the script is a link"
    opened.get_by_role("button", name="montrer l’adresse").click()
    shown = opened.locator("a")
    expect(shown).to_have_attribute("href", "https://a.example/film.mp4")
    expect(shown).to_have_attribute("rel", "noopener noreferrer")
    expect(shown).to_be_focused()
    assert opened.locator("img, video").count() == 0
    assert opened.evaluate("window.caught") is None
