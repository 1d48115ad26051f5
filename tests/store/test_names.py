"""Unknown names and the log of namings: noted once, appended only, a chain that tells where it was changed."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.store.test_processes import started

from incidentmap.model import (
    RULES,
    BadValue,
    BrokenStore,
    DivergingDecisions,
    NameKind,
    NamingVerdict,
    OwnActor,
    Reading,
    Report,
    Span,
    UnknownName,
    reason,
)
from incidentmap.store import Store, check_namings, migrate, naming_of, naming_record, open_store

TEXT = "Le FPDA a attaqué. Le MRSA dément, le FPDA confirme."
OWN = OwnActor("own:front", "Front", 2, "jnim", date(2020, 1, 1), date(2024, 1, 1))


def clock() -> datetime:
    return datetime(2026, 11, 22, 19, 5, tzinfo=UTC)


def unknown(name: str, by: str = RULES, start: int | None = None, kind: NameKind = NameKind.ACTOR) -> UnknownName:
    at = TEXT.index(name) if start is None else start
    return UnknownName("r1", Span(at, at + len(name), name), kind, by, reason("unknown_actor.acts", words=name))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(tmp_path / "case.sqlite")
    opened.add(Report("r1", "", "", "fr", None, "", TEXT, ""), Reading((), (), (), (), (), (unknown("FPDA"), unknown("MRSA"))))
    return opened


def test_names_come_with_the_reading_and_go_with_it(store: Store) -> None:
    report, read = store.report("r1"), store.reading("r1")
    assert report
    assert read
    assert [each.span.quote for each in read.unknown] == ["FPDA", "MRSA"]
    assert store.names.queue() == read.unknown
    store.replace(report, replace(read, unknown=(unknown("MRSA"),)))
    assert [each.span.quote for each in store.names.queue()] == ["MRSA"]


def test_a_name_is_noted_once_for_its_span_and_kind_and_a_proposers_stays_when_the_report_is_read_again(store: Store) -> None:
    second = unknown("FPDA", "spacy", TEXT.rindex("FPDA"))
    assert store.names.note([second, second, unknown("MRSA", "spacy"), unknown("MRSA", "spacy", kind=NameKind.PLACE)]) == 2
    assert [(each.span.quote, each.by) for each in store.names.queue()] == [("FPDA", RULES), ("MRSA", RULES), ("FPDA", "spacy")]
    report, read = store.report("r1"), store.reading("r1")
    assert report
    assert read
    store.replace(report, replace(read, unknown=()))
    assert store.names.queue() == (second,)


@pytest.mark.parametrize(("name", "said"), [
    (replace(unknown("FPDA"), report="r9"), "id of a report"),
    (replace(unknown("FPDA"), span=Span(0, 4, "FPDA")), "text from 0 to 4"),
    (replace(unknown("FPDA"), span=Span(0, 0, "")), "text from 0 to 0"),
])
def test_a_name_that_no_report_holds_is_refused(store: Store, name: UnknownName, said: str) -> None:
    with pytest.raises(BadValue, match=said):
        store.names.note([name])


def test_decided_names_leave_the_queue_and_come_back(store: Store) -> None:
    made = store.names.decide(NamingVerdict.SAME_AS, "fpda", "Awa", clock, actor="jnim")
    assert [each.span.quote for each in store.names.queue()] == ["MRSA"]
    store.names.undo(made.number, "Awa", clock)
    assert [each.span.quote for each in store.names.queue()] == ["FPDA", "MRSA"]


def test_namings_are_numbered_linked_and_read_back(store: Store) -> None:
    before = store.version()
    made = (
        store.names.decide(NamingVerdict.NEW, "FPDA", "Awa", clock, actor=OWN.id, own=OWN, why="own words,\nin two lines"),
        store.names.decide(NamingVerdict.NOT_AN_ACTOR, "MRSA", "Bintou", clock),
        store.names.undo(2, "Bintou", clock),
    )
    assert store.names.all() == made == store.names.verify()
    assert [each.number for each in made] == [1, 2, 3]
    assert [each.previous for each in made[1:]] == [each.hash for each in made[:2]]
    assert (made[2].name, made[2].undoes, store.names.last()) == ("MRSA", 2, made[2].hash)
    assert [naming_of(naming_record(each)) for each in made] == list(made)
    assert store.version() != before


@pytest.mark.parametrize(("verdict", "name", "who", "actor", "own", "said"), [
    (NamingVerdict.SAME_AS, "FPDA", " ", "jnim", None, "who"),
    (NamingVerdict.SAME_AS, " ", "Awa", "jnim", None, "name"),
    (NamingVerdict.SAME_AS, "FPDA", "Awa", "", None, "actor"),
    (NamingVerdict.NOT_AN_ACTOR, "FPDA", "Awa", "jnim", None, "actor"),
    (NamingVerdict.NEW, "FPDA", "Awa", "own:front", None, "actor"),
    (NamingVerdict.NEW, "FPDA", "Awa", "own:other", OWN, "actor"),
    (NamingVerdict.NEW, "FPDA", "Awa", "front", replace(OWN, id="front"), "an id such as own:"),
    (NamingVerdict.NEW, "FPDA", "Awa", OWN.id, replace(OWN, inter=9), "1 to 8"),
    (NamingVerdict.NEW, "FPDA", "Awa", OWN.id, replace(OWN, valid_to=date(2019, 1, 1)), "2020-01-01 on"),
    (NamingVerdict.NEW, "FPDA", "Awa", OWN.id, replace(OWN, parent=OWN.id), "parent"),
    (NamingVerdict.NEW, "FPDA", "Awa", OWN.id, replace(OWN, name="a\x00b"), "NUL"),
    (NamingVerdict.UNDO, "FPDA", "Awa", "", None, "verdict"),
])
def test_a_naming_that_says_nothing_is_refused(  # noqa: PLR0917
    store: Store, verdict: NamingVerdict, name: str, who: str, actor: str, own: OwnActor | None, said: str,
) -> None:
    with pytest.raises(BadValue, match=said):
        store.names.decide(verdict, name, who, clock, actor=actor, own=own)
    assert store.names.all() == ()


@pytest.mark.parametrize(("number", "said"), [(9, "one of the log"), (2, "still stands"), (3, "not an undo")])
def test_what_cannot_be_undone(store: Store, number: int, said: str) -> None:
    for name in ("FPDA", "MRSA"):
        store.names.decide(NamingVerdict.NOT_AN_ACTOR, name, "Awa", clock)
    store.names.undo(2, "Awa", clock)
    with pytest.raises(BadValue, match=said):
        store.names.undo(number, "Awa", clock)


@pytest.mark.parametrize("sql", [
    "UPDATE namings SET who = 'Eve'", "DELETE FROM namings",
    "INSERT INTO namings SELECT 7, at, who, verdict, name, actor, actor_name, inter, parent, valid_from, valid_to, undoes, "
    "why, previous, hash FROM namings",
    "INSERT INTO namings SELECT 2, at, who, verdict, name, actor, actor_name, inter, parent, valid_from, valid_to, undoes, "
    "why, previous, hash FROM namings",
])
def test_the_table_itself_refuses_what_is_no_next_record(store: Store, sql: str) -> None:
    store.names.decide(NamingVerdict.NOT_AN_ACTOR, "FPDA", "Awa", clock)
    with closing(sqlite3.connect(store.path)) as connection, pytest.raises(sqlite3.IntegrityError, match="naming"):
        connection.execute(sql)


def test_another_hand_is_told_with_the_record_and_the_cell(store: Store) -> None:
    for name in ("FPDA", "MRSA"):
        store.names.decide(NamingVerdict.NOT_AN_ACTOR, name, "Awa", clock)
    with closing(sqlite3.connect(store.path)) as connection:
        connection.execute("DROP TRIGGER namings_stay_as_they_are")
        connection.execute("UPDATE namings SET name = 'ONU' WHERE number = 1")
        connection.commit()
    with pytest.raises(BrokenStore, match=r"naming 1: hash.*not_an_actor 'ONU' by 'Awa'"):
        store.names.verify()


def test_another_copy_is_continued_and_a_parting_one_refused(store: Store, tmp_path: Path) -> None:
    first = store.names.decide(NamingVerdict.NOT_AN_ACTOR, "FPDA", "Awa", clock)
    other = open_store(tmp_path / "other.sqlite")
    assert other.names.extend([first]) == (first,)
    other.names.decide(NamingVerdict.NOT_AN_ACTOR, "ONU", "Bintou", clock)
    assert [each.name for each in store.names.extend(other.names.all())] == ["ONU"]
    assert store.names.extend(other.names.all()) == ()
    mine = store.names.decide(NamingVerdict.NOT_AN_ACTOR, "MRSA", "Awa", clock)
    other.names.decide(NamingVerdict.NOT_AN_ACTOR, "PAM", "Bintou", clock)
    with pytest.raises(DivergingDecisions, match=r"part at naming 3.*'MRSA' by Awa.*'PAM' by Bintou"):
        store.names.extend(other.names.all())
    assert store.names.all()[-1] == mine


def test_reports_that_hold_a_name_are_found_whatever_its_case_and_accents(store: Store) -> None:
    store.add(Report("r2", "", "", "fr", None, "", "La katiba Éléphant.", ""), Reading((), (), (), ()))
    assert store.names.reports_holding("KATIBA ELEPHANT") == ("r2",)
    assert store.names.reports_holding("mrsa") == ("r1",)


def test_a_case_file_from_before_there_were_names_is_brought_along(tmp_path: Path) -> None:
    path = tmp_path / "case.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        for step in migrate.steps()[:5]:
            connection.executescript(step)
        connection.execute("INSERT INTO settings VALUES ('region', 'kidal')")
        connection.execute(f"PRAGMA application_id = {0x494D4150}")
        connection.execute("PRAGMA user_version = 5")
        connection.commit()
    again = open_store(path)
    assert (again.setting("region"), again.names.all(), again.names.queue()) == ("kidal", (), ())
    assert again.names.decide(NamingVerdict.NOT_AN_ACTOR, "FPDA", "Awa", clock).number == 1


DECIDE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from incidentmap.model import NamingVerdict
from incidentmap.store import open_store

names = open_store(Path(sys.argv[1])).names
for number in range(25):
    names.decide(NamingVerdict.NOT_AN_ACTOR, f"N{sys.argv[2]}-{number}", "Awa", lambda: datetime.now(UTC))
"""


def test_four_processes_append_at_once_and_the_chain_holds(store: Store) -> None:
    processes = [started(DECIDE, store.path, number) for number in range(4)]
    for process in processes:
        _, complaint = process.communicate(timeout=120)
        assert (process.returncode, complaint) == (0, "")
    log = store.names.verify()
    check_namings(log)
    assert len({each.name for each in log}) == 100 == len(log)
