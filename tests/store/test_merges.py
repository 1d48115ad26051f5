import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.test_laws import INCIDENTS, queries
from tests.store.test_laws import matches as plain_matches

from incidentmap.model import (
    BadValue,
    DatePrecision,
    Incident,
    IncidentQuery,
    MergeRecord,
    MergeVerdict,
    PartialDate,
    Reading,
    Report,
    Span,
    Status,
)
from incidentmap.store import Store, groups_of, open_store
from incidentmap.store.matches import matches
from incidentmap.store.migrate import steps
from incidentmap.store.whole import whole_incident

Clock = Callable[[], datetime]
SAME, APART, UNDO = MergeVerdict.SAME, MergeVerdict.NOT_SAME, MergeVerdict.UNDO


def told_by(report: str, incident: Incident, number: int = 0) -> Incident:
    """The same incident as another report tells it."""
    claims = tuple(replace(each, report=report) for each in incident.claims)
    trigger = Span(incident.trigger.start + number, incident.trigger.end + number, incident.trigger.quote)
    return replace(incident, id=f"{report}-{incident.id}", report=report, claims=claims, trigger=trigger)


@pytest.fixture
def store(tmp_path: Path, first_report: Report, niafunke: Incident, goundam: Incident) -> Store:
    """Three reports, a, b and c, that all tell of the two attacks."""
    made = open_store(tmp_path / "case.sqlite")
    for name in "abc":
        made.add(replace(first_report, id=name), Reading((told_by(name, niafunke), told_by(name, goundam)), (), (), ()))
    return made


def ids(store: Store, query: IncidentQuery | None = None) -> list[str]:
    return [each.id for each in store.incidents(query or IncidentQuery())]


def record(number: int, verdict: MergeVerdict, *incidents: str, undoes: int | None = None) -> MergeRecord:
    return MergeRecord(number, "", "anna", verdict, tuple(sorted(incidents)), undoes, "")


def test_merged_incidents_are_shown_once_and_each_part_leads_there(store: Store, clock: Clock) -> None:
    before = store.incidents(IncidentQuery())
    store.merges.append(SAME, ["b-inc-niafunke", "a-inc-niafunke"], "anna", "same night", clock)
    assert (len(before), store.count()) == (6, 5)
    assert "a-inc-niafunke" in ids(store)
    assert "b-inc-niafunke" not in ids(store)
    whole = store.whole("b-inc-niafunke")
    assert whole is not None
    assert (whole.id, [part.id for part in whole.parts]) == ("a-inc-niafunke", ["a-inc-niafunke", "b-inc-niafunke"])
    assert {claim.report for claim in whole.claims} == {"a", "b"}
    assert len(whole.claims) == 6
    assert store.incident("b-inc-niafunke") in before


def test_an_undo_brings_back_what_was_version_included(store: Store, clock: Clock) -> None:
    before, version = store.incidents(IncidentQuery()), store.version()
    made = store.merges.append(SAME, ["a-inc-niafunke", "b-inc-niafunke", "c-inc-niafunke"], "anna", "", clock)
    assert (store.count(), store.version() == version) == (4, False)
    store.merges.undo(made.number, "ben", "two nights", clock)
    assert (store.incidents(IncidentQuery()), store.version()) == (before, version)
    log = [(each.verdict, each.who, each.why) for each in store.merges.all()]
    assert log == [(SAME, "anna", ""), (UNDO, "ben", "two nights")]


def test_merges_make_chains(store: Store, clock: Clock) -> None:
    store.merges.append(SAME, ["b-inc-niafunke", "c-inc-niafunke"], "anna", "", clock)
    store.merges.append(SAME, ["a-inc-niafunke", "c-inc-niafunke"], "anna", "", clock)
    assert store.merges.groups().parts == {"a-inc-niafunke": ("a-inc-niafunke", "b-inc-niafunke", "c-inc-niafunke")}


def test_not_the_same_goes_before_a_chain(store: Store, clock: Clock) -> None:
    a, b, c = (f"{name}-inc-niafunke" for name in "abc")
    store.merges.append(SAME, [a, b], "anna", "", clock)
    store.merges.append(SAME, [b, c], "anna", "", clock)
    store.merges.append(APART, [a, c], "ben", "", clock)
    groups = store.merges.groups()
    assert groups.parts == {a: (a, b)}
    assert [(each.merge, each.pair, each.by, each.apart) for each in groups.overruled] == [(2, (b, c), 3, (a, c))]
    with pytest.raises(BadValue, match=r"not the same \(record 3 by ben\).*Undo record 3 first"):
        store.merges.append(SAME, [b, c], "carl", "", clock)
    store.merges.undo(3, "anna", "", clock)
    assert store.merges.groups().parts == {a: (a, b, c)}


