"""From report files to incidents at rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from incidentmap.model import BadValue, Reason, Report, UnreadableReport
from incidentmap.reports import dated, read_report, read_report_file
from incidentmap.walks.follow import read_again
from incidentmap.walks.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file.

    Parameters
    ----------
    report
        None when the file was refused; `refusal` says why then.
    known
        The same text was in the workspace already; nothing was added.
    warnings
        What the reader could not be sure of.
    """

    path: Path
    report: Report | None
    new_incidents: int
    known: bool
    warnings: tuple[Reason, ...]
    refusal: str


def ingest(workspace: Workspace, paths: Iterable[Path]) -> tuple[Ingested, ...]:
    """Read report files into a workspace, one transaction each; a file that cannot be read does not stop the others.

    Raises
    ------
    BrokenStore, UnwritablePlace
        If the workspace itself fails; reports read before are kept.
    """
    return tuple(_ingest(workspace, path) for path in paths)


def _ingest(workspace: Workspace, path: Path) -> Ingested:
    try:
        report = dated(read_report_file(path))
        before = workspace.store.reading(report.id)
        if before:
            return Ingested(path, report, 0, known=True, warnings=before.warnings, refusal="")
        seal = workspace.store.decisions.last()
        reading = read_report(report, workspace.gazetteer, workspace.region_id)
        added = workspace.store.add(report, reading)
        if workspace.store.decisions.last() != seal:  # somebody decided meanwhile, and could not know of this report
            read_again(workspace, report.id)
    except (UnreadableReport, BadValue) as error:
        return Ingested(path, None, 0, known=False, warnings=(), refusal=str(error))
    return Ingested(path, report, added.new_incidents, added.known, reading.warnings, refusal="")
