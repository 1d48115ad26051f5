"""Place names in a running text: the longest gazetteer name at each capitalised word.

A name in a text is written as one: its first word starts with a capital (or in a script without capitals), its words are
joined by a blank, a hyphen or an apostrophe. Words that happen to be places ("Si", "La") stand in
`data/lexicons/not_places.yaml`.
"""

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

import numpy as np

from incidentmap.gazetteer.kinds import type_words
from incidentmap.gazetteer.names import fold_name, squash
from incidentmap.gazetteer.stops import stops
from incidentmap.model import Span

_MARKS = "\u0300-\u036f\u064b-\u0652\u0670\u0640"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_START = re.compile(rf"(?<![^\W_])(?<![{_MARKS}])[^\W\d_a-zß-öø-ÿ](?:[^\W_]|[{_MARKS}])*")
"""A word that does not start in lower case; the rarer lower-case letters are sorted out one by one."""
_TIGHT = re.compile(r"\s?[-'’ʼ‐‑]\s?(?=\w)")
_LOOSE = re.compile(r"[^\S\n]{0,2}\n?[^\S\n]{0,2}(?=\w)")
_NEXT = re.compile(r"[ \u00a0-]([^\W\d_][^\W_]*)")
_PREVIOUS = re.compile(r"([^\W_]+)[ \u00a0-]\Z")
_OPENS = re.compile(r"\s(?:de|du|des|of)\b|\sd['’]")
"""After a type word that belongs to the next name: "Folomana, cercle de Niono" without its comma."""
_MOST_WORDS = 6
_LONGEST_WORD = 40
_SHORTEST_RESPELT = 5
"""A name met only without its blanks must be this long: "Si la" is not Sila."""
_SHORT = 3
_SHORTEST_UNJUDGED = 2
_LONGEST_ACRONYM = 5
"""What only GeoNames knows, in two letters or five capitals, is nearly always something else."""
_REACH = 40
"""Characters looked back for a type word."""


class _Words:
    """A set of words as their sorted 64-bit hashes: eight bytes a word, where a set of texts takes a hundred."""

    def __init__(self, hashes: "array[int]") -> None:
        unique = np.unique(np.frombuffer(hashes, np.int64)).tobytes() if hashes else b""
        self._hashes = array("q", unique)

    def __contains__(self, word: str) -> bool:
        wanted = hash(word)
        index = bisect_left(self._hashes, wanted)
        return index < len(self._hashes) and self._hashes[index] == wanted


class Scanner:
    """Finds the names of a gazetteer in texts.

    Parameters
    ----------
    spellings
        As they are written, each with whether a source other than GeoNames has it; read once, not kept.
    """

    def __init__(self, spellings: Iterable[tuple[str, bool]]) -> None:
        folded, squashed, judged = array("q"), array("q"), array("q")
        for spelling, by_person in spellings:
            key = fold_name(spelling)
            short = squash(key)
            if len(short) > 1:
                folded.append(hash(key))
            if len(short) >= _SHORTEST_RESPELT:
                squashed.append(hash(short))
            if len(short) > 1 and by_person:
                judged.append(hash(short))
        self._folded, self._squashed, self._judged = _Words(folded), _Words(squashed), _Words(judged)

    def spans(self, text: str, taken: Sequence[Span]) -> tuple[Span, ...]:
        """Names in a text, in order; none overlaps another or a span already taken."""
        return tuple(_free(self._all(text), taken))

    def _all(self, text: str) -> Iterator[tuple[Span, Span]]:
        """Each name twice: by itself, and with the type word that marks it."""
        after = 0
        for match in _START.finditer(text):
            if match.start() < after or match.group()[0].islower():
                continue
            end = self._longest(text, match)
            if end:
                bare = _span(text, match.start(), end)
                marked = _marked(text, bare, after)
                if marked == bare and self._means_something_else(text, bare):
                    continue
                after = marked.end
                yield bare, marked

    def _longest(self, text: str, first: re.Match[str]) -> int:
        """End of the longest name that starts at a word, 0 if none does."""
        best, respelt = 0, True
        folded: list[str] = []
        word: re.Match[str] | None = first
        while word and len(folded) < _MOST_WORDS and len(word.group()) <= _LONGEST_WORD:
            folded.append(_fold(word.group()))
            if self._is_name(folded, respelt=respelt):
                best = word.end()
            joint = _TIGHT.match(text, word.end()) or _LOOSE.match(text, word.end())
            word = _WORD.match(text, joint.end()) if joint and joint.group() else None
            respelt = respelt and bool(word and joint) and _may_respell(word, joint)
        return best

    def _means_something_else(self, text: str, bare: Span) -> bool:
        """Whether a name is a common word here or, where no judged source has it, an acronym or a part of a longer name."""
        folded = fold_name(bare.quote)
        if folded in stops().words:
            return True
        if squash(folded) in self._judged:
            return len(folded) <= _SHORT and self._in_longer_name(text, bare)
        acronym = len(bare.quote) <= _LONGEST_ACRONYM and bare.quote.isupper()
        return len(folded) <= _SHORTEST_UNJUDGED or acronym or self._in_longer_name(text, bare)

    def _in_longer_name(self, text: str, bare: Span) -> bool:
        """Whether a capitalised word that is no place stands directly beside a name: "Boko Haram", "Ibrahim Goïta"."""
        behind = _NEXT.match(text, bare.end)
        ahead = _PREVIOUS.search(text, max(0, bare.start - _REACH), bare.start)
        beside = (match.group(1) for match in (behind, ahead) if match)
        return any(self._is_part_of_a_name(word) for word in beside)

    def _is_part_of_a_name(self, word: str) -> bool:
        folded = _fold(word)
        return word[0].isupper() and folded not in stops().common and squash(folded) not in self._judged

    def _is_name(self, folded: list[str], *, respelt: bool) -> bool:
        return " ".join(folded) in self._folded or (respelt and squash("".join(folded)) in self._squashed)


def _may_respell(word: re.Match[str] | None, joint: re.Match[str] | None) -> bool:
    """Whether a name may go on over a joint that the gazetteer spells otherwise: not over "Si la", not over "Mali's"."""
    if not word or not joint or word.group() == "s":
        return False
    return bool(joint.group().strip()) or not (word.group()[0].islower() or _fold(word.group()) in stops().words)


def _marked(text: str, bare: Span, after: int) -> Span:
    marks = type_words()
    before = marks.mark_before.search(text, max(after, bare.start - _REACH), bare.start)
    if before:
        return _span(text, before.start(), bare.end)
    behind = marks.mark_after.match(text, bare.end)
    if behind and _OPENS.match(text, behind.end()):
        behind = None
    return _span(text, bare.start, behind.end()) if behind else bare


def _span(text: str, start: int, end: int) -> Span:
    return Span(start, end, text[start:end])


def _free(found: Iterable[tuple[Span, Span]], taken: Sequence[Span]) -> Iterator[Span]:
    """Of each pair the marked name, else the bare one, where nothing else has taken it."""
    walls = sorted((span.start, span.end) for span in taken)
    reach = list(accumulate((end for _, end in walls), max))
    starts = [start for start, _ in walls]
    for bare, marked in found:
        for span in (marked, bare):
            index = bisect_left(starts, span.end)
            if index == 0 or reach[index - 1] <= span.start:
                yield span
                break


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> str:
    return fold_name(word)
