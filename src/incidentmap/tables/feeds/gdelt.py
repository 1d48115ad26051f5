"""GDELT's file of events of the last quarter of an hour, as `lastupdate.txt` names it, its checksum checked."""

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from incidentmap.fresh_file import fresh_file
from incidentmap.model import FeedUnreadable, reason
from incidentmap.tables.feeds.address import Feed
from incidentmap.tables.feeds.fetch import Fetched, Fetcher
from incidentmap.tables.feeds.shelf import Mark, Shelf
from incidentmap.tables.feeds.wire import Asked

_LINE = re.compile(
    r"(?P<size>\d{1,12}) (?P<md5>[0-9a-f]{32}) \S*/(?P<name>(?P<time>\d{14})(\.translation)?\.export\.CSV\.zip)\s*"
)
_MOST_LIST, _MOST_FILE = 100_000, 200_000_000
_STEP_S = 900


def fetch_gdelt(feed: Feed, shelf: Shelf, fetcher: Fetcher) -> Fetched:
    """The latest file of events, unless it is the one that was read before. Those in between are told, not fetched.

    Raises
    ------
    FeedUnreadable
        If the list names none, or the file is not the one that it names.
    """
    host, mark = urlsplit(feed.server).netloc, shelf.mark(feed.address)
    listed = fetcher.wire.fetch(Asked(feed.address, ("text/plain", "octet-stream"), most_bytes=_MOST_LIST))
    found = [match for line in listed.decode("utf-8", "replace").splitlines() if (match := _LINE.fullmatch(line))]
    if len(found) != 1:
        raise FeedUnreadable(f"{host}: {feed.path} does not name one file of events. Is the address right?")
    name = found[0]["name"]
    if mark.reached.get("file") == name:
        return Fetched(None, (), mark)
    body = fetcher.wire.fetch(Asked(_address(feed, name), ("zip", "octet-stream"), most_bytes=_MOST_FILE))
    if len(body) != int(found[0]["size"]) or hashlib.md5(body, usedforsecurity=False).hexdigest() != found[0]["md5"]:
        raise FeedUnreadable(f"{host}: {name} is not the file that the list names (size or checksum differ). Try later.")
    missed = _between(mark.reached.get("file", ""), found[0]["time"])
    notes = (reason("feed_missed", files=missed, last=name),) if missed else ()
    return Fetched(_kept(shelf, name, body), (), Mark(feed.address, {"file": name}), notes)


def _address(feed: Feed, name: str) -> str:
    """Beside the list, wherever the list says that it is: that host has no certificate."""
    return f"{feed.server}{feed.path.rpartition('/')[0]}/{name}"


def _kept(shelf: Shelf, name: str, body: bytes) -> Path:
    shelf.make()
    path = shelf.folder / name
    with fresh_file(path) as fresh:
        fresh.write_bytes(body)
    return path


def _between(before: str, now: str) -> int:
    """Files of a quarter of an hour between two."""
    first, last = _time(before[:14]), _time(now)
    return max(0, round((last - first).total_seconds() / _STEP_S) - 1) if first and last else 0


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
