"""A browser of this machine, started for one picture and gone with it: no profile, no network, no port."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from incidentmap.model import IncidentmapError
from incidentmap.screenshot.page import SeenPage, Size
from incidentmap.screenshot.pipe import PageFailed, Pipe

__all__ = ["BrowserMissing", "PageFailed", "find_browser", "opened_page"]

NAMED = "INCIDENTMAP_BROWSER"
"""The environment variable that names the browser."""
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome")
_FLAGS = (
    "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--no-default-browser-check", "--disable-gpu",
    "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--mute-audio", "--hide-scrollbars", "--force-color-profile=srgb",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # whatever a page asks for, there is no host
)
_BEGIN = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
os.dup2(ends[0], 3), os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""The browser reads from descriptor 3 and writes to 4; this sets them and becomes the browser."""
_CLOSE = b'{"id": 0, "method": "Browser.close"}\0'
_PATIENCE_S, _GRACE_S = 60.0, 10.0
_MISSING = (
    "No Chromium, Chrome or Edge was found on this machine. Install one (Debian, Ubuntu: apt-get install chromium), name it in"
    f" {NAMED}, or draw the map without a browser: --or-drawn"
)


class BrowserMissing(IncidentmapError, OSError):
    """There is no browser that can show the page."""


def find_browser() -> str:
    """Path of the browser: the one that `INCIDENTMAP_BROWSER` names, else the first that is installed.

    Raises
    ------
    BrowserMissing
        If there is none.
    """
    named = os.environ.get(NAMED, "")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        raise BrowserMissing(f"{NAMED}={named} is no program that can be run. {_MISSING}" if named else _MISSING)
    return found


@contextmanager
def opened_page(page: Path, size: Size, *, patience_s: float = _PATIENCE_S) -> Iterator[SeenPage]:
    """A page of ours in a headless browser, drawn to its end; the browser is gone after the block.

    Parameters
    ----------
    page
        A file that tells by `data-ready` and `data-ground` when it is drawn, see `maps/static/frame.js`.
    size
        Of the window.
    patience_s
        Seconds that an answer may take.

    Raises
    ------
    BrowserMissing
        If there is no browser.
    PageFailed
        If it ends or is not ready in time.
    """
    program = find_browser()
    with (
        TemporaryDirectory(prefix="incidentmap-browser-", ignore_cleanup_errors=True) as folder,
        _started(program, folder) as (write, read),
    ):
        seen = SeenPage(Pipe(write, read, patience_s), size)
        seen.open(page.resolve().as_uri())
        yield seen


@contextmanager
def _started(program: str, folder: str) -> Iterator[tuple[int, int]]:
    """The browser as a process; our ends of its pipe, to write and to read."""
    their_read, our_write = os.pipe()
    our_read, their_write = os.pipe()
    begin = [sys.executable, "-ISc", _BEGIN, str(their_read), str(their_write)]
    command = [*begin, program, *_FLAGS, f"--user-data-dir={folder}"]
    if os.geteuid() == 0:
        command.append("--no-sandbox")  # as root Chromium has none; for everybody else it stays: reports are hostile text
    process = subprocess.Popen(  # noqa: S603 - the program is the user's own browser
        command, pass_fds=(their_read, their_write), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, process_group=0,
    )
    os.close(their_read)
    os.close(their_write)
    try:
        yield our_write, our_read
    finally:
        _end(process, our_write)
        os.close(our_read)


def _end(process: "subprocess.Popen[bytes]", write: int) -> None:
    """Ask the browser to close, and see to it that it does."""
    with suppress(BrokenPipeError):
        os.write(write, _CLOSE)
    os.close(write)
    try:
        process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # with all that it started
        process.wait()
