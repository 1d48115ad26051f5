"""Review of drafts: order by doubt, each field checked, decisions that keep the machine's reading, conflicts told."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from incidentmap.model import (
    ActorRole,
    BadValue,
    DatePrecision,
    EditConflict,
    Incident,
    IncidentQuery,
    PartialDate,
    Position,
    Reading,
    Report,
    ReviewAction,
    Role,
    Status,
    reason,
)
from incidentmap.walks import review, review_queue
from incidentmap.walks import review_values as values
from incidentmap.walks.workspace import Workspace, open_workspace

NIAFUNKE, GOUNDAM = "inc-niafunke", "inc-goundam"


def now(case: Workspace, name: str = NIAFUNKE) -> Incident:
    found = case.store.incident(name)
    assert found
    return found


def test_the_queue_begins_with_the_most_doubtful_draft(tmp_path: Path, first_report: Report, first_reading: Reading) -> None:
    rivals, about = reason("rival_figures", field="killed"), reason("date_about", words="x")
    doubts = {GOUNDAM: (reason("no_date"), rivals), "inc-kidal": (about,)}
    incidents = tuple(replace(each, review=doubts.get(each.id, ())) for each in first_reading.incidents)
    case = open_workspace(tmp_path / "case", "tombouctou")
    case.store.add(first_report, replace(first_reading, incidents=incidents))
    queue = review_queue.queue(case)
    assert [(each.incident.id, each.doubt) for each in queue] == [(GOUNDAM, 6.0), ("inc-kidal", 1.0), (NIAFUNKE, 0.0)]
    assert [each.incident.id for each in review_queue.queue(case, (Status.CONFIRMED,))] == ["inc-bamako"]
    assert review_queue.queue(case, report="none") == ()
    assert {each.version for each in queue} == {review.version(case, each.incident.id) for each in queue}


def test_accept_reject_reopen_and_undo(case: Workspace) -> None:
    review.accept(case, NIAFUNKE, "anna", why="read the source")
    assert now(case).status is Status.CONFIRMED
    with pytest.raises(BadValue, match="confirmed already"):
        review.accept(case, NIAFUNKE, "ben")
    review.reject(case, NIAFUNKE, "ben")
    assert NIAFUNKE not in {each.id for each in case.store.incidents(IncidentQuery())}
    review.undo(case, 2, "ben")
    assert now(case).status is Status.CONFIRMED
    review.reopen(case, NIAFUNKE, " anna   b ")
    told = review.history(case, NIAFUNKE)
    assert [(each.number, each.who, each.action.value) for each in told] == [
        (4, "anna b", "reopen"), (3, "ben", "undo"), (2, "ben", "reject"), (1, "anna", "accept"),
    ]
    assert review.undoable(told) == {4}


def test_an_edit_sets_each_field_and_settles_its_doubts(
    tmp_path: Path, first_report: Report, first_reading: Reading,
) -> None:
    doubtful = replace(first_reading.incidents[0], review=(reason("no_date"), reason("rival_control")))
    case = open_workspace(tmp_path / "case", "tombouctou")
    case.store.add(first_report, replace(first_reading, incidents=(doubtful, *first_reading.incidents[1:])))
    before = now(case)
    review.edit(case, NIAFUNKE, [
        *values.event("Mob violence"), values.when("2023-11-23", "2023-11-24"), values.place(case, before, "curated:goundam"),
        values.parts((values.part("jnim", "attacker"), values.part("Brigade du Vent", "target"))),
        values.claims((values.claim(before.claims[0], {"low": "30", "best": "40", "high": "", "claimant": "Radio X"}),)),
    ], "anna")
    after = now(case)
    assert (after.event_type, after.sub_event_type) == ("Riots", "Mob violence")
    assert after.date == PartialDate(date(2023, 11, 23), date(2023, 11, 24), DatePrecision.RANGE)
    assert after.location
    assert (after.location.name, after.location.where_prec, "tombouctou" in after.location.regions) == ("Goundam", 1, True)
    assert [(each.id, each.role) for each in after.actors] == [
        ("jnim", Role.ATTACKER), ("unregistered:brigade-du-vent", Role.TARGET),
    ]
    killed = after.claims[0]
    assert (killed.low, killed.best, killed.high, killed.claimant_name) == (30, 40, None, "Radio X")
    assert killed.span == before.claims[0].span
    assert after.review == (), "both doubts are settled"
    assert case.store.reviews.draft(NIAFUNKE) == doubtful


@pytest.mark.parametrize(("radius", "precisions"), [(2, (1, 1)), (20, (2, 2)), (60, (5, 2)), (200, (5, 3))])
def test_an_own_point_is_as_precise_as_its_radius(case: Workspace, radius: float, precisions: tuple[int, int]) -> None:
    review.edit(case, NIAFUNKE, [values.point(case, now(case), Position(-3.9, 15.9), radius, "Camp")], "anna")
    where = now(case).location
    assert where
    assert (where.name, where.position, where.where_prec, where.geo_precision) == ("Camp", Position(-3.9, 15.9), *precisions)
    assert (where.country, where.admin1, "tombouctou" in where.regions) == ("ML", "Tombouctou", True)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda _: values.event("Bombing"), "one of: Armed clash"),
        (lambda _: values.event("Attack", "Battles"), "one of: Armed clash, Government"),
        (lambda _: values.event("", "War"), "one of: Battles"),
        (lambda _: values.when("24/11/2023"), "2023-11-24"),
        (lambda _: values.when("2023-11-24", "2023-11-23"), "on or after its start"),
        (lambda _: values.when("2023-11-24", "2023-11-25", "day"), "range, about"),
        (lambda _: values.when("2023-11-24", precision="roughly"), "day, range, about"),
        (lambda case: values.place(case, now(case), "curated:atlantis"), "the id of a place"),
        (lambda case: values.point(case, now(case), Position(0, 0), 0), "above 0"),
        (lambda _: values.part("jnim", "boss"), "attacker, target"),
        (lambda _: values.part(" - ", "target"), "or a name"),
        (lambda case: values.claim(now(case).claims[0], {"low": "-1"}), "whole number"),
        (lambda case: values.claim(now(case).claims[0], {"low": "9", "high": "3"}), "low <= best <= high"),
        (lambda case: values.claim(now(case).claims[0], {"stance": "swears"}), "claims, confirms"),
        (lambda case: values.claim(now(case).claims[0], {"quote": "x"}), "low, best, high"),
        (lambda case: values.new_claim("abc", now(case), "not there", {}), "letter for letter"),
    ],
)
def test_a_value_that_is_not_allowed_is_refused(case: Workspace, make: Callable[[Workspace], Any], told: str) -> None:
    with pytest.raises(BadValue, match=told):
        make(case)


def test_unknown_stays_unknown_where_a_person_says_so(case: Workspace) -> None:
    review.edit(case, NIAFUNKE, [values.NO_DATE, values.NO_PLACE], "anna")
    assert (now(case).date, now(case).location) == (None, None)
    with pytest.raises(BadValue, match="at least one value"):
        review.edit(case, NIAFUNKE, [values.NO_DATE], "anna")


def test_a_claim_that_the_machine_missed_has_its_words_in_the_report(case: Workspace, first_report: Report) -> None:
    before = now(case)
    extra = values.new_claim(first_report.text, before, "a été bombardé", {"field": "wounded", "low": "3", "high": "3"})
    review.edit(case, NIAFUNKE, [values.claims((*before.claims, extra))], "anna")
    kept = now(case).claims[-1].span
    assert first_report.text[kept.start:kept.end] == kept.quote == "a été bombardé"


def test_split_gives_the_second_incident_its_claims_and_place(case: Workspace) -> None:
    before = now(case)
    made = review.split(case, NIAFUNKE, [3], [values.place(case, before, "curated:bamba")], "anna")
    child_id = next(each for each in made.incidents if each != NIAFUNKE)
    child = now(case, child_id)
    assert child.location
    assert (child.location.name, child.claims, child.status) == ("Bamba", before.claims[2:], Status.DRAFT)
    assert now(case).claims == before.claims[:2]
    review.accept(case, child_id, "ben")
    with pytest.raises(BadValue, match="Undo 2 first"):
        review.undo(case, made.number, "anna")
    for number in (2, 1):
        review.undo(case, number, "anna")
    assert (now(case), case.store.incident(child_id)) == (before, None)


@pytest.mark.parametrize(("claims", "told"), [([], "claims that go along"), ([9], "1 to 3")])
def test_a_split_of_nothing_is_refused(case: Workspace, claims: list[int], told: str) -> None:
    with pytest.raises(BadValue, match=told):
        review.split(case, NIAFUNKE, claims, [], "anna")


def test_merge_keeps_every_claim_and_can_be_undone(case: Workspace) -> None:
    one, other = now(case), now(case, GOUNDAM)
    made = review.merge_drafts(case, NIAFUNKE, GOUNDAM, "anna")
    assert now(case).claims == (*one.claims, *other.claims)
    assert now(case, GOUNDAM).status is Status.REJECTED
    assert review.history(case, GOUNDAM) == (made,)
    review.undo(case, made.number, "anna")
    assert (now(case), now(case, GOUNDAM)) == (one, other)
    with pytest.raises(BadValue, match="another incident of report"):
        review.merge_drafts(case, NIAFUNKE, NIAFUNKE, "anna")


def test_a_decision_on_what_somebody_changed_is_told_and_can_be_made_on_top(case: Workspace) -> None:
    seen = review.version(case, NIAFUNKE)
    review.edit(case, NIAFUNKE, [values.when("2023-11-22")], "anna", seen)
    tries: list[Callable[[], Any]] = [
        lambda: review.accept(case, NIAFUNKE, "ben", seen),
        lambda: review.edit(case, NIAFUNKE, [values.NO_PLACE], "ben", seen),
        lambda: review.merge_drafts(case, GOUNDAM, NIAFUNKE, "ben", other_based_on=seen),
    ]
    for late in tries:
        with pytest.raises(EditConflict, match=r"anna, .*: edit \(date\)"):
            late()
    review.accept(case, NIAFUNKE, "ben", review.version(case, NIAFUNKE))
    assert (now(case).status, now(case).date) == (Status.CONFIRMED, PartialDate.day(date(2023, 11, 22)))


def test_the_same_decision_by_two_is_a_conflict_too(case: Workspace) -> None:
    seen = review.version(case, NIAFUNKE)
    review.accept(case, NIAFUNKE, "anna", seen)
    with pytest.raises(EditConflict, match="anna"):
        review.accept(case, NIAFUNKE, "ben", seen)


def test_an_unknown_incident_or_number_is_refused(case: Workspace) -> None:
    with pytest.raises(BadValue, match="the id of an incident"):
        review.accept(case, "inc-none", "anna")
    with pytest.raises(BadValue, match="one of the log"):
        review.undo(case, 5, "anna")
    with pytest.raises(BadValue, match="a name"):
        review.accept(case, NIAFUNKE, "  ")
    assert review.history(case) == ()


def test_every_sub_type_of_the_event_kinds_is_on_the_list() -> None:
    assert (len(values.event_types()), sum(map(len, values.event_types().values()))) == (6, 25)
    assert values.part("jnim", "party") == ActorRole("jnim", values.actor_words("jnim"), Role.PARTY)


ACCEPT = """
import sys
from pathlib import Path
from incidentmap.model import EditConflict
from incidentmap.walks import review
from incidentmap.walks.workspace import open_workspace

case = open_workspace(Path(sys.argv[1]))
try:
    review.accept(case, "inc-niafunke", sys.argv[2], sys.argv[3])
except EditConflict as error:
    print(error)
"""


def test_of_two_processes_that_decide_on_the_same_version_one_is_told(case: Workspace) -> None:
    seen = review.version(case, NIAFUNKE)
    processes = [
        subprocess.Popen([sys.executable, "-c", ACCEPT, str(case.folder), who, seen], stdout=subprocess.PIPE, text=True)
        for who in ("anna", "ben")
    ]
    said = [process.communicate(timeout=120)[0] for process in processes]
    log = review.history(case, NIAFUNKE)
    assert [each.action for each in log] == [ReviewAction.ACCEPT]
    assert sorted(bool(words) for words in said) == [False, True]
    assert f"changed meanwhile: {log[0].who}" in "".join(said)
