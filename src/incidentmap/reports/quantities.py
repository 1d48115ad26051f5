"""Numbers as words give them: exact, about, between, at least; a range whose open bounds stay open."""

import re
from dataclasses import dataclass
from functools import cache

from incidentmap.reports.lexicon import Lexicon
from incidentmap.reports.numbers import read_number
from incidentmap.reports.page import Page
from incidentmap.reports.sentences import Sentence
from incidentmap.reports.tokens import plain


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as words give it: bounds that the words leave open are None. Tokens `first` to `last` (excluded) tell it."""

    first: int
    last: int
    low: int | None
    best: int | None
    high: int | None


def about(number: int) -> tuple[int, int, int]:
    """Ten per cent either side of a rounded number, at least one: "une cinquantaine" is 45, 50, 55."""
    slack = max(1, round(number / 10))
    return max(0, number - slack), number, number + slack


@cache
def _openers(lexicon: Lexicon) -> frozenset[str]:
    """Words with which a quantity can begin: looking for them first is what keeps reading fast."""
    entries = [lexicon.entries(section) for section in ("numbers", "collectives", "bounds")]
    phrases = [phrase for entry in entries for words in entry.values() for phrase in words]
    firsts = [word for phrase in phrases for word in re.split(r"[\s'-]", phrase)[0].lower().split("/")]
    return frozenset([*firsts, *map(plain, firsts)])


def _opens(page: Page, index: int) -> bool:
    token = page.tokens[index]
    return token.text[0].isdigit() or token.text in _openers(page.lexicon)


def read_quantity(page: Page, index: int) -> Quantity | None:
    """The quantity that begins at a token, None if there is none."""
    for reader in (_revised, _between, _bounded, _collective, _none, _several, _plain):
        quantity = reader(page, index)
        if quantity:
            return quantity
    return None


def _number(page: Page, index: int) -> tuple[int, int] | None:
    """A number or a collective such as "une dizaine", "deux douzaines", "a dozen"."""
    plain = read_number(page.text, page.tokens, index, page.lexicon)
    after = plain[1] if plain else index
    if after < len(page.tokens) and (after == index or page.tokens[after].glued):
        unit = page.lexicon.book("collectives").word(page.tokens[after])
        if unit:
            return (plain[0] if plain else 1) * int(unit), after + 1
    return plain


def _bound(page: Page, index: int, meaning: str) -> int | None:
    """Index after a bounding phrase of a meaning that begins at a token."""
    found = page.lexicon.book("bounds").at(page.tokens, index) if index < len(page.tokens) else None
    return found.last if found and found.meaning == meaning else None


def _revised(page: Page, index: int) -> Quantity | None:
    """A toll that was corrected: of "passe de 8 à 12 morts" only the later number holds."""
    start = _bound(page, index, "revised")
    span = _between(page, start) if start is not None else None
    return Quantity(index, span.last, span.high, span.high, span.high) if span else None


def _between(page: Page, index: int) -> Quantity | None:
    start = _bound(page, index, "between")
    one = _number(page, start if start is not None else index)
    if not one or one[1] >= len(page.tokens) or not page.tokens[one[1]].glued:
        return None
    joint = page.lexicon.book("bounds").at(page.tokens, one[1])
    hyphen = page.gap(one[1], one[1]) == "-"
    listed = start is None and page.tokens[one[1]].text in page.lexicon.words("joints", "adds")
    if not hyphen and (joint is None or joint.meaning != "range" or listed):
        return None
    other = _number(page, one[1] if hyphen else one[1] + 1)
    return Quantity(index, other[1], one[0], None, other[0]) if other and one[0] < other[0] else None


def _bounded(page: Page, index: int) -> Quantity | None:
    found = page.lexicon.book("bounds").at(page.tokens, index)
    number = _number(page, found.last) if found and found.meaning in {"min", "over", "under", "max", "about"} else None
    if not found or not number:
        return None
    value, last = number
    if last == found.last + 1 and page.tokens[found.last].text in page.lexicon.words("articles", "one"):
        return None
    if found.meaning == "about":
        return Quantity(index, last, *about(value))
    low, high = (value, None) if found.meaning in {"min", "over"} else (None, value - (found.meaning == "under"))
    return Quantity(index, last, low, None, high)


def _collective(page: Page, index: int) -> Quantity | None:
    several = _bound(page, index, "several") or _bound(page, index, "few") or _bound(page, index, "partitive")
    start = several if several is not None else index
    if start >= len(page.tokens):
        return None
    unit = page.lexicon.book("collectives").word(page.tokens[start])
    if unit and (several is not None or page.tokens[start].text in page.lexicon.words("multitudes", "several")):
        return Quantity(index, start + 1, 2 * int(unit), None, None)
    number = _number(page, index)
    rounded = number is not None and number[1] - index > 1 and page.lexicon.book("collectives").word(page.tokens[number[1] - 1])
    if several is None and number and rounded:
        return Quantity(index, number[1], *about(number[0]))
    return None


def _none(page: Page, index: int) -> Quantity | None:
    last = _bound(page, index, "none")
    return Quantity(index, last, 0, 0, 0) if last is not None else None


def _several(page: Page, index: int) -> Quantity | None:
    last = _bound(page, index, "few")
    if last is None:
        found = page.lexicon.book("bounds").at(page.tokens, index)
        last = found.last if found and found.meaning == "several" else None
    return Quantity(index, last, 2, None, None) if last is not None else None


def _plain(page: Page, index: int) -> Quantity | None:
    number = _number(page, index)
    return Quantity(index, number[1], number[0], number[0], number[0]) if number else None


def find_quantities(page: Page, sentence: Sentence, closed: frozenset[int]) -> list[Quantity]:
    """All quantities of a sentence that take no closed token."""
    found, index = [], sentence.first
    while index < sentence.last:
        quantity = read_quantity(page, index) if index not in closed and _opens(page, index) else None
        if quantity and quantity.last <= sentence.last and closed.isdisjoint(range(quantity.first, quantity.last)):
            found.append(quantity)
            index = quantity.last
        else:
            index += 1
    return found
