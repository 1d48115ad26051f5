"""Several real processes on the event tables of one workspace: readers meet whole snapshots, a killed one leaves the last."""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from tests.store.events.conftest import batch_of, record_of

from incidentmap.store.events import open_events, write_events

MAKE = """
import os, signal, sys
from datetime import date
from pathlib import Path
import pyarrow as pa
from incidentmap.model import ImportRecord
from incidentmap.store.events import log, open_events, write, write_events
from incidentmap.tables.schema import event_rows

ROWS = 400

def batch(value):
    columns = {
        "source": ["made"] * ROWS, "source_id": [str(n) for n in range(ROWS)], "event_id": [f"made:{n}" for n in range(ROWS)],
        "file_row": list(range(1, ROWS + 1)), "date_start": [date(2000 + n % 8, 1, 1) for n in range(ROWS)],
        "killed_best": [value] * ROWS, "place": [f"P{n % 9}" for n in range(ROWS)],
    }
    return event_rows({name: pa.array(values) for name, values in columns.items()}, ROWS)

def record():
    return ImportRecord("made", "made.csv", "0" * 64, "{}", 1, "2026-11-22T19:00:00Z", "anna")

events = open_events(Path(sys.argv[1]))
"""
IMPORT = MAKE + """
for value in range(int(sys.argv[2]), int(sys.argv[3])):
    write_events(events, [batch(value)], record(), patience_s=60)
"""
READ = MAKE + """
import duckdb
last = -1
while last < int(sys.argv[2]):
    files = events.current()
    if files.paths:
        sql = "SELECT count(*), count(DISTINCT event_id), min(killed_best), max(killed_best) FROM read_parquet(?)"
        with duckdb.connect() as database:
            found = database.execute(sql, [[str(path) for path in files.paths]]).fetchone()
        assert found[:2] == (ROWS, ROWS) and found[2] == found[3] >= last, found
        last = found[3]
"""  # noqa: S608 - a program, not SQL
DIE = MAKE + """
def dying(name, module, after):
    real = getattr(module, name)
    def die(*words, **more):
        result = real(*words, **more) if after else None
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(module, name, die)

stage, after = sys.argv[3], sys.argv[4] == "after"
if stage == "batches":
    def batches():
        yield batch(int(sys.argv[2]))
        os.kill(os.getpid(), signal.SIGKILL)
    write_events(events, batches(), record())
else:
    from incidentmap.store.events import records, room
    module = {"append_import": records}.get(stage, write)
    dying(stage, module, after)
    write_events(events, [batch(int(sys.argv[2]))], record())
"""


def started(script: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *(str(word) for word in words)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> None:
    _, complaint = process.communicate(timeout=120)
    assert (process.returncode, complaint) == (0, "")


def imported(case: Path, value: int) -> None:
    rows = [{"source_id": str(each), "date_start": date(2000 + each % 8, 1, 1), "killed_best": value} for each in range(400)]
    write_events(open_events(case), [batch_of(rows)], record_of())


def test_processes_read_while_two_import(tmp_path: Path) -> None:
    case = tmp_path / "case.sqlite"
    readers = [started(READ, case, 4) for _ in range(2)]
    ended(started(IMPORT, case, 0, 4))
    ended(started(IMPORT, case, 4, 5))
    for reader in readers:
        ended(reader)


def test_of_two_imports_at_once_the_second_waits(tmp_path: Path) -> None:
    case = tmp_path / "case.sqlite"
    for process in [started(IMPORT, case, 0, 3), started(IMPORT, case, 10, 13)]:
        ended(process)
    log = open_events(case).snapshots()
    assert [each.number for each in log] == [1, 2, 3, 4, 5, 6]
    assert [each.run.based_on for each in log if each.run] == [None, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(("stage", "when"), [
    ("batches", ""), ("check_ids", "after"), ("find_places", "after"), ("compare", "after"), ("write_parts", "after"),
    ("settle", "before"), ("settle", "after"), ("append_import", "after"),
])
def test_an_import_killed_at_any_stage_leaves_the_last_good_state(tmp_path: Path, stage: str, when: str) -> None:
    case = tmp_path / "case.sqlite"
    imported(case, 0)
    before = open_events(case).current()
    died = started(DIE, case, 1, stage, when)
    died.communicate(timeout=120)
    assert died.returncode == -9
    left = set((tmp_path / "tables").iterdir())
    events = open_events(case)
    assert events.current() == before
    assert all(path.is_file() for path in before.paths)
    swept = sorted(path.name for path in events.folder.iterdir() if path.name != ".lock")
    assert swept == ["1"]
    assert len(left) > 2, "it had begun to write"
    imported(case, 2)
    assert {row["killed_best"] for batch in events.rows() for row in batch.to_pylist()} == {2}


def test_an_import_killed_at_any_moment_leaves_a_whole_state(tmp_path: Path) -> None:
    case = tmp_path / "case.sqlite"
    writer = started(IMPORT, case, 0, 1_000)
    events = open_events(case)
    deadline = time.monotonic() + 60
    while len(events.snapshots()) < 4:
        assert writer.poll() is None
        assert time.monotonic() < deadline
    writer.kill()
    writer.communicate(timeout=60)
    events = open_events(case)
    found = [row for batch in events.rows() for row in batch.to_pylist()]
    assert (len(found), len({row["killed_best"] for row in found})) == (400, 1)
    assert not list(events.folder.glob(".work-*"))
