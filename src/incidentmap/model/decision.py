"""What a person decided about a place name: appended, never changed, each record sealed with the one before it."""

from dataclasses import dataclass
from enum import StrEnum

from incidentmap.model.place import NameAsked, Place


class Verdict(StrEnum):
    """What a person did with a name."""

    PICK = "pick"
    """Chose one of the gazetteer's places."""
    OVERRIDE = "override"
    """Set a place of their own."""
    REJECT = "reject"
    """Said that the name is no place here, or that none of the candidates is right."""
    UNDO = "undo"
    """Took an earlier decision back."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One record of the decision log.

    Parameters
    ----------
    number
        1 for the first; the position in the chain.
    at
        UTC, ISO 8601 to the second: ``2026-11-22T19:05:00Z``.
    who
        The name that the person goes by.
    asked
        The name and what stood beside it. A decision holds wherever the same name is asked with the same admin and country; one
        with a report holds in that report alone.
    place
        The chosen place as it stood then, so that a replay needs no other record of it; None for `reject` and `undo`.
    candidates
        Ids of the places that were offered, best first.
    undoes
        Number of the decision that an `undo` takes back, else None.
    why
        The person's own words, may be empty.
    gazetteer
        Version of the gazetteer that was asked.
    previous, hash
        SHA-256 (hex) of the record before and of this one; the first's `previous` is 64 zeros.
    """

    number: int
    at: str
    who: str
    verdict: Verdict
    asked: NameAsked
    place: Place | None
    candidates: tuple[str, ...]
    undoes: int | None
    why: str
    gazetteer: str
    previous: str
    hash: str
