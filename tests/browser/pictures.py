"""Reference pictures of the screens, and how two pictures are held against each other.

``python -m tests.browser.pictures`` takes them anew; look at what changed before you commit it.
"""

import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from tests.browser.conftest import Visit

FOLDER = Path(__file__).parent / "pictures"
SHRUNK = 10
"""Pictures are compared at a tenth of their size, so that another machine's letters, which are alike in width and greyness
but not in shape, count for little."""
LOUD = 24
"""A cell differs if a channel is more than so many of 255 apart,"""
MOST = 0.025
"""and of a picture no greater share of cells may: the map page in other fonts differs by .006 to .024, two states by .034 or
more."""
STILL = 20
"""Pictures taken at most until two in a row are the same."""
_QUALITY = 45


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is opened: language, light or dark, size."""

    name: str
    locale: str
    theme: str
    width: int
    height: int

    def __str__(self) -> str:
        return self.name


LOOKS = (
    Look("fr-light-wide", "fr-FR", "light", 1280, 900), Look("en-dark-wide", "en-GB", "dark", 1280, 900),
    Look("ar-light-wide", "ar", "light", 1280, 900), Look("fr-dark-phone", "fr-FR", "dark", 390, 844),
    Look("ar-light-phone", "ar", "light", 390, 844),
)


def taken(seen: Visit) -> Image.Image:
    """The page as it stands once it stands still; commands that name a folder of this machine are covered."""
    seen.page.mouse.move(0, 0)
    seen.page.evaluate("document.fonts.ready")
    before = b""
    for _ in range(STILL):
        now = seen.page.screenshot(animations="disabled", caret="hide", mask=[seen.page.get_by_test_id("stCode")])
        if now == before:
            return Image.open(BytesIO(now)).convert("RGB")
        before = now
    pytest.fail("the page does not come to rest")


def reference(name: str) -> Image.Image:
    return Image.open(FOLDER / f"{name}.webp").convert("RGB")


def keep(name: str, picture: Image.Image) -> None:
    """Write a picture as the reference."""
    FOLDER.mkdir(exist_ok=True)
    picture.save(FOLDER / f"{name}.webp", quality=_QUALITY, method=6)


def differing(one: Image.Image, other: Image.Image) -> float:
    """The share of cells that are not alike, 1 for pictures of different sizes."""
    if one.size != other.size:
        return 1.0
    small = (one.width // SHRUNK, one.height // SHRUNK)
    cells = ImageChops.difference(*(each.resize(small, Image.Resampling.BOX) for each in (one, other)))
    red, green, blue = cells.split()
    loudest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(loudest.histogram()[LOUD + 1:]) / (small[0] * small[1])


if __name__ == "__main__":
    sys.exit(pytest.main([str(Path(__file__).with_name("test_pictures.py")), "--write-pictures", "-q"]))
