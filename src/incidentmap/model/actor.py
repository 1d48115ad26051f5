"""Those who act: armed groups, forces, governments, and sources."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """Part of an actor in an incident. ACLED's order of actors carries no direction; this does."""

    ATTACKER = "attacker"
    TARGET = "target"
    CLAIMANT = "claimant"
    DENIER = "denier"
    PARTY = "party"
    """One of those who sign, meet or agree."""


class LayerRole(StrEnum):
    """As what an actor has a layer on the map. Each incident is in one; where nobody is told in the role, in that of others."""

    ATTACKER = "attacker"
    """Who attacked, else the first of the parties: where a source does not say who attacked whom, its first side."""
    TARGET = "target"
    """Who was attacked, else the second of the parties."""
    CLAIMANT = "claimant"
    """Who is the first to say anything of it; of a table's row its source."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An entry of the registry `data/lexicons/actors.yaml`.

    Parameters
    ----------
    inter
        ACLED interaction code 1-8, None for sources that take no part.
    colour, shape
        Okabe-Ito colour (hex) and symbol (`circle`, `square`, `triangle`, `diamond`, `cross`, `star`, `hexagon`, `bar`).
    """

    id: str
    names: tuple[tuple[str, str], ...]
    """Pairs of language and short name; French first."""
    aliases: tuple[tuple[str, str], ...]
    """Pairs of language and alias as texts write it."""
    inter: int | None
    parent: str
    valid_from: date | None
    valid_to: date | None
    colour: str
    shape: str
    followed_by: tuple[str, ...] = ()
    """Ids of those who carry on after it: `cma` is followed by `csp`, `csp` by `fla`."""
    ucdp: tuple[int, str] | None = None
    """Id and name of the actor in UCDP GED."""
    country: str = ""
    """ISO 3166-1 alpha-2 code of the state that it belongs to; given where another state's has the same alias."""

    def name(self, language: str) -> str:
        """The short name in a language, else the first one, else the id."""
        names = dict(self.names)
        return names.get(language) or next(iter(names.values()), self.id)


@dataclass(frozen=True, slots=True, order=True)
class ActorRole:
    """An actor's part in one incident. `name` is the actor as the report writes it."""

    id: str
    name: str
    role: Role
