"""When a person should look at a choice, and why."""

from collections.abc import Sequence

from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.entry import GEONAMES
from incidentmap.gazetteer.kinds import SORT_OF, Asked
from incidentmap.gazetteer.names import fold_name, phonetic
from incidentmap.gazetteer.settings import Ranking
from incidentmap.model import Candidate, Place, PlaceKind, Reason, reason

_DOUBTFUL = frozenset({
    "unlikely_far", "word_not_place", "admin_unmet", "country_unmet", "match_part", "match_phonetic", "match_fuzzy",
    "kind_unmet_area", "kind_unmet_natural", "kind_unmet_settlement", "kind_unmet_country",
})
_MINOR = frozenset({PlaceKind.WELL, PlaceKind.NATURAL, PlaceKind.SITE})


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
    """Whether the best candidate needs a person's look: its own reasons say so, or :func:`doubts` finds some."""
    return any(why.code in _DOUBTFUL for why in ranked[0].reasons) or bool(doubts(ranked, weights))


def doubts(ranked: Sequence[Candidate], weights: Ranking) -> tuple[Reason, ...]:
    """What is open about the best candidate beside its own reasons, in words; empty where nothing is."""
    chosen = ranked[0]
    rival = close_rival(ranked, weights)
    found = (
        reason("ambiguous", rival=_described(rival.place)) if rival else None,
        reason("minor_place") if _is_minor(chosen) else None,
        _by_another_name(chosen, ranked[1:], weights),
        _rough(chosen.place, weights),
    )
    return tuple(why for why in found if why)


def _is_minor(chosen: Candidate) -> bool:
    """Whether an unjudged well, rock or ruin was chosen for a name that does not ask for one."""
    asked = any(why.code.startswith("kind_asked") for why in chosen.reasons)
    return chosen.place.source == GEONAMES and chosen.place.kind in _MINOR and not asked


def _rough(place: Place, weights: Ranking) -> Reason | None:
    """A settlement that sources put so far apart that its point is none."""
    rough = SORT_OF[place.kind] is Asked.SETTLEMENT and place.radius_km > weights.rough_beyond_km
    return reason("rough_position", km=f"{place.radius_km:g}") if rough else None


def _by_another_name(chosen: Candidate, rivals: Sequence[Candidate], weights: Ranking) -> Reason | None:
    """The name is not the chosen place's own: another one's own name it is, or GeoNames alone says that it is known by it."""
    met = fold_name(chosen.matched)
    own = fold_name(chosen.place.name)
    if met == own:
        return None
    for rival in rivals:
        if met == fold_name(rival.place.name) and _is_other_settlement(rival.place, chosen.place, weights):
            return reason("other_own_name", rival=_described(rival.place))
    unsure = chosen.place.source == GEONAMES and phonetic(met) != phonetic(own)
    return reason("other_name", name=chosen.place.name) if unsure else None


def _is_other_settlement(place: Place, chosen: Place, weights: Ranking) -> bool:
    settled = place.country == chosen.country and SORT_OF[place.kind] is Asked.SETTLEMENT and place.kind not in _MINOR
    return settled and distance_km(place.position, chosen.position) > weights.same_place_km


def _described(place: Place) -> str:
    return ", ".join(part for part in (place.name, place.admin1, place.country) if part)
