"""How each rule of the grammar of dates becomes a date: one reader a rule."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from incidentmap.model import DatePrecision, PartialDate
from incidentmap.reports.calendar import (
    Now,
    about_before,
    last_weekday,
    latest_day,
    part_of_month,
    relative_to,
    safe_day,
    stretch_of_month,
    weekdays,
    whole_month,
    whole_year,
    year_for,
)
from incidentmap.reports.date_mention import DateMention
from incidentmap.reports.lexicon import Lexicon
from incidentmap.reports.numbers import number_of

_SHORT_YEARS_FROM = 70
"""A year of two digits is of the century before from here on."""
BACK_DAYS = {"same": 0, "before": -1, "after": 1, "before_two": -2, "after_two": 2}
"""Days from the date that such words point back to."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What a reader reads by: the words of a language, and when the report speaks."""

    lexicon: Lexicon
    now: Now

    def number(self, section: str, word: str | None) -> int | None:
        """What a word means in a section of numbers."""
        meaning = self.meaning(section, word)
        return int(meaning) if meaning is not None else None

    def day(self, words: str | None) -> int:
        """The number of a day, 0 if there is none."""
        return self.number("day_words", words) or _day_number(words)

    def amount(self, words: str) -> int | None:
        """A number in words or digits; an article counts one here ("a week ago")."""
        return 1 if words.lower() in self.lexicon.phrases("articles", "one") else number_of(words, self.lexicon)

    def meaning(self, section: str, word: str | None) -> str | None:
        """What a word means in a section."""
        return _meanings(self.lexicon, section).get(word.lower()) if word else None


@cache
def _meanings(lexicon: Lexicon, section: str) -> Mapping[str, str]:
    entries = lexicon.sections.get(section, {}).items()
    return {word.lower(): meaning for meaning, words in entries for word in words}


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _year(match: re.Match[str]) -> int | None:
    year, short = _group(match, "y"), _group(match, "yy")
    if short:
        return int(short) + (1900 if int(short) >= _SHORT_YEARS_FROM else 2000)
    return int(year) if year else None


def _day_number(text: str | None) -> int:
    digits = re.match(r"\d+", text or "")
    return int(digits.group()) if digits else 0


def _read_day(reader: Reader, match: re.Match[str]) -> DateMention | None:
    month = reader.number("months", _group(match, "m1")) or _day_number(_group(match, "m"))
    day, weekday = reader.day(_group(match, "d1")), reader.number("weekdays", _group(match, "w1"))
    if not safe_day(2000, month, day):
        return None
    year, mismatch = _year(match), False
    if year is None:
        year, mismatch = year_for(reader.now, month, day, weekday)
    there = safe_day(year, month, day) if year else None
    if there and weekday is not None:
        mismatch = there.weekday() != weekday
    when = _about_day(there) if there and _group(match, "about") else PartialDate.day(there) if there else None
    return DateMention(match.start(), match.end(), when, this=bool(_group(match, "this")), mismatch=mismatch)


def _about_day(day: date) -> PartialDate:
    return PartialDate(day - timedelta(days=1), day + timedelta(days=1), DatePrecision.ABOUT)


def _read_range(reader: Reader, match: re.Match[str]) -> DateMention | None:
    last_month = reader.number("months", _group(match, "m2") or _group(match, "m1")) or 0
    first_month = reader.number("months", _group(match, "m1")) or last_month
    first, last = reader.day(_group(match, "d1")), reader.day(_group(match, "d2"))
    if not (safe_day(2000, first_month, first) and safe_day(2000, last_month, last)):
        return None
    year = _year(match) or year_for(reader.now, last_month, last, reader.number("weekdays", _group(match, "w2")))[0]
    if year is None:
        return DateMention(match.start(), match.end(), None)
    start, end = safe_day(year - (first_month > last_month), first_month, first), safe_day(year, last_month, last)
    if not (start and end and start <= end):
        return None
    return DateMention(match.start(), match.end(), PartialDate(start, end, DatePrecision.RANGE))


def _read_pair(reader: Reader, match: re.Match[str]) -> DateMention | None:
    """"On 13 and 14 May": two days in a row are one stretch, others are two dates."""
    in_a_row = reader.day(match.group("d2")) - reader.day(match.group("d1")) == 1
    return _read_range(reader, match) if in_a_row else None


