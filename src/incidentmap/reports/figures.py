"""Figures of a report: how many were killed, wounded, captured..., of whom, as a range with the words kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidentmap.model import ClaimField
from incidentmap.reports.page import Page
from incidentmap.reports.people import Counted, find_people, victim_class
from incidentmap.reports.quantities import Quantity, read_quantity
from incidentmap.reports.sentences import Sentence
from incidentmap.reports.tokens import Found

_AHEAD = 12
_RESUMED = 6
_ASIDE = 10
_BEHIND = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity of something: the field it counts, of whom or what, and the tokens of the whole phrase.

    `word` is the token that tells what became of them; `fate` says it for materiel, else it is empty. A `part` is part of a
    count that stands before it.
    """

    quantity: Quantity
    field: ClaimField
    subject: str
    first: int
    last: int
    word: int
    fate: str = ""
    part: bool = False


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
    people = find_people(page, sentence, closed)
    fate = _fate(page, sentence)
    told: list[Figure] = []
    for number, one in enumerate(people):
        following = people[number + 1].quantity.first if number + 1 < len(people) else sentence.last
        harmed = _casualties(page, sentence, one, following, told)
        told.extend([harmed] if harmed else [])
        figure = harmed or _materiel(page, sentence, one.quantity, fate)
        figures.extend([figure] if figure else [])
    return figures + _uncounted(page, sentence, figures, fate)


def _casualties(page: Page, sentence: Sentence, one: Counted, following: int, before: Sequence[Figure]) -> Figure | None:
    quantity, victims, after = one.quantity, one.victims, one.after
    subject = before[-1].subject if before else ""
    behind = _behind(page, sentence, quantity)
    # An article counts nobody by itself: "wounded in an ambush".
    article = page.tokens[quantity.last - 1].text in page.lexicon.words("articles", "one")
    if not victims and page.lexicon.book("materiel").at(page.tokens, one.noun, sentence.last) is not None:
        return None
    if one.noun < sentence.last and not victims and _direct(page, one.noun) is None and (article or not behind):
        return None
    stop = sentence.last if victims else following
    ahead = _ahead(page, _Way(after if victims else one.noun, min(stop, sentence.last), bool(victims), behind is None))
    if ahead:
        field, first, last = ahead
        end = max(last, after)
        field = ClaimField.CAPTURED if victims == "hostages" else field
        return Figure(quantity, field, victims or _class_after(page, sentence, last) or subject, quantity.first, end, first)
    if behind:
        field, first = behind
        return Figure(quantity, field, victims or subject, first, max(after, quantity.last), first)
    return _part(page, sentence, one, before)


def _part(page: Page, sentence: Sentence, one: Counted, before: Sequence[Figure]) -> Figure | None:
    """Some of those counted before: "32 corps, dont 28 gendarmes et 4 civils", "18 blessés : 16 soldats et deux civils"."""
    whole = next((figure for figure in reversed(before) if figure.field is not ClaimField.MATERIEL), None)
    first = one.quantity.first
    if not one.victims or whole is None or whole.quantity.best == 0 or first < whole.quantity.last:
        return None
    among = page.lexicon.book("among")
    opens = ":" in page.gap(first, first) or page.preceded("among", first, sentence) is not None \
        or any(among.at(page.tokens, index, one.noun) for index in range(one.quantity.last, one.noun))
    joint = page.tokens[first - 1].text in page.lexicon.words("joints", "adds") or not page.tokens[first].glued
    goes_on = before[-1] is whole and whole.part and joint and first - whole.last <= 1
    if not (opens or goes_on):
        return None
    return Figure(one.quantity, whole.field, one.victims, first, one.after, first, part=True)


def _class_after(page: Page, sentence: Sentence, index: int) -> str:
    """Class told after the casualties: "trois morts (soldats)", "deux morts parmi les civils"; a breakdown tells none."""
    for here in range(index, min(index + 3, sentence.last)):
        if read_quantity(page, here) is not None:
            return ""
        found = page.lexicon.book("victims").at(page.tokens, here)
        if found:
            return found.meaning
    return ""


