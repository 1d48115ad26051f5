"""Dates, figures and terms as people read them, in French and English."""

import re
from datetime import date

from incidentmap.model import Location
from incidentmap.words import keys, say

_ABOUT = frozenset({"about", "month", "year"})


def term(language: str, kind: str, value: str) -> str:
    """A word of the model (event type, claim field, role...) in a language; a word the catalogue lacks stands for itself."""
    key = f"screen.{kind}.{slug(value)}"
    return say(language, key) if key in keys(language) else value.replace("_", " ")


def number_words(number: int, language: str) -> str:
    """A whole number, its thousands apart as the language writes them: "1,204,332", "1 204 332" (a narrow space)."""
    return f"{number:,}".replace(",", say(language, "number.thousands"))


def relation_words(location: Location, language: str) -> str:
    """How the report's words tie an incident to the named place: a computed point, an axis, a border, near it."""
    return say(language, f"screen.relation.{location.relation.value}", words=location.span.quote)


def slug(value: str) -> str:
    """A term as part of a catalogue key: lower case, anything but letters and digits as one underscore."""
    return re.sub(r"[^a-z0-9]+", "_", value.lower()).strip("_")


def day_words(day: date, language: str, *, year: bool = True) -> str:
    """A day such as "24 novembre 2023" or "1er mars 2024"."""
    month = say(language, "screen.months").split(",")[day.month - 1]
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {month} {day.year}" if year else f"{number} {month}"


def span_words(start: date, end: date, language: str) -> str:
    """An interval of days, saying month and year once where they are the same."""
    if start == end:
        return day_words(start, language)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} – {day_words(end, language)}"
    return f"{day_words(start, language, year=start.year != end.year)} – {day_words(end, language)}"


def short_span(start: date, end: date, language: str) -> str:
    """An interval without its year, for labels on the map: "14–16 nov."."""
    months = say(language, "screen.months.short").split(",")
    first, last = f"{start.day} {months[start.month - 1]}", f"{end.day} {months[end.month - 1]}"
    if start == end:
        return last
    return f"{start.day}–{last}" if start.month == end.month and start.year == end.year else f"{first} – {last}"


def date_words(start: str | None, end: str | None, precision: str | None, language: str) -> str:
    """An incident's date with its precision: "24 novembre 2023", "vers le 14 – 16 novembre 2023", "date inconnue"."""
    if not start or not end:
        return say(language, "screen.date.unknown")
    words = span_words(date.fromisoformat(start), date.fromisoformat(end), language)
    return say(language, "screen.date.about", span=words) if precision in _ABOUT else words


def figure_words(low: int | None, best: int | None, high: int | None, value: str, language: str) -> str:
    """A claim's figure or value in words. Unknown is said to be unknown: it is not zero."""
    if low is None and high is None and best is None:
        return term(language, "value", value) if value else say(language, "screen.figure.none")
    if low is not None and low == high:
        return str(low)
    if high is None:
        return say(language, "screen.figure.more", low=best if low is None else low)
    if low is None:
        return say(language, "screen.figure.upto", high=high)
    return f"{low} – {high}"
