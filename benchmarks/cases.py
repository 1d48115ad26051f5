"""Made-up incidents of any number, spread over real places and a year."""

import random
from datetime import date, timedelta

from incidentmap.model import (
    ActorRole,
    Claim,
    ClaimField,
    Incident,
    Location,
    PartialDate,
    Position,
    Relation,
    Role,
    Scope,
    Span,
    Stance,
    Status,
)


def incidents(number: int, seed: int = 7) -> tuple[Incident, ...]:
    """The same incidents for the same number and seed; one claim each."""
    chance = random.Random(seed)  # noqa: S311  # repeatable, nothing secret
    return tuple(_incident(index, chance) for index in range(number))


def _incident(index: int, chance: random.Random) -> Incident:
    span = Span(0, 8, "Niafunké")
    actor = chance.choice(["jnim", "fama", "cnsp", "is_sahel"])
    killed = chance.randint(0, 40)
    claim = Claim(
        actor, actor, Stance.CLAIMS, ClaimField.KILLED, "soldiers", "", killed, killed, killed, hedged=False,
        scope=Scope.INCIDENT, span=span, report="made-up",
    )
    here = Position(chance.uniform(-8, 4), chance.uniform(12, 20))
    place = Location(
        span, Relation.IN, "curated:niafunke", "Niafunké", here, here, (), 2.0, "", 1, 1, "ML", "Tombouctou",
        "Niafunké", ("mali",), ambiguous=False, score=1.0, reasons=(), rivals=(),
    )
    day = date(2023, 1, 1) + timedelta(days=chance.randrange(365))
    return Incident(
        f"made-up-{index:06}", "made-up", "Battles", "Armed clash", PartialDate.day(day), None, span, place,
        (ActorRole(actor, actor, Role.ATTACKER),), (claim,), Status.DRAFT, (),
    )
