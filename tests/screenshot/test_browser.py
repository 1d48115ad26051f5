"""A browser for one picture: it waits for the page's own word, asks nobody, and leaves nothing behind."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

import pytest
from PIL import Image

from incidentmap.model import BadValue
from incidentmap.screenshot import BrowserMissing, PageFailed, Size, find_browser, opened_page

PAGE = """<!doctype html><html><body style="margin:0;background:#0b6e99"><div class="leaflet-container"></div><script>
const told = [];
window.asked = fetch("http://203.0.113.7/").then(() => "answered", () => "nobody");
setTimeout(() => {
  document.documentElement.dataset.ready = "1";
  document.querySelector(".leaflet-container").dataset.ground = "ready";
  document.body.style.background = "#d55e00";
}, 150);
</script></body></html>"""
SMALL = Size(400, 320, 2.0)


@pytest.fixture
def page(tmp_path: Path, chromium: str) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder of a short name: the browser makes a socket in it, whose path may have 107 letters."""
    folder = Path(mkdtemp(prefix="im-"))
    yield folder
    shutil.rmtree(folder)


def running(folder: Path) -> list[str]:
    """Processes whose command names a folder."""
    found = []
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended since
            found += [told.parent.name] if str(folder).encode() in told.read_bytes() else []
    return found


def test_a_picture_is_taken_when_the_page_says_that_it_is_drawn(
    page: Path, short: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TMPDIR", str(short))
    monkeypatch.setattr("tempfile.tempdir", None)
    with opened_page(page, SMALL) as seen:
        assert running(short)
        picture = Image.open(BytesIO(seen.picture())).convert("RGB")
        assert seen.run("window.asked") == "nobody"
        assert seen.run("matchMedia('(prefers-reduced-motion: reduce)').matches") is True
        with pytest.raises(PageFailed, match="failed"):
            seen.run("nothing.there")
    assert picture.size == (800, 640)
    assert picture.getpixel((400, 320)) == (0xD5, 0x5E, 0x00)
    assert running(short) == []
    assert [*short.iterdir()] == []


def test_a_page_that_never_says_so_fails_in_time(tmp_path: Path, chromium: str) -> None:
    path = tmp_path / "mute.html"
    path.write_text("<!doctype html><p>mute", "utf-8")
    with pytest.raises(PageFailed, match="did not answer within 3 s"), opened_page(path, SMALL, patience_s=3):
        pytest.fail("it was never ready")
    assert running(tmp_path) == []


def test_a_program_that_is_no_browser_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTMAP_BROWSER", "true")
    with pytest.raises(PageFailed, match="has ended"), opened_page(tmp_path / "any.html", SMALL):
        pytest.fail("it is no browser")


@pytest.mark.parametrize("named", ["", "no-such-browser"])
def test_without_a_browser_it_is_said_what_to_install(named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INCIDENTMAP_BROWSER", named)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BrowserMissing, match=r"apt-get install chromium.*--or-drawn"):
        find_browser()
    assert os.environ["PATH"] == str(tmp_path)


@pytest.mark.parametrize(("text", "size"), [
    ("a4", Size(1122, 793, 2.0)), ("1200x630", Size(1200, 630)), ("320x320", Size(320, 320)),
])
def test_sizes_are_named_or_written(text: str, size: Size) -> None:
    assert Size.parse(text) == size


@pytest.mark.parametrize("text", ["", "A4", "100x100", "9000x400", "12x", "1200 x 630", "1200x630x2", "-1200x630"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="a4, slide, social"):
        Size.parse(text)
