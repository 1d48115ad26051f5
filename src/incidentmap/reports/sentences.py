"""Sentences and paragraphs of a text, as offsets."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from incidentmap.reports.tokens import Token

_END = re.compile(r"""[.!?…]+[\s»"”)\]]*(?=\s["“«(]?\s?[^\W_])|\n\s*\n|(?<=[.!?…])\s*\n|\n(?=\s*(?:[-•*>–]\s|\d\d/\d\d))""")
_SPACE = re.compile(r"\s*")
_LONGEST = 300
"""Words; a longer run without a full stop is a table or debris and is read in pieces."""
_INITIAL = re.compile(r"(?:^|[\s(«'])[^\W\d_]\.$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: offsets in the text, its tokens as a range of indices, number of its paragraph."""

    start: int
    end: int
    first: int
    last: int
    paragraph: int


def split_sentences(text: str, tokens: Sequence[Token], abbreviations: frozenset[str]) -> tuple[Sentence, ...]:
    """Sentences that hold at least one word, in order.

    A full stop after an abbreviation, an initial or before a small letter ends nothing; an empty line always does.
    """
    sentences: list[Sentence] = []
    starts = [token.start for token in tokens]
    start, paragraph = 0, 0
    for end, breaks in [*_ends(text, abbreviations), (len(text), True)]:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        for part in range(first, last, _LONGEST):
            until = min(part + _LONGEST, last)
            stop = _right(text, tokens[until - 1].end, end) if until == last else tokens[until - 1].end
            sentences.append(Sentence(tokens[part].start, stop, part, until, paragraph))
        start, paragraph = end, paragraph + breaks
    return tuple(sentences)


def _right(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _ends(text: str, abbreviations: frozenset[str]) -> list[tuple[int, bool]]:
    ends = []
    for match in _END.finditer(text):
        rest = _SPACE.match(text, match.end())
        breaks = (match.group() + (rest.group() if rest else "")).count("\n") > 1
        if breaks or _closes(text, match, abbreviations):
            ends.append((match.end(), breaks))
    return ends


def _closes(text: str, match: re.Match[str], abbreviations: frozenset[str]) -> bool:
    following = text[match.end():match.end() + 4].lstrip(" \n\"“«(")
    if not following or following[0].islower():
        return False
    before = text[max(0, match.start() - 12):match.start() + 1]
    if _INITIAL.search(before):
        return False
    word = re.split(r"[\s('«]", before[:-1])[-1].lower()
    return match.group()[0] != "." or word not in abbreviations
