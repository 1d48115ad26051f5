"""The score of a candidate: a sum of named weights, each of which is told as a reason."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from incidentmap.gazetteer.hints import Hint
from incidentmap.gazetteer.kinds import SORT_OF, Asked
from incidentmap.gazetteer.outline import Outline, sphere_km
from incidentmap.gazetteer.settings import Ranking
from incidentmap.model import Candidate, Place, PlaceKind, Reason, reason

_UNJUDGED = "geonames"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place whose spelling met the name, and how: `exact`, `folded`, `squashed`, `part`, `phonetic` or `fuzzy`.

    `regions` are the ids of the regions of interest that contain it, joined by blanks; empty where that was not looked up.
    """

    place: Place
    spelling: str
    match: str
    regions: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the name itself; the names of the same text come later (`joint`).

    Parameters
    ----------
    asked, kinds
        The sort of place that the name's own words ask for, and the kinds that they mean more closely.
    word
        Whether the name is a word that hardly ever means a place ("Fama", "Si").
    region, outline
        Id of the region of interest, empty for none, and its outline.
    countries
        Countries in which the region lies.
    hints
        Units and countries that the name is said to lie in.
    decided
        Ids of places that a person chose for the same name elsewhere.
    """

    asked: Asked | None = None
    kinds: frozenset[PlaceKind] = frozenset()
    word: bool = False
    region: str = ""
    outline: Outline | None = None
    countries: frozenset[str] = frozenset()
    hints: tuple[Hint, ...] = ()
    decided: frozenset[str] = frozenset()


Weighed = tuple[float, Reason | None]


def rank(hits: Sequence[Hit], context: Context, weights: Ranking) -> tuple[Candidate, ...]:
    """Candidates, best first: one for each place, in a total order (score, then id, then spelling)."""
    if len(hits) == 1:
        return (_candidate(hits[0], context, weights),)
    return _one_each(ordered(_candidate(hit, context, weights) for hit in hits), weights)


def ordered(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Candidates in their total order."""
    return tuple(sorted(candidates, key=lambda each: (-each.score, each.place.id, each.matched)))


def _candidate(hit: Hit, context: Context, weights: Ranking) -> Candidate:
    place = hit.place
    score = weights.match[hit.match] + weights.source[place.source] + weights.kind[place.kind]
    if place.population and place.population > 1:
        score += weights.population * math.log10(place.population) / 6
    told = [Reason(_MATCH[hit.match], (("spelling", hit.spelling),)), _SOURCE[place.source]]
    for more, why in _circumstances(hit, context, weights):
        score += more
        if why:
            told.append(why)
    return Candidate(place, hit.spelling, round(score, 4), tuple(told))


def _circumstances(hit: Hit, context: Context, weights: Ranking) -> Iterator[Weighed]:
    """What speaks for a place beside its name and kind."""
    place = hit.place
    if context.word and place.source == _UNJUDGED:
        yield 0.0, _WORD
    if context.asked is not None:
        yield _kind_asked(place, context, weights)
    if context.outline is not None and place.kind is not PlaceKind.COUNTRY:
        far = 0.0 if context.region in hit.regions.split() else context.outline.distance_km(place.position)
        yield _region(far, context, weights)
        yield _country(place, far, context, weights)
    for hint in context.hints:
        yield _hint(place, hint, weights, len(context.hints))
    if place.id in context.decided:
        yield weights.decided, reason("decided_elsewhere")


def _kind_asked(place: Place, context: Context, weights: Ranking) -> Weighed:
    if SORT_OF[place.kind] is not context.asked:
        return 0.0, reason(f"kind_unmet_{context.asked}")
    closer = weights.kind_hinted if place.kind in context.kinds else 0.0
    return weights.kind_asked + closer, reason(f"kind_asked_{context.asked}")


def _region(far: float, context: Context, weights: Ranking) -> Weighed:
    if far <= 0:
        return weights.region, _lies_in(context.region)
    where = Reason("region_at", (("region", context.region), ("km", str(round(far)))))
    return weights.region * math.exp(-far / weights.region_scale_km), where


def _country(place: Place, far: float, context: Context, weights: Ranking) -> Weighed:
    if place.country in context.countries:
        return weights.country, _same_country(place.country)
    unlikely = place.source == _UNJUDGED and place.kind is not PlaceKind.CITY and far > weights.unlikely_beyond_km
    return 0.0, _UNLIKELY if unlikely else None


def _hint(place: Place, hint: Hint, weights: Ranking, shared: int) -> Weighed:
    """What one of the told units or countries says; they share the weight of a unit."""
    if hint.country:
        if place.country == hint.country:
            return weights.country_asked, reason("country_in", name=hint.name)
        return 0.0, reason("country_unmet", name=hint.name)
    far = hint.distance_km(place)
    score = weights.admin / shared * math.exp(-far / weights.admin_scale_km)
    if far > weights.admin_scale_km:
        # Without an outline nothing is sure: the unit may be seated elsewhere.
        return score, reason("admin_unmet", name=hint.name, km=round(far)) if hint.outlines else None
    return score, reason("admin_in" if far <= 0 else "admin_at", name=hint.name, km=round(far))


def _one_each(ranked: tuple[Candidate, ...], weights: Ranking) -> tuple[Candidate, ...]:
    """One for each place: leave out what a better candidate has already, by its id or from another source close by.

    Of two entries of one unit that with an outline stays: a point says less of an area.
    """
    kept: list[Candidate] = []
    for candidate in ranked:
        twin = next((n for n, other in enumerate(kept) if _same_place(candidate.place, other.place, weights)), None)
        if twin is None:
            kept.append(candidate)
        elif candidate.place.area_id and not kept[twin].place.area_id:
            kept[twin] = candidate
    return ordered(kept)


def _same_place(one: Place, other: Place, weights: Ranking) -> bool:
    if one.id == other.id:
        return True
    if one.source == other.source or SORT_OF[one.kind] is not SORT_OF[other.kind]:
        return False
    units = SORT_OF[one.kind] is Asked.AREA and one.country == other.country
    reach = max(one.radius_km, other.radius_km) if units else weights.same_place_km
    return sphere_km(one.position, other.position) <= max(reach, weights.same_place_km)


@lru_cache(maxsize=256)
def _lies_in(region: str) -> Reason:
    return reason("region_in", region=region)


@lru_cache(maxsize=256)
def _same_country(code: str) -> Reason:
    return reason("same_country", country=code)


_MATCH = {how: f"match_{how}" for how in ("exact", "folded", "squashed", "part", "phonetic", "fuzzy")}
_SOURCE = {source: reason(f"source_{source}") for source in ("curated", "decided", "table", "admin", "geonames")}
_WORD = reason("word_not_place")
_UNLIKELY = reason("unlikely_far")
