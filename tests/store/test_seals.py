"""The chains of the logs of reviews and merges: sealed record by record, old logs too; whoever touches one is told where."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from incidentmap.model import (
    BadValue,
    BrokenStore,
    DivergingDecisions,
    Incident,
    MergeVerdict,
    Reading,
    Report,
    Review,
    ReviewAction,
    Status,
    difference,
)
from incidentmap.store import Store, open_store
from incidentmap.store.chain import FIRST_PREVIOUS, seal_of
from incidentmap.store.migrate import steps

Clock = Callable[[], datetime]
NIAFUNKE, OTHER = "inc-niafunke", "b-inc-niafunke"
SAME, APART = MergeVerdict.SAME, MergeVerdict.NOT_SAME


def filled(path: Path, report: Report, incident: Incident) -> Store:
    """Two reports of one attack."""
    store = open_store(path)
    store.add(report, Reading((incident,), (), (), ()))
    told = replace(incident, id=OTHER, report="b", claims=tuple(replace(each, report="b") for each in incident.claims))
    store.add(replace(report, id="b"), Reading((told,), (), (), ()))
    return store


@pytest.fixture
def store(tmp_path: Path, first_report: Report, niafunke: Incident) -> Store:
    return filled(tmp_path / "case.sqlite", first_report, niafunke)


@pytest.fixture
def other(tmp_path: Path, first_report: Report, niafunke: Incident) -> Store:
    """The same reports, nothing decided."""
    return filled(tmp_path / "other.sqlite", first_report, niafunke)


def decide(store: Store, clock: Clock, who: str = "anna") -> None:
    """Three reviews, three records of merges."""
    before = store.incident(NIAFUNKE)
    assert before
    after = replace(before, status=Status.CONFIRMED)
    draft = Review(0, "", who, ReviewAction.ACCEPT, before.report, NIAFUNKE, difference(before, after), (), None, "two\nlines")
    store.reviews.append(draft, clock)
    store.reviews.append(replace(draft, action=ReviewAction.UNDO, undoes=1, changes=difference(after, before)), clock)
    store.reviews.append(draft, clock)
    store.merges.append(SAME, [NIAFUNKE, OTHER], who, "=same", clock)
    store.merges.undo(1, who, "", clock)
    store.merges.append(APART, [NIAFUNKE, OTHER], who, "", clock)


def tampered(store: Store, *statements: str) -> None:
    """Change the file as somebody would who knows SQLite."""
    with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        for sql in statements:
            connection.execute(sql)


@pytest.mark.parametrize("log", ["reviews", "merges"])
def test_every_record_holds_the_seal_of_the_one_before(store: Store, clock: Clock, log: str) -> None:
    decide(store, clock)
    records = getattr(store, log).verify()
    assert [each["number"] for each in records] == [1, 2, 3]
    assert [each["previous"] for each in records] == [FIRST_PREVIOUS, records[0]["hash"], records[1]["hash"]]
    assert [each["hash"] for each in records] == [seal_of(each) for each in records]


@pytest.mark.parametrize(("log", "sql", "told"), [
    ("reviews", "UPDATE reviews SET who = 'eve' WHERE number = 2", r"review 2: hash: .*A cell .* was changed \(undo by 'eve'"),
    ("reviews", "UPDATE reviews SET changes = '[]' WHERE number = 1", "review 1: hash"),
    ("reviews", "DELETE FROM reviews WHERE number = 3", "review 3: "),
    ("reviews", "UPDATE reviews SET number = 9 WHERE number = 3", "review 3: number: 9 is not allowed"),
    ("reviews", "DELETE FROM seals WHERE log = 'reviews' AND number = 3", "review 3: previous: '' is not allowed"),
    ("merges", "UPDATE merges SET why = '' WHERE number = 1", "merge 1: hash"),
    ("merges", "UPDATE merge_incidents SET incident = 'x' WHERE incident = 'inc-niafunke' AND merge = 3", "merge 3: hash"),
    ("merges", "UPDATE seals SET hash = previous WHERE log = 'merges' AND number = 2", "merge 2: hash"),
])
def test_the_first_broken_link_is_told(store: Store, clock: Clock, log: str, sql: str, told: str) -> None:
    decide(store, clock)
    tampered(store, sql)
    with pytest.raises(BrokenStore, match=f"log of {log} was changed by another hand.*{told}"):
        getattr(store, log).verify()


@pytest.mark.parametrize("sql", [
    "UPDATE seals SET hash = 'x'", "DELETE FROM seals", "INSERT INTO seals VALUES ('reviews', 9, 'x', 'y')",
    "INSERT INTO seals VALUES ('reviews', 4, 'x', 'y')",
])
def test_the_file_itself_refuses_to_touch_a_seal(store: Store, clock: Clock, sql: str) -> None:
    decide(store, clock)
    with closing(sqlite3.connect(store.path, isolation_level=None)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)


def test_records_from_before_the_seals_are_sealed_with_the_next(store: Store, clock: Clock) -> None:
    decide(store, clock)
    sealed = store.merges.verify()
    later = ("table_prunings", "table_snapshots", "table_parts", "table_imports", "seals")
    tampered(store, *(f"DROP TABLE {table}" for table in later), "PRAGMA user_version = 6")
    old = open_store(store.path)
    assert len(steps()) > 6
    assert old.merges.verify() == sealed, "shown as it will be sealed"
    old.merges.undo(3, "ben", "", clock)
    assert old.merges.verify()[:3] == sealed
    tampered(old, "UPDATE merges SET who = 'eve' WHERE number = 1")
    with pytest.raises(BrokenStore, match="merge 1: hash"):
        old.merges.verify()


@pytest.mark.parametrize("log", ["reviews", "merges"])
def test_a_copy_goes_on_where_this_one_ends(store: Store, other: Store, clock: Clock, log: str) -> None:
    decide(store, clock)
    records, there = getattr(store, log).verify(), getattr(other, log)
    assert (there.extend(records[:2]), there.extend(records), there.extend(records)) == (2, 1, 0)
    assert there.verify() == records
    assert there.all() == getattr(store, log).all()


def test_the_incidents_follow_a_copy(store: Store, other: Store, clock: Clock) -> None:
    decide(store, clock)
    other.reviews.extend(store.reviews.verify())
    other.merges.extend(store.merges.verify()[:1])
    whole = other.whole(OTHER)
    assert whole
    assert (whole.id, whole.status, [each.id for each in whole.parts]) == (OTHER, Status.CONFIRMED, [OTHER, NIAFUNKE])
    other.merges.extend(store.merges.verify())
    assert other.version() == store.version()


@pytest.mark.parametrize("log", ["reviews", "merges"])
def test_two_histories_are_not_joined(store: Store, other: Store, clock: Clock, log: str) -> None:
    decide(store, clock)
    decide(other, clock, "ben")
    with pytest.raises(DivergingDecisions, match=r"part at .* 1 .*by 'ben'.* there .*by 'anna'"):
        getattr(other, log).extend(getattr(store, log).verify())


@pytest.mark.parametrize("log", ["reviews", "merges"])
def test_the_reports_must_be_there(store: Store, tmp_path: Path, clock: Clock, log: str) -> None:
    decide(store, clock)
    empty = open_store(tmp_path / "empty.sqlite")
    with pytest.raises(BadValue, match="Ingest the same reports first"):
        getattr(empty, log).extend(getattr(store, log).verify())
    assert getattr(empty, log).all() == ()


@pytest.mark.parametrize(("log", "change"), [
    ("reviews", {"action": "shrug"}), ("reviews", {"changes": [["a", "status"]]}), ("reviews", {"changes": [7]}),
    ("reviews", {"at": "yesterday"}), ("reviews", {"who": " "}), ("reviews", {"why": "half \ud83d"}),
    ("reviews", {"based_on": [["a"]]}), ("reviews", {"undoes": 7}),
    ("reviews", {"action": "undo"}),
    ("merges", {"verdict": "perhaps"}), ("merges", {"incidents": []}), ("merges", {"incidents": [["a", "b", "c", "d"]]}),
    ("merges", {"incidents": [["a", "b", 1, 2]]}),
    ("merges", {"incidents": [["a", "b", 1, 2], ["c", "b", 2**70, 2]]}), ("merges", {"verdict": "undo"}),
])
def test_a_well_sealed_record_that_says_nothing_is_refused(
    store: Store, other: Store, clock: Clock, log: str, change: dict[str, object],
) -> None:
    decide(store, clock)
    record = {**getattr(store, log).verify()[0], **change}
    with pytest.raises(BadValue):
        getattr(other, log).extend([{**record, "hash": seal_of(record)}])
    assert getattr(other, log).all() == ()
