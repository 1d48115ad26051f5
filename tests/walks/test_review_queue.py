"""The queue by doubt: a likely duplicate is a reason to look, and what several reports tell stands in it once."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from incidentmap.model import BadValue, EditConflict, Incident, IncidentQuery, Reading, Report, Status
from incidentmap.walks import duplicates, review
from incidentmap.walks import review_values as values
from incidentmap.walks.review_queue import Queued, queue
from incidentmap.walks.workspace import Workspace, open_workspace

ONE, OTHER = "b-inc-niafunke", "inc-niafunke"
"""The merged incident has the smaller id."""
CODE = "likely_duplicate"


def told_by(report: str, incident: Incident) -> Incident:
    claims = tuple(replace(each, report=report) for each in incident.claims)
    return replace(incident, id=f"{report}-{incident.id}", report=report, claims=claims)


@pytest.fixture
def twice(case: Workspace, first_report: Report, niafunke: Incident) -> Workspace:
    """The first case, and a second report of one of its attacks."""
    case.store.add(replace(first_report, id="b", source="Agence B"), Reading((told_by("b", niafunke),), (), (), ()))
    return case


def row(case: Workspace, name: str) -> Queued | None:
    return next((each for each in queue(case, tuple(Status)) if name in each.ids), None)


def codes(each: Queued | None) -> list[str]:
    return [why.code for why in each.incident.review] if each else []


def statuses(case: Workspace) -> list[Status]:
    return [each.status for each in case.store.as_told((ONE, OTHER))]


def test_a_likely_duplicate_is_a_reason_to_look_that_names_the_other(twice: Workspace) -> None:
    found = queue(twice)
    assert {each.incident.id for each in found[:2]} == {ONE, OTHER}, "first in the queue: it would be counted twice"
    assert [codes(each) for each in found] == [[CODE], [CODE], [], []]
    mine = row(twice, OTHER)
    assert mine
    told = dict(mine.incident.review[0].values)
    assert (told["place"], told["day"], told["source"]) == ("Niafunké", "2023-11-24", "Agence B")
    assert [each.ids for each in mine.likely] == [(ONE, OTHER)]
    stored = twice.store.incident(OTHER)
    assert stored
    assert stored.review == (), "nothing of it is kept with the incident"


def test_what_is_kept_apart_merged_or_rejected_is_no_reason_any_more(twice: Workspace) -> None:
    duplicates.keep_apart(twice, [ONE, OTHER], "anna")
    assert (codes(row(twice, ONE)), codes(row(twice, OTHER))) == ([], [])
    duplicates.undo(twice, 1, "anna")
    duplicates.merge(twice, [ONE, OTHER], "anna")
    assert codes(row(twice, ONE)) == []
    duplicates.undo(twice, 3, "anna")
    assert codes(row(twice, ONE)) == [CODE]
    review.reject(twice, ONE, "anna")
    assert codes(row(twice, OTHER)) == []


def test_a_merged_incident_stands_in_the_queue_once_with_its_parts(twice: Workspace, first_report: Report) -> None:
    before = len(queue(twice))
    duplicates.merge(twice, [ONE, OTHER], "anna")
    whole = row(twice, OTHER)
    assert whole
    assert (len(queue(twice)), whole.incident.id, [each.incident.id for each in whole.parts]) == (before - 1, ONE, [ONE, OTHER])
    assert whole.reports == {"b", first_report.id}
    assert len(whole.incident.claims) == sum(len(each.incident.claims) for each in whole.parts)
    for name in ("b", first_report.id):
        assert ONE in [each.incident.id for each in queue(twice, report=name)]
    assert whole.version == review.version(twice, ONE) == review.version(twice, OTHER)


def test_a_decision_about_the_whole_is_a_record_for_each_part_and_is_taken_back_as_one(twice: Workspace) -> None:
    duplicates.merge(twice, [ONE, OTHER], "anna")
    made = review.accept(twice, ONE, "ben", review.version(twice, ONE), "two sources")
    assert statuses(twice) == [Status.CONFIRMED, Status.CONFIRMED]
    assert [each.incident for each in review.history(twice)] == [OTHER, ONE]
    review.undo(twice, made.number, "ben")
    assert statuses(twice) == [Status.DRAFT, Status.DRAFT]
    review.reject(twice, OTHER, "ben")
    assert [each.id for each in twice.store.incidents(IncidentQuery(statuses=(Status.REJECTED,)))] == [ONE]
    with pytest.raises(BadValue, match="rejected already"):
        review.reject(twice, ONE, "ben")
    review.reopen(twice, ONE, "ben")
    assert statuses(twice) == [Status.DRAFT, Status.DRAFT]


def test_a_part_that_was_rejected_by_itself_stays_so_when_the_whole_is_accepted(twice: Workspace) -> None:
    review.reject(twice, ONE, "anna")
    duplicates.merge(twice, [ONE, OTHER], "anna")
    review.accept(twice, ONE, "ben")
    assert statuses(twice) == [Status.REJECTED, Status.CONFIRMED]
    whole = twice.store.whole(ONE)
    assert whole
    assert whole.status is Status.CONFIRMED


def test_an_edit_of_any_part_is_a_conflict_for_who_decides_about_the_whole(twice: Workspace) -> None:
    duplicates.merge(twice, [ONE, OTHER], "anna")
    seen = review.version(twice, ONE)
    review.edit(twice, OTHER, [values.when("2023-11-20")], "anna", seen)
    with pytest.raises(EditConflict, match=f"{OTHER} was changed meanwhile: anna"):
        review.accept(twice, ONE, "ben", seen)
    assert statuses(twice) == [Status.DRAFT, Status.DRAFT], "all or nothing"


@pytest.mark.parametrize("merged_first", [False, True])
def test_who_decides_about_what_is_one_or_two_by_now_is_told(twice: Workspace, *, merged_first: bool) -> None:
    if merged_first:
        duplicates.merge(twice, [ONE, OTHER], "anna")
    seen = review.version(twice, ONE)
    if merged_first:
        duplicates.undo(twice, 1, "anna")
    else:
        duplicates.merge(twice, [ONE, OTHER], "anna")
    with pytest.raises(EditConflict, match="shown as one with others since, or no longer"):
        review.accept(twice, ONE, "ben", seen)
    assert review.history(twice) == ()


MERGE = """
import sys
from pathlib import Path
from incidentmap.walks import duplicates
from incidentmap.walks.workspace import open_workspace

