"""A folder or a published table is watched: what is new in it becomes snapshots of a workspace."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from incidentmap.model import (
    BadValue,
    FeedRefused,
    ImportProgress,
    IncidentmapError,
    Reason,
    Snapshot,
    Stopped,
    UnreadableTable,
)
from incidentmap.store.events.room import import_lock
from incidentmap.tables.feeds.address import Feed, Service
from incidentmap.tables.feeds.fetch import Fetched, Fetcher, fetch_acled, fetch_ucdp, finish
from incidentmap.tables.feeds.gdelt import fetch_gdelt
from incidentmap.tables.feeds.shelf import Shelf
from incidentmap.tables.formats import READABLE
from incidentmap.walks.decide import person, utc_now
from incidentmap.walks.import_asked import ImportAsked, ImportDone
from incidentmap.walks.import_mapping import AUTO
from incidentmap.walks.import_removed import remove_events
from incidentmap.walks.import_table import import_table
from incidentmap.walks.import_tables import snapshots
from incidentmap.walks.watch import Seen, Stamp, look, settled
from incidentmap.walks.workspace import open_workspace

FEEDS = "feeds"
"""The folder of a workspace in which fetched pages wait and how far each feed was read is noted."""
_FETCH = {Service.ACLED: fetch_acled, Service.UCDP: fetch_ucdp, Service.GDELT: fetch_gdelt}
Clock = Callable[[], datetime]
Tell = Callable[[ImportProgress], None]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look found.

    Parameters
    ----------
    what
        The file, or the address.
    done
        What came of a table, None if there was no new one or it failed.
    removed
        The snapshot that lacks what the source has deleted, None if nothing was.
    failure
        Why it failed; empty if it did not.
    """

    what: str
    done: ImportDone | None = None
    removed: Snapshot | None = None
    failure: str = ""
    notes: tuple[Reason, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.done or self.removed or self.failure or self.notes)


def look_at_feed(feed: Feed, fetcher: Fetcher, asked: ImportAsked, tell: Tell, clock: Clock = utc_now) -> Looked:
    """Fetch what is new in a feed since the last look and import it. Stopped at any moment, the next look goes on there.

    Parameters
    ----------
    feed
        What is watched.
    fetcher
        Who fetches.
    asked
        How to import; its path and `partial` are set here: what a feed gives is new rows, the others stay.
    tell
        Told how far an import is.
    clock
        The time.

    Returns
    -------
    Looked
        With the failure, where another look may succeed.

    Raises
    ------
    FeedRefused
        If the service wants a login, or another one.
    Stopped
        If the person said stop.
    UnwritablePlace
        If another watch of the feed is at work in the workspace, or the disk has no room.
    """
    open_workspace(asked.workspace)
    shelf = Shelf(asked.workspace / FEEDS / feed.id)
    with import_lock(shelf.folder, 0):
        try:
            fetched = _FETCH[feed.service](feed, shelf, fetcher)
            return _kept(_Round(feed, shelf, asked, tell, clock), fetched)
        except (FeedRefused, Stopped):
            raise
        except IncidentmapError as error:
            return Looked(feed.address, failure=str(error))


def watch_tables(folder: Path, asked: ImportAsked, tell: Tell, wait: Callable[[], bool]) -> Iterator[Looked]:
    """Import the tables of a folder, those that are there and those that come or change; never those of folders in it.

    A file is imported once it looks the same at two looks in a row. One that was imported as it is, by whomever, is passed
    over. Files of one source are parts of one table: none makes the rows of another go.

    Parameters
    ----------
    folder
        What is watched.
    asked
        How to import; its path and `beside` are set here.
    tell
        Told how far an import is.
    wait
        Waits until the next look; False ends the watch.

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
            if path.name.lower().endswith(READABLE) and not _is_known(path, asked.workspace):
                yield _from_file(replace(asked, path=path, beside=True), tell)
        before = now
        if not wait():
            return


def _from_file(asked: ImportAsked, tell: Tell) -> Looked:
    try:
        return Looked(str(asked.path), import_table(asked, tell))
    except Stopped:
        raise
    except IncidentmapError as error:
        return Looked(str(asked.path), failure=str(error))


@dataclass(frozen=True, slots=True)
class _Round:
    feed: Feed
    shelf: Shelf
    asked: ImportAsked
    tell: Tell
    clock: Clock


def _kept(work: _Round, fetched: Fetched) -> Looked:
    asked, service, done = work.asked, work.feed.service, None
    if fetched.path and not _has_name(fetched.path.name, asked.workspace):  # a kill may have come after the import
        done = _imported(work, fetched.path)
    removed = remove_events(
        asked.workspace, asked.mapping.source or service.value, fetched.gone, what=f"{service}: deleted events",
        who=asked.who or person(), now=work.clock(),
    ) if fetched.gone else None
    finish(work.shelf, fetched)
    return Looked(work.feed.address, done, removed, notes=fetched.notes)


def _imported(work: _Round, path: Path) -> ImportDone:
    mapping = work.asked.mapping
    if mapping.kind == AUTO and mapping.mapping is None:
        mapping = replace(mapping, kind=work.feed.service.value)
    try:
        return import_table(replace(work.asked, path=path, partial=True, mapping=mapping), work.tell, clock=work.clock)
    except (UnreadableTable, BadValue):  # it would be refused for ever: the next look fetches it anew
        work.shelf.keep(replace(work.shelf.mark(work.feed.address), round=None))
        work.shelf.clear()
        raise


def _has_name(name: str, workspace: Path) -> bool:
    return any(each.run and each.run.record.file_name == name for each in snapshots(workspace))


def _is_known(path: Path, workspace: Path) -> bool:
    """Whether the last import of a file of this name was of these very bytes."""
    runs = [each.run for each in snapshots(workspace) if each.run and each.run.record.file_name == path.name]
    if not runs:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == runs[-1].record.sha256
