"""Which of the dates of a report is that of an event: in its sentence, pointed back to, or standing above it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from incidentmap.model import PartialDate
from incidentmap.reports.calendar import shifted
from incidentmap.reports.date_mention import DateMention
from incidentmap.reports.date_readers import BACK_DAYS
from incidentmap.reports.events import Telling, Trigger

_SHORT = timedelta(days=1)
"""A longer stretch that dates no event ("since 2009") is none that "the next day" points back to."""
_BESIDE_HEADING, _BESIDE_LEAD = 45, 3
"""Signs beside the date in a heading, and in a sentence that is but a date, which holds for what follows it."""

_COMPLEMENT = 12
"""Signs between "the day after" and the event that it is counted from: a preposition, an article."""


@dataclass(frozen=True, slots=True)
class Section:
    """A date that stands above what it dates: as a heading for all below it, or as a sentence of its own for its paragraph."""

    date: DateMention
    paragraph: int | None


def section_of(telling: Telling, standing: Section | None) -> Section | None:
    """The section that a sentence begins, else the one that it stands in."""
    dates = short((*telling.loose, *telling.dates))
    sentence = telling.sentence
    if len(dates) == 1:
        beside = sentence.end - sentence.start - (dates[0].end - dates[0].start)
        if beside <= (_BESIDE_HEADING if telling.heading else _BESIDE_LEAD):
            return Section(replace(dates[0], above=True), None if telling.heading else sentence.paragraph)
    return standing if standing and standing.paragraph in {None, sentence.paragraph} else None


def date_for(telling: Telling, trigger: Trigger) -> DateMention | None:
    """The date of a trigger: the first one after it that no later trigger stands before, else the nearest before it."""
    bounds = [other.start for other in telling.triggers if other.first > trigger.first and not other.kind.weak]
    limit = min(bounds, default=telling.sentence.end)
    dates = [when for when in telling.dates if not (when.bound and 0 <= trigger.start - when.end <= _COMPLEMENT)]
    after = [when for when in dates if trigger.start < when.start < limit]
    before = [when for when in dates if when.start < trigger.start]
    late = [when for when in dates if when.start >= limit]
    return next(iter(after[:1] or before[-1:] or late[:1]), None)


def base_of(telling: Telling, mention: DateMention | None, last: DateMention | None) -> DateMention | None:
    """The date that one points back to: the nearest before it in its sentence, else the last one of an event or of nothing."""
    if mention is None:
        return last
    here = [when for when in (*telling.loose, *telling.dates) if when.date and when.start < mention.start]
    return max(here, key=lambda when: when.start, default=last)


def resolved(mention: DateMention | None, last: DateMention | None, today: date | None) -> DateMention | None:
    """A date that points back ("la veille") gets its day from the one it points to; the eve of nothing is that of today."""
    if not mention or not mention.back:
        return mention
    if not last or not last.date:
        eve = today - timedelta(days=1) if today and mention.back == "before" else None
        return replace(mention, date=PartialDate.day(eve)) if eve else None
    days = BACK_DAYS.get(mention.back)
    return replace(mention, date=shifted(last.date, int(mention.back) if days is None else days))


def short(dates: Sequence[DateMention]) -> tuple[DateMention, ...]:
    """Those of a day or two."""
    return tuple(when for when in dates if when.date and when.date.end - when.date.start <= _SHORT)
