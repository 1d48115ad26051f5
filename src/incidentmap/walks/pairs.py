"""From incidents to the pairs that may be one: whoever is near is compared, then each pair is weighed beside its rivals."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from incidentmap.frames.geometry import Boundary
from incidentmap.model import Evidence, Incident, Pair, Sameness, reason
from incidentmap.walks.likeness import Registry, evidence, score, traits_of
from incidentmap.walks.likeness_settings import Likeness
from incidentmap.walks.nearby import Ground, neighbours

Ids = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Rivals:
    """What stands beside a pair: each incident's best score with each report, whom it is like and how much, its report."""

    best: Mapping[tuple[str, str], float]
    like: Mapping[str, Mapping[str, float]]
    reports: Mapping[str, str]


def find_pairs(incidents: Iterable[Incident], weights: Likeness, registry: Registry, boundary: Boundary) -> tuple[Pair, ...]:
    """Pairs of incidents of different reports that are at least possibly the same, best first.

    Parameters
    ----------
    incidents
        In any order: the answer is the same. Two of one report are no pair, its reader told them apart.
    weights
        Of the evidence, and the limits.
    registry
        The actors, with their parents.
    boundary
        Gives the polygon (WGS 84) of an area id, None if it knows none.
    """
    whole, ground = tuple(incidents), Ground(boundary)
    traits = {each.id: traits_of(each, registry, ground) for each in whole}
    scores = {
        (one.id, other.id): score(traits[one.id], traits[other.id], weights, ground)
        for one, other in neighbours(whole, weights, ground)
    }
    rivals = _rivals(scores, {each.id: each.report for each in whole})
    found = []
    for (one, other), own in scores.items():
        if own + weights.third * weights.third_most >= weights.possible:
            beside = _beside((one, other), own, rivals, weights)
            if _sum(own, beside) >= weights.possible:
                told = (*evidence(traits[one], traits[other], weights, ground), *(each for each in beside if each.weight))
                found.append(_pair((one, other), _sum(own, beside), told, weights))
    return tuple(sorted(found, key=lambda each: (-each.score, each.ids)))


def _pair(ids: Ids, reached: float, told: tuple[Evidence, ...], weights: Likeness) -> Pair:
    return Pair(ids, reached, Sameness.LIKELY if reached >= weights.likely else Sameness.POSSIBLE, told)


def _rivals(scores: Mapping[Ids, float], reports: Mapping[str, str]) -> _Rivals:
    best: defaultdict[tuple[str, str], float] = defaultdict(lambda: -math.inf)
    like: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for (one, other), own in scores.items():
        for mine, theirs in ((one, other), (other, one)):
            best[mine, reports[theirs]] = max(best[mine, reports[theirs]], own)
            like[mine][theirs] = own
    return _Rivals(best, like, reports)


def _beside(ids: Ids, own: float, rivals: _Rivals, weights: Likeness) -> tuple[Evidence, ...]:
    """What the other pairs of both say: each report tells an incident once, and where much happens likeness says less."""
    one, other = ids
    better = max(rivals.best[one, rivals.reports[other]], rivals.best[other, rivals.reports[one]])
    crowd = (len(rivals.like[one]) + len(rivals.like[other])) / 2
    third, like = _third(one, other, rivals)
    return (
        Evidence(reason("duplicate_twin"), weights.twin if better > own else 0.0),
        Evidence(reason("duplicate_crowd", pairs=f"{crowd:g}"), round(weights.crowd * math.log2(crowd), 3)),
        Evidence(reason("duplicate_third", third=third), round(weights.third * min(like, weights.third_most), 3)),
    )


def _third(one: str, other: str, rivals: _Rivals) -> tuple[str, float]:
    """The incident that both are like, the more the better, and how much the less like one is; nothing below 0."""
    mine, theirs = rivals.like[one], rivals.like[other]
    shared = ((min(mine[each], theirs[each]), each) for each in mine.keys() & theirs.keys())
    like, third = max(shared, default=(0.0, ""))
    return (third, like) if like > 0 else ("", 0.0)


def _sum(own: float, beside: Iterable[Evidence]) -> float:
    return round(math.fsum((own, *(each.weight for each in beside))), 3)
