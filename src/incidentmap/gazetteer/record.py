"""A resolution as the JSON object of `incidentmap geocode --json`."""

from typing import TypedDict

from incidentmap.model import Candidate, Resolution
from incidentmap.words import say_reason


class RivalRecord(TypedDict):
    """Another place of the same name."""

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    country: str
    admin1: str
    score: float


class ResolutionRecord(TypedDict):
    """What a name was taken to mean; everything about the place is null for a miss."""

    query: str
    status: str
    id: str | None
    name: str | None
    matched: str | None
    kind: str | None
    lon: float | None
    lat: float | None
    radius_km: float | None
    area_id: str | None
    country: str | None
    admin1: str | None
    admin2: str | None
    inside: bool | None
    regions: list[str]
    score: float | None
    source: str | None
    reasons: list[str]
    rivals: list[RivalRecord]
    nearest: list[str]


def resolution_record(resolution: Resolution, language: str = "en") -> ResolutionRecord:
    """The record of a resolution, its reasons in the words of a language.

    Raises
    ------
    BadValue
        If the language is unknown.
    """
    chosen = resolution.chosen
    place = chosen.place if chosen else None
    return ResolutionRecord(
        query=resolution.query,
        status=resolution.status.value,
        id=place.id if place else None,
        name=place.name if place else None,
        matched=chosen.matched if chosen else None,
        kind=place.kind.value if place else None,
        lon=place.position.lon if place else None,
        lat=place.position.lat if place else None,
        radius_km=place.radius_km if place else None,
        area_id=place.area_id if place else None,
        country=place.country if place else None,
        admin1=place.admin1 if place else None,
        admin2=place.admin2 if place else None,
        inside=resolution.inside,
        regions=list(resolution.regions),
        score=chosen.score if chosen else None,
        source=place.source if place else None,
        reasons=[say_reason(language, why) for why in resolution.reasons],
        rivals=[rival_record(rival) for rival in resolution.rivals],
        nearest=list(resolution.nearest),
    )


def rival_record(rival: Candidate) -> RivalRecord:
    """The record of a candidate that was not chosen."""
    place = rival.place
    return RivalRecord(
        id=place.id, name=place.name, kind=place.kind.value, lon=place.position.lon, lat=place.position.lat,
        country=place.country, admin1=place.admin1, score=rival.score,
    )