@pytest.mark.parametrize(("incidents", "who", "told"), [
    (["a-inc-niafunke"], "anna", "two or more"), (["a-inc-niafunke", "a-inc-niafunke"], "anna", "two or more"),
    (["a-inc-niafunke", "gone"], "anna", "'gone'"), (["a-inc-niafunke", "b-inc-niafunke"], " ", "who decides"),
])
def test_what_cannot_be_said_is_refused(store: Store, clock: Clock, incidents: list[str], who: str, told: str) -> None:
    with pytest.raises(BadValue, match=told):
        store.merges.append(SAME, incidents, who, "", clock)
    assert store.merges.all() == ()


def test_an_undo_takes_back_what_stands(store: Store, clock: Clock) -> None:
    store.merges.append(SAME, ["a-inc-niafunke", "b-inc-niafunke"], "anna", "", clock)
    store.merges.undo(1, "anna", "", clock)
    for number, told in ((1, "record 2 undid it"), (2, "is no undo"), (7, "one of the log")):
        with pytest.raises(BadValue, match=told):
            store.merges.undo(number, "anna", "", clock)


def test_the_log_only_grows(store: Store, clock: Clock) -> None:
    store.merges.append(SAME, ["a-inc-niafunke", "b-inc-niafunke"], "anna", "", clock)
    row = "INSERT INTO merges VALUES (?, 'now', 'eve', ?, ?, '')"
    for sql, values in (
        ("UPDATE merges SET who = 'eve'", ()), ("DELETE FROM merge_incidents", ()), ("DELETE FROM merges", ()),
        ("UPDATE merge_incidents SET incident = 'x'", ()), (row, (5, "same", None)), (row, (2, "undo", 9)),
        (row, (2, "undo", None)),
    ):
        with closing(sqlite3.connect(store.path)) as connection, pytest.raises(sqlite3.IntegrityError):
            connection.execute(sql, values)


def test_the_most_precise_date_and_place_lead_and_the_others_stay(niafunke: Incident) -> None:
    assert niafunke.location is not None
    month = PartialDate(date(2023, 11, 1), date(2023, 11, 30), DatePrecision.MONTH)
    vague = replace(niafunke, id="a", date=month, location=replace(niafunke.location, geo_precision=3, place_id="area"))
    clear, other = replace(niafunke, id="b", status=Status.CONFIRMED), replace(niafunke, id="c", location=None, date=None)
    whole = whole_incident([other, clear, vague])
    assert (whole.id, whole.date, whole.location, whole.status) == ("a", clear.date, clear.location, Status.CONFIRMED)
    assert [part.date for part in whole.parts] == [month, clear.date, None]
    assert [part.location for part in whole.parts] == [vague.location, clear.location, None]


def test_of_equally_precise_places_that_of_most_reports_leads(niafunke: Incident) -> None:
    assert niafunke.location is not None
    elsewhere = replace(niafunke.location, place_id="x", radius_km=1.0)
    whole = whole_incident([replace(niafunke, id="a", location=elsewhere), *(replace(niafunke, id=each) for each in "bc")])
    assert whole.location == niafunke.location


def test_a_query_is_asked_of_the_whole(store: Store, clock: Clock, niafunke: Incident, first_report: Report) -> None:
    december_days = PartialDate(date(2023, 12, 1), date(2023, 12, 9), DatePrecision.RANGE)
    late = replace(told_by("d", niafunke), date=december_days, actors=())
    store.add(replace(first_report, id="d"), Reading((late,), (), (), ()))
    december = IncidentQuery(start=date(2023, 12, 1))
    assert ids(store, december) == ["d-inc-niafunke"]
    store.merges.append(SAME, ["a-inc-niafunke", "d-inc-niafunke"], "anna", "", clock)
    assert ids(store, december) == []
    assert "a-inc-niafunke" in ids(store, IncidentQuery(end=date(2023, 11, 30), actors=("jnim",), text="niafunke"))


