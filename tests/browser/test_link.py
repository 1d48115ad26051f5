"""The link to what is seen: copied by a button, it restores view, window, actors, language and open card in another browser."""

import re
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import expect
from tests.browser.conftest import OpenMap, Visit

LOUD, MOST = 28, 0.004
"""A pixel differs if a channel is so many of 255 apart; of a picture no greater share may. The address tells the view to four
decimals, so that lines may lie half a pixel apart: both pictures are softened first."""


def picture(seen: Visit) -> Image.Image:
    seen.rest()
    seen.page.mouse.move(0, 0)
    return Image.open(BytesIO(seen.map.screenshot(animations="disabled"))).convert("RGB").filter(ImageFilter.BoxBlur(3))


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that are not alike."""
    channels = ImageChops.difference(one, other).split()
    loudest = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    return sum(loudest.histogram()[LOUD:]) / (one.width * one.height)


def test_a_copied_link_restores_the_same_picture_elsewhere(visit: OpenMap) -> None:
    seen = visit(permissions=["clipboard-read", "clipboard-write"])
    expect(seen.map).to_have_attribute("data-ground", "ready")
    before = picture(seen)
    seen.frame.locator('[data-actor="cnsp"] .im-toggle').click()
    seen.expect_places("Niafunké", "Goundam", "Kidal")
    expect(seen.tap("Niafunké")).to_contain_text("Niafunké")
    seen.frame.get_by_role("button", name="Zoom avant").click()
    expect(seen.map).to_have_attribute("data-view", re.compile(",7.5$"))  # it has come to rest
    seen.frame.get_by_role("button", name="Copier le lien vers ce que vous voyez").click()
    expect(seen.frame.locator(".im-copied")).to_have_text("Lien copié")
    link = seen.page.evaluate("navigator.clipboard.readText()")
    assert "incident=" in link
    assert "off=cnsp" in link
    expect(seen.frame.locator(".im-copied")).to_have_text("")
    expected = picture(seen)
    assert differing(before, expected) > 10 * MOST  # else the same picture would say nothing
    other = visit("/?" + urlsplit(link).query)
    expect(other.map).to_have_attribute("data-ground", "ready")
    expect(other.map).to_have_attribute("data-view", parse_qs(urlsplit(link).query)["view"][0])
    expect(other.frame.locator(".im-dock")).to_contain_text("Niafunké")
    assert differing(expected, picture(other)) <= MOST
    assert other.page.url == link


def test_an_incident_that_is_not_there_is_told(visit: OpenMap) -> None:
    seen = visit("/?incident=nobody")
    expect(seen.page.locator(".im-notice")).to_contain_text("nobody")
    expect(seen.frame.locator(".im-dock")).to_be_hidden()
