"""What a case holds in all, for what filters offer: kinds, actors, sources, days, and the ground it covers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import pyarrow as pa

from incidentmap.model import REPORTS, BBox, IncidentQuery, Status, has_figure
from incidentmap.store.events import queries
from incidentmap.store.events.all_rows import by_source
from incidentmap.store.events.asked import Asks
from incidentmap.store.events.layers import facts
from incidentmap.walks.select import Selection

K = TypeVar("K", bound=str)
_ALL = IncidentQuery(statuses=tuple(Status))


@dataclass(frozen=True, slots=True)
class Offered:
    """Counts of incidents and rows together, the most first.

    Parameters
    ----------
    actors
        By id, or by name as tables write it; an incident counts for each actor that has a part in it.
    sources
        Of tables, and :data:`incidentmap.model.REPORTS`; empty where there are no tables.
    speakers
        Who tells figures: claimants of reports, and sources of tables.
    days, bounds
        First and last day, and the box of all that has a place; None where nothing has.
    """

    incidents: int
    event_types: Mapping[str, int]
    actors: Mapping[str, int]
    statuses: Mapping[Status, int]
    sources: Mapping[str, int]
    speakers: Mapping[str, int]
    days: tuple[date, date] | None
    bounds: BBox | None


def offered(every: Selection, rows: Asks | None) -> Offered:
    """What there is.

    Parameters
    ----------
    every
        All incidents of the case file, whatever their status.
    rows
        Of the imported tables, None if there are none.
    """
    own = every.incidents
    tables = Counter(by_source(rows, _ALL)) if rows else Counter()
    types = Counter(each.event_type for each in own)
    types.update(_counted(queries.by_type(rows, _ALL), "event_type") if rows else {})
    actors = Counter(part for each in own for part in {part.id for part in each.actors})
    actors.update(_counted(queries.by_actor(rows, _ALL), "actor") if rows else {})
    speakers = Counter(claim.claimant for each in own for claim in each.claims if has_figure(claim))
    return Offered(
        incidents=len(own) + tables.total(), event_types=_ranked(types), actors=_ranked(actors),
        statuses=_ranked(Counter(each.status for each in own) + Counter({Status.IMPORTED: tables.total()})),
        sources=_ranked(Counter({REPORTS: len(own)}) + tables) if tables else {}, speakers=_ranked(speakers + tables),
        days=_days(every, rows), bounds=_bounds(every, rows),
    )


def _ranked(counts: Counter[K]) -> dict[K, int]:
    return dict(counts.most_common())


def _counted(table: pa.Table, name: str) -> dict[str, int]:
    return {key: number for key, number in zip(table[name].to_pylist(), table["events"].to_pylist(), strict=True) if key}


def _days(every: Selection, rows: Asks | None) -> tuple[date, date] | None:
    told = [(each.date.start, each.date.end) for each in every.incidents if each.date]
    if rows:
        known = facts(rows, _ALL)
        ends = zip(known["first_day"].to_pylist(), known["last_day"].to_pylist(), strict=True)
        told += [(first, last) for first, last in ends if first and last]
    return (min(first for first, _ in told), max(last for _, last in told)) if told else None


def _bounds(every: Selection, rows: Asks | None) -> BBox | None:
    boxes = [tuple(every.frame.total_bounds.tolist())] if every.frame.geometry.notna().any() else []
    found = queries.row_bounds(rows, _ALL) if rows else None
    boxes += [found] if found else []
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
