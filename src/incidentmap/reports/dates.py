"""Dates of a report: when it was published, when things happened, and which dates only date a statement.

The grammar knows patterns by name; what they look like in a language stands in `data/lexicons/<language>/dates.yaml`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from incidentmap.model import DatePrecision, PartialDate
from incidentmap.reports.calendar import (
    Now,
    about_before,
    last_weekday,
    part_of_month,
    safe_day,
    whole_month,
    whole_year,
    year_for,
)
from incidentmap.reports.lexicon import Lexicon
from incidentmap.reports.numbers import number_of

YEAR = r"(?:19|20)\d\d"
_NEVER = "(?!)"
_NUMERIC = {
    "iso": rf"(?P<y>{YEAR})-(?P<m>\d\d)-(?P<d1>\d\d)",
    "iso_month": rf"(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])(?![-\d])",
    "slashed": rf"(?P<d1>\d{{1,2}})[/.](?P<m>\d{{1,2}})[/.](?P<y>{YEAR})",
}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text.

    Parameters
    ----------
    date
        None where it points back to another date or cannot be reckoned without a day of publication.
    back
        `same`, `before`, `after` or a number of days: it is told relative to the last date of an event; else empty.
    this
        Whether the words say "this Saturday": on the day the report speaks.
    future
        Whether it lies after publication.
    mismatch
        Whether the stated weekday is not the weekday of that day.
    """

    start: int
    end: int
    date: PartialDate | None
    back: str = ""
    this: bool = False
    future: bool = False
    mismatch: bool = False


@dataclass(frozen=True, slots=True)
class _Reader:
    lexicon: Lexicon
    now: Now

    def number(self, section: str, word: str | None) -> int | None:
        meaning = self.meaning(section, word)
        return int(meaning) if meaning is not None else None

    def day(self, words: str | None) -> int:
        return self.number("day_words", words) or _day_number(words)

    def meaning(self, section: str, word: str | None) -> str | None:
        return _meanings(self.lexicon, section).get(word.lower()) if word else None


@cache
def _meanings(lexicon: Lexicon, section: str) -> Mapping[str, str]:
    entries = lexicon.sections[section].items()
    return {word.lower(): meaning for meaning, words in entries for word in words}


def find_dates(text: str, lexicon: Lexicon, now: Now) -> tuple[DateMention, ...]:
    """All dates of a (clean) text in order, none overlapping; a longer grammar rule wins over a shorter one."""
    reader, taken, found = _Reader(lexicon, now), bytearray(len(text)), []
    for name, pattern in _rules(lexicon).items():
        for match in pattern.finditer(text):
            if not any(taken[match.start():match.end()]) and (read := _READERS[name](reader, match)):
                taken[match.start():match.end()] = b"\x01" * (match.end() - match.start())
                found.append(_marked(read, now))
    return tuple(sorted(found, key=lambda mention: mention.start))


@cache
def _rules(words: Lexicon) -> Mapping[str, re.Pattern[str]]:
    signs = {
        "@D": rf"(?:{_any(words, 'day_words')}|[0-3]?\d)", "@Y": YEAR, "@N": r"(?:\d{1,4}|[^\W\d_]{2,20})",
        "@M": _any(words, "months"), "@W": _any(words, "weekdays"), "@U": _any(words, "units"),
        "@R": _any(words, "relative"), "@P": _any(words, "parts"), "@A": _any(words, "anaphora"),
    }
    patterns = {**_NUMERIC, **{name: pattern for name, (pattern,) in words.sections["patterns"].items()}}
    whole = {name: rf"(?<![\w/-])(?:{_filled(pattern, signs)})(?!\w)" for name, pattern in patterns.items()}
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in whole.items()}


def _filled(pattern: str, signs: Mapping[str, str]) -> str:
    for sign, expression in signs.items():
        pattern = pattern.replace(sign, expression)
    return pattern


def _any(words: Lexicon, section: str) -> str:
    spellings = sorted((word for entry in words.sections[section].values() for word in entry), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, spellings)) + ")" if spellings else _NEVER


def _marked(mention: DateMention, now: Now) -> DateMention:
    future = mention.future or bool(now.day and mention.date and mention.date.start > now.day)
    return DateMention(mention.start, mention.end, mention.date, mention.back, mention.this, future, mention.mismatch)


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _year(match: re.Match[str]) -> int | None:
    year = _group(match, "y")
    return int(year) if year else None


