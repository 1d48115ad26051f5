"""Names that look like an unknown one. Never an answer by itself: a person is always asked."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from incidentmap.gazetteer.names import fold_name, phonetic
from incidentmap.gazetteer.settings import Ranking


@dataclass(frozen=True, slots=True)
class Alike:
    """A spelling that looks like the name asked for, and its likeness, 0 to 100."""

    written: str
    place: str
    likeness: float


class Blocks:
    """Spellings of some countries, laid out by the sound they begin with and by their length.

    Comparing a name with those of its own beginning alone is a tenth of the work; a wrong first letter is not forgiven.
    """

    def __init__(self, spellings: Iterable[tuple[str, str, str]], weights: Ranking) -> None:
        """From (folded, written, place id), those to be preferred at the same likeness first."""
        self._weights = weights
        self._rows: dict[str, dict[int, list[tuple[str, str, str]]]] = defaultdict(lambda: defaultdict(list))
        self._longer: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for row in spellings:
            self._rows[_first(row[0])][len(row[0])].append(row)
            head, _, tail = row[0].rpartition(" ")
            if tail and len(head) >= weights.fuzzy_shortest:
                self._longer[head].append(row)
        self._blocks: dict[tuple[str, int], tuple[list[str], list[tuple[str, str, str]]]] = {}

    def alike(self, name: str, cutoff: float, most: int) -> tuple[Alike, ...]:
        """Spellings at least that much alike, best first, one for each place; empty for names too short or too long."""
        folded = fold_name(name)
        if not self._weights.fuzzy_shortest <= len(folded.replace(" ", "")) <= self._weights.fuzzy_longest:
            return ()
        names, rows = self._block(folded, cutoff)
        found = process.extract(folded, names, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None, processor=None)
        found.sort(key=lambda each: (-each[1], each[2]))
        by_place: dict[str, Alike] = {}
        for _, likeness, index in found:
            _, written, place = rows[index]
            by_place.setdefault(place, Alike(written, place, likeness))
        return tuple(by_place.values())[:most]

    def longer(self, name: str, most: int) -> tuple[Alike, ...]:
        """Spellings that are the name and one word more: "Koubaye-Kotaba" for "Koubaye"."""
        rows = {place: Alike(written, place, 100.0) for _, written, place in self._longer.get(fold_name(name), ())}
        return tuple(rows.values())[:most]

    def _block(self, folded: str, cutoff: float) -> tuple[list[str], list[tuple[str, str, str]]]:
        """Spellings of the same beginning whose length allows that likeness at all."""
        key = (_first(folded), len(folded))
        if key not in self._blocks:
            share = cutoff / (200 - cutoff)
            sizes = sorted(self._rows.get(key[0], {}).items())
            rows = [row for size, some in sizes if share <= size / key[1] <= 1 / share for row in some]
            self._blocks[key] = ([row[0] for row in rows], rows)
        return self._blocks[key]


def _first(folded: str) -> str:
    sounded = phonetic(folded[:4])
    return sounded[:1] or folded[:1]


def nearest_spellings(name: str, blocks: Blocks, weights: Ranking) -> tuple[str, ...]:
    """Spellings to be told for a name that has no entry, each once, nearest first."""
    found: Sequence[Alike] = blocks.alike(name, weights.nearest_cutoff, int(weights.nearest_most))
    return tuple(dict.fromkeys(each.written for each in found))
