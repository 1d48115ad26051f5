"""From report files, or their bytes, to incidents at rest."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from incidentmap.model import BadValue, Reason, Report, UnreadableReport
from incidentmap.reports import dated, read_reports, read_reports_file
from incidentmap.reports.files import FEEDS
from incidentmap.walks.follow import decided_until_now, read_again, read_now
from incidentmap.walks.workspace import Workspace

_Readable = Report | UnreadableReport


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one file, or of one entry of a feed.

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

    @property
    def name(self) -> str:
        """What to call it: the file, and of a feed the entry's title."""
        titled = self.report and self.path.suffix.lower() in FEEDS
        return f"{self.path}: {_printable(self.report.title)}" if self.report and titled else f"{self.path}"


def ingest(workspace: Workspace, paths: Iterable[Path]) -> tuple[Ingested, ...]:
    """Read report files into a workspace, one transaction a report; what cannot be read does not stop the others.

    Returns
    -------
    tuple of Ingested
        One for each file, for each entry of a feed, in their order.

    Raises
    ------
    BrokenStore, UnwritablePlace
        If the workspace itself fails; reports read before are kept.
    """
    return tuple(done for path in paths for done in _ingest(workspace, path, partial(read_reports_file, path)))


def _as_read(report: Report) -> Report:
    return report


def ingest_bytes(
    workspace: Workspace, name: str, data: bytes, told: Callable[[Report], Report] = _as_read,
) -> tuple[Ingested, ...]:
    """Read what somebody sent into a workspace, as :func:`ingest` reads a file.

    Parameters
    ----------
    workspace
        Where the reports go.
    name
        What the sender calls the file. Only its ending counts; no file of that name is opened or made.
    data
        The content of the file.
    told
        What else is known of each report, filled in before it is read.
    """
    path = Path(name)
    return tuple(_ingest(workspace, path, partial(read_reports, path, data), told))


def _ingest(
    workspace: Workspace, path: Path, reports: Callable[[], tuple[_Readable, ...]], told: Callable[[Report], Report] = _as_read,
) -> Iterator[Ingested]:
    try:
        found = reports()
    except UnreadableReport as error:
        found = (error,)
    for each in found:
        try:
            yield _refused(path, each) if isinstance(each, UnreadableReport) else _keep(workspace, path, dated(told(each)))
        except BadValue as error:
            yield _refused(path, error)


def _printable(text: str) -> str:
    """A title fit for a terminal: it may hold what moves the cursor."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _refused(path: Path, why: Exception) -> Ingested:
    return Ingested(path, None, 0, known=False, warnings=(), refusal=str(why))


def _keep(workspace: Workspace, path: Path, report: Report) -> Ingested:
    before = workspace.store.reading(report.id)
    if before:
        return Ingested(path, report, 0, known=True, warnings=before.warnings, refusal="")
    seal = decided_until_now(workspace)
    reading = read_now(workspace, report)
    added = workspace.store.add(report, reading)
    if decided_until_now(workspace) != seal:  # somebody decided meanwhile, and could not know of this report
        read_again(workspace, report.id)
    return Ingested(path, report, added.new_incidents, added.known, reading.warnings, refusal="")
