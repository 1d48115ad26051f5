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
    total, current, index, book = 0, 0, first, lexicon.book("numbers")
    while index < len(tokens) and (index == first or tokens[index].glued):
        found = book.word(tokens[index])
        joint = index > first and book.word(tokens[index - 1]) is not None and tokens[index].text in {"et", "and"}
        if joint and index + 1 < len(tokens) and tokens[index + 1].glued and book.word(tokens[index + 1]):
            if not _adds(current, int(book.word(tokens[index + 1]) or 0)):
                break
            index += 1
            continue
        if found is None or not _adds(current, int(found)):
            break
        total, current = _add(total, current, int(found))
        index += 1
    return (total + current, index) if index > first else None


def _adds(current: int, value: int) -> bool:
    """Whether a number word can follow what was read: "vingt-trois" yes, "deux trois" no."""
    if current == 0 or value in {100, 1000, 1_000_000} or (current % 100 == 4 and value == 20):
        return True
    if value < 10:
        return current % 10 == 0
    if value < 20:
        return current % 100 in {0, 60, 80}
    return value < 100 and current % 100 == 0


def _add(total: int, current: int, value: int) -> tuple[int, int]:
    if value >= 1000:
        return total + max(current, 1) * value, 0
    if value == 100:
        return total, max(current, 1) * 100
    if current % 100 == 4 and value == 20:
        return total, current - 4 + 80
    return total, current + value
