"""Names that nobody knows, and what a person decided about those of actors: appended, never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from incidentmap.model.reason import Reason
from incidentmap.model.report import Span

OWN = "own:"
"""What the id of an actor begins with that a person added: `own:brigade-du-vent-rouge`."""
RULES = "rules"
"""Who proposes the names that the program's own rules find."""


class NameKind(StrEnum):
    """What an unknown name seems to be the name of."""

    ACTOR = "actor"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name in a report that neither the registry of actors nor the gazetteer knows.

    Parameters
    ----------
    report
        Id of the report whose text the span points into.
    by
        Who proposes it: :data:`RULES`, else the name of an extractor.
    why
        What speaks for it.
    """

    report: str
    span: Span
    kind: NameKind
    by: str
    why: Reason


class NamingVerdict(StrEnum):
    """What a person did with an unknown name of an actor."""

    SAME_AS = "same_as"
    """Said that it is another name of a known actor."""
    NEW = "new"
    """Added an actor of their own."""
    NOT_AN_ACTOR = "not_an_actor"
    UNDO = "undo"
    """Took an earlier naming back."""


@dataclass(frozen=True, slots=True)
class OwnActor:
    """An actor that a person added.

    Parameters
    ----------
    id
        :data:`OWN` and a slug of the name.
    inter
        ACLED interaction code 1-8.
    parent
        Id of the actor that it is part of, empty for none.
    valid_from, valid_to
        First and last day of its life, None where open.
    """

    id: str
    name: str
    inter: int
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Naming:
    """One record of the log of namings.

    Parameters
    ----------
    number
        1 for the first; the position in the chain.
    at
        UTC, ISO 8601 to the second: ``2026-11-22T19:05:00Z``.
    who
        The name that the person goes by.
    name
        As reports write it. The naming holds in all reports.
    actor
        Id of the actor that it names: a known one for `same_as`, that of `own` for `new`, else empty.
    own
        The actor that `new` adds, else None.
    undoes
        Number of the naming that an `undo` takes back, else None.
    why
        The person's own words, may be empty.
    previous, hash
        SHA-256 (hex) of the record before and of this one; the first's `previous` is 64 zeros.
    """

    number: int
    at: str
    who: str
    verdict: NamingVerdict
    name: str
    actor: str
    own: OwnActor | None
    undoes: int | None
    why: str
    previous: str
    hash: str


def name_key(name: str) -> str:
    """The same for spellings of a name that a naming does not tell apart: case and spaces do not count."""
    return " ".join(name.casefold().split())


def namings_in_force(log: Iterable[Naming]) -> Mapping[str, Naming]:
    """The last naming of each name that nobody took back, by :func:`name_key`, in their order."""
    records = tuple(log)
    undone = {each.undoes for each in records}
    standing = (each for each in records if each.verdict is not NamingVerdict.UNDO and each.number not in undone)
    found = {name_key(each.name): each for each in standing}
    return dict(sorted(found.items(), key=lambda item: item[1].number))
