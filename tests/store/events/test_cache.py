"""The cache of event rows: made when it is needed, whole or not there, and read by several processes."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.store.events.conftest import batch_of, record_of

from incidentmap.model import IncidentQuery, Step, UnknownRegion, UnwritablePlace
from incidentmap.store.events import Events, cache, write_events
from incidentmap.store.events.asked import Question
from incidentmap.store.events.cache import EventFiles, cache_path, is_cached, make_cache, open_cached, open_parts
from incidentmap.store.events.histogram import histogram
from incidentmap.store.events.queries import by_place, count
from incidentmap.tables.schema import event_rows

_COUNT = """
import sys
from pathlib import Path
from incidentmap.model import IncidentQuery
from incidentmap.store.events.cache import EventFiles, open_cached
from incidentmap.store.events.queries import count
folder = Path(sys.argv[1])
files = EventFiles(3, (folder / "part.parquet",), folder / "places.parquet")
print(count(open_cached(files, folder / "cache"), IncidentQuery(actors=("jnim",))))
"""


@pytest.fixture
def files(tmp_path: Path) -> EventFiles:
    rows = 300
    days = [date(2020, 1 + number % 12, 1 + number % 28) for number in range(rows)]
    columns = {
        "event_id": [f"made:{number}" for number in range(rows)], "source": ["made"] * rows,
        "source_id": [str(number) for number in range(rows)], "file_row": list(range(rows)), "date_start": days,
        "date_end": days, "actor1_id": ["jnim", "fama", None] * 100, "place_key": [number % 2 for number in range(rows)],
    }
    table = pa.Table.from_batches([event_rows({name: pa.array(values) for name, values in columns.items()}, rows)])
    pq.write_table(table, tmp_path / "part.parquet")
    pq.write_table(
        pa.table({
            "place_key": [0, 1], "place": ["A", "B"], "lon": [1.0, 2.0], "lat": [3.0, 4.0],
            "unit_admin1": pa.nulls(2, pa.string()), "unit_admin2": pa.nulls(2, pa.string()),
        }), tmp_path / "places.parquet",
    )
    return EventFiles(3, (tmp_path / "part.parquet",), tmp_path / "places.parquet")


def test_it_is_made_once_and_then_read(files: EventFiles, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    assert not is_cached(files, folder)
    open_cached(files, folder).close()
    made = cache_path(files, folder).stat()
    events = open_cached(files, folder)
    assert (count(events, IncidentQuery()), cache_path(files, folder).stat()) == (300, made)
    events.close()
    assert list(folder.iterdir()) == [cache_path(files, folder)]


@pytest.mark.parametrize("broken", [b"", b"no DuckDB file", b"half"])
def test_a_broken_one_is_made_again(files: EventFiles, tmp_path: Path, broken: bytes) -> None:
    folder = tmp_path / "cache"
    path = make_cache(files, folder)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] if broken == b"half" else broken)
    assert not is_cached(files, folder)
    events = open_cached(files, folder)
    assert count(events, IncidentQuery(actors=("fama",))) == 100
    events.close()


def test_another_snapshot_has_its_own_and_the_old_one_goes(files: EventFiles, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    before = open_cached(files, folder)
    old = cache_path(files, folder)
    pq.write_table(pq.read_table(files.paths[0]).slice(0, 10), tmp_path / "next.parquet")
    after = open_cached(EventFiles(4, (tmp_path / "next.parquet",), files.places), folder)
    assert (count(after, IncidentQuery()), old.exists()) == (10, False)
    assert count(before, IncidentQuery(actors=("jnim",))) == 100  # who has it open keeps it
    before.close()
    after.close()


def test_what_a_killed_maker_left_goes_after_a_day(files: EventFiles, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    for name, at in ((".making-old", 1_000_000_000), (".making-now", time.time())):
        (folder / name / "spill").mkdir(parents=True)
        os.utime(folder / name, (at, at))
    make_cache(files, folder)
    assert {each.name for each in folder.iterdir()} == {".making-now", cache_path(files, folder).name}


def test_each_state_of_imports_is_asked_as_it_was(events: Events, tmp_path: Path) -> None:
    rows = [
        {"source_id": str(number), "date_start": date(2020, 1, 1), "date_end": date(2020, 1, 31), "place": "Ménaka",
         "lon": 2.4022, "lat": 15.9182, "actor1": "JNIM"} for number in range(5)
    ]
    write_events(events, [batch_of(rows)], record_of())
    write_events(events, [batch_of(rows[:2])], record_of())
    query = IncidentQuery(bbox=(2, 15, 3, 16), actors=("JNIM",), text="menaka", end=date(2020, 1, 1))
    for number, expected in ((1, 5), (2, 2)):
        for reader in (open_cached(events.at(number), tmp_path / "cache"), open_parts(events.at(number))):
            assert (count(reader, query), by_place(reader, query).to_pylist()[0]["events"]) == (expected, expected)
            reader.close()


def test_processes_and_threads_read_at_once(files: EventFiles, tmp_path: Path) -> None:
    events = open_cached(files, tmp_path / "cache")
    others = [
        subprocess.Popen([sys.executable, "-c", _COUNT, str(tmp_path)], stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    with ThreadPoolExecutor(8) as threads:
        counts = set(threads.map(lambda _: count(events, IncidentQuery(actors=("jnim",))), range(100)))
    assert counts == {100}
    assert [other.communicate()[0] for other in others] == ["100\n"] * 3
    events.close()


def test_a_folder_that_cannot_be_made_is_told_and_the_parts_answer(files: EventFiles, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(UnwritablePlace, match="cache"):
        open_cached(files, tmp_path / "cache")
    events = open_parts(files)
    assert count(events, IncidentQuery()) == 300
    events.close()


def test_a_region_that_nobody_knows_is_told(files: EventFiles) -> None:
    events = open_parts(files)
    with pytest.raises(UnknownRegion, match="mali"):
        count(events, IncidentQuery(region="mali"))
    events.close()


@pytest.mark.parametrize(("query", "rolled"), [
    (IncidentQuery(), True),
    (IncidentQuery(start=date(2020, 2, 1), end=date(2020, 4, 30)), True),
    (IncidentQuery(start=date(2020, 2, 2)), False),
    (IncidentQuery(end=date(2020, 4, 29)), False),
    (IncidentQuery(actors=("jnim",)), False),
])
def test_whole_months_are_told_from_what_is_counted_already(
    files: EventFiles, tmp_path: Path, query: IncidentQuery, rolled: bool,
) -> None:
    events, parts = open_cached(files, tmp_path / "cache"), open_parts(files)
    watched = _Watched(events.ask)
    assert histogram(watched, query, Step.MONTH, by_actor=True).equals(histogram(parts, query, Step.MONTH, by_actor=True))
    assert any(" months " in sql for sql in watched.asked) is rolled
    events.close()
    parts.close()


def test_a_cache_is_never_written_when_read(files: EventFiles, tmp_path: Path) -> None:
    events = open_cached(files, tmp_path / "cache")
    with pytest.raises(duckdb.Error):
        events.ask(Question("DELETE FROM cache.events"))
    events.close()


class _Watched:
    """A rolled-up engine that notes what it is asked."""

    rolled = True

    def __init__(self, ask: object) -> None:
        self.asked: list[str] = []
        self._ask = ask

    def ask(self, question: Question) -> pa.Table:
        self.asked.append(question.sql)
        return self._ask(question)  # type: ignore[operator]

    def prepare_region(self, region: str) -> None:
        raise AssertionError(region)

    def prepare_word(self, word: str) -> bool:
        raise AssertionError(word)


@pytest.mark.parametrize("limits", [{}, {"_MOST_FOUND": 99}, {"_MOST_WORDS": 0}])
def test_words_are_found_whether_their_rows_are_kept_or_not(
    files: EventFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limits: dict[str, int],
) -> None:
    for name, limit in limits.items():
        monkeypatch.setattr(cache, name, limit)
    parts, events = open_parts(files), open_cached(files, tmp_path / "cache")
    table = pq.read_table(files.paths[0])
    named = EventFiles(4, (tmp_path / "named.parquet",), files.places)
    actors = ["Jnim du Nord", "fama", "Nord et Sud"] * 100
    pq.write_table(table.set_column(table.schema.names.index("actor1"), "actor1", pa.array(actors)), named.paths[0])
    with_names = open_cached(named, tmp_path / "cache")
    for text, number in (("nord", 200), ("nord sud", 100), ("fama", 100), ("nobody", 0)):
        assert [count(with_names, IncidentQuery(text=text)) for _ in range(2)] == [number] * 2
        assert count(parts, IncidentQuery(text=text)) == count(events, IncidentQuery(text=text)) == 0
    assert with_names.prepare_word("fama") is ("_MOST_WORDS" not in limits and "_MOST_FOUND" not in limits)
    assert not parts.prepare_word("fama")
    for reader in (parts, events, with_names):
        reader.close()
