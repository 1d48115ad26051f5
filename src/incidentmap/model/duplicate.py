"""Incidents of different reports that may be one: how alike they are and why, and what a person said about it."""

from dataclasses import dataclass
from enum import StrEnum

from incidentmap.model.reason import Reason


class Sameness(StrEnum):
    """How far a score reaches."""

    LIKELY = "likely"
    """Likely the same incident."""
    POSSIBLE = "possible"
    """Possibly the same: worth a person's look."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for (weight above 0) or against two incidents being one; the weights are in log-odds."""

    why: Reason
    weight: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two incidents of different reports that may be one.

    Parameters
    ----------
    ids
        Of both, the smaller first: a pair has no direction.
    score
        The sum of the evidence's weights: log-odds, about 0 where both answers are as likely.
    """

    ids: tuple[str, str]
    score: float
    sameness: Sameness
    evidence: tuple[Evidence, ...]


class MergeVerdict(StrEnum):
    """What a person says of incidents."""

    SAME = "same"
    NOT_SAME = "not_same"
    UNDO = "undo"
    """Takes an earlier record back."""


@dataclass(frozen=True, slots=True)
class MergeRecord:
    """One record of the log of merges: appended, never changed.

    Parameters
    ----------
    number
        1 for the first; the position in the log.
    at
        UTC, ISO 8601 to the second.
    incidents
        Ids of two or more incidents, sorted; none for an undo.
    undoes
        Number of the record that an undo takes back, else None.
    why
        The person's own words, may be empty.
    """

    number: int
    at: str
    who: str
    verdict: MergeVerdict
    incidents: tuple[str, ...]
    undoes: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Overruled:
    """That a "same" does not hold for two incidents, because a "not the same" keeps their groups apart.

    Parameters
    ----------
    pair
        The two that were said to be the same.
    merge, by
        Numbers of the record that says so and of the one that stands against it.
    apart
        The two that the latter keeps apart.
    """

    pair: tuple[str, str]
    merge: int
    by: int
    apart: tuple[str, str]
