"""The review log: appended only, replayed over the machine's reading, and never over somebody else's edit in silence."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from incidentmap.model import (
    BadValue,
    Change,
    EditConflict,
    Incident,
    IncidentQuery,
    MergeVerdict,
    PartialDate,
    Reading,
    Report,
    Review,
    ReviewAction,
    ReviewField,
    Span,
    Status,
    difference,
    reason,
    reviewed,
)
from incidentmap.store import Store, open_store, version
from incidentmap.store.review_codec import draft_of, draft_text, review_of, review_row

Clock = Callable[[], datetime]
NIAFUNKE, GOUNDAM = "inc-niafunke", "inc-goundam"
JANUARY = PartialDate.day(date(2024, 1, 2))


@pytest.fixture
def store(tmp_path: Path, first_report: Report, first_reading: Reading) -> Store:
    made = open_store(tmp_path / "case.sqlite")
    made.add(first_report, first_reading)
    return made


def now(store: Store, name: str = NIAFUNKE) -> Incident:
    found = store.incident(name)
    assert found
    return found


def record(before: Incident, *afters: Incident, action: ReviewAction = ReviewAction.EDIT, who: str = "anna",
           based_on: tuple[tuple[str, str], ...] = (), undoes: int | None = None) -> Review:
    changes = tuple(change for after in afters for change in difference(before, after))
    return Review(0, "", who, action, before.report, before.id, changes, based_on, undoes, "")


def test_a_decision_changes_what_it_names_and_nothing_else(store: Store, clock: Clock) -> None:
    machine = now(store)
    done = store.reviews.append(record(machine, replace(machine, date=JANUARY, status=Status.CONFIRMED)), clock)
    assert (done.number, done.at) == (1, "2026-11-22T19:01:00Z")
    assert now(store) == replace(machine, date=JANUARY, status=Status.CONFIRMED)
    assert store.reviews.draft(NIAFUNKE) == machine
    assert store.reviews.of(NIAFUNKE) == (done,)
    assert store.reviews.of(GOUNDAM) == ()
    assert [each.id for each in store.incidents(IncidentQuery(start=date(2024, 1, 1)))] == [NIAFUNKE]


def test_an_edit_based_on_what_is_no_more_is_refused_and_says_who_did_what(store: Store, clock: Clock) -> None:
    machine, seen = now(store), store.reviews.version(NIAFUNKE)
    store.reviews.append(record(machine, replace(machine, date=JANUARY), who="anna", based_on=((NIAFUNKE, seen),)), clock)
    late = record(machine, replace(machine, event_type="Riots"), who="ben", based_on=((NIAFUNKE, seen),))
    with pytest.raises(EditConflict, match=r"anna, 2026-11-22T19:01:00Z: edit \(date\).*version 1\."):
        store.reviews.append(late, clock)
    assert (len(store.reviews.all()), now(store).date) == (1, JANUARY)
    store.reviews.append(replace(late, based_on=((NIAFUNKE, store.reviews.version(NIAFUNKE)),)), clock)
    assert (now(store).date, now(store).event_type) == (JANUARY, "Riots"), "both edits hold"


def test_another_incident_of_the_report_is_no_conflict(store: Store, clock: Clock) -> None:
    one, other = now(store), now(store, GOUNDAM)
    seen = store.reviews.version(GOUNDAM)
    store.reviews.append(record(one, replace(one, date=JANUARY)), clock)
    store.reviews.append(record(other, replace(other, date=JANUARY), based_on=((GOUNDAM, seen),)), clock)
    assert len(store.reviews.all()) == 2


def test_an_incident_read_again_in_other_words_is_a_conflict(
    store: Store, first_report: Report, first_reading: Reading, clock: Clock,
) -> None:
    machine, seen = now(store), store.reviews.version(NIAFUNKE)
    again = tuple(replace(each, event_type="Riots") for each in first_reading.incidents)
    store.replace(first_report, replace(first_reading, incidents=again))
    with pytest.raises(EditConflict, match="read again"):
        store.reviews.append(record(machine, replace(machine, date=JANUARY), based_on=((NIAFUNKE, seen),)), clock)


def test_reading_again_keeps_what_people_decided_and_what_they_did_not_touch_follows(
    store: Store, first_report: Report, first_reading: Reading, clock: Clock,
) -> None:
    machine = now(store)
    store.reviews.append(record(machine, replace(machine, date=JANUARY, status=Status.CONFIRMED)), clock)
    again = tuple(replace(each, sub_event_type="Other", date=None) for each in first_reading.incidents)
    assert store.replace(first_report, replace(first_reading, incidents=again)) == ()
    assert now(store) == replace(machine, date=JANUARY, status=Status.CONFIRMED, sub_event_type="Other")
    assert store.reviews.draft(NIAFUNKE) == again[0]


def test_what_is_read_no_longer_waits_and_holds_again(
    store: Store, first_report: Report, first_reading: Reading, clock: Clock,
) -> None:
    machine = now(store)
    store.reviews.append(record(machine, replace(machine, status=Status.CONFIRMED)), clock)
    without = replace(first_reading, incidents=first_reading.incidents[1:], report_claims=())
    assert [(each.incident, each.status) for each in store.replace(first_report, without)] == [(NIAFUNKE, Status.CONFIRMED)]
    assert store.incident(NIAFUNKE) is None
    assert [each.incident for each in store.replace(first_report, without)] == [NIAFUNKE], "told each time"
    assert store.replace(first_report, first_reading) == ()
    assert now(store).status is Status.CONFIRMED


def test_an_incident_whose_id_changed_with_its_place_keeps_id_and_records(
    store: Store, first_report: Report, first_reading: Reading, clock: Clock,
) -> None:
    machine = now(store)
    store.reviews.append(record(machine, replace(machine, status=Status.CONFIRMED)), clock)
    moved = replace(machine, id="inc-moved", location=None)
    claims = tuple(replace(each, incidents=("inc-moved", GOUNDAM)) for each in first_reading.report_claims)
    read = replace(first_reading, incidents=(moved, *first_reading.incidents[1:]), report_claims=claims)
    assert store.replace(first_report, read) == ()
    assert now(store) == replace(moved, id=NIAFUNKE, status=Status.CONFIRMED)
    kept = store.reading(first_report.id)
    assert kept
    assert [each.incidents for each in kept.report_claims] == [(NIAFUNKE, GOUNDAM)]


def test_undo_takes_back_the_newest_and_says_what_stands_in_the_way(store: Store, clock: Clock) -> None:
    machine = now(store)
    first = store.reviews.append(record(machine, replace(machine, date=JANUARY)), clock)
    edited = now(store)
    second = store.reviews.append(record(edited, replace(edited, status=Status.CONFIRMED), who="ben"), clock)
    undo = record(machine, action=ReviewAction.UNDO)
    with pytest.raises(BadValue, match="2 by ben came later"):
        store.reviews.append(replace(undo, undoes=first.number), clock)
    store.reviews.append(replace(undo, undoes=second.number), clock)
    assert now(store) == edited
    with pytest.raises(BadValue, match="decision 3 undid it"):
        store.reviews.append(replace(undo, undoes=second.number), clock)
    store.reviews.append(replace(undo, undoes=first.number), clock)
    assert now(store) == machine
    with pytest.raises(BadValue, match="not an undo"):
        store.reviews.append(replace(undo, undoes=3), clock)


def test_a_decision_may_bring_an_incident_forth_and_undo_takes_it_back(store: Store, clock: Clock) -> None:
    machine = now(store)
    child = replace(machine, id="inc-child", claims=machine.claims[1:])
    parent = replace(machine, claims=machine.claims[:1])
    born = Change("inc-child", ReviewField.INCIDENT, None, child)
    made = store.reviews.append(
        replace(record(machine, parent, action=ReviewAction.SPLIT), changes=(*difference(machine, parent), born)), clock,
    )
    read = store.reading(machine.report)
    assert read
    assert [each.id for each in read.incidents][:3] == [NIAFUNKE, "inc-child", GOUNDAM]
    assert (now(store), now(store, "inc-child"), store.reviews.draft("inc-child")) == (parent, child, None)
    assert store.reviews.of("inc-child") == (made,)
    store.reviews.append(replace(record(child, replace(child, date=JANUARY))), clock)
    assert (now(store, "inc-child").date, now(store).date) == (JANUARY, machine.date)
    for number in (2, 1):
        store.reviews.append(replace(record(machine, action=ReviewAction.UNDO), undoes=number), clock)
    assert (store.incident("inc-child"), now(store)) == (None, machine)


@pytest.mark.parametrize(("merged", "together", "told"), [
    (True, (NIAFUNKE,), r"merged with another meanwhile \(ben, .*: same\)"),
    (False, (NIAFUNKE, "b"), r"taken apart meanwhile \(ben, .*: undo\)"),
])
def test_who_saw_other_incidents_as_one_is_told(
    store: Store, clock: Clock, first_report: Report, *, merged: bool, together: tuple[str, ...], told: str,
) -> None:
    machine = now(store)
    second = replace(machine, id="b", report="b", claims=())
    store.add(replace(first_report, id="b"), Reading((second,), (), (), ()))
    store.merges.append(MergeVerdict.SAME, [NIAFUNKE, "b"], "ben", "", clock)
    if not merged:
        store.merges.undo(1, "ben", "", clock)
    draft = record(machine, replace(machine, status=Status.CONFIRMED))
    with pytest.raises(EditConflict, match=told):
        store.reviews.append_all((draft,), clock, together)
    assert store.reviews.all() == ()
    assert len(store.reviews.append_all((draft,), clock, (NIAFUNKE, "b") if merged else (NIAFUNKE,))) == 1


def test_several_records_are_appended_together_or_none_is(store: Store, clock: Clock) -> None:
    one, other = now(store), now(store, GOUNDAM)
    drafts = [record(each, replace(each, status=Status.CONFIRMED)) for each in (one, other)]
    with pytest.raises(EditConflict):
        store.reviews.append_all((drafts[0], replace(drafts[1], based_on=((GOUNDAM, "0.stale"),))), clock)
    assert store.reviews.all() == ()
    made = store.reviews.append_all(drafts, clock)
    assert [(each.number, each.at) for each in made] == [(1, made[0].at), (2, made[0].at)]
    assert len(store.reviews.verify()) == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [({"who": " "}, "a name"), ({"report": "no such"}, "a report of this case"), ({"undoes": 7}, "a decision of this report")],
    ids=["nobody", "no report", "undo of nothing"],
)
def test_what_cannot_be_kept_is_refused(store: Store, clock: Clock, change: dict[str, object], told: str) -> None:
    machine = now(store)
    with pytest.raises(BadValue, match=told):
        store.reviews.append(replace(record(machine), **change), clock)  # type: ignore[arg-type]
    assert store.reviews.all() == ()


@pytest.mark.parametrize("sql", [
    "UPDATE reviews SET who = 'ben'", "DELETE FROM reviews",
    "INSERT INTO reviews SELECT 9, at, who, action, report, incident, changes, based_on, undoes, why FROM reviews",
    "INSERT INTO reviews SELECT 2, at, who, 'undo', report, incident, changes, based_on, 5, why FROM reviews",
    "INSERT INTO reviews SELECT 2, at, ' ', action, report, incident, changes, based_on, undoes, why FROM reviews",
])
def test_the_file_itself_refuses_to_change_a_record(store: Store, clock: Clock, sql: str) -> None:
    machine = now(store)
    store.reviews.append(record(machine, replace(machine, date=JANUARY)), clock)
    connection = sqlite3.connect(store.path, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)
    connection.close()


def test_the_reasons_that_a_person_settled_stay_settled_and_new_ones_show(niafunke: Incident) -> None:
    doubtful = replace(niafunke, review=(reason("no_date"), reason("ambiguous_place", name="x", rivals="")))
    settled = replace(doubtful, date=JANUARY, review=doubtful.review[1:])
    again = replace(doubtful, review=(reason("no_date"), reason("rival_control")))
    log = [replace(record(doubtful, settled), number=1)]
    assert reviewed([again], log)[0].review == (reason("rival_control"),)


WORDS = some.text(some.characters(codec="utf-8"), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(quote=WORDS, who=WORDS, none=some.booleans())
def test_a_record_comes_back_from_its_row(niafunke: Incident, quote: str, who: str, none: bool) -> None:
    after = replace(
        niafunke, event_type=who, date=None if none else JANUARY, location=None, review=(), status=Status.REJECTED,
        claims=tuple(replace(each, span=Span(0, 1, quote)) for each in niafunke.claims[:1]), actors=niafunke.actors[:1],
    )
    made = record(niafunke, after, who=who, based_on=((niafunke.id, version(niafunke, ())),))
    made = replace(made, changes=(*made.changes, Change("new", ReviewField.INCIDENT, None, after)))
    assert review_of(review_row(made)) == made
    assert draft_of(draft_text(after)) == after
    assert reviewed([niafunke], [replace(made, changes=difference(niafunke, after))]) == (after,)


EDIT = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from incidentmap.model import *
from incidentmap.store import open_store

store, who = open_store(Path(sys.argv[1])), sys.argv[2]
done = refused = 0
while done < 8:
    seen, incident = store.reviews.version("inc-niafunke"), store.incident("inc-niafunke")
    after = replace(incident, sub_event_type=incident.sub_event_type + who)
    record = Review(0, "", who, ReviewAction.EDIT, incident.report, incident.id, difference(incident, after),
                    ((incident.id, seen),), None, "")
    try:
        store.reviews.append(record, lambda: datetime.now(UTC))
        done += 1
    except EditConflict as error:
        assert "anna" in str(error) or "ben" in str(error), error
        refused += 1
"""


def test_two_processes_lose_none_of_their_edits(store: Store) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", EDIT, store.path, who], stderr=subprocess.PIPE, text=True)
        for who in ("anna", "ben")
    ]
    for process in processes:
        _, complaint = process.communicate(timeout=120)
        assert (process.returncode, complaint) == (0, "")
    log = store.reviews.all()
    assert [each.number for each in log] == list(range(1, 17))
    words = now(store).sub_event_type.removeprefix("Armed clash")
    assert words == "".join(each.who for each in log), "each edit stands on top of the one before it"