def test_claims_over_several_name_the_whole(tmp_path: Path, first_report: Report, first_reading: Reading, niafunke: Incident,
                                            clock: Clock) -> None:
    store = open_store(tmp_path / "case.sqlite")
    store.add(first_report, first_reading)
    store.add(replace(first_report, id="a"), Reading((told_by("a", niafunke),), (), (), ()))
    store.merges.append(SAME, ["a-inc-niafunke", "inc-niafunke"], "anna", "", clock)
    assert [each.incidents for each in store.report_claims(["a-inc-niafunke"])] == [("a-inc-niafunke", "inc-goundam")]


def test_a_merge_follows_an_incident_whose_id_changes_with_its_place(store: Store, clock: Clock, niafunke: Incident,
                                                                   first_report: Report) -> None:
    store.merges.append(SAME, ["a-inc-niafunke", "b-inc-niafunke"], "anna", "", clock)
    moved = replace(told_by("b", niafunke), id="b-moved")
    store.replace(replace(first_report, id="b"), Reading((moved,), (), (), ()))
    assert store.merges.groups().parts == {"a-inc-niafunke": ("a-inc-niafunke", "b-moved")}
    store.replace(replace(first_report, id="b"), Reading((), (), (), ()))
    assert (dict(store.merges.groups().parts), store.merges.missing()) == ({}, ("b-inc-niafunke",))


def test_an_older_file_gets_the_log(tmp_path: Path, first_report: Report, first_reading: Reading, clock: Clock) -> None:
    path = tmp_path / "case.sqlite"
    older = steps()[:3]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for step in older:
            connection.executescript(step)
        connection.execute(f"PRAGMA user_version = {len(older)}")
        connection.execute(f"PRAGMA application_id = {0x494D4150}")
    store = open_store(path)
    store.add(first_report, first_reading)
    store.merges.append(SAME, ["inc-niafunke", "inc-goundam"], "anna", "", clock)
    assert store.count() == 3


NAMES = st.sampled_from("abcdef")
PAIRS = st.lists(st.lists(NAMES, min_size=2, max_size=3, unique=True), max_size=6)


@given(PAIRS, PAIRS)
def test_groups_never_hold_two_that_are_kept_apart(same: list[list[str]], apart: list[list[str]]) -> None:
    said = [(SAME, each) for each in same] + [(APART, each) for each in apart]
    groups = groups_of(record(n, verdict, *each) for n, (verdict, each) in enumerate(said, 1))
    for each in apart:
        assert all(len(set(each) & set(parts)) < 2 for parts in groups.parts.values())
    assert all(min(parts) == group for group, parts in groups.parts.items())


@given(PAIRS, st.permutations(range(6)))
def test_the_order_of_what_is_the_same_does_not_matter(same: list[list[str]], order: list[int]) -> None:
    one = groups_of(record(n, SAME, *each) for n, each in enumerate(same, 1))
    turned = [same[n] for n in order if n < len(same)]
    other = groups_of(record(n, SAME, *reversed(each)) for n, each in enumerate(turned, 1))
    assert dict(one.parts) == dict(other.parts)


@given(PAIRS, PAIRS)
def test_a_log_undone_to_the_end_says_nothing(same: list[list[str]], apart: list[list[str]]) -> None:
    said = [record(n, verdict, *each) for n, (verdict, each)
            in enumerate([*((SAME, each) for each in same), *((APART, each) for each in apart)], 1)]
    undone = [record(len(said) + each.number, UNDO, undoes=each.number) for each in said]
    groups = groups_of((*said, *undone))
    assert (dict(groups.parts), groups.overruled) == ({}, ())


@given(st.lists(INCIDENTS, min_size=1, max_size=4, unique_by=lambda each: each.id))
def test_the_whole_is_the_same_whatever_the_order_and_loses_nothing(parts: list[Incident]) -> None:
    whole = whole_incident(parts)
    assert whole == whole_incident(parts[::-1])
    assert sorted(map(repr, whole.claims)) == sorted(repr(claim) for part in parts for claim in part.claims)
    assert {actor for part in parts for actor in part.actors} == set(whole.actors)
    assert [(part.date, part.location) for part in whole.parts] == [
        (part.date, part.location) for part in sorted(parts, key=lambda part: part.id)]


@given(INCIDENTS, queries())
def test_a_query_asks_the_same_of_memory_as_of_the_file(incident: Incident, query: IncidentQuery) -> None:
    assert matches(incident, query) == plain_matches(incident, query)