case = open_workspace(Path(sys.argv[1]))
for _ in range(5):
    made = duplicates.merge(case, sys.argv[2:4], "anna")
    duplicates.undo(case, made.record.number, "anna")
duplicates.merge(case, sys.argv[2:4], "anna")
"""
EDIT = """
import sys
from pathlib import Path
from incidentmap.model import EditConflict
from incidentmap.walks import review
from incidentmap.walks import review_values as values
from incidentmap.walks.workspace import open_workspace

case = open_workspace(Path(sys.argv[1]))
for day in range(1, 7):
    review.edit(case, sys.argv[2], [values.when(f"2023-11-0{day}")], "ben", case.store.reviews.version(sys.argv[2]))
"""


def test_one_process_merges_what_another_edits_and_both_hold(twice: Workspace) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", script, str(twice.folder), *ids], stderr=subprocess.PIPE, text=True)
        for script, ids in ((MERGE, (ONE, OTHER)), (EDIT, (OTHER,)))
    ]
    for process in processes:
        _, complaint = process.communicate(timeout=120)
        assert (process.returncode, complaint) == (0, "")
    whole = twice.store.whole(ONE)
    assert whole
    assert {str(each.date and each.date.start) for each in whole.parts} == {"2023-11-24", "2023-11-06"}
    assert (len(twice.store.merges.verify()), len(twice.store.reviews.verify())) == (11, 6)


def test_without_duplicates_nothing_is_asked_of_them(tmp_path: Path) -> None:
    assert queue(open_workspace(tmp_path / "empty")) == ()
