"""An incident as the flat record that frames and exports share; its names are those of the exported properties."""

from typing import TypedDict

from incidentmap.frames.geometry import is_area
from incidentmap.model import ActorRole, Claim, Incident, Location, Part, Position
from incidentmap.registry import actor_name
from incidentmap.words import say_reason


class AnchorRecord(TypedDict):
    """The named place that a geometry was derived from; degrees, WGS 84."""

    name: str
    lon: float
    lat: float


class ActorRecord(TypedDict):
    """An actor's part in an incident: `name` as the registry has it, `written` as the report has it."""

    id: str
    name: str
    role: str
    written: str


class ClaimRecord(TypedDict):
    """A claim; `claimant` is an actor id, `start` and `end` are code-point offsets of `quote` in the report's text."""

    claimant: str
    claimant_name: str
    stance: str
    field: str
    subject: str
    value: str
    low: int | None
    best: int | None
    high: int | None
    hedged: bool
    scope: str
    quote: str
    start: int
    end: int
    report: str


class PartRecord(TypedDict):
    """What one report tells of an incident that several tell of; degrees, WGS 84."""

    id: str
    report: str
    date_start: str | None
    date_end: str | None
    date_precision: str | None
    place: str | None
    lon: float | None
    lat: float | None
    radius_km: float | None
    event_type: str
    sub_event_type: str


class IncidentRecord(TypedDict):
    """An incident; what is unknown is None. `lon`, `lat` only where the incident is drawn as a point."""

    id: str
    report: str
    lon: float | None
    lat: float | None
    area_id: str | None
    anchor: AnchorRecord | None
    date_start: str | None
    date_end: str | None
    date_precision: str | None
    place: str | None
    admin1: str | None
    inside_region: bool | None
    geo_precision: int | None
    where_prec: int | None
    radius_km: float | None
    event_type: str
    sub_event_type: str
    actors: list[ActorRecord]
    claims: list[ClaimRecord]
    status: str
    review: list[str]
    parts: list[PartRecord]


def incident_record(incident: Incident, *, region: str | None, language: str = "en") -> IncidentRecord:
    """The record of an incident.

    Parameters
    ----------
    incident
        With or without date and location.
    region
        Region of interest that `inside_region` refers to; without one, or without a location, `inside_region` is None.
    language
        Of the reasons to review and the names of actors.
    """
    place, stated = incident.location, incident.date
    point = _point(place)
    return IncidentRecord(
        id=incident.id,
        report=incident.report,
        lon=point.lon if point else None,
        lat=point.lat if point else None,
        area_id=(place.area_id or None) if place else None,
        anchor=AnchorRecord(name=place.name, lon=place.anchor.lon, lat=place.anchor.lat) if place else None,
        date_start=stated.start.isoformat() if stated else None,
        date_end=stated.end.isoformat() if stated else None,
        date_precision=stated.precision.value if stated else None,
        place=place.name if place else None,
        admin1=(place.admin1 or None) if place else None,
        inside_region=region in place.regions if place and region else None,
        geo_precision=place.geo_precision if place else None,
        where_prec=place.where_prec if place else None,
        radius_km=place.radius_km if place else None,
        event_type=incident.event_type,
        sub_event_type=incident.sub_event_type,
        actors=[actor_record(actor, language) for actor in incident.actors],
        claims=[claim_record(claim) for claim in incident.claims],
        status=incident.status.value,
        review=[say_reason(language, why) for why in incident.review],
        parts=[part_record(part) for part in incident.parts],
    )


def part_record(part: Part) -> PartRecord:
    """The record of what one report tells of a merged incident, whether it leads there or not."""
    place, stated = part.location, part.date
    point = _point(place)
    return PartRecord(
        id=part.id,
        report=part.report,
        date_start=stated.start.isoformat() if stated else None,
        date_end=stated.end.isoformat() if stated else None,
        date_precision=stated.precision.value if stated else None,
        place=place.name if place else None,
        lon=point.lon if point else None,
        lat=point.lat if point else None,
        radius_km=place.radius_km if place else None,
        event_type=part.event_type,
        sub_event_type=part.sub_event_type,
    )


def actor_record(actor: ActorRole, language: str) -> ActorRecord:
    """The record of an actor's part; an actor that the registry lacks keeps the name it has in the report."""
    name = actor_name(actor.id, language, actor.name)
    return ActorRecord(id=actor.id, name=name, role=actor.role.value, written=actor.name)


def claim_record(claim: Claim) -> ClaimRecord:
    """The record of a claim."""
    return ClaimRecord(
        claimant=claim.claimant, claimant_name=claim.claimant_name, stance=claim.stance.value, field=claim.field.value,
        subject=claim.subject, value=claim.value, low=claim.low, best=claim.best, high=claim.high, hedged=claim.hedged,
        scope=claim.scope.value, quote=claim.span.quote, start=claim.span.start, end=claim.span.end, report=claim.report,
    )


def _point(place: Location | None) -> Position | None:
    """The position, unless the place is only known as an area or an axis."""
    return place.position if place and not is_area(place) and len(place.line) < 2 else None
