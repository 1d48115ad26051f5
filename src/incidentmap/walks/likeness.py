"""How alike two incidents of different reports are: one piece of evidence for each thing that both tell, or do not."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from incidentmap.model import (
    Actor,
    ActorRole,
    Claim,
    ClaimField,
    Evidence,
    Incident,
    PartialDate,
    Reason,
    Role,
    Scope,
    reason,
)
from incidentmap.walks.likeness_settings import Likeness, Weights
from incidentmap.walks.nearby import Ground, days_apart, days_long

Registry = Mapping[str, Actor]
Judged = tuple[float, Callable[[], Reason]]
_FIGURES = (ClaimField.KILLED, ClaimField.WOUNDED, ClaimField.CAPTURED)
_SPEAKING = frozenset({Role.CLAIMANT, Role.DENIER})
Figures = tuple[frozenset[int], int | None, int | None]
"""The numbers that are stated, the lowest and the highest bound; None where no claim sets that bound."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What of an incident is compared, worked out once."""

    incident: Incident
    spread_km: float
    """How far from its position it may lie; infinite without one."""
    actors: frozenset[str]
    kin: frozenset[str]
    """The actors with all their parents."""
    inters: frozenset[int]
    figures: tuple[Figures | None, ...]
    """Of killed, wounded, captured; None where nothing is told."""


def traits_of(incident: Incident, registry: Registry, ground: Ground) -> Traits:
    """The traits of an incident. Those who only speak count as actors where nobody else is named."""
    acting = _acting(incident.actors)
    known = [registry[each] for each in acting if each in registry]
    return Traits(
        incident, ground.spread_km(incident.location) if incident.location else math.inf,
        frozenset(acting), frozenset(each for actor in acting for each in _line(actor, registry)),
        frozenset(actor.inter for actor in known if actor.inter),
        tuple(_figures(claim for claim in incident.claims if claim.field is field) for field in _FIGURES),
    )


def score(one: Traits, other: Traits, weights: Likeness, ground: Ground) -> float:
    """How alike two incidents are by themselves: the sum of their evidence's weights."""
    return math.fsum(weight for weight, _ in _judged(one, other, weights, ground))


def evidence(one: Traits, other: Traits, weights: Likeness, ground: Ground) -> tuple[Evidence, ...]:
    """What speaks for and against two incidents being one; symmetric. What weighs nothing is left out."""
    return tuple(Evidence(why(), weight) for weight, why in _judged(one, other, weights, ground) if weight)


def _judged(one: Traits, other: Traits, weights: Likeness, ground: Ground) -> tuple[Judged, ...]:
    """Weights with what puts the reason into words: most pairs are never shown, and need none."""
    return (
        (weights.start, _any_two),
        _place(one, other, weights, ground),
        _date(one.incident.date, other.incident.date, weights),
        _actors(one, other, weights.actors),
        _kinds(one.incident, other.incident, weights),
        _figure(ClaimField.KILLED, weights.killed, one.figures[0], other.figures[0], weights),
        _figure(ClaimField.WOUNDED, weights.wounded, one.figures[1], other.figures[1], weights),
        _figure(ClaimField.CAPTURED, weights.captured, one.figures[2], other.figures[2], weights),
    )


def _any_two() -> Reason:
    return reason("duplicate_start")


def _place(one: Traits, other: Traits, weights: Likeness, ground: Ground) -> Judged:
    here, there = one.incident.location, other.incident.location
    if here is None or there is None or max(one.spread_km, other.spread_km) > weights.widest_km:
        return weights.place["unknown"], lambda: reason("duplicate_place_unknown")
    gap = ground.gap_km(here, there)
    wide = (one.spread_km > weights.wide_km) + (other.spread_km > weights.wide_km)
    told = "beyond" if gap > 0 else "area" if wide == 2 else "within" if wide else "near"
    if told == "near" and here.place_id == there.place_id and here.position == there.position:
        told = "same"
    names = (here.name, there.name)
    return weights.place[told], lambda: reason(
        f"duplicate_place_{told}", here=min(names), there=max(names), km=f"{gap:.0f}",
    )


def _date(one: PartialDate | None, other: PartialDate | None, weights: Likeness) -> Judged:
    if one is None or other is None or max(days_long(one), days_long(other)) > weights.longest_days:
        return weights.date["unknown"], lambda: reason("duplicate_date_unknown")
    gap, longest = days_apart(one, other), max(days_long(one), days_long(other))
    if one.start == other.start and one.end == other.end:
        told = "same" if longest == 1 else "equal"
    else:
        told = "near" if gap else "touch" if longest <= weights.wide_days else "wide"
    early, late = min(one, other), max(one, other)
    return weights.date[told], lambda: reason(f"duplicate_date_{told}", early=_days(early), late=_days(late), days=gap)


