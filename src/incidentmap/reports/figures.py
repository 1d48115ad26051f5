"""Figures of a report: how many were killed, wounded, captured..., of whom, as a range with the words kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidentmap.model import ClaimField
from incidentmap.reports.page import Page
from incidentmap.reports.quantities import Quantity, find_quantities, read_quantity
from incidentmap.reports.sentences import Sentence

_AHEAD = 9
_BEHIND = 4
_ARTICLES = frozenset({"a", "an", "un", "une"})
_LOOSE_ARTICLES = frozenset({"des", "d", "de", "l", "du", "la", "leur", "leurs", "and", "some", "et", "their", "of"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of something: the field it counts, of whom or what, and the tokens of the whole phrase.

    `word` is the token that tells what became of them; `fate` says it for materiel, else it is empty.
    """

    quantity: Quantity
    field: ClaimField
    subject: str
    first: int
    last: int
    word: int
    fate: str = ""


def find_figures(page: Page, closed: frozenset[int]) -> tuple[Figure, ...]:
    """All figures of a report, in order.

    Parameters
    ----------
    page
        Where to look.
    closed
        Tokens that are part of something else, such as a date.
    """
    found: list[Figure] = []
    for sentence in page.sentences:
        found.extend(_in_sentence(page, sentence, closed))
    return tuple(found)


def _in_sentence(page: Page, sentence: Sentence, closed: frozenset[int]) -> list[Figure]:
    figures: list[Figure] = [*_nobody(page, sentence)]
    closed |= {index for figure in figures for index in range(figure.first, figure.last)}
    quantities = find_quantities(page, sentence, closed)
    fate = _fate(page, sentence)
    subject = ""
    for number, quantity in enumerate(quantities):
        following = quantities[number + 1].first if number + 1 < len(quantities) else sentence.last
        figure = _casualties(page, sentence, quantity, following, subject) or _materiel(page, sentence, quantity, fate)
        if figure:
            figures.append(figure)
            subject = figure.subject if figure.field is not ClaimField.MATERIEL else subject
    return figures + _uncounted(page, sentence, figures, fate)


def _noun(page: Page, index: int, last: int) -> tuple[str, int, int]:
    """Victim class right after a number (fillers passed over), its index and the index after it; empty if there is none."""
    fillers, victims = page.lexicon.book("fillers"), page.lexicon.book("victims")
    while index < last and page.tokens[index].glued and (fillers.word(page.tokens[index]) or _demonym(page, index, last)):
        index += 1
    found = victims.at(page.tokens, index) if index < last else None
    return (found.meaning, index, found.last) if found else ("", index, index)


def victim_class(page: Page, index: int, last: int) -> str:
    """Class of the people named right after a number, empty if none is."""
    return _noun(page, index, last)[0]


def _demonym(page: Page, index: int, last: int) -> bool:
    """Whether a capital letter between a number and a victim class names a nation: "17 Nigerien soldiers"."""
    follows = index + 1 < last and page.tokens[index + 1].glued
    return follows and page.text[page.tokens[index].start].isupper() \
        and page.lexicon.book("victims").at(page.tokens, index + 1) is not None


def _casualties(page: Page, sentence: Sentence, quantity: Quantity, following: int, subject: str) -> Figure | None:
    victims, noun, after = _noun(page, quantity.last, sentence.last)
    # An article counts nobody by itself: "wounded in an ambush".
    empty = page.tokens[quantity.last - 1].text in _ARTICLES or not _behind(page, sentence, quantity)
    if noun < sentence.last and not victims and _direct(page, noun) is None and empty:
        return None
    ahead = _ahead(page, sentence, after if victims else noun, following if not victims else sentence.last, limited=not victims)
    if ahead:
        field, first, last = ahead
        end = max(last, after)
        field = ClaimField.CAPTURED if victims == "hostages" else field
        return Figure(quantity, field, victims or _class_after(page, sentence, last) or subject, quantity.first, end, first)
    behind = _behind(page, sentence, quantity)
    if behind:
        field, first = behind
        return Figure(quantity, field, victims or subject, first, max(after, quantity.last), first)
    return None


