"""Several real processes on one case file: readers see whole reports only, writers lose nothing."""

import subprocess
import sys
from pathlib import Path

from incidentmap.model import IncidentQuery
from incidentmap.store import open_store

MAKE = """
import sys
from pathlib import Path
from incidentmap.model import *
from incidentmap.store import open_store

def case(number):
    span, report = Span(0, 1, "x"), f"r{number}"
    incidents = tuple(
        Incident(f"{report}-{n}", report, "Battles", "", None, None, span, None, (ActorRole("jnim", "Jnim", Role.PARTY),), (),
                 Status.DRAFT, ())
        for n in range(5)
    )
    return Report(report, "", "", "fr", None, "", "x", ""), Reading(incidents, (), (), ())
"""
WRITE = MAKE + """
store = open_store(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    store.add(*case(number))
"""
READ = MAKE + """
store = open_store(Path(sys.argv[1]))
seen = 0
while seen < int(sys.argv[2]):
    found = store.incidents(IncidentQuery())
    assert len(found) % 5 == 0 and len(found) >= seen, len(found)
    assert all(incident.actors for incident in found)
    seen = len(found)
"""


def started(script: str, *words: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *(str(word) for word in words)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def test_processes_read_while_others_write(tmp_path: Path) -> None:
    path = tmp_path / "case.sqlite"
    processes = [
        *(started(WRITE, path, first, first + 30) for first in (0, 20)),  # ten reports are added by both
        *(started(READ, path, 50 * 5) for _ in range(2)),
    ]
    for process in processes:
        _, complaint = process.communicate(timeout=120)
        assert (process.returncode, complaint) == (0, "")
    assert len(open_store(path).incidents(IncidentQuery())) == 50 * 5


def test_processes_that_create_the_same_file_agree(tmp_path: Path) -> None:
    path = tmp_path / "case.sqlite"
    processes = [started(WRITE, path, number, number + 1) for number in range(4)]
    for process in processes:
        _, complaint = process.communicate(timeout=120)
        assert (process.returncode, complaint) == (0, "")
    assert open_store(path).count() == 20


def test_a_writer_killed_in_the_middle_loses_no_whole_report(tmp_path: Path) -> None:
    path = tmp_path / "case.sqlite"
    writer = started(WRITE, path, 0, 100_000)
    store = open_store(path)
    while store.count() < 25:
        assert writer.poll() is None
    writer.kill()
    writer.communicate(timeout=60)
    kept = open_store(path)
    assert kept.count() % 5 == 0
    assert kept.count() >= 25
    assert len(kept.reports()) * 5 == kept.count()
