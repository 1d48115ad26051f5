"""A page of the list: incidents of the case file and imported rows in one order, of which only the page is fetched."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from incidentmap.model import ALL_SOURCES, ClaimField, Incident, IncidentQuery, Portion, Report, incident_toll
from incidentmap.store.events import queries
from incidentmap.store.events.asked import Asks
from incidentmap.store.events.layers import EVERY, Layers
from incidentmap.store.events.queries import Key, Order
from incidentmap.walks.row_incidents import RowIncidents, row_incidents


@dataclass(frozen=True, slots=True)
class Listed:
    """Incidents `first` (counted from 0) and following of `total`, with the reports that rows are."""

    incidents: tuple[Incident, ...]
    reports: tuple[Report, ...]
    first: int
    total: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page: `size` incidents from the `first` on, counted from 0; of a portion alone, if one is named."""

    first: int = 0
    size: int = 100
    order: Order = Order.LATEST
    portion: Portion | None = None


def listed(
    own: Sequence[Incident], rows: Asks | None, query: IncidentQuery, wanted: Wanted, *, layers: Layers = EVERY,
    region: str | None = None,
) -> Listed:
    """A page of what a query selects.

    Parameters
    ----------
    own
        All that the query selects of the case file, in any order.
    rows
        Of the imported tables, None if there are none.
    query, wanted, layers
        What is asked of the rows, which page, and the layers whose rows are left out.
    region
        Region of interest, whose incidents say that they lie in it.
    """
    ranked = sorted(own, key=lambda each: _rank(_key(each, wanted.order), wanted.order))
    total = len(ranked) + (queries.count(rows, query, layers) if rows else 0)
    first = max(0, min(wanted.first, total - 1))
    if rows is None:
        return Listed(tuple(ranked[first : first + wanted.size]), (), first, total)

    def place(index: int) -> int:
        """Where an incident stands among all: after those before it, and the rows before it."""
        return index + queries.ranked_before(rows, query, wanted.order, _key(ranked[index], wanted.order), layers)

    begin, end = (_first_from(at, len(ranked), place) for at in (first, first + wanted.size))
    size = min(wanted.size, total - first) - (end - begin)
    told = RowIncidents()
    if size > 0:
        page = queries.page(rows, query, first=first - begin, size=size, order=wanted.order, layers=layers)
        told = row_incidents(page.rows, region)
    both = sorted((*ranked[begin:end], *told.incidents), key=lambda each: _rank(_key(each, wanted.order), wanted.order))
    return Listed(tuple(both), told.reports, first, total)


def _first_from(at: int, count: int, place: Callable[[int], int]) -> int:
    """The first of the ranked incidents that stands at a place or after it; their places only rise."""
    return bisect_left(range(count), at, key=place)


def _key(incident: Incident, order: Order) -> Key:
    """What stands in the columns that rows are ranked by."""
    day, own = incident.date.start if incident.date else None, incident.id
    if order is Order.DEADLIEST:
        toll = incident_toll(incident, ClaimField.KILLED, ALL_SOURCES)
        return (toll.best if toll.best is not None else toll.high) if toll else None, day, own
    if order is Order.PLACE:
        return (incident.location.name if incident.location else None), day, own
    return day, own


def _rank(key: Key, order: Order) -> tuple[tuple[bool, int | str], ...]:
    """A key as Python sorts it: what is unknown last, whatever the direction."""
    falling = {Order.LATEST: (True, False), Order.EARLIEST: (False, False), Order.DEADLIEST: (True, True, False),
               Order.PLACE: (False, True, False)}[order]
    return tuple(_side(value, down) for value, down in zip(key, falling, strict=True))


def _side(value: str | int | date | None, down: bool) -> tuple[bool, int | str]:  # noqa: FBT001
    if value is None or isinstance(value, str):
        return value is None, value or ""
    number = value.toordinal() if isinstance(value, date) else value
    return False, -number if down else number