def _read_weekday_night(reader: Reader, match: re.Match[str]) -> DateMention | None:
    evening, morning = reader.number("weekdays", _group(match, "w1")), reader.number("weekdays", _group(match, "w2"))
    if evening is None or morning is None or (morning - evening) % 7 != 1:
        return None
    end = None
    if _group(match, "d2"):
        month, day = reader.number("months", _group(match, "m2")) or 0, reader.day(_group(match, "d2"))
        year = _year(match) or (year_for(reader.now, month, day, morning)[0] if safe_day(2000, month, day) else None)
        end = safe_day(year, month, day) if year else None
    elif reader.now.day:
        end = last_weekday(reader.now.day, morning, before=False)
    when = PartialDate(end - timedelta(days=1), end, DatePrecision.RANGE) if end else None
    return DateMention(match.start(), match.end(), when)


def _read_month(reader: Reader, match: re.Match[str]) -> DateMention | None:
    month = reader.number("months", _group(match, "m1")) or _day_number(_group(match, "m"))
    year = _year(match) or year_for(reader.now, month, 1, None)[0]
    part = reader.meaning("parts", _group(match, "part"))
    if year is None:
        return DateMention(match.start(), match.end(), None)
    when = part_of_month(year, month, part) if part else whole_month(year, month)
    return DateMention(match.start(), match.end(), when)


def _read_year(reader: Reader, match: re.Match[str]) -> DateMention | None:
    part = reader.meaning("parts", _group(match, "part"))
    return DateMention(match.start(), match.end(), whole_year(int(match.group("y")), part or ""))


def _read_ago(reader: Reader, match: re.Match[str]) -> DateMention | None:
    amount, unit = reader.amount(match.group("n")), reader.meaning("units", match.group("unit"))
    if amount is None or unit is None:
        return None
    when = about_before(reader.now.day, amount, unit) if reader.now.day else None
    return DateMention(match.start(), match.end(), when)


def _read_shift(reader: Reader, match: re.Match[str]) -> DateMention | None:
    days = _days(reader, match)
    if days is None:
        return None
    return DateMention(match.start(), match.end(), None, back=str(days if _group(match, "later") else -days))


def _days(reader: Reader, match: re.Match[str]) -> int | None:
    """Days or weeks of a shift, as days; None for longer units, which say nothing exact."""
    amount, unit = reader.amount(match.group("n")), reader.meaning("units", match.group("unit"))
    return amount * (7 if unit == "week" else 1) if amount is not None and unit in {"day", "week"} and amount <= 365 else None


def _read_weekday_after(reader: Reader, match: re.Match[str]) -> DateMention | None:
    """"On Wednesday, a day after ...": what follows is of the day before; the weekday is a date of its own."""
    weekday, days = reader.number("weekdays", match.group("w1")), _days(reader, match)
    if weekday is None or days is None:
        return None
    when = None
    if reader.now.day:
        when = PartialDate.day(last_weekday(reader.now.day, weekday, before=False) - timedelta(days=days))
    return DateMention(match.start("after"), match.end("after"), when)


def _read_weekday_range(reader: Reader, match: re.Match[str]) -> DateMention | None:
    first, last = (reader.number("weekdays", match.group(name)) for name in ("w1", "w2"))
    if first is None or last is None:
        return None
    when = weekdays(reader.now.day, first, last) if reader.now.day else None
    return DateMention(match.start(), match.end(), when)


def _read_weekday_evening(reader: Reader, match: re.Match[str]) -> DateMention | None:
    evening = reader.number("weekdays", match.group("w1"))
    if evening is None:
        return None
    when = None
    if reader.now.day:
        start = last_weekday(reader.now.day, evening, before=True)
        when = PartialDate(start, start + timedelta(days=1), DatePrecision.RANGE)
    return DateMention(match.start(), match.end(), when)


def _read_weekday_of_week(reader: Reader, match: re.Match[str]) -> DateMention | None:
    weekday, today = reader.number("weekdays", _group(match, "w1") or _group(match, "w2")), reader.now.day
    if weekday is None:
        return None
    when = PartialDate.day(today - timedelta(days=today.weekday() + 7 - weekday)) if today else None
    return DateMention(match.start(), match.end(), when)


