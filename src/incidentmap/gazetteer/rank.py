"""The score of a candidate: a sum of named weights, each of which is told as a reason."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.kinds import SORT_OF, Asked
from incidentmap.gazetteer.settings import Ranking
from incidentmap.gazetteer.sources import GEONAMES
from incidentmap.model import Candidate, Place, PlaceKind, Position, Reason, reason


@dataclass(frozen=True, slots=True)
class Hit:
    """A place whose spelling met the name, and how: `exact`, `folded` or `squashed`."""

    place: Place
    spelling: str
    match: str


@dataclass(frozen=True, slots=True)
class Companion:
    """A place named together with the name in question."""

    name: str
    position: Position


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the name itself.

    Parameters
    ----------
    region
        Id of the region of interest, empty for none.
    region_distance_km
        Distance of a position to that region; None without a region.
    countries
        Countries in which the region lies.
    """

    asked: Asked | None
    region: str
    region_distance_km: Callable[[Position], float] | None
    countries: frozenset[str]
    together: tuple[Companion, ...]


_UNMET = "kind_unmet_"
_UNLIKELY = "unlikely_far"
Weighed = tuple[float, Reason | None]


def rank(hits: Sequence[Hit], context: Context, weights: Ranking) -> tuple[Candidate, ...]:
    """Candidates, best first: one for each place, in a total order (score, then id)."""
    scored = [_candidate(hit, context, weights) for hit in hits]
    scored.sort(key=lambda candidate: (-candidate.score, candidate.place.id, candidate.matched))
    best: dict[str, Candidate] = {}
    for candidate in scored:
        best.setdefault(candidate.place.id, candidate)
    return _one_each(tuple(best.values()), weights)


def close_rival(ranked: Sequence[Candidate], weights: Ranking) -> Candidate | None:
    """The first rival that leaves the choice open: nearly the same score, another part of the map."""
    chosen = ranked[0]
    for rival in ranked[1:]:
        near = chosen.score - rival.score <= weights.ambiguous_within
        apart = distance_km(chosen.place.position, rival.place.position) > weights.ambiguous_beyond_km
        if near and apart:
            return rival
    return None


def in_doubt(ranked: Sequence[Candidate], weights: Ranking) -> bool:
    """Whether the best candidate needs a person's look: a close rival, not the kind of place asked for, or unlikely far off."""
    doubted = any(why.code == _UNLIKELY or why.code.startswith(_UNMET) for why in ranked[0].reasons)
    return doubted or close_rival(ranked, weights) is not None


def _candidate(hit: Hit, context: Context, weights: Ranking) -> Candidate:
    weighed = (
        _match(hit, weights),
        (weights.source[hit.place.source], reason(f"source_{hit.place.source}")),
        (weights.kind[hit.place.kind], None),
        _kind_asked(hit.place, context, weights),
        _population(hit.place, weights),
        *_region(hit.place, context, weights),
        _together(hit.place, context, weights),
    )
    return Candidate(
        place=hit.place,
        matched=hit.spelling,
        score=round(sum(score for score, _ in weighed), 4),
        reasons=tuple(why for _, why in weighed if why),
    )


def _match(hit: Hit, weights: Ranking) -> Weighed:
    return weights.match[hit.match], reason(f"match_{hit.match}", spelling=hit.spelling)


def _kind_asked(place: Place, context: Context, weights: Ranking) -> Weighed:
    if context.asked is None:
        return 0.0, None
    if SORT_OF[place.kind] is context.asked:
        return weights.kind_asked, reason(f"kind_asked_{context.asked}")
    return 0.0, reason(f"{_UNMET}{context.asked}")


def _population(place: Place, weights: Ranking) -> Weighed:
    people = place.population or 0
    return weights.population * math.log10(people) / 6 if people > 1 else 0.0, None


def _region(place: Place, context: Context, weights: Ranking) -> tuple[Weighed, ...]:
    if context.region_distance_km is None or place.kind is PlaceKind.COUNTRY:
        return ()
    far = context.region_distance_km(place.position)
    where = reason("region_at", region=context.region, km=round(far)) if far else reason("region_in", region=context.region)
    return (weights.region * math.exp(-far / weights.region_scale_km), where), _country(place, far, context, weights)


def _country(place: Place, far: float, context: Context, weights: Ranking) -> Weighed:
    if place.country in context.countries:
        return weights.country, reason("same_country", country=place.country)
    unlikely = place.source == GEONAMES and place.kind is not PlaceKind.CITY and far > weights.unlikely_beyond_km
    return 0.0, reason(_UNLIKELY) if unlikely else None


def _together(place: Place, context: Context, weights: Ranking) -> Weighed:
    if not context.together:
        return 0.0, None
    far, name = min((distance_km(place.position, companion.position), companion.name) for companion in context.together)
    return weights.together * math.exp(-far / weights.together_scale_km), reason("together", name=name, km=round(far))


def _one_each(ranked: tuple[Candidate, ...], weights: Ranking) -> tuple[Candidate, ...]:
    """Leave out what is a better candidate's place once more, from another source."""
    kept: list[Candidate] = []
    for candidate in ranked:
        if not any(_same_place(candidate.place, other.place, weights) for other in kept):
            kept.append(candidate)
    return tuple(kept)


def _same_place(one: Place, other: Place, weights: Ranking) -> bool:
    return (
        one.source != other.source
        and SORT_OF[one.kind] is SORT_OF[other.kind]
        and distance_km(one.position, other.position) <= weights.same_place_km
    )
