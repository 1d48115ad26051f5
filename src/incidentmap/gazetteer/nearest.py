"""The nearest spellings of an unknown name. Never an answer, only a hint for the person who asked."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from incidentmap.gazetteer.names import fold_name
from incidentmap.gazetteer.settings import Ranking


def nearest_spellings(name: str, spellings: Sequence[tuple[str, str, str]], weights: Ranking) -> tuple[str, ...]:
    """Spellings of other places that look like a name, nearest first, one for each place.

    Parameters
    ----------
    name
        As it was asked for.
    spellings
        (folded, written, place id), those to be preferred at the same likeness first.
    weights
        Cutoff, shortest and longest name, and how many spellings at most.

    Returns
    -------
    tuple of str
        Empty for names too short or too long to be compared: five letters are the least that fuzzy matching is worth
        anything for, and only within a country and its neighbours.
    """
    folded = fold_name(name)
    if not weights.nearest_shortest <= len(folded) <= weights.nearest_longest:
        return ()
    likeness = process.extract(
        folded, [spelling[0] for spelling in spellings], scorer=fuzz.ratio, score_cutoff=weights.nearest_cutoff, limit=None,
    )
    likeness.sort(key=lambda found: (-found[1], found[2]))
    by_place: dict[str, str] = {}
    for _, _, index in likeness:
        by_place.setdefault(spellings[index][2], spellings[index][1])
    return tuple(dict.fromkeys(by_place.values()))[: int(weights.nearest_most)]
