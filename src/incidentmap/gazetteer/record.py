"""What a name or a phrase was taken to mean, as the JSON object of `incidentmap geocode --json`."""

from typing import TypedDict

from incidentmap.gazetteer.locate import Located
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


class LocatedRecord(ResolutionRecord):
    """Where a cell puts something: `lon`, `lat`, `radius_km` are of the computed point, `anchor_*` of the named place.

    `phrase` holds the words that tell it, `names` what each name in them means; `line` holds [lon, lat] pairs.
    """

    phrase: str | None
    relation: str | None
    anchor_lon: float | None
    anchor_lat: float | None
    line: list[list[float]]
    where_prec: int | None
    geo_precision: int | None
    names: list[ResolutionRecord]


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


def located_record(located: Located, region: str | None = None, language: str = "en") -> LocatedRecord:
    """The record of a located cell; `inside` is about the region and the computed point.

    Raises
    ------
    BadValue
        If the language is unknown.
    """
    main = located.main
    found = located.situation
    own = resolution_record(main, language)
    regions = list(main.regions if found is None or found.regions is None else found.regions)
    return LocatedRecord(
        query=located.asked.name,
        status=located.status.value,
        id=own["id"],
        name=own["name"],
        matched=own["matched"],
        kind=own["kind"],
        lon=found.position.lon if found else None,
        lat=found.position.lat if found else None,
        radius_km=found.radius_km if found else None,
        area_id=found.area_id if found else None,
        country=own["country"],
        admin1=own["admin1"],
        admin2=own["admin2"],
        inside=region in regions if region and found else None,
        regions=regions,
        score=own["score"],
        source=own["source"],
        reasons=[say_reason(language, why) for why in located.why],
        rivals=own["rivals"],
        nearest=own["nearest"],
        phrase=located.phrase.span.quote if located.phrase else None,
        relation=located.phrase.relation.value if located.phrase else None,
        anchor_lon=own["lon"],
        anchor_lat=own["lat"],
        line=[[point.lon, point.lat] for point in found.line] if found else [],
        where_prec=found.where_prec if found else None,
        geo_precision=found.geo_precision if found else None,
        names=[resolution_record(each, language) for each in located.resolutions],
    )


def rival_record(rival: Candidate) -> RivalRecord:
    """The record of a candidate that was not chosen."""
    place = rival.place
    return RivalRecord(
        id=place.id, name=place.name, kind=place.kind.value, lon=place.position.lon, lat=place.position.lat,
        country=place.country, admin1=place.admin1, score=rival.score,
    )
