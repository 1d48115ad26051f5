"""Incidents by the number, made up, for briefings of any size."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from incidentmap.briefing import Material
from incidentmap.frames import incidents_frame
from incidentmap.gazetteer import boundary, region
from incidentmap.model import (
    ALL_SOURCES,
    ActorRole,
    Claim,
    ClaimField,
    Incident,
    IncidentQuery,
    Location,
    PartialDate,
    Position,
    Relation,
    Report,
    Role,
    Scope,
    Span,
    Stance,
    Status,
    all_totals,
)

HOSTILE = '#panic("typst") {{ 7 * 7 }} <script>alert(1)</script> $x$ "quoted" `raw` \\ @label'
ACTORS = (("jnim", Role.ATTACKER), ("fama", Role.ATTACKER), ("cnsp", Role.PARTY), ("a militia", Role.ATTACKER))


def made_up(number: int, *, area_only: bool = False) -> Incident:
    place = f"Place {number % 40}"
    lon, lat = -4 + number % 40 * 0.1, 14 + number % 37 * 0.1
    where = Location(
        span=Span(0, len(place), place), relation=Relation.IN, place_id=f"x:{number % 40}", name=place,
        anchor=Position(lon, lat), position=Position(lon, lat), line=(), radius_km=150.0 if area_only else 2.5,
        area_id="", where_prec=6 if area_only else 1, geo_precision=3 if area_only else 1, country="ML", admin1="Mopti",
        admin2="",
        regions=(), ambiguous=False, score=1.0, reasons=(), rivals=(),
    )
    actor, role = ACTORS[number % len(ACTORS)]
    claims = tuple(
        Claim(who, who, Stance.REPORTS, ClaimField.KILLED, "soldiers", "", low, low, high, False, Scope.INCIDENT,
              Span(0, len(HOSTILE), HOSTILE), "r1")
        for who, low, high in (("jnim", number % 9, None), ("fama", 1, 1))
    )
    day = date(2022, 1, 1) + timedelta(days=number % 700)
    return Incident(
        id=f"i{number:05}", report="r1", event_type="Battles", sub_event_type="Armed clash", date=PartialDate.day(day),
        date_span=None, trigger=Span(0, 1, "x"), location=where, actors=(ActorRole(actor, actor, role),), claims=claims,
        status=Status.CONFIRMED if number % 2 else Status.DRAFT, review=(),
    )


@pytest.fixture(scope="session")
def material() -> Callable[..., Material]:
    """Makes what a briefing of so many incidents is made of; every quote and the report's title try to be instructions."""
    def make(count: int, *, area_only: bool = False) -> Material:
        incidents = tuple(made_up(number, area_only=area_only) for number in range(count))
        published = PartialDate.day(date(2023, 11, 25))
        report = Report("r1", "A publisher", "https://example.org/a", "en", published, HOSTILE, "x", "ab" * 32)
        return Material(
            incidents=incidents, frame=incidents_frame(incidents, region="tombouctou", boundary=boundary),
            reports={"r1": report}, tables={}, shared=(), region=region("tombouctou"), query=IncidentQuery(), rule=ALL_SOURCES,
            totals=all_totals(incidents, ALL_SOURCES), data_version="0123456789ab", gazetteer_version="cdef",
        )
    return make
