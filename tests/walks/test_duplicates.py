from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentmap.gazetteer import boundary
from incidentmap.model import (
    ActorRole,
    BadValue,
    DatePrecision,
    Incident,
    IncidentQuery,
    Pair,
    PartialDate,
    Position,
    Reading,
    Report,
    Role,
    Sameness,
)
from incidentmap.registry import actors
from incidentmap.walks import duplicates, review
from incidentmap.walks.export import geojson_text
from incidentmap.walks.likeness_settings import likeness, read_likeness
from incidentmap.walks.nearby import Ground, days_apart, neighbours
from incidentmap.walks.pairs import find_pairs
from incidentmap.walks.workspace import Workspace, open_workspace
from incidentmap.words import LANGUAGES, keys, say_reason

Change = Callable[[Incident], Incident]
EVERYTHING = replace(likeness(), possible=-99.0)


def told_by(report: str, incident: Incident) -> Incident:
    """The same incident as another report tells it."""
    claims = tuple(replace(each, report=report) for each in incident.claims)
    return replace(incident, id=f"{report}-{incident.id}", report=report, claims=claims)


def pair_of(one: Incident, other: Incident) -> Pair | None:
    return next(iter(find_pairs([one, told_by("other", other)], EVERYTHING, actors(), boundary)), None)


def codes(pair: Pair | None) -> set[str]:
    assert pair is not None
    return {each.why.code.removeprefix("duplicate_") for each in pair.evidence}


def at(incident: Incident, **changes: object) -> Incident:
    assert incident.location is not None
    return replace(incident, location=replace(incident.location, **changes))  # type: ignore[arg-type]


def on(incident: Incident, start: str, end: str = "") -> Incident:
    first, last = date.fromisoformat(start), date.fromisoformat(end or start)
    return replace(incident, date=PartialDate(first, last, DatePrecision.RANGE if end else DatePrecision.DAY))


def by(incident: Incident, *ids: str) -> Incident:
    return replace(incident, actors=tuple(ActorRole(each, each, Role.ATTACKER) for each in ids))


@pytest.mark.parametrize(("change", "code"), [
    (lambda each: each, "place_same"),
    (lambda each: at(each, position=Position(-3.97, 15.94), place_id="x"), "place_near"),
    (lambda each: at(each, radius_km=60.0, place_id="x"), "place_within"),
    (lambda each: at(each, position=Position(-3.90, 15.93), place_id="x"), "place_beyond"),
    (lambda each: at(each, line=(Position(-4.0, 15.90), Position(-3.98, 16.0)), place_id="x"), "place_near"),
    (lambda each: at(each, area_id="ML/tombouctou/niafunke", place_id="x", radius_km=1.0), "place_within"),
    (lambda each: at(each, radius_km=500.0), "place_unknown"), (lambda each: replace(each, location=None), "place_unknown"),
    (lambda each: each, "date_same"), (lambda each: on(each, "2023-11-23", "2023-11-24"), "date_touch"),
    (lambda each: on(each, "2023-11-01", "2023-11-30"), "date_wide"), (lambda each: on(each, "2023-11-26"), "date_near"),
    (lambda each: on(each, "2023-01-01", "2023-12-31"), "date_unknown"),
    (lambda each: replace(each, date=None), "date_unknown"),
    (lambda each: each, "actors_all"), (lambda each: by(each, "jnim"), "actors_some"),
    (lambda each: by(each, "katiba_macina"), "actors_kin"),
    (lambda each: by(each, "is_sahel"), "actors_kind"), (lambda each: by(each, "wagner"), "actors_differ"),
    (lambda each: each, "kinds_same"),
    (lambda each: replace(each, sub_event_type="Government regains territory"), "kinds_type"),
    (lambda each: replace(each, event_type="Explosions/Remote violence"), "kinds_akin"),
    (lambda each: replace(each, event_type="Protests", sub_event_type="Peaceful protest"), "kinds_differ"),
    (lambda each: each, "killed_same"), (lambda each: replace(each, claims=()), "killed_lone"),
    (lambda each: replace(each, claims=each.claims[:1]), "killed_touch"),
])
def test_what_both_tell_is_weighed(niafunke: Incident, change: Change, code: str) -> None:
    pair = pair_of(niafunke, change(niafunke))
    weightless = {f"{table}_{key}" for table in ("place", "kinds", "killed", "actors", "date")
                  for key, weight in getattr(EVERYTHING, table).items() if not weight}
    assert code in codes(pair) | weightless
    assert pair is not None
    assert pair.score == pytest.approx(sum(each.weight for each in pair.evidence), abs=1e-3)


