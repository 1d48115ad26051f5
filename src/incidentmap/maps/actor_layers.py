"""Which actors have a layer of their own on the map, and how it looks: at most eight, and one for all others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from incidentmap.maps.theme import OTHER_COLOUR, actor_colour
from incidentmap.model import Actor, Incident, LayerRole, Role, Status
from incidentmap.registry import SHAPES
from incidentmap.words import say

OTHERS = "others"
"""Id of the layer of all whose leading actor is unknown or not among the most frequent ones."""
MOST_ACTORS = 8
"""No more colours than eyes tell apart in the Okabe-Ito palette; the rest is grey."""
_OWN_VOICE = "report"
"""The claimant under whose id reports speak for themselves."""
_OKABE_ITO = ("#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#000000", "#D55E00")
"""Vermilion, which looks like a verdict, comes last."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a layer is called and drawn; `group` as in :class:`incidentmap.maps.ActorView`."""

    id: str
    name: str
    colour: str
    shape: str
    group: str = ""


def leading_actor(incident: Incident, role: LayerRole = LayerRole.ATTACKER) -> str:
    """Id of the actor under whom an incident is drawn, empty if nobody is told in that role."""
    if role is LayerRole.CLAIMANT:
        return _first_claimant(incident)
    named = _ids(incident, Role.ATTACKER if role is LayerRole.ATTACKER else Role.TARGET)
    parties = _ids(incident, Role.PARTY)
    return (named or parties[role is LayerRole.TARGET:] or [""])[0]


def _ids(incident: Incident, role: Role) -> list[str]:
    return list(dict.fromkeys(part.id for part in incident.actors if part.role is role))


def _first_claimant(incident: Incident) -> str:
    """The row of a table is told by its source, whose name its id begins with."""
    if incident.status is Status.IMPORTED:
        return incident.id.partition(":")[0]
    return next((claim.claimant for claim in incident.claims if claim.claimant != _OWN_VOICE), "")


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
    groups = groups_of(leaders, actors)
    colours = _spare(_OKABE_ITO, {actor.colour.upper() for actor in known}, leaders, actors)
    shapes = _spare(SHAPES, {actor.shape for actor in known}, leaders, actors)
    made = [
        Look(key, actors[key].name(language), actor_colour(actors[key].colour, theme), actors[key].shape, groups[key])
        if key in actors else Look(key, key, actor_colour(colours[key], theme), shapes[key])
        for key in leaders
    ]
    return (*made, Look(OTHERS, say(language, "screen.others"), OTHER_COLOUR, "circle"))


def groups_of(leaders: Sequence[str], actors: Mapping[str, Actor]) -> dict[str, str]:
    """The group of each leader: the actor that it belongs to, if another one of them does too or is it, else its class.

    A class is `inter-1` to `inter-8`, ACLED's; it is empty for who is not in the registry and for mere sources.
    """
    known = [actors[key] for key in leaders if key in actors]
    whole = Counter(parent for actor in known for parent in {actor.parent, actor.id} if parent)
    return {key: _group_of(actors[key], whole) if key in actors else "" for key in leaders}


def _group_of(actor: Actor, whole: Counter[str]) -> str:
    """An actor whose parts have layers is a group of its own, before it is a part of another."""
    for group in (actor.id, actor.parent):
        if whole[group] > 1:
            return group
    return f"inter-{actor.inter}" if actor.inter else ""


def _spare(every: Sequence[str], taken: set[str], leaders: Sequence[str], actors: Mapping[str, Actor]) -> dict[str, str]:
    """What nobody of the registry has, for the others: the one that a name stands for, unless an actor before it has it.

    So an actor mostly looks the same whatever the filters leave beside it. The last is given when nothing else is left.
    """
    left, given = [each for each in every if each not in taken], dict[str, str]()
    for key in leaders:
        if key not in actors:
            left = left or list(every)
            given[key] = left.pop(crc32(key.encode()) % max(len(left) - 1, 1))
    return given