def _direct(page: Page, index: int) -> str | None:
    found = page.lexicon.book("casualties").at(page.tokens, index)
    return found.meaning if found else None


@dataclass(frozen=True, slots=True)
class _Way:
    """Where to look for what became of people: from one token to another; `listed` lets a list of people go on over commas."""

    index: int
    stop: int
    named: bool
    listed: bool


def _ahead(page: Page, way: _Way) -> tuple[ClaimField, int, int] | None:
    """What became of them, in the words that follow; an intermediate number of people is passed over, a comma ends it."""
    book, joints = page.lexicon.book("casualties"), page.lexicon.words("joints", "adds")
    here, end = way.index, min(way.index + (_AHEAD if way.named else 3), way.stop)
    while here < end:
        if not page.tokens[here].glued and "(" not in page.gap(here, here):
            resumed = _past(page, here, way) if way.listed else None
            if resumed is None:
                return None
            here, end = resumed, max(end, min(resumed + _RESUMED, way.stop))
        found = book.at(page.tokens, here)
        if found:
            active = way.named and _acts(page, way.index, found)
            return None if active or _says(page, way.index, here) else (ClaimField(found.meaning), here, found.last)
        if page.tokens[here].text in joints and not _list_goes_on(page, here + 1, way.stop):
            return None
        here += 1
    return None


def _past(page: Page, index: int, way: _Way) -> int | None:
    """Where it goes on after a comma: in a list of people, or after an aside ("five people, two of them women, died")."""
    if "," not in page.gap(index, index):
        return None
    for here in range(index + 1, min(index + _ASIDE, way.stop)):
        if not page.tokens[here].glued:
            copula = page.lexicon.book("fillers").at(page.tokens, here)
            said = (copula and copula.meaning == "copula") or page.lexicon.book("casualties").at(page.tokens, here)
            return here if "," in page.gap(here, here) and said else None
    return index if _people_at(page, index, way.stop) else None


def _people_at(page: Page, index: int, last: int) -> bool:
    quantity = read_quantity(page, index)
    return quantity is not None and victim_class(page, quantity.last, last) != ""


def _says(page: Page, first: int, last: int) -> bool:
    """Whether somebody says something on the way: in "two officials said six people died" not the officials did."""
    speech, passive = page.lexicon.book("speech"), page.lexicon.book("passive")
    return any(speech.at(page.tokens, index, last) and not passive.word(page.tokens[index - 1])
               for index in range(first, last - 1))


def _acts(page: Page, first: int, found: Found) -> bool:
    """Whether those counted did it to others: "three gunmen abducted a teacher"; what nobody can do to others is never so."""
    if page.lexicon.book("before").at(page.tokens, found.first, found.last) is None or found.last >= len(page.tokens):
        return False
    fillers = page.lexicon.book("fillers")
    borne = any((word := fillers.at(page.tokens, index)) and word.meaning == "copula" for index in range(first, found.first))
    articles = page.lexicon.words("articles", "definite", "one", "possessive")
    following = page.tokens[found.last]
    return following.glued and not borne and (following.text in articles or _people_at(page, found.last, len(page.tokens)))


def _list_goes_on(page: Page, index: int, last: int) -> bool:
    """Whether a list of people goes on after "and": "dix soldats et trois civils", "two soldiers and the driver"."""
    if index >= last:
        return False
    article = page.tokens[index].text in page.lexicon.words("articles", "definite", "possessive", "elided")
    noun = page.lexicon.book("singles" if article else "victims").at(page.tokens, index + article, last)
    return noun is not None or read_quantity(page, index) is not None


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
    return before in page.lexicon.words("amounts", "loose") or not page.tokens[index].glued