def test_a_second_report_of_an_attack_is_likely_the_same_and_says_why(niafunke: Incident) -> None:
    pair = pair_of(niafunke, niafunke)
    assert pair is not None
    assert pair.sameness is Sameness.LIKELY
    for language in LANGUAGES:
        assert all(say_reason(language, each.why) for each in pair.evidence)


@pytest.mark.parametrize("change", [
    lambda each: at(each, position=Position(-3.5, 15.93)), lambda each: on(each, "2023-11-27"),
    lambda each: at(on(each, "2023-11-24"), area_id="ML/gao", position=Position(0, 16.5)),
])
def test_what_lies_elsewhere_or_another_day_is_no_pair(niafunke: Incident, change: Change) -> None:
    assert pair_of(niafunke, change(niafunke)) is None


def test_two_of_one_report_are_no_pair(niafunke: Incident) -> None:
    assert find_pairs([niafunke, replace(niafunke, id="twin")], EVERYTHING, actors(), boundary) == ()


def test_a_better_match_in_the_other_report_counts_against(niafunke: Incident) -> None:
    vague = replace(told_by("b", niafunke), id="b-2", actors=(), claims=())
    three = [niafunke, told_by("b", niafunke), vague]
    found = {each.ids: codes(each) for each in find_pairs(three, EVERYTHING, actors(), boundary)}
    assert "twin" in found["b-2", "inc-niafunke"]
    assert "twin" not in found["b-inc-niafunke", "inc-niafunke"]


def test_a_third_that_both_are_like_counts_for(niafunke: Incident) -> None:
    three = [niafunke, told_by("b", niafunke), told_by("c", niafunke)]
    assert all("third" in codes(each) for each in find_pairs(three, EVERYTHING, actors(), boundary))


def test_distances_are_true_for_points_lines_and_areas(niafunke: Incident) -> None:
    ground, near = Ground(boundary), niafunke.location
    assert near is not None
    degree = replace(near, position=Position(-2.99, 15.93))
    assert ground.gap_km(near, degree) == pytest.approx(107.0 - 5.0, abs=0.3)  # a degree of longitude there
    line = replace(near, line=(Position(-3.49, 15.0), Position(-3.49, 17.0)))
    assert ground.gap_km(near, line) == pytest.approx(53.5 - 5.0, abs=0.3)
    assert ground.gap_km(line, near) == ground.gap_km(near, line)
    assert ground.gap_km(near, replace(near, area_id="ML/tombouctou/niafunke")) == 0.0


NAMES = st.sampled_from([Position(-3.99, 15.93), Position(-3.95, 15.95), Position(-3.0, 16.0), Position(179.99, 0.0)])


Row = tuple[str, Position | None, float, int | None, int, str]


@st.composite
def cases(draw: st.DrawFn) -> list[Row]:
    place = st.one_of(st.none(), NAMES)
    row = st.tuples(st.sampled_from("abc"), place, st.sampled_from([1.0, 20.0, 400.0]), st.none() | st.integers(0, 9),
                    st.sampled_from([0, 3, 200]), st.sampled_from(["jnim", "fama", "katiba_macina"]))
    return draw(st.lists(row, max_size=9))


def built(base: Incident, rows: list[Row]) -> list[Incident]:
    made = []
    for n, (report, position, radius_km, day, more, actor) in enumerate(rows):
        start = date(2023, 11, 1) + timedelta(day or 0)
        when = None if day is None else PartialDate(start, start + timedelta(more), DatePrecision.RANGE)
        place = replace(base.location, position=position, radius_km=radius_km) if base.location and position else None
        made.append(by(replace(base, id=f"{n}", report=report, location=place, date=when), actor))
    return made


@settings(deadline=None, max_examples=60)
@given(rows=cases(), chance=st.randoms(use_true_random=False))
def test_pairs_have_no_direction_and_no_order(niafunke: Incident, rows: list[Row], chance: Random) -> None:
    incidents = built(niafunke, rows)
    turned = sorted(incidents, key=lambda _: chance.random())
    one, other = (find_pairs(each, EVERYTHING, actors(), boundary) for each in (incidents, turned))
    assert one == other
    assert all(pair.ids[0] < pair.ids[1] for pair in one)


@settings(deadline=None, max_examples=60)
@given(rows=cases())
def test_no_neighbour_is_overlooked(niafunke: Incident, rows: list[Row]) -> None:
    incidents, ground = built(niafunke, rows), Ground(boundary)
    found = {(one.id, other.id) for one, other in neighbours(incidents, EVERYTHING, ground)}
    for n, one in enumerate(incidents):
        for other in incidents[n + 1:]:
            exact = one.date and other.date and one.location and other.location and one.report != other.report
            if exact and one.date and other.date and one.location and other.location:
                meets = days_apart(one.date, other.date) <= EVERYTHING.slack_days
                near = ground.gap_km(one.location, other.location) <= EVERYTHING.slack_km
                vague = [max((each.date.end - each.date.start).days, 0) > 90 or each.location.radius_km > 150
                         for each in (one, other) if each.date and each.location]
                assert ((one.id, other.id) in found) == (meets and near) or any(vague)


