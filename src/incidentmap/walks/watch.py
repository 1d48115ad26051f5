"""A folder is watched: files that appear in it become reports.

It is looked at now and then rather than followed through the system's own notices: those do not come from network folders,
and say when a file was begun, not when it is whole.
"""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from incidentmap.model import BadValue
from incidentmap.walks.ingest import Ingested, ingest
from incidentmap.walks.workspace import Workspace

EVERY_S = 2.0
"""Seconds between two looks, and so how long a file must stay as it is before it is read."""
_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".tmp", ".temp", ".swp", "~")
"""Endings under which browsers and editors write files that are not yet whole."""


class Stamp(NamedTuple):
    """What a file looks like from outside; a file whose stamp changes is being written, or was written anew."""

    size: int
    changed_ns: int


Seen = Mapping[Path, Stamp]


def watch(workspace: Workspace, folder: Path, wait: Callable[[], bool]) -> Iterator[Ingested]:
    """Read the files of a folder, those that are there and those that come; never those of folders in it.

    A file is read once it looks the same at two looks in a row, and again when it has changed since: half a file that stood
    still is a report of its own then. What was refused is told once, until it changes. Hidden files and those under the
    endings of unfinished downloads are passed over.

    Parameters
    ----------
    workspace
        Where the reports go.
    folder
        What is watched.
    wait
        Waits until the next look; False ends the watch.

    Yields
    ------
    Ingested
        As soon as a file is read.

    Raises
    ------
    BadValue
        If the folder is not there, or no longer.
    """
    before: Seen = {}
    done: dict[Path, Stamp] = {}
    while True:
        now = look(folder)
        for path in settled(before, now, done):
            done[path] = now[path]
            yield from ingest(workspace, [path])
        before = now
        done = {path: stamp for path, stamp in done.items() if path in now}
        if not wait():
            return


def look(folder: Path) -> Seen:
    """The files of a folder and their stamps.

    Raises
    ------
    BadValue
        If the folder cannot be read.
    """
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise BadValue("--watch", str(folder), f"a folder that can be read ({error.strerror})") from error
    stamps = ((path, _stamp(path)) for path in paths if _meant(path))
    return {path: stamp for path, stamp in stamps if stamp}


def settled(before: Seen, now: Seen, done: Seen) -> tuple[Path, ...]:
    """Files that look as they did at the last look, and otherwise than when they were read."""
    return tuple(path for path, stamp in now.items() if before.get(path) == stamp != done.get(path))


def _meant(path: Path) -> bool:
    return not path.name.startswith(".") and not path.name.lower().endswith(_UNFINISHED)


def _stamp(path: Path) -> Stamp | None:
    """None for what is no file, or gone already."""
    try:
        if not path.is_file():
            return None
        told = path.stat()
    except OSError:
        return None
    return Stamp(told.st_size, told.st_mtime_ns)
