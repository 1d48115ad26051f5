import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest

from incidentmap.model import BadValue, BrokenStore, Decision, DivergingDecisions, Position, Verdict
from incidentmap.store import Store, check_chain, open_store, record_of
from incidentmap.store.chain import FIRST_PREVIOUS

APPENDED = (
    "INSERT INTO decisions SELECT {}, at, who, verdict, name, admin, country, report, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
    " NULL, NULL, NULL, NULL, NULL, NULL, '[]', {}, why, gazetteer, {}, hash FROM decisions WHERE number = 3"
)
"""A row after the third, but for number, undoes and previous."""
Clock = Callable[[], datetime]
Draft = Callable[..., Decision]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "case.sqlite")


@pytest.fixture
def filled(store: Store, draft: Draft, clock: Clock) -> Store:
    """A pick, a rejection, and the pick undone."""
    for each in (draft(), draft(Verdict.REJECT, "Fama"), draft(Verdict.UNDO, undoes=1)):
        store.decisions.append(each, clock)
    return store


def tampered(store: Store, sql: str) -> None:
    """Change the log as somebody would who knows SQLite."""
    with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(sql)


def test_decisions_come_back_as_they_were_appended(store: Store, draft: Draft, clock: Clock) -> None:
    first = store.decisions.append(draft(), clock)
    second = store.decisions.append(draft(Verdict.REJECT, "Fama", why="an army,\nno village"), clock)
    assert store.decisions.all() == (first, second) == store.decisions.verify()
    assert (first.number, first.at, first.previous) == (1, "2026-11-22T19:01:00Z", FIRST_PREVIOUS)
    assert (second.number, second.at, second.previous) == (2, "2026-11-22T19:02:00Z", first.hash)
    assert first.place
    assert isinstance(first.place.position.lon, float), "whole degrees come back as floats, now and later"


def test_the_seal_can_be_checked_with_any_tool(filled: Store) -> None:
    for each in filled.decisions.all():
        cells = {column: value for column, value in record_of(each).items() if column != "hash"}
        text = json.dumps(cells, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert sha256(text.encode()).hexdigest() == each.hash


def test_the_time_is_told_in_utc(store: Store, draft: Draft) -> None:
    bamako_plus_two = datetime(2026, 11, 22, 21, 5, 7, 999_999, tzinfo=timezone(timedelta(hours=2)))
    assert store.decisions.append(draft(), lambda: bamako_plus_two).at == "2026-11-22T19:05:07Z"


def test_the_last_hash_tells_whether_anything_was_decided(store: Store, draft: Draft, clock: Clock) -> None:
    assert store.decisions.last() == FIRST_PREVIOUS
    made = store.decisions.append(draft(), clock)
    assert store.decisions.last() == made.hash


def test_the_data_version_changes_with_decisions(store: Store, draft: Draft, clock: Clock) -> None:
    before = store.version()
    store.decisions.append(draft(), clock)
    assert store.version() != before


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ({"who": "  "}, "who: '  ' is not allowed; expected the name of the person"),
        ({"name": ""}, "name: '' is not allowed"),
        ({"why": "half \ud83d"}, "why: .* half surrogate pairs"),
        ({"who": "a\x00"}, "who: .* without NUL"),
        ({"verdict": Verdict.UNDO}, "undoes: None is not allowed; expected a number for an undo"),
        ({"undoes": 1}, "undoes: 1 is not allowed"),
        ({"verdict": Verdict.UNDO, "undoes": 9}, "number of the decision to undo: 9 is not allowed"),
        ({"verdict": Verdict.UNDO, "undoes": 1}, r"one that still stands \(decision 3 undid it\)"),
        ({"verdict": Verdict.UNDO, "undoes": 3}, "a decision, not an undo"),
    ],
)
def test_what_says_nothing_is_refused_and_leaves_no_trace(
    filled: Store, draft: Draft, clock: Clock, spoil: dict[str, object], said: str,
) -> None:
    before = filled.decisions.all()
    with pytest.raises(BadValue, match=said):
        filled.decisions.append(draft(**spoil), clock)
    assert filled.decisions.all() == before


