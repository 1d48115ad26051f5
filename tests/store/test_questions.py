from dataclasses import replace
from pathlib import Path

import pytest

from incidentmap.model import BadValue, Doubt, Incident, NameAsked, Reading, Report, ResolutionStatus, Span, Status
from incidentmap.store import Question, Store, open_store

SENTENCE = Span(0, 20, "Attaque à Farabougou")


def doubt(name: str, report: str = "", status: ResolutionStatus = ResolutionStatus.MISS) -> Doubt:
    return Doubt(NameAsked(name, "cercle de Niono", "ML", report), Span(10, 20, name), SENTENCE, status)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "case.sqlite")


def test_the_questions_of_a_table_replace_those_it_had(store: Store) -> None:
    first = [Question("a.csv", doubt("Farabougou"), 3), Question("a.csv", doubt("Fama"))]
    other = [Question("b.csv", doubt("Farabougou", status=ResolutionStatus.AMBIGUOUS))]
    store.questions.note("a.csv", first)
    store.questions.note("b.csv", other)
    assert store.questions.all() == (*first, *other)
    store.questions.note("a.csv", [])
    assert store.questions.all() == tuple(other)


def test_the_doubts_of_a_report_come_and_go_with_it(store: Store, first_report: Report, first_reading: Reading) -> None:
    doubtful = replace(first_reading, doubts=(doubt("Farabougou", first_report.id), doubt("Fama", first_report.id)))
    store.add(first_report, doubtful)
    assert store.reading(first_report.id) == doubtful
    assert [each.doubt for each in store.questions.all()] == [*doubtful.doubts]
    store.replace(first_report, first_reading)
    assert store.reading(first_report.id) == first_reading
    assert store.questions.all() == ()


def test_another_reading_takes_the_place_of_the_first(
    store: Store, first_report: Report, first_reading: Reading, niafunke: Incident,
) -> None:
    confirmed = tuple(replace(each, status=Status.CONFIRMED) for each in first_reading.incidents)
    settled = replace(first_reading, incidents=confirmed)
    store.add(first_report, settled)
    assert niafunke.location
    moved = replace(niafunke, id="moved", location=replace(niafunke.location, place_id="geonames:1", regions=()))
    after = Reading((moved,), (), first_reading.mentions[:1], ())
    lost = store.replace(first_report, after)
    assert {each.incident for each in lost} == {each.id for each in settled.incidents} - {niafunke.id}
    assert store.reading(first_report.id) == replace(after, incidents=(replace(moved, status=Status.CONFIRMED),))
    assert (store.incident(niafunke.id), store.count()) == (None, 1)
    assert store.report(first_report.id) == first_report


def test_the_same_reading_again_changes_nothing(store: Store, first_report: Report, first_reading: Reading) -> None:
    store.add(first_report, first_reading)
    before = store.version()
    assert store.replace(first_report, first_reading) == ()
    assert store.version() == before


def test_a_reading_that_cannot_be_kept_leaves_the_old_one(
    store: Store, first_report: Report, first_reading: Reading, niafunke: Incident,
) -> None:
    with pytest.raises(BadValue, match="a report of this case"):
        store.replace(first_report, first_reading)
    store.add(first_report, first_reading)
    with pytest.raises(BadValue):
        store.replace(first_report, Reading((replace(niafunke, event_type="half: \ud83d"),), (), (), ()))
    assert store.reading(first_report.id) == first_reading


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Niafunké", True),
        ("NIAFUNKE", True),  # a mention that was read as a place
        ("Nia funké", True),
        ("Goundam a été", True),  # to the letter in the text
        ("Farabougou", True),  # asked as a doubt
        ("Gao", False),
        ("Farabougou-Nord", False),
    ],
)
def test_reports_in_which_a_name_may_stand(
    store: Store, first_report: Report, first_reading: Reading, name: str, found: bool,
) -> None:
    store.add(first_report, replace(first_reading, doubts=(doubt("Farabougou", first_report.id),)))
    store.questions.note("table.csv", [Question("table.csv", doubt("Gao"))])
    assert store.reports_naming(name) == ((first_report.id,) if found else ())
