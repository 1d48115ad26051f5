"""The log of snapshots: undone, given up, never changed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime

import pytest
from tests.store.events.conftest import batch_of, record_of

from incidentmap.model import BadValue, Changes, FieldChange
from incidentmap.store.events import Events, open_events, write_events

Clock = Callable[[], datetime]
A, B, C = ({"source_id": each} for each in "abc")


def write(events: Events, *rows: dict[str, str], source: str = "made") -> int:
    made = write_events(events, [batch_of([{**row, "source": source} for row in rows])], record_of(source))
    assert made
    return made.number


def ids(events: Events, snapshot: int | None = None) -> list[str]:
    return [row["source_id"] for batch in events.rows(snapshot) for row in batch.to_pylist()]


def test_undo_restores_the_parts_and_can_be_undone(events: Events, clock: Clock) -> None:
    write(events, A)
    before = events.current()
    write(events, A, B)
    after = events.current()
    undone = events.undo(2, "anna", "wrong file", clock)
    assert (undone.number, undone.shows, undone.undoes, undone.why) == (3, 1, 2, "wrong file")
    assert undone.at == "2026-11-22T19:01:00Z"
    assert events.current().paths == before.paths
    assert events.current().snapshot == 3
    assert events.undo(3, "anna", "it was right", clock).shows == 2
    assert events.current().paths == after.paths
    assert (ids(events, 1), ids(events, 2), ids(events, 3)) == (["a"], ["a", "b"], ["a"])


def test_all_imports_of_a_source_can_be_undone_one_by_one(events: Events, clock: Clock) -> None:
    write(events, A)
    write(events, A, B)
    write(events, C, source="other")
    with pytest.raises(BadValue, match=r"Undo snapshot 2 first"):
        events.undo(1, "anna", "", clock)
    events.undo(2, "anna", "", clock)
    with pytest.raises(BadValue, match="undone already"):
        events.undo(2, "anna", "", clock)
    assert events.undo(1, "anna", "", clock).shows is None
    assert ids(events) == ["c"]
    assert write(events, B) == 6
    assert sorted(ids(events)) == ["b", "c"]


def test_an_import_after_an_undo_stands_on_what_is_shown(events: Events, clock: Clock) -> None:
    write(events, A)
    write(events, A, B)
    events.undo(2, "anna", "", clock)
    write(events, A, C)
    run = events.snapshots()[-1].run
    assert run
    assert (run.based_on, run.changes.new, run.changes.unchanged) == (1, 1, 1)
    events.undo(4, "anna", "", clock)
    assert ids(events) == ["a"]


def test_unknown_numbers_are_refused(events: Events, clock: Clock) -> None:
    assert events.current().paths == ()
    with pytest.raises(BadValue, match="nothing was imported yet"):
        events.at(1)
    write(events, A)
    for number in (-1, 2):
        with pytest.raises(BadValue, match="from 1 to 1"):
            events.compare(1, number)
    with pytest.raises(BadValue, match="number of a snapshot"):
        events.undo(9, "anna", "", clock)


def test_changed_rows_are_told_one_by_one(events: Events) -> None:
    write(events, A, B)
    write(events, {**A, "notes": "x", "url": "y"}, C)
    found = [row for batch in events.changed_rows(1, 2) for row in batch.to_pylist()]
    assert found == [
        {"event_id": "made:a", "fate": "changed", "fields": ["notes", "url"]},
        {"event_id": "made:b", "fate": "gone", "fields": []},
        {"event_id": "made:c", "fate": "new", "fields": []},
    ]
    assert list(events.changed_rows(2, 2)) == []


def test_a_close_comparison_shows_the_first_of_each_kind(events: Events) -> None:
    write(events, {**A, "place": "Goundam"}, B, {"source_id": "d"})
    write(events, {**A, "notes": "x", "place": "Gao"}, C)
    changes, found = events.compare_closely(1, 2, 1)
    assert changes == events.compare(1, 2)
    assert {each.event_id: each.fate for each in found} == {"made:a": "changed", "made:b": "gone", "made:c": "new"}
    changed = next(each for each in found if each.fate == "changed")
    assert (changed.day, changed.place) == (None, "Gao")
    assert changed.fields == (FieldChange("place", "Goundam", "Gao"), FieldChange("notes", None, "x"))
    assert len(events.compare_closely(1, 2, 9)[1]) == 4
    assert events.compare_closely(2, 2, 9) == (Changes(0, 0, 0), ())


def test_what_is_given_up_frees_the_disk_and_stays_in_the_log(events: Events, clock: Clock) -> None:
    write(events, A)
    write(events, B)
    write(events, C)
    assert events.prune(3, "anna", clock) == (1, 2)
    assert sorted(path.name for path in events.folder.iterdir()) == [".lock", "1", "3"]
    assert [path.name for path in (events.folder / "1").iterdir()] == ["places.parquet"], "the places are still asked"
    assert ids(events) == ["c"]
    assert len(events.snapshots()) == 3
    with pytest.raises(BadValue, match="given up by anna"):
        events.at(2)
    with pytest.raises(BadValue, match="given up by anna"):
        events.undo(3, "anna", "", clock)
    assert events.prune(9, "anna", clock) == ()
    assert ids(events) == ["c"]


def test_opening_sweeps_what_a_stopped_import_left(events: Events) -> None:
    write(events, A)
    for rubbish in (".work-x/parts/part-2020.parquet", "2/part-2020.parquet", "1/part-1999.parquet"):
        path = events.folder / rubbish
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    before = events.current()
    again = open_events(events.case)
    assert again.current() == before
    assert sorted(str(path.relative_to(events.folder)) for path in events.folder.rglob("*") if path.is_file()) == [
        ".lock", "1/part-undated.parquet", "1/places.parquet",
    ]


@pytest.mark.parametrize("sql", [
    "UPDATE table_imports SET who = 'eve'", "DELETE FROM table_imports", "UPDATE table_parts SET rows = 7",
    "DELETE FROM table_parts", "UPDATE table_snapshots SET shows = NULL", "DELETE FROM table_snapshots",
    "INSERT INTO table_snapshots VALUES (9, '', 'eve', 'made', NULL, 1, '')",
    "INSERT INTO table_parts VALUES (1, 'x', NULL, 1)", "INSERT INTO table_prunings VALUES (2, '', 'eve')",
    "INSERT INTO table_prunings VALUES (1, '', 'eve')", "UPDATE table_prunings SET who = 'eve'", "DELETE FROM table_prunings",
    "INSERT OR REPLACE INTO table_snapshots VALUES (1, '', 'eve', 'made', 1, NULL, '')",
])
def test_the_log_only_grows(events: Events, clock: Clock, sql: str) -> None:
    write(events, A)
    write(events, B)
    events.prune(2, "anna", clock)
    with closing(sqlite3.connect(events.case)) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute(sql)