@pytest.mark.parametrize("radius_km", [0.0, -1.0, float("inf"), float("nan")])
def test_a_place_has_an_extent(store: Store, draft: Draft, clock: Clock, radius_km: float) -> None:
    made = draft(Verdict.OVERRIDE)
    assert made.place
    with pytest.raises(BadValue, match="radius_km"):
        store.decisions.append(replace(made, place=replace(made.place, radius_km=radius_km)), clock)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE decisions SET who = 'eve' WHERE number = 1",
        "DELETE FROM decisions WHERE number = 3",
        "DELETE FROM decisions",
        "INSERT OR REPLACE INTO decisions SELECT * FROM decisions WHERE number = 3",
        APPENDED.format("number + 2", "NULL", "hash"),
        APPENDED.format("number + 1", "NULL", "'x'"),
        APPENDED.format("number + 1", "1", "hash"),
    ],
    ids=["update", "delete", "delete all", "replace", "leave a gap", "break the chain", "undo twice"],
)
def test_the_file_itself_refuses_any_other_change(filled: Store, sql: str) -> None:
    before = filled.decisions.all()
    with closing(sqlite3.connect(filled.path, isolation_level=None)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)
    assert filled.decisions.all() == before


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE decisions SET name = 'Gao' WHERE number = 2", r"decision 2: hash: .*A cell .* was changed \(reject 'Gao'"),
        ("UPDATE decisions SET lon = 0 WHERE number = 1", "decision 1: hash"),
        ("DELETE FROM decisions WHERE number = 2", "decision 2: number: 3 is not allowed"),
        ("UPDATE decisions SET verdict = 'maybe' WHERE number = 3", "'maybe'"),
        ("UPDATE decisions SET hash = previous, previous = hash WHERE number = 3", "decision 3: previous"),
    ],
)
def test_the_first_broken_link_is_told(filled: Store, sql: str, said: str) -> None:
    tampered(filled, sql)
    with pytest.raises(BrokenStore, match=f"changed by another hand.*{said}"):
        filled.decisions.verify()


def test_a_copy_goes_on_where_this_one_ends(filled: Store, tmp_path: Path) -> None:
    other = open_store(tmp_path / "other.sqlite")
    whole = filled.decisions.all()
    assert other.decisions.extend(whole[:2]) == whole[:2]
    assert other.decisions.extend(whole) == whole[2:]
    assert other.decisions.extend(whole) == other.decisions.extend(whole[:1]) == other.decisions.extend([]) == ()
    assert other.decisions.verify() == whole
    assert other.version() == filled.version()


def test_two_histories_are_never_joined(filled: Store, tmp_path: Path, draft: Draft, clock: Clock) -> None:
    other = open_store(tmp_path / "other.sqlite")
    other.decisions.extend(filled.decisions.all()[:1])
    other.decisions.append(draft(Verdict.REJECT, "Gao", who="ben"), clock)
    before = other.decisions.all()
    said = r"part at decision 2 \(row 3 of .*\): here reject 'Gao' by ben .* there reject 'Fama' by anna .*new workspace"
    with pytest.raises(DivergingDecisions, match=said):
        other.decisions.extend(filled.decisions.all())
    assert other.decisions.all() == before


def test_a_chain_that_does_not_hold_is_not_taken_in(filled: Store, tmp_path: Path) -> None:
    one, two, three = filled.decisions.all()
    other = open_store(tmp_path / "other.sqlite")
    moved = replace(one, place=one.place and replace(one.place, position=Position(0, 0)))
    for chain in ([moved, two, three], [two, three], [one, three], [one, one], [one, replace(two, hash=one.hash)]):
        with pytest.raises(BadValue):
            other.decisions.extend(chain)
    assert other.decisions.all() == ()
    check_chain(())


def test_a_file_of_the_first_version_becomes_one_with_decisions(tmp_path: Path, draft: Draft, clock: Clock) -> None:
    path = tmp_path / "case.sqlite"
    first = (Path(__file__).parents[2] / "src" / "incidentmap" / "store" / "steps" / "0001_case.sql").read_text("utf-8")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(first)
        connection.execute("INSERT INTO settings VALUES ('region', 'kidal')")
        connection.execute(f"PRAGMA application_id = {0x494D4150}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    store = open_store(path)
    assert (store.setting("region"), store.decisions.all(), store.questions.all()) == ("kidal", (), ())
    assert store.decisions.append(draft(), clock).number == 1


APPEND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from incidentmap.model import *
from incidentmap.store import open_store

log = open_store(Path(sys.argv[1])).decisions
for number in range(int(sys.argv[3])):
    asked = NameAsked(f"name {number}")
    log.append(Decision(0, "", sys.argv[2], Verdict.REJECT, asked, None, (), None, "", "", "", ""), lambda: datetime.now(UTC))
"""


def test_processes_append_to_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "case.sqlite"
    people = ("anna", "ben", "chloe", "dembele")
    processes = [
        subprocess.Popen([sys.executable, "-c", APPEND, path, who, "50"], stderr=subprocess.PIPE, text=True) for who in people
    ]
    for process in processes:
        _, complaint = process.communicate(timeout=120)
        assert (process.returncode, complaint) == (0, "")
    log = open_store(path).decisions.verify()
    assert [each.number for each in log] == [*range(1, 201)]
    for who in people:
        assert [each.asked.name for each in log if each.who == who] == [f"name {number}" for number in range(50)]
    assert sorted(each.at for each in log) == [each.at for each in log]


def test_decisions_hold_while_the_clock_goes_back(store: Store, draft: Draft) -> None:
    for hour in (19, 18):
        store.decisions.append(draft(), lambda hour=hour: datetime(2026, 11, 22, hour, tzinfo=UTC))  # type: ignore[misc]
    assert len(store.decisions.verify()) == 2
