"""Sentences with what was found in them, in the order of the text: what drafts are made of."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from incidentmap.model import ClaimField
from incidentmap.reports.actors import ActorMention
from incidentmap.reports.date_mention import DateMention
from incidentmap.reports.events import Telling, Trigger, clause_break, event_dates, find_triggers, misfortune, stated_count
from incidentmap.reports.figures import Figure
from incidentmap.reports.lexicon import kinds
from incidentmap.reports.locate import FoundPlaces, group_places
from incidentmap.reports.page import Page

T = TypeVar("T")
_HARM = frozenset({ClaimField.KILLED, ClaimField.WOUNDED})
_OBJECT_REACH = 1
"""Words between a verb and the place that is its object: an article, a preposition."""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in a text, in order; `closed` are the tokens inside dates."""

    closed: frozenset[int]
    dates: tuple[DateMention, ...]
    actors: tuple[ActorMention, ...]
    figures: tuple[Figure, ...]
    places: FoundPlaces


def read_tellings(page: Page, found: Findings) -> tuple[Telling, ...]:
    """All sentences of a text with the events, places, dates, figures and actors in them."""
    groups = group_places(page, found.places.grounds)
    headings = page.headings()
    only_headings = all(headings)
    tellings = []
    for number, sentence in enumerate(page.sentences):
        triggers = find_triggers(page, sentence, found.closed)
        own = _between(found.dates, sentence.start, sentence.end, lambda mention: mention.start)
        dates, loose = event_dates(page, sentence, own, triggers)
        cues = page.lexicon.book("aggregate").scan(page.tokens, sentence.first, sentence.last)
        tellings.append(in_context(page, Telling(
            number, sentence, headings[number] and not only_headings, triggers,
            _between(groups, sentence.first, sentence.last, lambda group: group.first),
            dates,
            _between(found.figures, sentence.first, sentence.last, lambda figure: figure.first)
            if triggers or not misfortune(page, sentence) else (),
            _between(found.actors, sentence.first, sentence.last, lambda actor: actor.first),
            any(hit.meaning == "plural" for hit in cues),
            max((stated_count(page, hit) for hit in cues if hit.meaning == "cue"), default=0),
            loose,
        )))
    return tuple(tellings)


def in_context(page: Page, telling: Telling) -> Telling:
    """A sentence with its events as those beside them make them (`beside` of `kinds.yaml`).

    An arrest in a sentence about a protest is how the protest ended; rockets in one about a seizure are what was seized, unless
    somebody was hurt. Events at two places do not touch each other.
    """
    hurt = any(figure.field in _HARM and figure.quantity.high != 0 for figure in telling.figures)
    placed = [one for trigger in telling.triggers if (one := _at_place(telling, trigger)) is not None]
    told = replace(telling, triggers=tuple(placed))
    return replace(told, triggers=tuple(_in_context(page, told, trigger, hurt=hurt) for trigger in placed))


def _at_place(telling: Telling, trigger: Trigger) -> Trigger | None:
    """A trigger that is only said of places: what it is where one follows ("captured Gao"), None where none does."""
    if not trigger.kind.at_place:
        return trigger
    follows = any(0 <= group.first - trigger.last <= _OBJECT_REACH and group.level == "settlement" for group in telling.groups)
    return replace(trigger, kind=kinds()[trigger.kind.at_place]) if follows else None


def _in_context(page: Page, telling: Telling, trigger: Trigger, *, hurt: bool) -> Trigger:
    for other in telling.triggers:
        becomes = trigger.kind.beside.get(other.kind.id, "")
        if other.last <= trigger.first and not clause_break(page, other.last, trigger.first):
            becomes = trigger.kind.led_by.get(other.kind.id, becomes)
        parted = any(min(trigger.last, other.last) <= group.first < max(trigger.first, other.first) for group in telling.groups)
        if becomes and not parted and not (hurt and kinds()[becomes].peaceful):
            return replace(trigger, kind=kinds()[becomes])
    return trigger


def _between(items: Sequence[T], first: int, last: int, key: Callable[[T], int]) -> tuple[T, ...]:
    """Items of a sorted sequence whose key lies from `first` to `last` (excluded)."""
    return tuple(items[bisect_left(items, first, key=key):bisect_left(items, last, key=key)])
