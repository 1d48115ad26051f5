"""Names of actors that nobody knows: which words of a report a person should look at.

Precision comes before recall: a name that is proposed takes a person's time. It must stand in a place where an actor stands
("revendiqué par le MXYZ", "combattants du MXYZ", "la katiba Dagara", "MXYZ fighters"), and be nothing that the registry or the
gazetteer knows. The words are those of the section `unknown_names` of a language.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from incidentmap.model import RULES, NameKind, Reason, Report, Span, UnknownName, name_key, reason
from incidentmap.registry import UNREGISTERED, registry
from incidentmap.reports.actors import ActorMention
from incidentmap.reports.locate import FoundPlaces
from incidentmap.reports.page import Page
from incidentmap.reports.sentences import Sentence

_SECTION = "unknown_names"
_MOST_WORDS = 6
_SHORTEST, _LONGEST = 3, 12
"""Letters of an acronym."""


@dataclass(frozen=True, slots=True)
class _Name:
    """Tokens that may be a name, the last one excluded, and why."""

    first: int
    last: int
    why: Reason


def find_unknown_names(
    page: Page, report: Report, actors: Sequence[ActorMention], places: FoundPlaces, closed: frozenset[int],
) -> tuple[UnknownName, ...]:
    """The unknown names of actors in a report, in the order of its text, none overlapping another.

    Parameters
    ----------
    page, report
        The report, as it was prepared.
    actors
        All that was found to stand for an actor, settled.
    places
        All that was found to be a place, or may be one.
    closed
        Tokens inside dates.
    """
    taken = {*closed, *(index for each in places.mentions for index in range(each.first, each.last))}
    taken |= {index for name in places.unknown for index in range(page.token_at(name.start), page.token_at(name.end))}
    taken |= {index for each in actors if each.refers == "name" for index in range(each.first, each.last)}
    heads = [_Name(each.first, each.last, reason("unknown_actor.group", words=_words(page, each.first, each.last)))
             for each in actors if each.refers == "name" and each.id.startswith(UNREGISTERED)]
    found = sorted([*heads, *_in_sentences(page, frozenset(taken))], key=lambda name: name.first)
    return tuple(_unknown(page, report, each) for each in found if _decidable(page, each))


def _in_sentences(page: Page, taken: frozenset[int]) -> Iterator[_Name]:
    for sentence in page.sentences:
        if _shouted(page, sentence):
            continue
        index = sentence.first
        while index < sentence.last:
            name = _at(page, sentence, index)
            if name and taken.isdisjoint(range(name.first, name.last)):
                yield name
            index = max(name.last if name else index, index) + 1 if name else index + 1


def _at(page: Page, sentence: Sentence, index: int) -> _Name | None:
    if _acronym(page, index):
        return _acronym_in_role(page, sentence, index)
    return _after_group_noun(page, sentence, index)


def _acronym_in_role(page: Page, sentence: Sentence, index: int) -> _Name | None:
    """An acronym that acts, whose people act, or to whom a deed is put down."""
    book, tokens, last = page.lexicon.book(_SECTION), page.tokens, index + 1
    before = _led_by(page, sentence, index)
    if before:
        return _Name(index, last, reason("unknown_actor.led", words=_words(page, before, last)))
    if page.preceded("agents", index, sentence, reach=2) is not None:
        return _Name(index, last, reason("unknown_actor.agent", words=_words(page, max(sentence.first, index - 2), last)))
    following = book.at(tokens, last) if last < sentence.last and tokens[last].glued else None
    people = following and tokens[last].text in page.lexicon.words(_SECTION, "after")  # many of which also lead to a name
    if following and (people or following.meaning in {"claims", "after"}):
        return _Name(index, last, reason("unknown_actor.acts", words=_words(page, index, following.last)))
    return None


def _led_by(page: Page, sentence: Sentence, index: int) -> int | None:
    """Index of the group noun or people's word that leads to a name: "milice MXYZ", "combattants du MXYZ"; None without one."""
    book = page.lexicon.book(_SECTION)
    for first in range(max(sentence.first, index - 5), index):
        head = book.at(page.tokens, first)
        if not head or head.meaning not in {"group", "people"}:
            continue
        link = book.at(page.tokens, head.last)
        linked = link.last if link and link.meaning == "link" else head.last
        if linked == index and page.tokens[index].glued:
            return first
    return None


def _after_group_noun(page: Page, sentence: Sentence, index: int) -> _Name | None:
    """A capitalised name right after a group noun ("la katiba Dagara"): both together are the name."""
    head = page.lexicon.book(_SECTION).at(page.tokens, index)
    if not head or head.meaning != "group" or page.tokens[index].upper:
        return None
    last = head.last
    while last < min(sentence.last, head.last + _MOST_WORDS) and _name_word(page, last):
        last += 1
    if last == head.last or _acronym(page, head.last):
        return None
    return _Name(index, last, reason("unknown_actor.group", words=_words(page, index, last)))


def _name_word(page: Page, index: int) -> bool:
    token = page.tokens[index]
    return token.glued and token.upper and not token.text[0].isdecimal() and page.lexicon.book(_SECTION).word(token) is None


def _acronym(page: Page, index: int) -> bool:
    token = page.tokens[index]
    word = page.text[token.start:token.end]
    letters = word.isalnum() and word.isupper() and sum(letter.isalpha() for letter in word) >= _SHORTEST
    return letters and len(word) <= _LONGEST and word not in page.lexicon.phrases(_SECTION, "never")


def _shouted(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence is a headline in capitals, in which nothing can be told from an acronym."""
    words = [page.text[each.start:each.end] for each in page.tokens[sentence.first:sentence.last]]
    return sum(word.isupper() for word in words) * 2 > len(words)


def _decidable(page: Page, name: _Name) -> bool:
    """Whether nobody said that it is no actor, and it is no person's name: "le groupe Colonel Sadio" is not one either."""
    titles = page.lexicon.phrases(_SECTION, "title")
    titled = any(token.text in titles for token in page.tokens[max(0, name.first - 1):name.last - 1])
    return not titled and name_key(_words(page, name.first, name.last)) not in registry().never


def _words(page: Page, first: int, last: int) -> str:
    return _span(page, first, last).quote


def _span(page: Page, first: int, last: int) -> Span:
    return page.clean.span(page.tokens[first].start, page.tokens[last - 1].end)


def _unknown(page: Page, report: Report, name: _Name) -> UnknownName:
    return UnknownName(report.id, _span(page, name.first, name.last), NameKind.ACTOR, RULES, name.why)
