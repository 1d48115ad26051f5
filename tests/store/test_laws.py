"""Laws of the store over any incidents: what goes in comes out, and a query is a plain filter."""

import tempfile
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from incidentmap.model import (
    ActorRole,
    BBox,
    Claim,
    ClaimField,
    DatePrecision,
    Incident,
    IncidentQuery,
    Location,
    Mention,
    MentionKind,
    PartialDate,
    Position,
    Reading,
    Reason,
    Relation,
    Report,
    ReportClaim,
    Role,
    Scope,
    Span,
    Stance,
    Status,
    lies_in,
)
from incidentmap.store import open_store
from incidentmap.store.codec import searched_words
from incidentmap.store.fold import fold_text

REPORT = "r1"
WORDS = ("Niafunké", "niafunke", "Jnim", "50 % des", "under_score", "İstanbul", "ﬁn", "")
TEXTS = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
NUMBERS = st.one_of(st.none(), st.integers(0, 2**63 - 1))
DAYS = st.dates(date(2023, 11, 1), date(2023, 11, 12))
ACTOR_IDS = st.sampled_from(["jnim", "fama", "cnsp"])
EVENT_TYPES = st.sampled_from(["Battles", "Riots"])
REGIONS = st.sampled_from(["tombouctou", "kidal", "mali"])
SPANS = st.builds(Span, st.integers(0, 9), st.integers(0, 9), TEXTS)
REASONS = st.lists(st.builds(Reason, TEXTS, st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple)), max_size=2).map(tuple)
POSITIONS = st.builds(Position, st.integers(-40, 40).map(lambda n: n / 10), st.floats(-90, 90))
CORNERS = st.tuples(st.sampled_from([-4.0, -2.0, 0.1, 3.0, 4.0]), st.sampled_from([-90.0, -31.5, 0.0, 12.25, 90.0]))
AREAS = st.lists(CORNERS, min_size=3, max_size=7, unique=True).map(tuple)


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    return PartialDate(start, end, draw(st.sampled_from(DatePrecision)))


