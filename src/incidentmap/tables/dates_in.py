"""Days as people and programs write them into tables: to the day, the month, the year, or from one day to another."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache

import yaml

from incidentmap.model import DatePrecision
from incidentmap.paths import shipped
from incidentmap.tables.header import fold


class DayOrder(StrEnum):
    """What 03/04/2023 means."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


@dataclass(frozen=True, slots=True)
class DateRead:
    """An interval of days, and the rule by which a person should look at it (empty: none).

    Parameters
    ----------
    doubt
        ``date_order`` (both numbers may be the month), ``date_two_digits`` (of the year), ``date_serial`` (an Excel number).
    """

    start: date
    end: date
    precision: DatePrecision
    doubt: str = ""


_TIME = r"(?:[T ]+\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[AP]M)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/. ](\d{{1,2}}|[^\W\d]+\.?)[-/. ](\d{{1,2}}){_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{6})?(?:\.0)?")
_NUMBERS = re.compile(rf"(\d{{1,2}})[-/. ](\d{{1,2}})[-/. ](\d{{4}}|\d\d){_TIME}", re.IGNORECASE)
_NO_MONTH = range(13, 32)
_WEEKDAY = r"(?:[^\W\d]+\.?,?\s+)??(?:le\s+|the\s+)?"
_DAY_WORD = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:er|st|nd|rd|th)?[-/. ]*([^\W\d]+)[-/., ]*(\d{{4}}|\d\d){_TIME}", re.IGNORECASE,
)
_WORD_DAY = re.compile(rf"{_WEEKDAY}([^\W\d]+)\.? +(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}}){_TIME}", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(\d{1,2}|[^\W\d]+)[-/., ]+(\d{4})")
_WORD_SHORT_YEAR = re.compile(r"([^\W\d]+)[-/. ']+(\d\d)")
_YEAR_MONTH = re.compile(r"(\d{4})[-/. ](\d{1,2}|[^\W\d]+\.?)")
_YEAR = re.compile(r"(\d{4})(?:\.0)?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIAL_DAYS = range(20_000, 60_000)
"""Excel's numbers for 1954 to 2064; others are no days."""
_SERIAL_ZERO = date(1899, 12, 30)
_INTERVAL = re.compile(
    r"(?:du |from |de )?(.{6,}?)(?:\s*/\s*|\s+-\s+|\s*[–—]\s*|\s+au\s+|\s+to\s+|\s+until\s+)(.{6,})", re.IGNORECASE,
)
_TWO_DAYS = re.compile(
    r"(?:du |from )?(\d{1,2})\s*(?:-|–|—|/| au | to | et | & )\s*(\d{1,2})([-/. ]+\D*.*\d{4})", re.IGNORECASE,
)
_DAYS = {_YEAR_FIRST: (1, 2, 3), _COMPACT: (1, 2, 3), _DAY_WORD: (3, 2, 1), _WORD_DAY: (3, 1, 2)}
"""By form of a day, in which group year, month and day stand."""
_MONTHS = {_YEAR_MONTH: (1, 2), _MONTH_YEAR: (2, 1), _WORD_SHORT_YEAR: (2, 1)}
"""By form of a month, in which group year and month stand."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_CENTURY_BREAK = 50
"""Two digits below it are of the 2000s."""
_LONGEST = 60


@lru_cache(maxsize=1 << 16)
def read_date(text: str, order: DayOrder | None = None) -> DateRead | None:
    """What a cell says about when something was.

    Parameters
    ----------
    text
        As it stands in the cell.
    order
        Of day and month where both are numbers; None if the column does not show it: then day first, with a doubt.

    Returns
    -------
    DateRead | None
        None if it says no day, month or year that exists.
    """
    text = " ".join(text.split())
    if not text or len(text) > _LONGEST:
        return None
    return _one(text, order) or _interval(text, order)


def order_shown(text: str) -> tuple[bool, bool] | None:
    """Of a date in three numbers, year last: whether the first and whether the second can be no month; None for other cells."""
    match = _NUMBERS.fullmatch(" ".join(text.split()))
    return (int(match[1]) in _NO_MONTH, int(match[2]) in _NO_MONTH) if match else None


def is_serial(text: str) -> bool:
    """Whether it can be Excel's number of a day."""
    match = _SERIAL.fullmatch(text.strip())
    return bool(match) and int(match[1]) in _SERIAL_DAYS if match else False


def _one(text: str, order: DayOrder | None) -> DateRead | None:
    if match := _NUMBERS.fullmatch(text):
        return _numbers(match, order)
    for form, (year, month, day) in _DAYS.items():
        if match := form.fullmatch(text):
            return _day(match[year], match[month], match[day])
    return _longer(text) or _serial(text)


def _longer(text: str) -> DateRead | None:
    """A whole year or month."""
    if match := _YEAR.fullmatch(text):
        year = _year(match[1])
        return DateRead(date(year, 1, 1), date(year, 12, 31), DatePrecision.YEAR) if year else None
    for form, (year_at, month_at) in _MONTHS.items():
        if match := form.fullmatch(text):
            return _month(match[year_at], match[month_at])
    return None


def _serial(text: str) -> DateRead | None:
    if not is_serial(text):
        return None
    day = _SERIAL_ZERO + timedelta(days=int(float(text)))
    return DateRead(day, day, DatePrecision.DAY, "date_serial")


def _interval(text: str, order: DayOrder | None) -> DateRead | None:
    if match := _TWO_DAYS.fullmatch(text):
        halves = (match[1] + match[3], match[2] + match[3])
    elif match := _INTERVAL.fullmatch(text):
        halves = (match[1], match[2])
    else:
        return None
    first, last = _one(halves[0], order), _one(halves[1], order)
    if first is None or last is None or last.end < first.start:
        return None
    return DateRead(first.start, last.end, DatePrecision.RANGE, first.doubt or last.doubt)


def _numbers(match: re.Match[str], order: DayOrder | None) -> DateRead | None:
    one, two = int(match[1]), int(match[2])
    month_first = two > 12 or (order is DayOrder.MONTH_FIRST and one <= 12)
    found = _day(match[3], *((match[1], match[2]) if month_first else (match[2], match[1])))
    open_order = order is None and one <= 12 and two <= 12 and one != two
    against = order is not None and (month_first is not (order is DayOrder.MONTH_FIRST))
    return DateRead(found.start, found.end, found.precision, "date_order") if found and (open_order or against) else found


def _day(year: str, month: str, day: str) -> DateRead | None:
    in_year, in_month = _year(year), _month_number(month)
    if in_year is None or in_month is None or not 1 <= int(day) <= calendar.monthrange(in_year, in_month)[1]:
        return None
    found = date(in_year, in_month, int(day))
    return DateRead(found, found, DatePrecision.DAY, _short(year))


def _month(year: str, month: str) -> DateRead | None:
    in_year, in_month = _year(year), _month_number(month)
    if in_year is None or in_month is None:
        return None
    last = calendar.monthrange(in_year, in_month)[1]
    return DateRead(date(in_year, in_month, 1), date(in_year, in_month, last), DatePrecision.MONTH, _short(year))


def _short(year: str) -> str:
    return "date_two_digits" if len(year) == 2 else ""


def _year(text: str) -> int | None:
    year = int(text)
    if len(text) == 2:
        year += 2000 if year < _CENTURY_BREAK else 1900
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _month_number(text: str) -> int | None:
    if text.isdecimal():
        return int(text) if 1 <= int(text) <= 12 else None
    return _months().get(fold(text))


@cache
def _months() -> dict[str, int]:
    months: dict[str, int] = {}
    for language in ("fr", "en"):
        loaded = yaml.safe_load(shipped("data", "lexicons", language, "dates.yaml").read_text("utf-8"))["months"]
        months |= {fold(name): int(number) for number, names in loaded.items() for name in names}
    return months