def _class_after(page: Page, sentence: Sentence, index: int) -> str:
    """Class told after the casualties: "trois morts (soldats)", "deux morts parmi les civils"; a breakdown tells none."""
    for here in range(index, min(index + 3, sentence.last)):
        if page.text[page.tokens[here].start].isdigit():
            return ""
        found = page.lexicon.book("victims").at(page.tokens, here)
        if found:
            return found.meaning
    return ""


def _direct(page: Page, index: int) -> str | None:
    found = page.lexicon.book("casualties").at(page.tokens, index)
    return found.meaning if found else None


def _ahead(page: Page, sentence: Sentence, index: int, stop: int, *, limited: bool) -> tuple[ClaimField, int, int] | None:
    """What became of them, in the words that follow; an intermediate number of people is passed over, a comma ends it."""
    book = page.lexicon.book("casualties")
    reach = 3 if limited else _AHEAD
    for here in range(index, min(index + reach, stop, sentence.last)):
        if here > index and not page.tokens[here].glued and "(" not in page.gap(here, here):
            return None
        found = book.at(page.tokens, here)
        if found:
            return ClaimField(found.meaning), here, found.last
        if page.tokens[here].text in {"et", "and"} and not _list_goes_on(page, here + 1, sentence.last):
            return None
    return None


def _list_goes_on(page: Page, index: int, last: int) -> bool:
    """Whether a list of people goes on after "and": "dix soldats et trois civils ont été tués"."""
    victims = page.lexicon.book("victims")
    return index < last and (read_quantity(page, index) is not None or victims.at(page.tokens, index) is not None)


def _behind(page: Page, sentence: Sentence, quantity: Quantity) -> tuple[ClaimField, int] | None:
    book = page.lexicon.book("before")
    for back in range(1, _BEHIND + 1):
        first = quantity.first - back
        if first < sentence.first or not page.tokens[first + 1].glued:
            return None
        found = book.at(page.tokens, first, quantity.first)
        if found and quantity.first - found.last <= 1:
            return ClaimField(found.meaning), first
    return None


def _nobody(page: Page, sentence: Sentence) -> list[Figure]:
    hits = page.lexicon.book("nobody").scan(page.tokens, sentence.first, sentence.last)
    zeros = [(Quantity(hit.first, hit.last, 0, 0, 0), hit) for hit in hits]
    return [Figure(zero, ClaimField(hit.meaning), "", hit.first, hit.last, hit.first) for zero, hit in zeros]


def _fate(page: Page, sentence: Sentence) -> tuple[str, int] | None:
    hits = page.lexicon.book("materiel_fate").scan(page.tokens, sentence.first, sentence.last)
    return (hits[0].meaning, hits[0].first) if hits else None


def _materiel(page: Page, sentence: Sentence, quantity: Quantity, fate: tuple[str, int] | None) -> Figure | None:
    if not fate or quantity.best == 0:
        return None
    fillers, index = page.lexicon.book("fillers"), quantity.last
    while index < sentence.last and fillers.word(page.tokens[index]):
        index += 1
    found = page.lexicon.book("materiel").at(page.tokens, index) if index < sentence.last else None
    if not found:
        return None
    return Figure(quantity, ClaimField.MATERIEL, found.meaning, quantity.first, found.last, fate[1], fate[0])


def _uncounted(page: Page, sentence: Sentence, counted: Sequence[Figure], fate: tuple[str, int] | None) -> list[Figure]:
    """Materiel without a number: "des armes lourdes ... ont été pillées"."""
    if not fate:
        return []
    found = []
    for hit in page.lexicon.book("materiel").scan(page.tokens, sentence.first, sentence.last):
        if any(figure.first <= hit.first < figure.last for figure in counted) or not _loose(page, sentence, hit.first):
            continue
        nothing = Quantity(hit.first, hit.last, None, None, None)
        found.append(Figure(nothing, ClaimField.MATERIEL, hit.meaning, hit.first, hit.last, fate[1], fate[0]))
    return found


def _loose(page: Page, sentence: Sentence, index: int) -> bool:
    """Whether a noun stands as an amount of something ("des armes", "heavy weapons"), not as a known thing ("le véhicule")."""
    before = page.tokens[index - 1].text if index > sentence.first else ""
    return before in _LOOSE_ARTICLES or not page.tokens[index].glued

