"""Who says what: the claims ledger. No claim ever overwrites another."""

from dataclasses import dataclass
from enum import StrEnum

from incidentmap.model.report import Span


class Stance(StrEnum):
    """What a claimant does with a fact."""

    CLAIMS = "claims"
    """Says it of its own deed or side."""
    CONFIRMS = "confirms"
    """Admits or endorses what another did."""
    DENIES = "denies"
    REPORTS = "reports"
    """Tells it as a third party."""


class ClaimField(StrEnum):
    """What a claim is about. The first six count things, the others have a value in words."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CAPTURED = "captured"
    MISSING = "missing"
    DISPLACED = "displaced"
    MATERIEL = "materiel"
    CONTROL = "control"
    """Who holds the place: value `taken`, `retaken`, `attempted_in_vain`, `lost`."""
    REPELLED = "repelled"
    """Fate of the attackers: value `repelled`, `routed`."""
    ATTACK = "attack"
    """That it happened, and how: value `assault`, `vehicle_bomb`, `shelling`..."""
    CONSEQUENCES = "consequences"
    """What came of it; value `unknown` where the report says that nothing is known."""
    AGREEMENT = "agreement"


class Scope(StrEnum):
    """What a figure covers."""

    INCIDENT = "incident"
    AGGREGATE = "aggregate"
    """Several incidents together: never added to any one of them."""


UNKNOWN = "unknown"
"""Value of a claim that states that something is not known or not told: unknown, not zero."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement by one claimant about one thing, with its words in the source text.

    Parameters
    ----------
    claimant
        Actor id of the registry, ``local_sources`` and the like, or ``report`` where the report itself speaks.
    claimant_name
        As the report writes it, for people.
    subject
        Whom or what it is about: a victim class (`soldiers`, `civilians`...), a kind of materiel, or an actor id.
    value
        A word for what is no number (see :class:`ClaimField`), empty for plain counts.
    low, best, high
        Count as a range; None where the text leaves that bound open. All three None: no figure.
    hedged
        Whether the report keeps its distance: conditional, "présumé", "selon".
    span
        The words the claim rests on.
    report
        Id of the report that carries it.
    """

    claimant: str
    claimant_name: str
    stance: Stance
    field: ClaimField
    subject: str
    value: str
    low: int | None
    best: int | None
    high: int | None
    hedged: bool
    scope: Scope
    span: Span
    report: str
