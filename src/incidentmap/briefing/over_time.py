"""Incidents over time, stacked by actor, in as many steps as a page can hold."""

from collections.abc import Sequence
from datetime import date

from incidentmap.briefing.document import Bars
from incidentmap.briefing.entries import OTHERS, Entry, Party
from incidentmap.maps import span_words
from incidentmap.model import Step, number_of, steps_between
from incidentmap.words import say

_MOST_BARS = 60
_WRITTEN = {Step.MONTH: 7, Step.YEAR: 4}
"""Letters of an ISO date that name a step; days and weeks are named by their first day."""


def bars(entries: Sequence[Entry], among: Sequence[Party], language: str) -> Bars | None:
    """The bars of entries, by the finest step of the calendar that needs at most sixty; None where nothing is dated.

    An incident whose date is an interval stands on the first day of it: bars count incidents, not days.
    """
    days = [date.fromisoformat(each.start) for each in entries if each.start]
    if not days:
        return None
    first, last = min(days), max(days)
    step = next((each for each in Step if number_of(last, each) - number_of(first, each) < _MOST_BARS), Step.YEAR)
    span = span_words(first, last, language)
    return Bars(
        step=say(language, f"briefing.step_{step}"),
        labels=tuple(start.isoformat()[: _WRITTEN.get(step, 10)] for start in steps_between(first, last, step)),
        colours=tuple(party.colour for party in among), names=tuple(party.name for party in among),
        counts=tuple(_counts(entries, party, among, (first, last), step) for party in among), undated=len(entries) - len(days),
        alt=say(language, "briefing.bars_alt", span=span, count=len(days)),
    )


def belongs(entry: Entry, party: Party, among: Sequence[Party]) -> bool:
    """Whether an entry is drawn in the colour of a party; the grey one has all who have none of their own."""
    return entry.leader == party.id or (party.id == OTHERS and all(entry.leader != each.id for each in among))


def _counts(
    entries: Sequence[Entry], party: Party, among: Sequence[Party], days: tuple[date, date], step: Step,
) -> tuple[int, ...]:
    base = number_of(days[0], step)
    counts = [0] * (number_of(days[1], step) - base + 1)
    for each in entries:
        if each.start and belongs(each, party, among):
            counts[number_of(date.fromisoformat(each.start), step) - base] += 1
    return tuple(counts)
