"""Decisions from the queue to the incidents and back, on a real report text and the shipped gazetteer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from incidentmap.model import (
    BadValue,
    Incident,
    IncidentQuery,
    NameAsked,
    PlaceKind,
    Position,
    Reason,
    ResolutionStatus,
    Status,
    Verdict,
    reason,
)
from incidentmap.walks.decide import (
    answer,
    log,
    note_questions,
    offers,
    open_questions,
    override,
    person,
    pick,
    reject,
    undo,
)
from incidentmap.walks.ingest import ingest
from incidentmap.walks.workspace import Workspace, open_workspace

TEXT = (
    "Samedi 25 novembre 2023. Des hommes armés ont attaqué vendredi 24 novembre 2023 le village de Farabougou. "
    "Le même jour, une patrouille a été attaquée à Zorgolotou, dans le cercle de Niono. "
    "Bamba a aussi été visée par des tirs de mortier."
)
MISS, AMBIGUOUS, FOUND = ResolutionStatus.MISS, ResolutionStatus.AMBIGUOUS, ResolutionStatus.FOUND
BAMBA = NameAsked("Bamba")
NIONO = Position(-5.9, 14.4)


def clock() -> datetime:
    return datetime(2026, 11, 22, 19, 5, tzinfo=UTC)


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    """A workspace that has read one report with a village that no gazetteer knows."""
    workspace = open_workspace(tmp_path / "case", "tombouctou")
    (tmp_path / "report.txt").write_text(TEXT, "utf-8")
    (done,) = ingest(workspace, [tmp_path / "report.txt"])
    assert done.refusal == ""
    return workspace


def report_id(case: Workspace) -> str:
    (found,) = [each.id for each in case.store.reports() if each.text == TEXT]
    return found


def at(case: Workspace, words: str) -> Incident:
    """The incident with this trigger."""
    (found,) = [each for each in case.store.incidents(IncidentQuery()) if each.trigger.quote == words]
    return found


def place_of(case: Workspace, words: str) -> str:
    location = at(case, words).location
    return location.place_id if location else ""


def test_a_name_that_no_gazetteer_knows_is_asked_with_its_sentence(case: Workspace) -> None:
    (question,) = open_questions(case)
    assert question.asked == NameAsked("Zorgolotou", "cercle de Niono", report=report_id(case))
    assert (question.status, question.count, question.origin) == (MISS, 1, report_id(case))
    assert question.sentence[question.start:question.end] == "Zorgolotou"
    assert question.sentence.startswith("Le même jour")
    assert answer(case, question).status is MISS


def test_a_place_of_ones_own_answers_the_question_and_moves_the_incident(case: Workspace) -> None:
    (question,) = open_questions(case)
    before = at(case, "attaquée")
    made = override(case, question.asked, NIONO, 3, PlaceKind.VILLAGE, who=" anna ", why="map of 2021", clock=clock)
    assert (made.verdict, made.who, made.at, made.asked.report) == (Verdict.OVERRIDE, "anna", "2026-11-22T19:05:00Z", "")
    assert made.place
    assert (made.place.country, made.place.admin1, made.place.source) == ("ML", "Ségou", "decided")
    assert open_questions(case) == ()
    moved = at(case, "attaquée").location
    assert moved
    assert (moved.place_id, moved.anchor, moved.ambiguous) == (made.place.id, NIONO, False)
    undo(case, made.number, "anna")
    assert open_questions(case) == (question,)
    assert at(case, "attaquée") == before


def test_a_pick_holds_everywhere_at_once(case: Workspace) -> None:
    opened_before = case.gazetteer
    stays = at(case, "tirs de mortier")
    first, *_, other = offers(case, BAMBA)
    assert place_of(case, "tirs de mortier") == first.place.id
    made = pick(case, BAMBA, other.place.id, "anna", clock=clock)
    assert (made.place, made.candidates) == (other.place, tuple(each.place.id for each in offers(case, BAMBA)))
    assert made.gazetteer == case.base.version
    assert place_of(case, "tirs de mortier") == other.place.id
    assert at(case, "tirs de mortier").id == stays.id, "an id does not depend on what its place name means"
    found = case.gazetteer.resolve("Bamba", region=None)
    assert (found.status, found.chosen and found.chosen.place.id) == (FOUND, other.place.id)
    assert opened_before.resolve("Bamba", region="tombouctou").chosen == first


def test_a_decision_of_another_process_is_seen(case: Workspace) -> None:
    other = offers(case, BAMBA)[-1]
    pick(open_workspace(case.folder), BAMBA, other.place.id, "ben")
    found = case.gazetteer.resolve("Bamba", region="tombouctou").chosen
    assert found
    assert found.place == other.place


def test_a_pick_for_one_report_holds_there_alone(case: Workspace, tmp_path: Path) -> None:
    (tmp_path / "second.txt").write_text("Le 26 novembre 2023, Bamba a été visée par des tirs de roquettes.", "utf-8")
    ingest(case, [tmp_path / "second.txt"])
    first, *_, other = offers(case, BAMBA)
    here = NameAsked("Bamba", report=report_id(case))
    made = pick(case, here, other.place.id, "anna", everywhere=False)
    assert made.asked == here
    assert (place_of(case, "tirs de mortier"), place_of(case, "tirs de roquettes")) == (other.place.id, first.place.id)
    with pytest.raises(BadValue, match="the id of the report in which alone"):
        pick(case, BAMBA, other.place.id, "anna", everywhere=False)


def test_the_last_word_counts_and_an_undo_brings_the_one_before_back(case: Workspace) -> None:
    first, *_, other = offers(case, BAMBA)
    pick(case, BAMBA, other.place.id, "anna")
    pick(case, BAMBA, first.place.id, "ben")
    assert offers(case, BAMBA)[0] == first, "who decides again sees what there is, not what was decided"
    assert place_of(case, "tirs de mortier") == first.place.id
    undo(case, 2, "ben")
    assert place_of(case, "tirs de mortier") == other.place.id
    undo(case, 1, "anna", "wrong one")
    assert place_of(case, "tirs de mortier") == first.place.id
    assert [(each.number, each.verdict, each.undoes) for each in log(case)] == [
        (4, Verdict.UNDO, 1), (3, Verdict.UNDO, 2), (2, Verdict.PICK, None), (1, Verdict.PICK, None),
    ]


def test_a_rejected_name_is_no_place_any_more(case: Workspace) -> None:
    reject(case, BAMBA, "anna", "a person")
    assert case.gazetteer.resolve("Bamba", region="tombouctou").status is MISS
    assert all(place != "curated:bamba" for each in case.store.incidents(IncidentQuery())
               for place in [each.location.place_id if each.location else ""])
    assert "Bamba" not in {each.asked.name for each in open_questions(case)}


def test_another_spelling_can_be_searched(case: Workspace) -> None:
    (question,) = open_questions(case)
    with pytest.raises(BadValue, match="'Zorgolotou' has none"):
        pick(case, question.asked, "curated:farabougou", "anna")
    made = pick(case, question.asked, "curated:diabaly", "anna", searched="Diabaly")
    assert made.place
    assert made.place.name == "Diabaly"
    assert place_of(case, "attaquée") == "curated:diabaly"


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (lambda case: pick(case, BAMBA, "curated:gao", "anna"), "place: 'curated:gao' is not .* a candidate of 'Bamba'"),
        (lambda case: pick(case, BAMBA, offers(case, BAMBA)[0].place.id, " "), "who: '' is not allowed; expected the name"),
        (lambda case: reject(case, NameAsked(" "), "anna"), "name: ' ' is not allowed"),
        (lambda case: undo(case, 7, "anna"), "undo: 7 is not allowed"),
        (lambda case: override(case, BAMBA, NIONO, 0, PlaceKind.TOWN, who="anna"), "radius_km: 0 is not allowed"),
        (lambda case: override(case, BAMBA, NIONO, -3, PlaceKind.TOWN, who="anna"), "km above 0"),
    ],
)
def test_what_cannot_be_decided_is_told_and_changes_nothing(
    case: Workspace, decide: Callable[[Workspace], object], said: str,
) -> None:
    before = case.store.version()
    with pytest.raises(BadValue, match=said):
        decide(case)
    assert (log(case), case.store.version()) == ((), before)


def test_undoing_twice_is_refused(case: Workspace) -> None:
    reject(case, BAMBA, "anna", "")
    undo(case, 1, "anna")
    for number, said in ((1, "decision 2 undid it"), (2, "a decision, not an undo")):
        with pytest.raises(BadValue, match=said):
            undo(case, number, "anna")


def test_names_of_tables_are_asked_too(case: Workspace) -> None:
    rows = [
        (NameAsked("Xyzzy"), "row 2: Xyzzy, Mopti", MISS), (NameAsked("Bamba"), "", AMBIGUOUS), (NameAsked("Gao"), "", FOUND),
        (NameAsked("xyzzy"), "row 9: xyzzy", MISS), (NameAsked("Xyzzy"), "row 11: Xyzzy", MISS),
        (NameAsked("Bamba", country="NE"), "", AMBIGUOUS), (NameAsked("Abcde"), "", MISS),
    ]
    assert note_questions(case, "list.csv", rows) == 5
    queue = open_questions(case)
    assert [(each.asked.name, each.asked.country, each.count, each.status) for each in queue] == [
        ("Xyzzy", "", 3, MISS), ("Abcde", "", 1, MISS), ("Zorgolotou", "", 1, MISS), ("Bamba", "", 1, AMBIGUOUS),
        ("Bamba", "NE", 1, AMBIGUOUS),
    ]
    assert (queue[0].sentence, queue[0].sentence[queue[0].start:queue[0].end], queue[0].origin) == (
        "row 2: Xyzzy, Mopti", "Xyzzy", "list.csv",
    )
    assert (queue[1].sentence, queue[1].start, queue[1].end) == ("", 0, 0)
    assert len({each.id for each in queue}) == len(queue)
    reject(case, NameAsked("XYZZY"), "anna", "a joke")
    pick(case, NameAsked("Bamba"), offers(case, BAMBA)[0].place.id, "anna")
    assert [(each.asked.name, each.asked.country) for each in open_questions(case)] == [
        ("Abcde", ""), ("Zorgolotou", ""), ("Bamba", "NE"),
    ]
    undo(case, 1, "anna")
    assert open_questions(case)[0] == queue[0]
    assert note_questions(case, "list.csv", []) == 0
    assert [each.asked.name for each in open_questions(case)] == ["Zorgolotou"]


def test_a_report_read_after_a_decision_knows_it(case: Workspace, tmp_path: Path) -> None:
    other = offers(case, BAMBA)[-1]
    pick(case, BAMBA, other.place.id, "anna")
    (tmp_path / "second.txt").write_text("Le 26 novembre 2023, Bamba a été visée par des tirs de roquettes.", "utf-8")
    ingest(case, [tmp_path / "second.txt"])
    assert place_of(case, "tirs de roquettes") == other.place.id


def test_the_order_of_reading_and_deciding_does_not_matter(case: Workspace, tmp_path: Path) -> None:
    other = offers(case, BAMBA)[-1]
    pick(case, BAMBA, other.place.id, "anna", clock=clock)
    late = open_workspace(tmp_path / "late", "tombouctou")
    pick(late, BAMBA, other.place.id, "anna", clock=clock)
    ingest(late, [tmp_path / "report.txt"])
    assert late.store.incidents(IncidentQuery()) == case.store.incidents(IncidentQuery())


def test_a_decision_that_was_stopped_before_its_reports_were_read_is_made_up_for(case: Workspace) -> None:
    other = offers(case, BAMBA)[-1]
    copy = open_workspace(case.folder.parent / "copy", "tombouctou")
    made = pick(copy, BAMBA, other.place.id, "anna")
    case.store.decisions.extend([made])  # as if the process had ended right after it was written
    assert place_of(case, "tirs de mortier") != other.place.id
    reject(case, NameAsked("Zorgolotou", "cercle de Niono"), "ben", "")
    assert place_of(case, "tirs de mortier") == other.place.id


def test_who_decides_is_known_from_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENTMAP_USER", " anna ")
    assert person() == "anna"
    monkeypatch.delenv("INCIDENTMAP_USER")
    monkeypatch.setenv("LOGNAME", "ben")
    assert person() == "ben"


def confirm(case: Workspace) -> None:
    """Have a person confirm every incident of the report."""
    report, read = case.store.report(report_id(case)), case.store.reading(report_id(case))
    assert report
    assert read
    confirmed = tuple(replace(each, status=Status.CONFIRMED) for each in read.incidents)
    assert case.store.replace(report, replace(read, incidents=confirmed)) == ()


def test_what_a_person_said_of_an_incident_stays_when_its_place_moves(case: Workspace) -> None:
    confirm(case)
    pick(case, BAMBA, offers(case, BAMBA)[-1].place.id, "anna")
    (question,) = open_questions(case)
    override(case, question.asked, NIONO, 3, PlaceKind.VILLAGE, who="anna")
    assert {each.status for each in case.store.incidents(IncidentQuery())} == {Status.CONFIRMED}
    undo(case, 2, "anna")
    assert {each.status for each in case.store.incidents(IncidentQuery())} == {Status.CONFIRMED}


def test_a_status_that_found_no_incident_is_told(case: Workspace) -> None:
    confirm(case)
    (question,) = open_questions(case)
    pick(case, question.asked, "curated:farabougou", "anna", searched="Farabougou")  # one place, one day: one incident
    assert case.store.count() == 2
    reject(case, NameAsked("Gao"), "anna")
    pick(case, BAMBA, offers(case, BAMBA)[-1].place.id, "anna")
    assert lost_statuses(case) == [reason("status_lost", status="confirmed", words="attaquée")], "read again, told again"
    undo(case, 1, "anna")
    assert lost_statuses(case) == []
    assert [each.status for each in case.store.incidents(IncidentQuery())] == [Status.CONFIRMED] * 3


def lost_statuses(case: Workspace) -> list[Reason]:
    read = case.store.reading(report_id(case))
    assert read
    return [why for why in read.warnings if why.code == "status_lost"]
