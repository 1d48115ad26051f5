"""Numbers in digits and words."""

from collections.abc import Sequence

from incidentmap.reports.lexicon import Lexicon
from incidentmap.reports.tokens import Token

_HIGHEST = 10_000_000


def read_number(text: str, tokens: Sequence[Token], first: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """The number that begins at a token and the index after it; None where there is none."""
    if first >= len(tokens):
        return None
    if tokens[first].text.isdecimal():
        return _digits(text, tokens, first)
    return _words(tokens, first, lexicon)


def number_of(words: str, lexicon: Lexicon) -> int | None:
    """The number that a single word or run of digits stands for, None if it is none."""
    if words.isdecimal():
        return int(words) if len(words) < 8 else None
    for section in ("numbers", "collectives"):
        for value, spellings in lexicon.sections[section].items():
            if words.lower() in spellings:
                return int(value)
    return None


def _digits(text: str, tokens: Sequence[Token], first: int) -> tuple[int, int] | None:
    digits, index = tokens[first].text, first + 1
    while index < len(tokens) and len(digits) < 8 and _continues(text, tokens, index):
        digits, index = digits + tokens[index].text, index + 1
    return (int(digits), index) if len(digits) < 9 and int(digits) <= _HIGHEST else None


def _continues(text: str, tokens: Sequence[Token], index: int) -> bool:
    gap = text[tokens[index - 1].end:tokens[index].start]
    group = tokens[index].text
    return gap in {" ", ".", ","} and len(group) == 3 and group.isdecimal() and len(tokens[index - 1].text) <= 3


def _words(tokens: Sequence[Token], first: int, lexicon: Lexicon) -> tuple[int, int] | None:
    total, current, index = 0, 0, first
    while index < len(tokens) and (index == first or tokens[index].glued):
        value = _value(tokens, index, lexicon)
        joined = index > first and _joins(tokens, index, lexicon)
        added = _add(total, current, (_value(tokens, index + 1, lexicon) if joined else value), lexicon)
        if added is None:
            break
        total, current = added
        index += 1 + joined
    return (total + current, index) if index > first else None


def _value(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> int | None:
    found = lexicon.book("numbers").word(tokens[index])
    return int(found) if found else None


def _joins(tokens: Sequence[Token], index: int, lexicon: Lexicon) -> bool:
    """Whether a word such as "et" stands between two number words: "vingt et un"."""
    if tokens[index].text not in lexicon.words("joints", "adds") or index + 1 >= len(tokens) or not tokens[index + 1].glued:
        return False
    return _value(tokens, index - 1, lexicon) is not None and _value(tokens, index + 1, lexicon) is not None


def _add(total: int, current: int, value: int | None, lexicon: Lexicon) -> tuple[int, int] | None:
    """Thousands read and what is read below them, with one more word; None where it cannot follow."""
    if value is None:
        return None
    if value >= 1000:
        return total + max(current, 1) * value, 0
    below = lexicon.counting(current, value)
    return None if below is None else (total, below)
