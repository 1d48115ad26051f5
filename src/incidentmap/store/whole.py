"""One incident of several parts: every claim, actor, date and place of the parts stays, a named rule says which leads."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from incidentmap.model import Incident, Location, Part, PartialDate, Status

V = TypeVar("V", bound=Hashable)
_REGION_ONLY = 3


def whole_incident(parts: Sequence[Incident]) -> Incident:
    """The incident that parts make together; the same in whatever order they come.

    Its id, report and trigger are those of the part with the smallest id. The date that leads is the most precise one (the
    fewest days), of equally precise ones that of most parts, then the earliest. The place that leads is the most precise one
    (ACLED's class, a spot before a stretch of land, UCDP's class), of equally precise ones that of most parts, then the one of
    the smallest radius. The kind is that of most parts. It is confirmed if a part is, rejected if all are. What does not lead
    stays in :attr:`Incident.parts`.
    """
    ordered = sorted(parts, key=lambda part: part.id)
    first = ordered[0]
    dated = [(part.date, part.date_span) for part in ordered if part.date]
    date, date_span = _leading(dated, lambda each: each[0], _vagueness) or (None, None)
    kind = _leading([(part.event_type, part.sub_event_type) for part in ordered], lambda each: each, lambda _: ())
    event_type, sub_event_type = kind or ("", "")
    places = [part.location for part in ordered if part.location]
    return replace(
        first, event_type=event_type, sub_event_type=sub_event_type, date=date, date_span=date_span,
        location=_leading(places, lambda place: place.place_id, _wideness), status=_status(part.status for part in ordered),
        actors=_once(actor for part in ordered for actor in part.actors),
        claims=tuple(claim for part in ordered for claim in part.claims),
        review=_once(why for part in ordered for why in part.review),
        parts=tuple(_part(part) for part in ordered),
    )


def _part(incident: Incident) -> Part:
    return Part(
        incident.id, incident.report, incident.event_type, incident.sub_event_type, incident.date, incident.location,
        incident.status,
    )


def _leading(values: Sequence[V], same: Callable[[V], Hashable], vague: Callable[[V], tuple[object, ...]]) -> V | None:
    """The least vague of some values, then the one that comes most often, then the first; None of none."""
    times = Counter(same(each) for each in values)
    return min(values, key=lambda each: (vague(each)[:-1], -times[same(each)], vague(each)[-1:]), default=None)


def _vagueness(dated: tuple[PartialDate, object]) -> tuple[object, ...]:
    stated = dated[0]
    return (stated.end - stated.start).days, stated.precision.value != "day", stated.start


def _wideness(place: Location) -> tuple[object, ...]:
    area = bool(place.area_id) or place.geo_precision == _REGION_ONLY
    return place.geo_precision, area, len(place.line) > 1, place.where_prec, place.radius_km


def _status(statuses: Iterable[Status]) -> Status:
    told = set(statuses)
    return Status.CONFIRMED if Status.CONFIRMED in told else Status.DRAFT if Status.DRAFT in told else Status.REJECTED


def _once(values: Iterable[V]) -> tuple[V, ...]:
    return tuple(dict.fromkeys(values))
