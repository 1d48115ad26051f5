"""What happened: trigger words become event mentions, tied to places and dates; plans and denials are left out."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidentmap.reports.actors import ActorMention
from incidentmap.reports.date_mention import DateMention
from incidentmap.reports.figures import Figure
from incidentmap.reports.lexicon import Kind, kinds
from incidentmap.reports.locate import PlaceGroup
from incidentmap.reports.numbers import read_number
from incidentmap.reports.page import Page
from incidentmap.reports.sentences import Sentence
from incidentmap.reports.tokens import Found

_PLAN_REACH = 12
_DENIAL_REACH = 3
_REFERENCE_REACH = 6
_SURE = 57
"""Rank from which a kind names a deed so plainly that a word such as "accident" in its sentence does not undo it."""


_BROAD = frozenset({"attack", "killing", "explosion"})
"""Kinds whose words may hold a finer one."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that tell that something happened: their tokens and kind."""

    first: int
    last: int
    kind: Kind
    start: int = 0
    """Offset at which it begins."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence with what was found in it.

    `dates` are those of events only, `loose` those of a sentence that tells of none; `plural` says whether it speaks of several
    places.
    """

    number: int
    sentence: Sentence
    heading: bool
    triggers: tuple[Trigger, ...]
    groups: tuple[PlaceGroup, ...]
    dates: tuple[DateMention, ...]
    figures: tuple[Figure, ...]
    actors: tuple[ActorMention, ...]
    plural: bool
    count: int
    """How many events it speaks of together where it says so, else 0."""
    loose: tuple[DateMention, ...] = ()


def find_triggers(page: Page, sentence: Sentence, closed: frozenset[int]) -> tuple[Trigger, ...]:
    """Triggers of a sentence that tell of something that did happen, in order."""
    hits = page.lexicon.book("triggers").scan(page.tokens, sentence.first, sentence.last)
    aside = misfortune(page, sentence)
    sure = (hit for hit in hits if not aside or (aside == "accident" and kinds()[hit.meaning].rank >= _SURE))
    hits = tuple(_sharpened(page, hit) for hit in sure)
    responsible = [hit for hit in _responsibility(page, sentence) if hit not in hits]
    happened = [hit for hit in [*hits, *responsible] if hit.first not in closed and not cancelled(page, sentence, hit)]
    named = [hit for hit in happened if not referred_to(page, sentence, hit)]
    happened = sorted(named or happened, key=lambda hit: hit.first)
    return tuple(Trigger(hit.first, hit.last, kinds()[hit.meaning], page.tokens[hit.first].start) for hit in happened)


def referred_to(page: Page, sentence: Sentence, hit: Found) -> bool:
    """Whether a trigger only says when something else happened: "the day after the attack, a mine exploded"."""
    before = range(max(sentence.first, hit.first - _REFERENCE_REACH), hit.first)
    found = [page.lexicon.book("cancels").at(page.tokens, index, hit.first) for index in before]
    return any(one and one.meaning == "elsewhere" and hit.first - one.last <= 1 for one in found)


def _sharpened(page: Page, hit: Found) -> Found:
    """Words that only say that there was violence, with the manner of it that they hold ("came under [mortar fire]")."""
    book, stop = page.lexicon.book("triggers"), len(page.tokens)
    within = [book.at(page.tokens, index, stop) for index in range(hit.first + 1, hit.last)]
    rank = kinds()[hit.meaning].rank
    finer = [one for one in within if one and kinds()[one.meaning].field == "attack" and kinds()[one.meaning].rank > rank]
    return Found(hit.first, finer[0].last, finer[0].meaning) if finer and hit.meaning in _BROAD else hit


def misfortune(page: Page, sentence: Sentence) -> str:
    """What makes a sentence tell of no event of the news: `accident` (also floods), `court`, `anniversary`; else empty."""
    hits = page.lexicon.book("no_event").scan(page.tokens, sentence.first, sentence.last)
    hits += tuple(hit for hit in page.lexicon.book("cancels").scan(page.tokens, sentence.first, sentence.last)
                  if hit.meaning == "anniversary")
    return hits[0].meaning if hits else ""


