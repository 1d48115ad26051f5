"""An `IncidentQuery` asked of an incident in memory: as :mod:`.find` asks it of the file."""

from collections.abc import Iterable
from datetime import date

from incidentmap.model import REPORTS, Incident, IncidentQuery, Location, PartialDate, lies_in
from incidentmap.store.codec import searched_words
from incidentmap.store.fold import fold_text

_WORSE = 4
"""Than any class of precision: it is not told."""


def matches(incident: Incident, query: IncidentQuery) -> bool:
    """Whether a query asks for an incident."""
    return (
        _in_window(incident.date, query)
        and (not query.actors or any(actor.id in query.actors for actor in incident.actors))
        and not any(actor.id in query.not_actors for actor in incident.actors)
        and (not query.sources or REPORTS in query.sources)
        and (not query.event_types or incident.event_type in query.event_types)
        and (not query.statuses or incident.status in query.statuses)
        and _where(incident.location, query)
        and all(word in searched_words(incident) for word in fold_text(query.text).split())
    )


def in_order(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """By first day and id, undated ones last."""
    return tuple(sorted(incidents, key=lambda each: (each.date is None, each.date.start if each.date else date.min, each.id)))


def _in_window(stated: PartialDate | None, query: IncidentQuery) -> bool:
    if stated is None:
        return query.start is None and query.end is None
    return (query.start is None or stated.end >= query.start) and (query.end is None or stated.start <= query.end)


def _where(place: Location | None, query: IncidentQuery) -> bool:
    if place is None:
        return query.region is None and query.bbox is None and not query.area and query.worst_precision is None
    west, south, east, north = query.bbox or (-180.0, -90.0, 180.0, 90.0)
    at = place.position
    return (
        (query.region is None or query.region in place.regions)
        and (query.worst_precision is None or (place.precision or _WORSE) <= query.worst_precision)
        and west <= at.lon <= east and south <= at.lat <= north
        and (not query.area or lies_in(query.area, at.lon, at.lat))
    )
