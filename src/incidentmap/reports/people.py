"""People that a report counts, with a number or without: "dix soldats", "the driver", "une mère et ses deux enfants"."""

from dataclasses import dataclass, replace

from incidentmap.reports.numbers import read_number
from incidentmap.reports.page import Page
from incidentmap.reports.quantities import Quantity, find_quantities
from incidentmap.reports.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity with the class of people that it counts.

    `victims` is empty where no class follows; `noun` is then the first token that is passed over by nothing, `after` the same.
    Tokens `quantity.first` to `after` (excluded) name them.
    """

    quantity: Quantity
    victims: str
    noun: int
    after: int


def find_people(page: Page, sentence: Sentence, closed: frozenset[int]) -> list[Counted]:
    """All quantities of a sentence with the people they count, and single people named by their trade, in order.

    Parameters
    ----------
    page, sentence
        Where to look.
    closed
        Tokens that are part of something else, such as a date.
    """
    quantities = find_quantities(page, sentence, closed)
    taken = closed | {index for quantity in quantities for index in range(quantity.first, quantity.last)}
    people: list[Counted] = []
    for quantity in sorted([*quantities, *_singles(page, sentence, taken)], key=lambda one: one.first):
        if not people or quantity.first >= people[-1].after:
            people.append(_with_company(page, sentence, _counted(page, sentence, quantity)))
    return people


def victim_class(page: Page, index: int, last: int) -> str:
    """Class of the people named right after a number, empty if none is."""
    return _noun(page, index, last)[0]


def _counted(page: Page, sentence: Sentence, quantity: Quantity) -> Counted:
    return Counted(quantity, *_noun(page, quantity.last, sentence.last))


def _noun(page: Page, index: int, last: int) -> tuple[str, int, int]:
    """Victim class right after a number (fillers passed over), its index and the index after it; empty if there is none."""
    fillers, victims = page.lexicon.book("fillers"), page.lexicon.book("victims")
    while index < last and page.tokens[index].glued and (found := victims.at(page.tokens, index, last)) is None \
            and (fillers.word(page.tokens[index]) or _demonym(page, index, last)):
        index += 1
    found = victims.at(page.tokens, index, last) if index < last else None
    return (found.meaning, index, found.last) if found else ("", index, index)


def _demonym(page: Page, index: int, last: int) -> bool:
    """Whether a capital letter between a number and a victim class names a nation: "17 Nigerien soldiers"."""
    follows = index + 1 < last and page.tokens[index + 1].glued
    return follows and page.text[page.tokens[index].start].isupper() \
        and page.lexicon.book("victims").at(page.tokens, index + 1) is not None


def _singles(page: Page, sentence: Sentence, taken: frozenset[int]) -> list[Quantity]:
    """One person each: "le conducteur", "his deputy". An army or a crowd is no person: only single nouns are asked for."""
    articles = page.lexicon.words("articles", "definite", "possessive", "elided")
    singles = page.lexicon.book("singles")
    return [Quantity(index, index + 1, 1, 1, 1) for index in range(sentence.first, sentence.last - 1)
            if index not in taken and page.tokens[index].text in articles and page.tokens[index + 1].glued
            and singles.at(page.tokens, index + 1, sentence.last) is not None]


def _with_company(page: Page, sentence: Sentence, one: Counted) -> Counted:
    """Those named with their own: "le chauffeur et son apprenti" are two, "a mother and her two children" three."""
    exact = one.quantity.best is not None and one.quantity.low == one.quantity.high
    joints = page.lexicon.words("joints", "adds")
    if not (one.victims and exact and one.after + 1 < sentence.last and page.tokens[one.after].text in joints):
        return one
    more, index = _own(page, one.after + 1, sentence.last)
    victims, noun, after = _noun(page, index, sentence.last) if more else ("", index, index)
    alone = page.lexicon.book("singles").at(page.tokens, noun, sentence.last) if victims else None
    if not victims or (more == 1 and alone is None):
        return one
    total = (one.quantity.best or 0) + more
    return replace(one, quantity=replace(one.quantity, low=total, best=total, high=total), after=after)


def _own(page: Page, index: int, last: int) -> tuple[int, int]:
    """How many somebody's own people are, and the index after that number; 0 where nobody's are named."""
    if page.tokens[index].text not in page.lexicon.words("articles", "possessive"):
        bare = page.lexicon.book("singles").at(page.tokens, index, last)
        return (1, index) if bare else (0, index)
    number = read_number(page.text, page.tokens, index + 1, page.lexicon) if index + 1 < last else None
    return number or (1, index + 1)
