"""Incidents over time, stacked by actor, in as many steps as a page can hold."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from incidentmap.briefing.document import Bars
from incidentmap.briefing.entries import OTHERS, Entry, Party
from incidentmap.maps import span_words
from incidentmap.maps.over_time import touched
from incidentmap.model import Step, number_of, steps_between
from incidentmap.words import say

_MOST_BARS = 60
_WRITTEN = {Step.MONTH: 7, Step.YEAR: 4}
"""Letters of an ISO date that name a step; days and weeks are named by their first day."""


def bars(entries: Sequence[Entry], among: Sequence[Party], language: str) -> Bars | None:
    """The bars of entries, by the finest step of the calendar that needs at most sixty; None where nothing is dated.

    As on the map, an incident counts in each step that its days touch.
    """
    spans = [(each, _span(each)) for each in entries if each.start]
    if not spans:
        return None
    first, last = min(start for _, (start, _) in spans), max(end for _, (_, end) in spans)
    step = next((each for each in Step if number_of(last, each) - number_of(first, each) < _MOST_BARS), Step.YEAR)
    starts, span = steps_between(first, last, step), span_words(first, last, language)
    counted = [Counter(days for each, days in spans if belongs(each, party, among)) for party in among]
    return Bars(
        step=say(language, f"briefing.step_{step}"),
        labels=tuple(start.isoformat()[: _WRITTEN.get(step, 10)] for start in starts),
        colours=tuple(party.colour for party in among), names=tuple(party.name for party in among),
        counts=tuple(tuple(touched(each, starts, step)) for each in counted), undated=len(entries) - len(spans),
        alt=say(language, "briefing.bars_alt", span=span, count=len(spans)),
    )


def belongs(entry: Entry, party: Party, among: Sequence[Party]) -> bool:
    """Whether an entry is drawn in the colour of a party; the grey one has all who have none of their own."""
    return entry.leader == party.id or (party.id == OTHERS and all(entry.leader != each.id for each in among))


def _span(entry: Entry) -> tuple[date, date]:
    return date.fromisoformat(entry.start), date.fromisoformat(entry.end)