def _responsibility(page: Page, sentence: Sentence) -> list[Found]:
    book = page.lexicon.book("triggers")
    found = [book.at(page.tokens, index) for index in range(sentence.first, sentence.last)]
    return [hit for hit in found if hit and hit.meaning == "responsibility"]


def stated_count(page: Page, cue: Found) -> int:
    """How many events "les deux attaques", "both attacks" speak of; 0 where no number is stated."""
    for index in range(cue.first, cue.last):
        number = read_number(page.text, page.tokens, index, page.lexicon)
        if number and number[0] > 1:
            return number[0]
    return 2 if page.tokens[cue.first].text in page.lexicon.words("particles", "pair") else 0


def cancelled(page: Page, sentence: Sentence, hit: Found) -> bool:
    """Whether words before a trigger (for a plan also right after) say that it did not happen: plan, exercise, denial."""
    cancels = page.lexicon.book("cancels")
    for back in range(1, _PLAN_REACH + 1):
        index = hit.first - back
        if index < sentence.first:
            break
        found = cancels.at(page.tokens, index, hit.first)
        if found and _in_reach(page, found, hit, back):
            return True
    after = [cancels.at(page.tokens, index) for index in range(hit.last, min(hit.last + 6, sentence.last))]
    return any(found and found.meaning == "planned" and not clause_break(page, hit.last, found.first) for found in after)


def _in_reach(page: Page, found: Found, hit: Found, back: int) -> bool:
    if found.meaning in {"denied", "struggle"}:
        return back <= _DENIAL_REACH
    if found.meaning == "elsewhere":
        return False
    return not clause_break(page, found.last, hit.first)


def clause_break(page: Page, first: int, last: int) -> bool:
    """Whether a sign parts the words before a token from another one after it."""
    gap = page.text[page.tokens[first - 1].end:page.tokens[min(last, len(page.tokens) - 1)].start]
    return any(sign in gap for sign in ",;:()")


def event_dates(page: Page, sentence: Sentence, dates: Sequence[DateMention],
                triggers: Sequence[Trigger]) -> tuple[tuple[DateMention, ...], tuple[DateMention, ...]]:
    """The dates of a sentence that date an event, not a statement, and those of a sentence that tells neither.

    Each goes with the nearest marker before it, else after it.
    """
    marks = page.lexicon.book("date_marks").scan(page.tokens, sentence.first, sentence.last)
    told = [trigger for trigger in triggers if trigger.kind.id != "responsibility"]  # to claim a deed is a statement
    markers = [(hit.first, hit.meaning) for hit in marks] + [(trigger.first, "event") for trigger in told]
    if not markers:
        return (), tuple(mention for mention in dates if not mention.future and not mention.of_report)
    return tuple(mention for mention in dates if _dates_event(page, mention, sorted(markers))), ()


def _dates_event(page: Page, mention: DateMention, markers: Sequence[tuple[int, str]]) -> bool:
    if mention.future or mention.of_report:
        return False
    before = [meaning for index, meaning in markers if page.tokens[index].end <= mention.start]
    after = [meaning for index, meaning in markers if page.tokens[index].start >= mention.end]
    if before:
        return before[-1] == "event"
    return bool(after) and after[0] == "event"


def group_for(telling: Telling, first: int) -> PlaceGroup | None:
    """The places that a trigger or figure at a token is about: named after it before another event is, else before it."""
    levels = ({"settlement", "natural"}, {"area"}, {"country"})
    groups = next((found for level in levels if (found := [group for group in telling.groups if group.level in level])), [])
    after = [group for group in groups if group.first >= first]
    before = [group for group in groups if group.first < first]
    if not after or not before:
        return next(iter(after[:1] or before[-1:]), None)
    parted = any(first < trigger.first < after[0].first and not trigger.kind.weak for trigger in telling.triggers)
    return before[-1] if parted else after[0]
