"""One round of fetching: pages onto the shelf, then the table that they make together."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from incidentmap.fresh_file import fresh_file
from incidentmap.model import FeedRefused, FeedUnreadable, Reason, reason
from incidentmap.tables.feeds.address import Feed
from incidentmap.tables.feeds.pages import AcledPages, Page, Paged, UcdpPages
from incidentmap.tables.feeds.shelf import Mark, Round, Row, Shelf
from incidentmap.tables.feeds.tokens import Credentials
from incidentmap.tables.feeds.wire import Asked, LoginExpired, Wire

_MOST_PAGES = 20_000
_DAY_S = 86_400
_DELETED = "deleted"
Clock = Callable[[], datetime]


def _nobody_told(pages: int, rows: int) -> None:
    """Nobody wants to know how many pages, and rows in this run, are there."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a round brought.

    Parameters
    ----------
    path
        The table to import, None if there is nothing new. Its name tells the round, so that none is imported twice.
    gone
        Ids that the service has deleted.
    mark
        How far the feed is read once all of this is kept, see :func:`finish`.
    notes
        What a person should know of it.
    """

    path: Path | None
    gone: tuple[str, ...]
    mark: Mark
    notes: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Who fetches: the connection, what proves who asks, the time, and who is told of each page."""

    wire: Wire
    who: Credentials
    clock: Clock
    told: Callable[[int, int], None] = _nobody_told

    def body(self, url: str) -> bytes:
        """A page; a login that has just run out is renewed once."""
        def asked() -> Asked:
            return Asked(url, ("json",), headers={"Accept": "application/json", **self.who.headers(self.wire)})

        try:
            return self.wire.fetch(asked())
        except LoginExpired:
            if not self.who.renew(self.wire):
                raise
            return self.wire.fetch(asked())

    def stamp(self) -> str:
        """The time as the name of a round."""
        return self.clock().astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def fetch_acled(feed: Feed, shelf: Shelf, fetcher: Fetcher) -> Fetched:
    """ACLED's events since the last round, then the ids that it has deleted since."""
    events = AcledPages(feed, feed.path, "timestamp")
    mark = _all_pages(events, shelf, fetcher, feed.address)
    number = mark.round.pages if mark.round else 0
    path = _table(shelf, mark, events.key, feed.service) if number else None
    newest = _newest(shelf.rows(number), events.since, mark.reached.get(events.since))
    try:
        gone, deleted = _deleted(feed, shelf, fetcher, mark.reached)
        notes: tuple[Reason, ...] = ()
    except FeedRefused as error:  # not every account may see this list
        gone, deleted, notes = (), {}, (reason("feed_no_deletions", why=error),)
    return Fetched(path, gone, Mark(feed.address, {**mark.reached, **newest, **deleted}), notes)


def finish(shelf: Shelf, fetched: Fetched) -> None:
    """Write down that a round is kept, and throw its pages away."""
    own = shelf.beside(_DELETED)
    own.keep(Mark(fetched.mark.address))
    shelf.keep(fetched.mark)
    own.clear()
    shelf.clear()


def _deleted(feed: Feed, shelf: Shelf, fetcher: Fetcher, reached: Mapping[str, str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The ids deleted since the last round, and how far that is; before the first one none can be standing here."""
    pages = AcledPages(feed, f"{feed.path.removesuffix('/acled/read')}/deleted/read", "deleted_timestamp")
    if pages.since not in reached:
        return (), {pages.since: str(int(fetcher.clock().timestamp()) - _DAY_S)}
    own = shelf.beside(_DELETED)
    own.keep(replace(own.mark(feed.address), reached={pages.since: reached[pages.since]}))
    mark = _all_pages(pages, own, fetcher, feed.address)
    rows = tuple(own.rows(mark.round.pages if mark.round else 0))
    return tuple(dict.fromkeys(str(row[pages.key]) for row in rows)), _newest(rows, pages.since, reached[pages.since])


def fetch_ucdp(feed: Feed, shelf: Shelf, fetcher: Fetcher) -> Fetched:
    """All events of the version, unless there are as many as at the last round: a version does not change otherwise.

    Raises
    ------
    FeedUnreadable
        If other events came than the service says there are; the round is begun anew next time.
    """
    pages, mark = UcdpPages(feed), shelf.mark(feed.address)
    if mark.round is None and "total" in mark.reached:
        first = pages.page(pages.one(), fetcher.body(pages.url(pages.one())))
        if str(first.total) == mark.reached["total"]:
            return Fetched(None, (), mark)
    mark = _all_pages(pages, shelf, fetcher, feed.address)
    number = mark.round.pages if mark.round else 0
    ids = {row[pages.key] for row in shelf.rows(number)}
    if str(len(ids)) != mark.reached.get("expected"):
        shelf.keep(Mark(feed.address))
        shelf.clear()
        told = f"{len(ids):,} of {mark.reached.get('expected')} events came"
        raise FeedUnreadable(f"{urlsplit(feed.server).netloc}: {told}. They are fetched anew at the next look.")
    path = _table(shelf, mark, pages.key, feed.service) if number else None
    return Fetched(path, (), Mark(feed.address, {"total": str(len(ids))}))


def _all_pages(paged: Paged, shelf: Shelf, fetcher: Fetcher, address: str) -> Mark:
    """Fetch the pages that are not on the shelf yet; the mark, its round open with nothing more to ask."""
    mark = shelf.mark(address)
    if mark.round is None:
        mark = replace(mark, round=Round(fetcher.stamp(), 0, paged.first(mark.reached)))
        shelf.keep(mark)
    rows = 0
    while mark.round and mark.round.next:
        if mark.round.pages >= _MOST_PAGES:
            raise FeedUnreadable(f"{urlsplit(address).netloc}: more than {_MOST_PAGES:,} pages. Ask for less by filters.")
        asked = mark.round.next
        page = paged.page(asked, fetcher.body(paged.url(asked)))
        mark = _on_shelf(shelf, mark, mark.round, page)
        rows += len(page.rows)
        fetcher.told(mark.round.pages if mark.round else 0, rows)
    return mark


def _on_shelf(shelf: Shelf, mark: Mark, now: Round, page: Page) -> Mark:
    number = now.pages
    if page.rows:
        number += 1
        shelf.put(number, page.rows)
    reached = mark.reached if page.total is None else {**mark.reached, "expected": str(page.total)}
    mark = replace(mark, reached=reached, round=replace(now, pages=number, next=page.next))
    shelf.keep(mark)
    return mark


def _table(shelf: Shelf, mark: Mark, key: str, name: str) -> Path:
    """The rows of all pages as one file, each once: of rows that moved between pages meanwhile the one fetched last."""
    now = mark.round or Round("", 0, "")
    last = {row[key]: place for place, row in enumerate(shelf.rows(now.pages))}
    path = shelf.folder / f"{name}-{now.begun}.jsonl"
    with fresh_file(path) as fresh, fresh.open("w", encoding="utf-8") as file:
        for place, row in enumerate(shelf.rows(now.pages)):
            if last[row[key]] == place:
                file.write(json.dumps(row, ensure_ascii=True) + "\n")
    return path


def _newest(rows: Iterator[Row] | tuple[Row, ...], field: str, before: str | None) -> dict[str, str]:
    """The latest time in rows, of whole seconds; what was reached before where they tell none."""
    times = [int(text) for row in rows if (text := str(row.get(field, "")).strip()).isascii() and text.isdigit()]
    if before is not None:
        times.append(int(before))
    return {field: str(max(times))} if times else {}