def test_settings_name_what_is_wrong() -> None:
    with pytest.raises(BadValue, match="keys"):
        read_likeness({"likely": 1})


@pytest.fixture
def twice(case: Workspace, first_report: Report, niafunke: Incident, goundam: Incident) -> Workspace:
    """A workspace in which a second report tells of two of the first's incidents."""
    told = (told_by("b", niafunke), told_by("b", goundam))
    case.store.add(replace(first_report, id="b"), Reading(told, (), (), ()))
    return case


def test_candidates_are_what_nobody_has_decided_about(twice: Workspace) -> None:
    found = [each.ids for each in duplicates.candidates(twice) if each.sameness is Sameness.LIKELY]
    assert set(found) == {("b-inc-niafunke", "inc-niafunke"), ("b-inc-goundam", "inc-goundam")}
    duplicates.merge(twice, ["b-inc-niafunke", "inc-niafunke"], "anna")
    duplicates.keep_apart(twice, ["b-inc-goundam", "inc-goundam"], "anna", "two camps")
    left = {each.ids for each in duplicates.candidates(twice)}
    assert not left & set(found)


def test_an_undone_merge_leaves_the_export_byte_for_byte(twice: Workspace) -> None:
    before = geojson_text(twice, IncidentQuery())
    said = duplicates.merge(twice, ["b-inc-niafunke", "inc-niafunke"], "anna")
    merged = geojson_text(twice, IncidentQuery())
    assert merged != before
    assert said.groups.parts == {"b-inc-niafunke": ("b-inc-niafunke", "inc-niafunke")}
    duplicates.undo(twice, said.record.number, "anna")
    assert geojson_text(twice, IncidentQuery()) == before


def test_what_a_keep_apart_overrules_is_told(twice: Workspace, first_report: Report, niafunke: Incident) -> None:
    twice.store.add(replace(first_report, id="c"), Reading((told_by("c", niafunke),), (), (), ()))
    duplicates.merge(twice, ["b-inc-niafunke", "c-inc-niafunke", "inc-niafunke"], "anna")
    said = duplicates.keep_apart(twice, ["b-inc-niafunke", "inc-niafunke"], "ben")
    assert [(each.merge, each.by) for each in said.overruled] == [(1, 2)]
    assert [each.ids for each in duplicates.candidates(twice)] == [("b-inc-goundam", "inc-goundam")]


def test_merged_incidents_make_one_pair_with_a_third_and_a_preview_holds_all(
    twice: Workspace, first_report: Report, niafunke: Incident,
) -> None:
    twice.store.add(replace(first_report, id="c"), Reading((told_by("c", niafunke),), (), (), ()))
    duplicates.merge(twice, ["b-inc-niafunke", "inc-niafunke"], "anna")
    near = [each for each in duplicates.candidates(twice) if "c-inc-niafunke" in each.ids]
    assert len(near) == 1, "the same question is asked once"
    assert len({*near[0].ids} & {"b-inc-niafunke", "inc-niafunke"}) == 1
    whole = duplicates.preview(twice, near[0].ids)
    assert [each.id for each in whole.parts] == ["b-inc-niafunke", "c-inc-niafunke", "inc-niafunke"]
    duplicates.merge(twice, near[0].ids, "ben")
    assert twice.store.whole("c-inc-niafunke") == whole, "what was shown is what comes"
    with pytest.raises(BadValue, match="ids of incidents"):
        duplicates.preview(twice, ["gone"])


def test_what_is_similar_depends_on_what_is_not_rejected_alone(twice: Workspace) -> None:
    before, contents = duplicates.similar(twice), twice.store.contents()
    duplicates.merge(twice, ["b-inc-niafunke", "inc-niafunke"], "anna")
    review.accept(twice, "inc-goundam", "anna")
    assert (duplicates.similar(twice), twice.store.contents()) == (before, contents)
    review.reject(twice, "inc-goundam", "anna")
    assert twice.store.contents() != contents
    assert duplicates.similar(twice) != before


def test_an_empty_case_has_no_pairs(tmp_path: Path) -> None:
    assert duplicates.candidates(open_workspace(tmp_path / "empty")) == ()


def test_every_weight_has_words_in_every_language() -> None:
    for table in ("place", "date", "actors", "kinds", "killed", "wounded", "captured"):
        for told in getattr(likeness(), table):
            for language in LANGUAGES:
                assert f"reason.duplicate_{table}_{told}" in keys(language)
