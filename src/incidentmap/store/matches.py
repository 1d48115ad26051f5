"""An `IncidentQuery` asked of an incident in memory: as :mod:`.find` asks it of the file."""

from collections.abc import Iterable
from datetime import date

from incidentmap.model import Incident, IncidentQuery, Location, PartialDate
from incidentmap.store.codec import searched_words
from incidentmap.store.fold import fold_text


def matches(incident: Incident, query: IncidentQuery) -> bool:
    """Whether a query asks for an incident."""
    return (
        _in_window(incident.date, query)
        and (not query.actors or any(actor.id in query.actors for actor in incident.actors))
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
        return query.region is None and query.bbox is None and query.worst_precision is None
    west, south, east, north = query.bbox or (-180.0, -90.0, 180.0, 90.0)
    at = place.position
    return (
        (query.region is None or query.region in place.regions)
        and (query.worst_precision is None or place.geo_precision <= query.worst_precision)
        and west <= at.lon <= east and south <= at.lat <= north
    )
