"""All names of a text at once: of several places of one name, the one near the other names' likely places is likelier.

Each name's places are given a likelihood, exp(score / certainty) made to add up to one. A place is helped by the name whose
likely places lie nearest to it, and the likelihoods are worked out again until they stand still. The order of the names makes
no difference.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from incidentmap.gazetteer.kinds import SORT_OF, Asked
from incidentmap.gazetteer.outline import Outline, kilometres
from incidentmap.gazetteer.rank import ordered
from incidentmap.gazetteer.settings import Ranking
from incidentmap.model import Candidate, PlaceKind, Reason, reason

_ROUNDS = 12
_STILL = 1e-6
_MOST = 12
"""Places of a name that are weighed against the others; further ones are too unlikely to matter."""
_TELLING = 0.02
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a text with its ranked places.

    Parameters
    ----------
    key
        The name's own key: the same name spelt otherwise does not help itself.
    informs
        Whether the others may be helped by it; beyond the first fifty names of a text it is helped only.
    """

    key: str
    name: str
    ranked: tuple[Candidate, ...]
    informs: bool = True


def informed(
    named: Sequence[Named], outline: Callable[[str], Outline | None], weights: Ranking,
) -> tuple[tuple[Candidate, ...], ...]:
    """The candidates of each name, ranked again with the help of the other names, in the order of the names.

    Parameters
    ----------
    named
        The names; one may stand there several times.
    outline
        The outline of a polygon id, None if there is none.
    weights
        Those of the settings file.
    """
    if len({each.key for each in named}) < 2:
        return tuple(each.ranked for each in named)
    in_order = sorted((each for each in named if each.informs and each.ranked), key=_in_order)
    helpers = list({each.key: each for each in reversed(in_order)}.values())[::-1]
    spread = _settle(helpers, weights)
    areas = [(each.key, each.name, found) for each in helpers if (found := _area(each, outline)) is not None]
    return tuple(_helped(each, helpers, spread, areas, weights) for each in named)


def _settle(helpers: Sequence[Named], weights: Ranking) -> list[Array]:
    """How likely each helper's places are in the end, countries and areas left out of what can help."""
    scores = [np.array([candidate.score for candidate in each.ranked[:_MOST]]) for each in helpers]
    likely = [_likelihood(score, weights) for score in scores]
    near = [[_nearness(one, other, weights) for other in helpers] for one in helpers]
    spots = [_spots(each) for each in helpers]
    for _ in range(_ROUNDS if len(helpers) > 1 else 0):
        masses = [chance * spot for chance, spot in zip(likely, spots, strict=True)]
        helps = [_best([near[i][j] @ masses[j] for j in range(len(helpers)) if j != i]) for i in range(len(helpers))]
        fresh = [_likelihood(score + weights.together * help_, weights) for score, help_ in zip(scores, helps, strict=True)]
        moved = max(float(np.max(np.abs(new - old))) for new, old in zip(fresh, likely, strict=True))
        likely = fresh
        if moved < _STILL:
            break
    return [chance * spot for chance, spot in zip(likely, spots, strict=True)]


def _helped(
    own: Named, helpers: Sequence[Named], spread: Sequence[Array], areas: Sequence[tuple[str, str, Outline]], weights: Ranking,
) -> tuple[Candidate, ...]:
    if not own.ranked:
        return ()
    others = [(each, mass) for each, mass in zip(helpers, spread, strict=True) if each.key != own.key and mass.any()]
    helped = list(own.ranked)
    if others:
        support = np.stack([_nearness(own, each, weights, most=None) @ mass for each, mass in others])
        best = np.argmax(support, axis=0)
        helped = [
            _with_help(candidate, float(support[best[k], k]), others[best[k]], weights) for k, candidate in enumerate(helped)
        ]
    around = [(name, outline) for key, name, outline in areas if key != own.key]
    return ordered(_within(candidate, around, weights) for candidate in helped)


def _with_help(candidate: Candidate, support: float, helper: tuple[Named, Array], weights: Ranking) -> Candidate:
    if support < _TELLING or candidate.place.kind is PlaceKind.COUNTRY:
        return candidate
    named, mass = helper
    place = named.ranked[int(np.argmax(mass))].place
    km = kilometres([candidate.place.position], [place.position])[0, 0]
    return _more(candidate, weights.together * support, reason("together", name=named.name, km=round(float(km))))


def _within(candidate: Candidate, areas: Sequence[tuple[str, Outline]], weights: Ranking) -> Candidate:
    """Add what the units named in the same text say: the nearest of them counts."""
    if not areas or SORT_OF[candidate.place.kind] in {Asked.AREA, Asked.COUNTRY}:
        return candidate
    far, name = min((outline.distance_km(candidate.place.position), name) for name, outline in areas)
    share = float(np.exp(-far / weights.admin_scale_km))
    if share < _TELLING:
        return candidate
    return _more(candidate, weights.within * share, reason("within" if far <= 0 else "within_at", name=name, km=round(far)))


def _more(candidate: Candidate, score: float, why: Reason) -> Candidate:
    return replace(candidate, score=round(candidate.score + score, 4), reasons=(*candidate.reasons, why))


def _area(named: Named, outline: Callable[[str], Outline | None]) -> Outline | None:
    best = named.ranked[0].place
    return outline(best.area_id) if best.area_id and best.kind is PlaceKind.AREA else None


def _nearness(one: Named, other: Named, weights: Ranking, most: int | None = _MOST) -> Array:
    """exp(-distance / together_scale_km) of each place of one name to each of the other's first ones."""
    here, there = one.ranked[:most], other.ranked[:_MOST]
    apart = kilometres([c.place.position for c in here], [c.place.position for c in there])
    return np.asarray(np.exp(-apart / weights.together_scale_km))


def _likelihood(scores: Array, weights: Ranking) -> Array:
    raised = np.exp((scores - scores.max()) / weights.certainty)
    return np.asarray(raised / raised.sum())


def _spots(named: Named) -> Array:
    wide = {Asked.AREA, Asked.COUNTRY}
    return np.array([float(SORT_OF[candidate.place.kind] not in wide) for candidate in named.ranked[:_MOST]])


def _best(supports: Sequence[Array]) -> Array:
    return np.asarray(np.max(np.stack(supports), axis=0))


def _in_order(named: Named) -> tuple[str, str, list[tuple[str, float]]]:
    """An order that the text's own order has no part in: sums of fractions must come out the same to the last digit."""
    return named.key, named.name, [(candidate.place.id, candidate.score) for candidate in named.ranked]
