"""The logs of what people decided, out of a workspace and into another."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from incidentmap.export.decisions import decisions_text, read_decisions, write_decisions
from incidentmap.export.files import write_file
from incidentmap.export.log_files import MERGES_FILE, REVIEWS_FILE, LogFile
from incidentmap.model import DivergingDecisions
from incidentmap.store import MergeLog, ReviewLog
from incidentmap.walks.follow import follow
from incidentmap.walks.workspace import Workspace


class Log(StrEnum):
    """A log of what people said about incidents."""

    REVIEWS = "reviews"
    MERGES = "merges"


_FILES = {Log.REVIEWS: REVIEWS_FILE, Log.MERGES: MERGES_FILE}
JSON_LINES = ".jsonl"
"""A file of this ending is JSON Lines, any other CSV."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did: decisions appended, decisions that were there before, reports that were read again."""

    new: int
    known: int
    reports: tuple[str, ...]


def decisions_csv(workspace: Workspace) -> str:
    """The text of `decisions.csv`. Raises `BrokenStore` if the log was changed by another hand."""
    return decisions_text(workspace.store.decisions.verify())


def export_decisions(workspace: Workspace, path: Path) -> int:
    """Write the log as `decisions.csv`, after its chain was checked; how many decisions it has.

    Raises
    ------
    BrokenStore
        If the log was changed by another hand; nothing is written then.
    UnwritablePlace
        If the file cannot be written.
    """
    decisions = workspace.store.decisions.verify()
    write_decisions(decisions, path)
    return len(decisions)


def replay(workspace: Workspace, path: Path) -> Replayed:
    """Append what a `decisions.csv` has more than this workspace, and read again the reports that it changes.

    Raises
    ------
    BadValue
        If a row was damaged, edited, dropped or moved; it is named, and nothing was appended.
    DivergingDecisions
        If the file and this workspace's log go different ways; the row is named, and nothing was appended.
    """
    decisions = read_decisions(path)
    here = len(workspace.store.decisions.verify())
    try:
        new = workspace.store.decisions.extend(decisions)
    except DivergingDecisions as error:
        raise DivergingDecisions(f"{path}: {error}") from error
    return Replayed(len(new), min(here, len(decisions)), follow(workspace))


def check_log(workspace: Workspace, log: Log) -> int:
    """How many records a log has, every link of its chain checked. Raises `BrokenStore` at the first that is broken."""
    return len(_log(workspace, log).verify())


def log_text(workspace: Workspace, log: Log, suffix: str = ".csv") -> str:
    """A log as the text of a file of this ending. Raises `BrokenStore` if it was changed by another hand."""
    records, file = _log(workspace, log).verify(), _FILES[log]
    return file.jsonl_text(records) if suffix.lower() == JSON_LINES else file.csv_text(records)


def export_log(workspace: Workspace, log: Log, path: Path) -> int:
    """Write a log to a file, CSV or JSON Lines by its ending, after its chain was checked; how many records it has.

    Raises
    ------
    BrokenStore
        If the log was changed by another hand; nothing is written then.
    UnwritablePlace
        If the file cannot be written.
    """
    count = check_log(workspace, log)
    write_file(path, log_text(workspace, log, path.suffix).encode())
    return count


def replay_log(workspace: Workspace, log: Log, path: Path) -> Replayed:
    """Append what an exported log has more than this workspace, whose reports must be there; the incidents follow.

    Raises
    ------
    BadValue
        If a record was damaged, edited, dropped or moved, or its report is not here; it is named, and nothing was appended.
    DivergingDecisions
        If the file and this workspace's log go different ways; the record is named, and nothing was appended.
    """
    file: LogFile = _FILES[log]
    records = file.read(path)
    try:
        new = _log(workspace, log).extend(records, lambda number: file.where(path, number))
    except DivergingDecisions as error:
        raise DivergingDecisions(f"{path}: {error}") from error
    return Replayed(new, len(records) - new, ())


def _log(workspace: Workspace, log: Log) -> ReviewLog | MergeLog:
    return workspace.store.reviews if log is Log.REVIEWS else workspace.store.merges
