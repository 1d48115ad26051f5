"""What to import and how, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from incidentmap.model import Reason, Snapshot
from incidentmap.tables.guess import Guess
from incidentmap.tables.verdicts import RowFinding
from incidentmap.walks.import_mapping import MappingAsked
from incidentmap.walks.import_places import FarPoint
from incidentmap.walks.import_sample import ShownRow

AS_IT_LOOKS = MappingAsked()
"""Nothing told of the columns: they are taken as they look."""


@dataclass(frozen=True, slots=True)
class ImportAsked:
    """What to import, and how.

    Parameters
    ----------
    workspace
        Its folder; made if there is none, but for a dry run.
    partial
        Whether the file holds some of the source's rows only: those that it lacks stay. A refused.csv always is.
    beside
        Whether it is partial where other files of its source were imported before: they are parts of one table.
    dry_run
        Look at everything, change nothing.
    places
        Whether names are looked up and points held against them.
    who
        The name that the person goes by; by default that of decisions.
    language
        Of the messages in the file of refused rows.
    """

    path: Path
    workspace: Path
    mapping: MappingAsked = AS_IT_LOOKS
    sheet: str | None = None
    partial: bool = False
    beside: bool = False
    dry_run: bool = False
    places: bool = True
    who: str = ""
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class ImportDone:
    """What came of a file: rows = accepted + refused; warned ones are among the accepted.

    Parameters
    ----------
    told
        How the file was read.
    guess
        How its columns were taken, with the evidence.
    merged
        Accepted rows that only told an event once more.
    by_rule
        Findings by rule, the most frequent first.
    refused_file
        None if no row was refused, and for a dry run.
    shown, passed
        The first of the refused rows, and of the accepted ones with and without a warning.
    examples
        By rule, the first findings.
    located
        Rows that got a point from their name, by who said it.
    far
        The most frequent points that are far from every place of their name.
    questions
        Names of the file that wait for a decision, None where none were looked up or kept.
    snapshot
        None for a dry run, or where no row was accepted.
    licence, warn_export
        Of the source, empty if unknown; and whether to think twice before publishing its rows.
    """

    path: Path
    told: Reason
    guess: Guess
    rows: int
    accepted: int
    merged: int
    warned: int
    refused: int
    by_rule: Mapping[str, int]
    refused_file: Path | None
    shown: tuple[ShownRow, ...]
    passed: tuple[ShownRow, ...]
    examples: Mapping[str, tuple[RowFinding, ...]]
    located: Mapping[str, int]
    far: tuple[FarPoint, ...]
    questions: int | None
    snapshot: Snapshot | None
    licence: str
    warn_export: bool
    notes: tuple[Reason, ...]
    seconds: float