def _actors(one: Traits, other: Traits, weights: Weights) -> Judged:
    if not one.actors or not other.actors:
        return weights["unknown"], lambda: reason("duplicate_actors_unknown")
    shared = one.actors & other.actors
    if shared:
        told = "all" if one.actors == other.actors else "some"
    elif one.actors & other.kin or one.kin & other.actors:
        told = "kin"
    else:
        told = "kind" if one.inters & other.inters else "differ"
    return weights[told], lambda: _two(
        f"duplicate_actors_{told}", _written(one, shared or one.actors), _written(other, shared or other.actors),
    )


def _kinds(one: Incident, other: Incident, weights: Likeness) -> Judged:
    mine, theirs = (one.event_type, one.sub_event_type), (other.event_type, other.sub_event_type)
    if not mine[0] or not theirs[0]:
        return weights.kinds["unknown"], lambda: reason("duplicate_kinds_unknown")
    if mine[0] == theirs[0]:
        told = "same" if mine == theirs else "type"
    else:
        told = "akin" if _akin(mine, theirs, weights) else "differ"
    here, there = min(mine, theirs), max(mine, theirs)
    return weights.kinds[told], lambda: reason(
        f"duplicate_kinds_{told}", here=here[1] or here[0], there=there[1] or there[0], type=here[0],
    )


def _akin(mine: tuple[str, str], theirs: tuple[str, str], weights: Likeness) -> bool:
    names = [(kind, f"{kind} / {sub}") for kind, sub in (mine, theirs)]
    return any((one, other) in weights.akin for one in names[0] for other in names[1])


def _figure(field: ClaimField, table: Weights, one: Figures | None, other: Figures | None, weights: Likeness) -> Judged:
    if one is None or other is None:
        missing = "silent" if one is other else "lone"
        return table[missing], lambda: reason(f"duplicate_{field.value}_{missing}")
    shared = max((one[0] & other[0]) - {0}, default=0)
    told = "same" if shared else _touching(one, other, weights)
    more = weights.tenfold * math.log10(shared) if shared else 0.0
    return table[told] + more, lambda: _two(f"duplicate_{field.value}_{told}", _range(one), _range(other))


def _two(code: str, one: str, other: str) -> Reason:
    return reason(code, here=min(one, other), there=max(one, other))


def _touching(one: Figures, other: Figures, weights: Likeness) -> str:
    """Whether two ranges meet, or by how much they miss one another: zero is as far from three as one is."""
    below, above = sorted((one, other), key=lambda each: (each[1] or 0, each[2] is None, each[2] or 0))
    if below[2] is None or below[2] >= (above[1] or 0):
        return "touch"
    ratio = (above[1] or 0) / max(below[2], 1)
    return "near" if ratio <= weights.near_ratio else "far" if ratio > weights.far_ratio else "apart"


def _figures(claims: Iterable[Claim]) -> Figures | None:
    """What the claims of one field say together, as a range under no rule: the lowest to the highest bound that one names."""
    counted = [claim for claim in claims if claim.scope is Scope.INCIDENT]
    counted = [claim for claim in counted if not claim.low is claim.best is claim.high is None]
    if not counted:
        return None
    lows = [claim.low if claim.low is not None else claim.best for claim in counted]
    highs = [claim.high for claim in counted]
    numbers = frozenset(claim.best for claim in counted if claim.best is not None)
    low = min((each for each in lows if each is not None), default=None)
    return numbers, low, None if None in highs else max(each for each in highs if each is not None)


def _acting(actors: Iterable[ActorRole]) -> tuple[str, ...]:
    parts = tuple(actors)
    return tuple(each.id for each in parts if each.role not in _SPEAKING) or tuple(each.id for each in parts)


def _written(traits: Traits, ids: frozenset[str]) -> str:
    """Actors under the names that the report gives them."""
    return ", ".join(dict.fromkeys(each.name or each.id for each in traits.incident.actors if each.id in ids))


def _line(actor: str, registry: Registry) -> tuple[str, ...]:
    """An actor, its parent, the parent of that...: who follows another has it for a parent in the registry."""
    line = [actor]
    while (parent := registry[line[-1]].parent if line[-1] in registry else "") and parent not in line:
        line.append(parent)
    return tuple(line)


@lru_cache(maxsize=1 << 14)
def _days(stated: PartialDate) -> str:
    return stated.start.isoformat() if stated.start == stated.end else f"{stated.start}/{stated.end}"


def _range(figures: Figures) -> str:
    low, high = (str(each) if each is not None else "?" for each in figures[1:])
    return low if low == high else f"{low}-{high}"
