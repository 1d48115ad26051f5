"""Several people decide about names of one report at the same time: the report ends as if it were read after all of them."""

import subprocess
import sys
from pathlib import Path

from incidentmap.model import IncidentQuery
from incidentmap.walks.decide import log
from incidentmap.walks.ingest import ingest
from incidentmap.walks.replay import export_decisions, replay
from incidentmap.walks.workspace import open_workspace

TEXT = (
    "Vendredi 24 novembre 2023, des hommes armés ont attaqué le camp de Niafunké. Goundam a été visée par des tirs de mortier. "
    "Une patrouille a été attaquée à Bamba. Un véhicule a sauté sur une mine près de Gossi."
)
REJECT = """
import sys
from pathlib import Path
from incidentmap.model import NameAsked
from incidentmap.walks.decide import reject, undo
from incidentmap.walks.workspace import open_workspace

workspace = open_workspace(Path(sys.argv[1]))
for _ in range(3):
    made = reject(workspace, NameAsked(sys.argv[2]), sys.argv[3])
    undo(workspace, made.number, sys.argv[3])
reject(workspace, NameAsked(sys.argv[2]), sys.argv[3])
"""


def test_people_decide_at_once(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT, "utf-8")
    case = open_workspace(tmp_path / "case", "tombouctou")
    ingest(case, [tmp_path / "report.txt"])
    processes = [
        subprocess.Popen([sys.executable, "-c", REJECT, case.folder, name, who], stderr=subprocess.PIPE, text=True)
        for name, who in (("Goundam", "anna"), ("Bamba", "ben"), ("Gossi", "chloe"))
    ]
    for process in processes:
        _, complaint = process.communicate(timeout=120)
        assert (process.returncode, complaint) == (0, "")
    assert len(log(case)) == 3 * 7
    export_decisions(case, tmp_path / "decisions.csv")
    late = open_workspace(tmp_path / "late", "tombouctou")
    replay(late, tmp_path / "decisions.csv")
    ingest(late, [tmp_path / "report.txt"])
    assert case.store.incidents(IncidentQuery()) == late.store.incidents(IncidentQuery())
    assert case.store.version() == late.store.version()
    assert {each.location.name for each in late.store.incidents(IncidentQuery()) if each.location} == {"Niafunké"}
