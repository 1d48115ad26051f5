"""Which actors have a layer of their own on the map, and how it looks: at most eight, and one for all others."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, cycle

from incidentmap.maps.theme import OTHER_COLOUR, actor_colour
from incidentmap.model import Actor, Incident
from incidentmap.registry import SHAPES
from incidentmap.words import say

OTHERS = "others"
"""Id of the layer of all whose leading actor is unknown or not among the most frequent ones."""
MOST_ACTORS = 8
"""No more colours than eyes tell apart in the Okabe-Ito palette; the rest is grey."""
_LEADING = ("attacker", "party", "target", "claimant", "denier")
_OKABE_ITO = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#F0E442")


@dataclass(frozen=True, slots=True)
class Look:
    """How a layer is called and drawn; `group` as in :class:`incidentmap.maps.ActorView`."""

    id: str
    name: str
    colour: str
    shape: str
    group: str = ""


def leading_actor(incident: Incident) -> str:
    """Id of the actor under whom an incident is drawn, empty if nobody is named."""
    parts = sorted(incident.actors, key=lambda part: _LEADING.index(part.role.value))
    return parts[0].id if parts else ""


def leaders_of(incidents: Counter[str], rows: Mapping[str, int], actors: Mapping[str, Actor]) -> tuple[str, ...]:
    """The actors that have a layer: those who lead most of the incidents and rows together.

    Parameters
    ----------
    incidents
        How many incidents each leads; of these actors only those of the registry have a layer.
    rows
        How many rows of tables each leads, under its id or the name that the table writes.
    actors
        Of the registry; of those who lead equally many, the first in it come first.
    """
    found = Counter({key: number for key, number in incidents.items() if key in actors})
    found.update({key: number for key, number in rows.items() if key})
    order = {actor: place for place, actor in enumerate(actors)}
    ranked = sorted(found, key=lambda key: (-found[key], order.get(key, len(order)), key))
    return tuple(ranked[:MOST_ACTORS])


def layer_id(leader: str, leaders: Sequence[str]) -> str:
    """Id of the layer in which whom an actor leads is drawn."""
    return leader if leader in leaders else OTHERS


def looks(leaders: Sequence[str], actors: Mapping[str, Actor], language: str, theme: str) -> tuple[Look, ...]:
    """The layers of leaders, and that of all others last. Who is not in the registry has a colour and shape of nobody's."""
    known = [actors[key] for key in leaders if key in actors]
    spare = _spare(_OKABE_ITO, {actor.colour.upper() for actor in known})
    shapes = _spare(SHAPES, {actor.shape for actor in known})
    made = [
        Look(key, actors[key].name(language), actor_colour(actors[key].colour, theme), actors[key].shape, group_of(actors[key]))
        if key in actors else Look(key, key, actor_colour(next(spare), theme), next(shapes))
        for key in leaders
    ]
    return (*made, Look(OTHERS, say(language, "screen.others"), OTHER_COLOUR, "circle"))


def group_of(actor: Actor) -> str:
    """Id of the actor that one belongs to, else of its class: `inter-1` to `inter-8`; empty for a mere source."""
    return actor.parent or (f"inter-{actor.inter}" if actor.inter else "")


def _spare(every: Sequence[str], taken: set[str]) -> Iterator[str]:
    """What is left first, then all of them again."""
    return chain((each for each in every if each not in taken), cycle(every))
