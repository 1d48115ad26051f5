"""Services that answer in pages of JSON: ACLED's events, the ids it deleted, and UCDP's events."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit

from incidentmap.model import FeedRefused, FeedUnreadable, excerpt
from incidentmap.tables.feeds.address import Feed
from incidentmap.tables.feeds.shelf import Row

_ACLED_LIMIT, _UCDP_LIMIT = 5000, 1000
"""Rows of a page, the most that each server gives at once."""
_MOST_CELLS = 500


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and what to ask next: empty after the last page.

    Parameters
    ----------
    total
        Rows of all pages, None where the server does not tell.
    """

    rows: tuple[Row, ...]
    next: str
    total: int | None = None


class Paged(Protocol):
    """A service in pages.

    Parameters
    ----------
    key
        The field that tells rows apart.
    """

    @property
    def key(self) -> str:
        """The field that tells rows apart."""
        ...

    def first(self, reached: Mapping[str, str]) -> str:
        """What to ask first, after what was reached before."""
        ...

    def url(self, asked: str) -> str:
        """The address of what is asked."""
        ...

    def page(self, asked: str, body: bytes) -> Page:
        """The page in an answer."""
        ...


@dataclass(frozen=True, slots=True)
class AcledPages:
    """ACLED's events that are new or changed since a time, or the ids that were deleted since.

    Parameters
    ----------
    since
        The field with the time, which is also the name under which it is noted how far it was read.
    """

    feed: Feed
    path: str
    since: str
    key: str = "event_id_cnty"

    def first(self, reached: Mapping[str, str]) -> str:
        """Page one; of a second that was seen before all is asked again, for more may have come in it."""
        since = {self.since: reached[self.since], f"{self.since}_where": ">="} if self.since in reached else {}
        return urlencode({"_format": "json", "limit": _ACLED_LIMIT, **since, "page": 1})

    def url(self, asked: str) -> str:
        """With the user's own filters, which the list of deleted ids does not have."""
        own = f"{urlencode(self.feed.query)}&" if self.feed.query and self.path == self.feed.path else ""
        return f"{self.feed.server}{self.path}?{own}{asked}"

    def page(self, asked: str, body: bytes) -> Page:
        """The last page is the empty one: a server may give fewer rows at once than were asked for."""
        host = urlsplit(self.feed.server).netloc
        answer = _object(host, body)
        if answer.get("success") is False or answer.get("status", 200) != 200:
            said = answer.get("error") or answer.get("messages") or answer.get("status")
            raise FeedRefused(f"{host} refuses: {excerpt(said)}")
        rows = _rows(host, answer.get("data"), self.key)
        query = dict(parse_qsl(asked))
        return Page(rows, urlencode({**query, "page": int(query["page"]) + 1}) if rows else "")


@dataclass(frozen=True, slots=True)
class UcdpPages:
    """The events of one version of UCDP's data set."""

    feed: Feed
    key: str = "id"

    def first(self, reached: Mapping[str, str]) -> str:  # noqa: ARG002 - of the protocol
        """The first page, whichever number the server gives it."""
        return urlencode((*self.feed.query, ("pagesize", _UCDP_LIMIT)))

    def one(self) -> str:
        """A single row: enough to see how many there are."""
        return urlencode((*self.feed.query, ("pagesize", 1)))

    def url(self, asked: str) -> str:
        """At the server that the user named."""
        return f"{self.feed.server}{self.feed.path}?{asked}"

    def page(self, asked: str, body: bytes) -> Page:
        """The next page is the one that the answer names, at the same place."""
        host = urlsplit(self.feed.server).netloc
        answer = _object(host, body)
        rows, total = _rows(host, answer.get("Result"), self.key), answer.get("TotalCount")
        if not isinstance(total, int) or isinstance(total, bool) or total < 0:
            raise FeedUnreadable(f"{host}: the answer is none of UCDP's service. Is the address right?")
        following = answer.get("NextPageUrl") or ""
        parts = urlsplit(str(following))
        if following and (parts.netloc, parts.path) != (host, self.feed.path):
            raise FeedUnreadable(f"{host} names the next page at another address; requests go nowhere but where you said.")
        if parts.query == asked:
            raise FeedUnreadable(f"{host} names the same page as the next one. Try later.")
        return Page(rows, parts.query if rows else "", total)


def _object(host: str, body: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise FeedUnreadable(f"{host}: the answer is no JSON ({type(error).__name__}). Try later.") from error
    if not isinstance(answer, dict):
        raise FeedUnreadable(f"{host}: the answer is no JSON object. Is the address right?")
    return answer


def _rows(host: str, found: object, key: str) -> tuple[Row, ...]:
    """Rows as they came; each is an object with an id."""
    if not isinstance(found, list):
        raise FeedUnreadable(f"{host}: the answer holds no list of events. Is the address right?")
    for row in found:
        if not isinstance(row, dict) or not _is_id(row.get(key)) or len(row) > _MOST_CELLS:
            raise FeedUnreadable(f"{host}: an event has no field {key!r} ({excerpt(row)}). Is the address right?")
    return tuple(found)


def _is_id(value: object) -> bool:
    return (isinstance(value, str) and bool(value.strip())) or (isinstance(value, int) and not isinstance(value, bool))