def _read_stretch(reader: Reader, match: re.Match[str]) -> DateMention | None:
    month, part = reader.number("months", match.group("m1")), reader.meaning("stretches", match.group("part"))
    if month is None or part is None:
        return None
    year = _year(match) or year_for(reader.now, month, 1, None)[0]
    return DateMention(match.start(), match.end(), stretch_of_month(year, month, part) if year else None)


def _read_day_alone(reader: Reader, match: re.Match[str]) -> DateMention | None:
    day, today, weekday = reader.day(match.group("d1")), reader.now.day, reader.number("weekdays", _group(match, "w1"))
    if not 1 <= day <= 31:
        return None
    there = latest_day(today, day) if today else None
    mismatch = there is not None and weekday is not None and there.weekday() != weekday
    when = PartialDate.day(there) if there else None
    return DateMention(match.start(), match.end(), when, this=bool(_group(match, "this")), mismatch=mismatch)


def _read_night_alone(reader: Reader, match: re.Match[str]) -> DateMention | None:
    """"The night of the 12th to the 13th", of a month that is not told."""
    evening, morning, today = reader.day(match.group("d1")), reader.day(match.group("d2")), reader.now.day
    end = latest_day(today, morning) if today else None
    start = end - timedelta(days=1) if end else None
    if start and start.day != evening:
        return None
    when = PartialDate(start, end, DatePrecision.RANGE) if start and end else None
    return DateMention(match.start(), match.end(), when)


def _read_week(reader: Reader, match: re.Match[str]) -> DateMention | None:
    """"The week of 12 May": seven days from that one."""
    read = _read_day(reader, match)
    if read is None or read.date is None:
        return read
    first = read.date.start
    return replace(read, date=PartialDate(first, first + timedelta(days=6), DatePrecision.ABOUT))


def _read_weekday(reader: Reader, match: re.Match[str]) -> DateMention | None:
    weekday = reader.number("weekdays", _group(match, "w1") or _group(match, "w2"))
    if weekday is None:
        return None
    if _group(match, "next"):
        return DateMention(match.start(), match.end(), None, future=True)
    when = None
    if reader.now.day:
        when = PartialDate.day(last_weekday(reader.now.day, weekday, before=bool(_group(match, "last"))))
    return DateMention(match.start(), match.end(), when, this=False)


def _read_relative(reader: Reader, match: re.Match[str]) -> DateMention | None:
    word, today = reader.meaning("relative", match.group("word")), reader.now.day
    if word in {"next", "tomorrow"}:
        return DateMention(match.start(), match.end(), None, future=True)
    if word == "unknown":
        return DateMention(match.start(), match.end(), None)
    return DateMention(match.start(), match.end(), relative_to(today, word or "") if today else None)


def _read_back(reader: Reader, match: re.Match[str]) -> DateMention | None:
    back = reader.meaning("anaphora", match.group("back")) or ""
    bound = _group(match, "bound") is not None
    return DateMention(match.start(), match.end(), None, back=str(BACK_DAYS[back]) if bound else back, bound=bound)


READERS: Mapping[str, Callable[[Reader, re.Match[str]], DateMention | None]] = {
    "iso": _read_day, "iso_month": _read_month, "slashed": _read_day, "slashed_short": _read_day, "slashed_yearless": _read_day,
    "bracketed": _read_day, "slashed_said": _read_day, "listed": _read_day, "day": _read_day, "day_month_first": _read_day,
    "night": _read_range, "night_month_first": _read_range, "range": _read_range, "range_dash": _read_range, "pair": _read_pair,
    "range_month_first": _read_range, "night_alone": _read_night_alone, "weekday_night": _read_weekday_night,
    "weekday_evening": _read_weekday_evening, "weekday_range": _read_weekday_range, "week_of": _read_week,
    "stretch": _read_stretch, "part": _read_month, "part_year": _read_year, "month": _read_month, "month_year": _read_month,
    "year": _read_year, "ago": _read_ago, "weekday_after": _read_weekday_after, "later": _read_shift, "earlier": _read_shift,
    "weekday_of_week": _read_weekday_of_week, "weekday_day": _read_day_alone, "weekday": _read_weekday,
    "relative": _read_relative, "anaphora": _read_back, "day_alone": _read_day_alone,
}
"""The order of the rules is that of the language's file."""