def _day_number(text: str | None) -> int:
    digits = re.match(r"\d+", text or "")
    return int(digits.group()) if digits else 0


def _read_day(reader: _Reader, match: re.Match[str]) -> DateMention | None:
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
    when = PartialDate.day(there) if there else None
    return DateMention(match.start(), match.end(), when, this=bool(_group(match, "this")), mismatch=mismatch)


def _read_range(reader: _Reader, match: re.Match[str]) -> DateMention | None:
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


def _read_weekday_night(reader: _Reader, match: re.Match[str]) -> DateMention | None:
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


def _read_month(reader: _Reader, match: re.Match[str]) -> DateMention | None:
    month = reader.number("months", _group(match, "m1")) or _day_number(_group(match, "m"))
    year = _year(match) or year_for(reader.now, month, 1, None)[0]
    part = reader.meaning("parts", _group(match, "part"))
    if year is None:
        return DateMention(match.start(), match.end(), None)
    when = part_of_month(year, month, part) if part else whole_month(year, month)
    return DateMention(match.start(), match.end(), when)


def _read_year(reader: _Reader, match: re.Match[str]) -> DateMention | None:
    part = reader.meaning("parts", _group(match, "part"))
    return DateMention(match.start(), match.end(), whole_year(int(match.group("y")), part or ""))


def _read_ago(reader: _Reader, match: re.Match[str]) -> DateMention | None:
    amount, unit = number_of(match.group("n"), reader.lexicon), reader.meaning("units", match.group("unit"))
    if amount is None or unit is None:
        return None
    when = about_before(reader.now.day, amount, unit) if reader.now.day else None
    return DateMention(match.start(), match.end(), when)


def _read_shift(reader: _Reader, match: re.Match[str]) -> DateMention | None:
    amount, unit = number_of(match.group("n"), reader.lexicon), reader.meaning("units", match.group("unit"))
    if amount is None or unit not in {"day", "week"} or amount > 365:
        return None
    days = amount * (7 if unit == "week" else 1)
    return DateMention(match.start(), match.end(), None, back=str(days if _group(match, "later") else -days))


def _read_weekday(reader: _Reader, match: re.Match[str]) -> DateMention | None:
    weekday = reader.number("weekdays", _group(match, "w1") or _group(match, "w2"))
    if weekday is None:
        return None
    if _group(match, "next"):
        return DateMention(match.start(), match.end(), None, future=True)
    when = None
    if reader.now.day:
        when = PartialDate.day(last_weekday(reader.now.day, weekday, before=bool(_group(match, "last"))))
    return DateMention(match.start(), match.end(), when, this=False)


def _read_relative(reader: _Reader, match: re.Match[str]) -> DateMention | None:
    word, today = reader.meaning("relative", match.group("word")), reader.now.day
    if word in {"next", "tomorrow"}:
        return DateMention(match.start(), match.end(), None, future=True)
    return DateMention(match.start(), match.end(), _relative(word or "", today) if today else None)


def _relative(word: str, today: date) -> PartialDate:
    days = {"today": 0, "yesterday": 1, "before_yesterday": 2}
    if word in days:
        return PartialDate.day(today - timedelta(days=days[word]))
    if word == "last_week":
        monday = today - timedelta(days=today.weekday() + 7)
        return PartialDate(monday, monday + timedelta(days=6), DatePrecision.ABOUT)
    if word == "last_month":
        end = today.replace(day=1) - timedelta(days=1)
        return whole_month(end.year, end.month)
    return whole_year(today.year - 1)


def _read_back(reader: _Reader, match: re.Match[str]) -> DateMention | None:
    return DateMention(match.start(), match.end(), None, back=reader.meaning("anaphora", match.group("back")) or "")


_READERS: Mapping[str, Callable[[_Reader, re.Match[str]], DateMention | None]] = {
    "iso": _read_day, "iso_month": _read_month, "slashed": _read_day, "night": _read_range, "night_month_first": _read_range,
    "weekday_night": _read_weekday_night, "range": _read_range, "range_month_first": _read_range, "day": _read_day,
    "day_month_first": _read_day, "part": _read_month, "part_year": _read_year, "month": _read_month, "month_year": _read_month,
    "ago": _read_ago, "later": _read_shift, "earlier": _read_shift, "weekday": _read_weekday, "relative": _read_relative,
    "anaphora": _read_back, "year": _read_year,
}
