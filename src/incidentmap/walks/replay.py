"""The decision log out of a workspace and into another."""

from dataclasses import dataclass
from pathlib import Path

from incidentmap.export.decisions import decisions_text, read_decisions, write_decisions
from incidentmap.model import DivergingDecisions
from incidentmap.walks.follow import follow
from incidentmap.walks.workspace import Workspace


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
