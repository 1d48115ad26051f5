"""A real Chromium on the real server: `incidentmap serve` over a case that was read from the shipped report."""

import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, Route, expect, sync_playwright

from incidentmap.paths import shipped
from incidentmap.walks.workspace import open_workspace

FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-quic",
)
START_S = 60.0
WAIT_MS = 20_000
FRAME = 'iframe[title$="map_page"], iframe[title="streamlit_folium.st_folium"]'
expect.set_options(timeout=WAIT_MS)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-pictures", action="store_true", help="take the reference pictures anew instead of comparing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@contextmanager
def served(folder: Path, *words: str, tour: bool = False) -> Iterator[str]:
    """The dashboard on a case, at an address of its own, with more options; without the tour of newcomers unless asked for."""
    if not tour:
        open_workspace(folder).store.set_setting("tour", "dismissed")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "incidentmap", "serve", "--workspace", str(folder), "--port", str(port), *words]
    with TemporaryFile("w+") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)
            log.seek(0)
            said = log.read()
            if "Traceback" in said:  # pytest shows it beside a failure
                print(said)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        try:
            with urllib.request.urlopen(address, timeout=1) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            process_wait(process)
    pytest.fail(f"nothing answers at {address}")


def process_wait(process: "subprocess.Popen[bytes]") -> None:
    """A tenth of a second, or less if the process ends."""
    try:
        process.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("browser") / "case"
    report = shipped("data", "reports", "2023-11-25-tombouctou-niafunke-goundam.txt")
    command = [sys.executable, "-m", "incidentmap", "ingest", str(report), "--workspace", str(folder), "--region", "tombouctou"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with served(folder) as at:
        yield at


@dataclass
class Visit:
    """A page with what went wrong on it."""

    page: Page
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    @property
    def frame(self) -> FrameLocator:
        """The frame of the map: the map page's own, or that of the places a name may mean."""
        return self.page.frame_locator(FRAME)

    @property
    def map(self) -> Locator:
        return self.frame.locator(".leaflet-container")

    def rest(self) -> None:
        """Wait until the map page has said where it stands and the server has answered: nothing more comes by itself.

        A key that is pressed while Streamlit draws the page anew is lost.
        """
        expect(self.page).to_have_url(re.compile(r"[?&]view="))
        self.settle()

    def settle(self) -> None:
        """Wait until the server draws nothing more."""
        expect(self.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")

    def marks(self) -> dict[str, dict[str, Any]]:
        """What the map draws, by place."""
        return {mark["place"]: mark for mark in json.loads(self.map.get_attribute("data-marks") or "[]")}

    def expect_places(self, *places: str) -> None:
        """Wait until exactly these places are drawn."""
        self.page.wait_for_function(
            """([wanted, title]) => {
                const frame = document.querySelector(title);
                const inner = frame && frame.contentDocument;
                const map = inner && inner.querySelector('.leaflet-container[data-ground]');
                if (!map || !map.dataset.marks) return false;
                const drawn = JSON.parse(map.dataset.marks).map((mark) => mark.place);
                return JSON.stringify(drawn.sort()) === JSON.stringify(wanted.sort());
            }""",
            arg=[list(places), FRAME], timeout=WAIT_MS,
        )

    def tap(self, place: str) -> Locator:
        """Click on an incident; returns the card that opens."""
        mark = self.marks()[place]
        self.map.click(position={"x": mark["x"], "y": mark["y"]})
        card = self.frame.get_by_role("dialog")
        expect(card).to_be_visible()
        return card

    def sideways(self) -> bool:
        """Whether the page is wider than its window."""
        parts = "[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        return bool(self.page.evaluate(f"{parts}.some((part) => part.scrollWidth > part.clientWidth + 1)"))


OpenMap = Callable[..., Visit]
Serve = Callable[[Path], str]
ALL = ("Niafunké", "Goundam", "Kidal", "Bamako")


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves cases of a test's own and gives their addresses; the pages that :func:`visit` opened are closed before."""
    with ExitStack() as stack:
        yield lambda folder: stack.enter_context(served(folder))


@pytest.fixture
def visit(browser: Browser, address: str, serve: Serve) -> Iterator[OpenMap]:
    """Opens pages with every outside host blocked; what they asked for and their console errors are checked at the end."""
    opened: list[Visit] = []

    def run(path: str = "/", *, at: str = address, width: int = 1440, height: int = 900, **options: Any) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, **({"locale": "fr-FR"} | options))
        made = Visit(context.new_page())
        host = urlsplit(at).netloc

        def gate(route: Route) -> None:
            parts = urlsplit(route.request.url)
            if parts.scheme in {"data", "blob"} or parts.netloc == host:
                route.continue_()
            else:
                made.outside.append(route.request.url)
                route.abort()

        context.route("**/*", gate)
        made.page.on("console", lambda message: made.errors.append(message.text) if message.type == "error" else None)
        made.page.on("pageerror", lambda error: made.errors.append(str(error)))
        made.page.goto(at + path)
        opened.append(made)
        return made

    yield run
    for each in opened:
        each.page.context.close()
    assert [address for each in opened for address in each.outside] == []
    assert [error for each in opened for error in each.errors] == []