def tuples_of(element: st.SearchStrategy[Claim] | st.SearchStrategy[ActorRole]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(element, max_size=3).map(tuple)


CLAIMS = st.builds(
    Claim, TEXTS, TEXTS, st.sampled_from(Stance), st.sampled_from(ClaimField), TEXTS, TEXTS, NUMBERS, NUMBERS, NUMBERS,
    st.booleans(), st.sampled_from(Scope), SPANS, st.just(REPORT),
)
ROLES = st.builds(ActorRole, ACTOR_IDS, TEXTS, st.sampled_from(Role))
LOCATIONS = st.builds(
    Location, span=SPANS, relation=st.sampled_from(Relation), place_id=TEXTS, name=TEXTS, anchor=POSITIONS, position=POSITIONS,
    line=st.lists(POSITIONS, max_size=2).map(tuple), radius_km=st.floats(0, 500), area_id=TEXTS, where_prec=st.integers(1, 7),
    geo_precision=st.integers(1, 3), country=TEXTS, admin1=TEXTS, admin2=TEXTS,
    regions=st.lists(REGIONS, unique=True).map(tuple), ambiguous=st.booleans(),
    score=st.floats(allow_nan=False), reasons=REASONS, rivals=st.lists(TEXTS, max_size=2).map(tuple),
)
INCIDENTS = st.builds(
    Incident, id=st.text("abcdef", min_size=1, max_size=8), report=st.just(REPORT), event_type=EVENT_TYPES,
    sub_event_type=TEXTS,
    date=st.none() | partial_dates(), date_span=st.none() | SPANS, trigger=SPANS, location=st.none() | LOCATIONS,
    actors=tuples_of(ROLES), claims=tuples_of(CLAIMS), status=st.sampled_from(Status), review=REASONS,
)
REPORTS = st.builds(Report, st.just(REPORT), TEXTS, TEXTS, TEXTS, st.none() | partial_dates(), TEXTS, st.text(), TEXTS)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    incidents = tuple(draw(st.lists(INCIDENTS, max_size=6, unique_by=lambda incident: incident.id)))
    ids = [incident.id for incident in incidents]
    over = st.lists(st.sampled_from(ids), unique=True).map(tuple) if ids else st.just(())
    return Reading(
        incidents=incidents,
        report_claims=tuple(draw(st.lists(st.builds(ReportClaim, CLAIMS, over), max_size=2))),
        mentions=tuple(draw(st.lists(st.builds(Mention, SPANS, st.sampled_from(MentionKind), TEXTS), max_size=2))),
        warnings=draw(REASONS),
    )


@st.composite
def queries(draw: st.DrawFn) -> IncidentQuery:
    start, end = sorted((draw(DAYS), draw(DAYS)))
    west, east = sorted((draw(st.floats(-4, 4)), draw(st.floats(-4, 4))))
    south, north = sorted((draw(st.floats(-90, 90)), draw(st.floats(-90, 90))))
    box: BBox = (west, south, east, north)
    return IncidentQuery(
        start=draw(st.sampled_from([None, start])), end=draw(st.sampled_from([None, end])),
        actors=tuple(draw(st.lists(ACTOR_IDS, max_size=2))), event_types=tuple(draw(st.lists(EVENT_TYPES, max_size=1))),
        region=draw(st.none() | REGIONS), bbox=draw(st.sampled_from([None, box])),
        not_actors=tuple(draw(st.lists(ACTOR_IDS, max_size=1))), area=draw(st.just(()) | AREAS),
        sources=draw(st.sampled_from([(), (), ("reports",), ("ucdp",)])),
        worst_precision=draw(st.sampled_from([None, 1, 2, 3])),
        statuses=tuple(draw(st.lists(st.sampled_from(Status), max_size=2))),
        text=draw(st.sampled_from(["", "", "NIAFUNKÉ", "nia funk", "%", "r_s", "istanbul", "fin"])),
    )


def matches(incident: Incident, query: IncidentQuery) -> bool:
    day, place = incident.date, incident.location
    west, south, east, north = query.bbox or (-180, -90, 180, 90)
    at = place.position if place else None
    within = query.bbox is None or (at is not None and west <= at.lon <= east and south <= at.lat <= north)
    return (
        (query.start is None or (day is not None and day.end >= query.start))
        and (query.end is None or (day is not None and day.start <= query.end))
        and (not query.actors or any(actor.id in query.actors for actor in incident.actors))
        and not any(actor.id in query.not_actors for actor in incident.actors)
        and (not query.sources or "reports" in query.sources)
        and (not query.area or (at is not None and lies_in(query.area, at.lon, at.lat)))
        and (not query.event_types or incident.event_type in query.event_types)
        and (not query.statuses or incident.status in query.statuses)
        and (query.region is None or (place is not None and query.region in place.regions))
        and (query.worst_precision is None or (place is not None and (place.precision or 4) <= query.worst_precision))
        and within
        and all(word in searched_words(incident) for word in fold_text(query.text).split())
    )


def in_order(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    return tuple(sorted(incidents, key=lambda each: (each.date is None, each.date.start if each.date else date.min, each.id)))


@settings(max_examples=60, deadline=None)
@given(REPORTS, readings())
def test_adding_then_reading_is_identity(report: Report, read: Reading) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "case.sqlite")
        store.add(report, read)
        assert store.report(REPORT) == report
        assert store.reading(REPORT) == read


@settings(max_examples=60, deadline=None)
@given(readings(), st.lists(queries(), min_size=1, max_size=8))
def test_a_query_is_a_plain_filter(read: Reading, asked: list[IncidentQuery]) -> None:
    report = Report(REPORT, "", "", "fr", None, "", "", "")
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "case.sqlite")
        store.add(report, read)
        for query in asked:
            assert store.incidents(query) == in_order(each for each in read.incidents if matches(each, query))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)
