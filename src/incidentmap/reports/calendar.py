"""Reckoning with partial dates: which year is meant, how far a vague interval reaches."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from incidentmap.model import DatePrecision, PartialDate

_AHEAD = timedelta(days=7)
"""A day without a year that lies further ahead of publication than this belongs to the year before."""
_NEWS = timedelta(days=31)
"""A day without a year that lies so shortly before publication is of that year even where its weekday does not fit."""
_SLACK_DAYS = {"day": 1, "week": 3, "month": 15, "year": 182}
_UNIT_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
_DAYS_BACK = {"today": 0, "yesterday": 1, "before_yesterday": 2}
_STRETCHES = {
    "week_1": (1, 7), "week_2": (8, 14), "week_3": (15, 21), "last_week": (25, 31), "half_1": (1, 15), "half_2": (16, 31),
}
_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


@dataclass(frozen=True, slots=True)
class Now:
    """When the report speaks: its day of publication if known, else at least the year it seems to be of."""

    day: date | None
    year: int | None


def safe_day(year: int, month: int, day: int) -> date | None:
    """A date, None where the calendar has no such day."""
    return date(year, month, day) if 1 <= year <= 9998 and 1 <= month <= 12 and 1 <= day <= days_in(year, month) else None


def days_in(year: int, month: int) -> int:
    """Length of a month."""
    return calendar.monthrange(year, month)[1]


def year_for(now: Now, month: int, day: int, weekday: int | None) -> tuple[int | None, bool]:
    """The year of a day given without one, and whether a stated weekday contradicts it.

    A day shortly before publication is news, whatever its weekday. Else the year nearest to publication whose weekday fits is
    taken; where none fits, the nearest year, marked as contradicted.
    """
    if now.year is None:
        return None, False
    nearest = now.year
    this_year = safe_day(now.year, month, day)
    if now.day and this_year and this_year > now.day + _AHEAD:
        nearest -= 1
    near = safe_day(nearest, month, day)
    if near and now.day and timedelta(0) <= now.day - near <= _NEWS:
        return nearest, weekday is not None and near.weekday() != weekday
    for year in (nearest, nearest - 1, nearest + 1):
        there = safe_day(year, month, day)
        if there and (weekday is None or there.weekday() == weekday):
            return year, False
    return nearest, True


def whole_month(year: int, month: int) -> PartialDate:
    """A month."""
    return PartialDate(date(year, month, 1), date(year, month, days_in(year, month)), DatePrecision.MONTH)


def part_of_month(year: int, month: int, part: str) -> PartialDate:
    """First, second or last ten days of a month: an interval drawn around "early", "mid", "late"."""
    first, last = _PARTS[part]
    return PartialDate(date(year, month, first), date(year, month, min(last, days_in(year, month))), DatePrecision.ABOUT)


def whole_year(year: int, part: str = "") -> PartialDate:
    """A year, or about a third of it."""
    months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}.get(part, (1, 12))
    precision = DatePrecision.ABOUT if part else DatePrecision.YEAR
    return PartialDate(date(year, months[0], 1), date(year, months[1], days_in(year, months[1])), precision)


def about_before(day: date, amount: int, unit: str) -> PartialDate | None:
    """An interval around so many units before a day: one day either side for days, half a unit for longer ones."""
    reach = round(amount * _UNIT_DAYS[unit])
    if reach > 36_525:
        return None
    middle, slack = day - timedelta(days=reach), timedelta(days=_SLACK_DAYS[unit])
    return PartialDate(middle - slack, middle + slack, DatePrecision.ABOUT)


def last_weekday(day: date, weekday: int, *, before: bool) -> date:
    """The latest such weekday up to a day, or strictly before it."""
    back = (day.weekday() - weekday) % 7
    return day - timedelta(days=back or (7 if before else 0))


def weekdays(day: date, first: int, last: int) -> PartialDate:
    """From the latest such weekday before the other one that is not after a day: "from Thursday to Saturday"."""
    end = last_weekday(day, last, before=False)
    return PartialDate(last_weekday(end, first, before=True), end, DatePrecision.RANGE)


def latest_day(day: date, number: int) -> date | None:
    """The latest day of a month with that number, up to a day: of its month or of the one before."""
    before = day.replace(day=1) - timedelta(days=1)
    found = (safe_day(month.year, month.month, number) for month in (day, before))
    return next((there for there in found if there and there <= day), None)


def stretch_of_month(year: int, month: int, stretch: str) -> PartialDate:
    """A week, counted from the first day, or a half of a month: "the first week of May"."""
    first, last = _STRETCHES[stretch]
    end = days_in(year, month)
    start = end - 6 if stretch == "last_week" else first
    return PartialDate(date(year, month, start), date(year, month, min(last, end)), DatePrecision.ABOUT)


def relative_to(today: date, word: str) -> PartialDate:
    """What "yesterday", "last week" and the like mean on a day."""
    if word in _DAYS_BACK:
        return PartialDate.day(today - timedelta(days=_DAYS_BACK[word]))
    monday = today - timedelta(days=today.weekday())
    if word in {"weekend", "last_weekend"}:
        saturday = monday + timedelta(days=5)
        if today < saturday or word == "last_weekend":
            saturday -= timedelta(days=7)
        return PartialDate(saturday, saturday + timedelta(days=1), DatePrecision.ABOUT)
    starts = {
        "this_week": monday, "early_week": monday, "last_week": monday - timedelta(days=7),
        "this_month": today.replace(day=1), "early_month": today.replace(day=1),
    }
    if word in starts:
        reach = {"early_week": 1, "last_week": 6, "early_month": 9}.get(word)
        end = min(today, starts[word] + timedelta(days=reach)) if reach else today
        return PartialDate(starts[word], end, DatePrecision.ABOUT)
    if word == "last_month":
        end = today.replace(day=1) - timedelta(days=1)
        return whole_month(end.year, end.month)
    return whole_year(today.year - 1)


def shifted(when: PartialDate, days: int) -> PartialDate:
    """An interval moved by whole days."""
    return PartialDate(when.start + timedelta(days=days), when.end + timedelta(days=days), when.precision)
