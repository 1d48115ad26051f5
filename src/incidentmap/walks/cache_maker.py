"""Making the cache of imported rows in a process of its own: python -m incidentmap.walks.cache_maker CASE SNAPSHOT FOLDER.

Not by `multiprocessing`: in a server of pages that would run the page once more.
"""

import atexit
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from incidentmap.model import UnwritablePlace
from incidentmap.store.events import Events
from incidentmap.store.events.cache import make_cache


def start_making(case: Path, snapshot: int, folder: Path) -> "subprocess.Popen[bytes]":
    """Begin to make the cache of a snapshot. It ends when this process does, and leaves nothing half done to be read."""
    words = [sys.executable, "-m", __name__, str(case), str(snapshot), str(folder)]
    maker = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603 - our own words
    atexit.register(stop_making, maker)
    return maker


def stop_making(maker: "subprocess.Popen[bytes]") -> None:
    """End a maker, if it has not ended; the next one sweeps what it leaves."""
    maker.terminate()
    maker.wait()


def make(case: Path, snapshot: int, folder: Path) -> None:
    """Make a cache; where it cannot be written, the parts go on answering."""
    with suppress(UnwritablePlace):
        make_cache(Events(case).at(snapshot), folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
