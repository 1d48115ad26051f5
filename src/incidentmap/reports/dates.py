"""Dates of a report: when it was published, when things happened, and which dates only date a statement.

The grammar knows patterns by name; what they look like in a language stands in `data/lexicons/<language>/dates.yaml`.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from incidentmap.reports.calendar import Now
from incidentmap.reports.date_mention import DateMention
from incidentmap.reports.date_readers import READERS, Reader
from incidentmap.reports.lexicon import Lexicon

YEAR = r"(?:19|20)\d\d"
_NEVER = "(?!)"
NUMERIC = {
    "iso": rf"(?P<y>{YEAR})(?P<sign>[-/.])(?P<m>\d\d)(?P=sign)(?P<d1>\d\d)",
    "iso_month": rf"(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])(?![-\d])",
    "slashed": rf"(?P<d1>\d{{1,2}})(?P<sign>[-/.])(?P<m>\d{{1,2}})(?P=sign)(?P<y>{YEAR})",
    "slashed_short": r"(?P<d1>[0-3]\d)(?P<sign>[/.])(?P<m>[01]\d)(?P=sign)(?P<yy>\d\d)(?![/.]\d)",
}
"""Rules that no language has words for; they go before those that one has."""
BARE = {
    "slashed_yearless": rf"(?P<d1>[0-3]\d)/(?P<m>[01]\d)(?![/.]\d)(?: (?P<y>{YEAR}))?",
    "bracketed": r"(?<=\()(?P<d1>[0-3]\d)\.(?P<m>[01]\d)(?=\))",
}
"""The same, after them: without a year a weekday or an article may stand before."""


def find_dates(text: str, lexicon: Lexicon, now: Now) -> tuple[DateMention, ...]:
    """All dates of a (clean) text in order, none overlapping; a longer grammar rule wins over a shorter one."""
    reader, taken, found = Reader(lexicon, now), bytearray(len(text)), []
    for name, pattern in _rules(lexicon).items():
        for match in pattern.finditer(text):
            if not any(taken[match.start():match.end()]) and (read := READERS[name](reader, match)):
                taken[read.start:read.end] = b"\x01" * (read.end - read.start)
                found.append(_marked(read, now))
    return tuple(sorted(found, key=lambda mention: mention.start))


@cache
def _rules(words: Lexicon) -> Mapping[str, re.Pattern[str]]:
    signs = {
        "@D": rf"(?:{_any(words, 'day_words')}|[0-3]?\d)", "@Y": YEAR, "@N": r"(?:\d{1,4}|[^\W\d_]{2,20})",
        "@M": _any(words, "months"), "@W": _any(words, "weekdays"), "@U": _any(words, "units"),
        "@R": _any(words, "relative"), "@P": _any(words, "parts"), "@A": _any(words, "anaphora"),
        "@S": _any(words, "stretches"),
    }
    patterns = {**NUMERIC, **{name: pattern for name, (pattern,) in words.sections["patterns"].items()}, **BARE}
    whole = {name: rf"(?<![\w/-])(?:{_filled(pattern, signs)})(?!\w)" for name, pattern in patterns.items()}
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in whole.items()}


def _filled(pattern: str, signs: Mapping[str, str]) -> str:
    for sign, expression in signs.items():
        pattern = pattern.replace(sign, expression)
    return pattern


def _any(words: Lexicon, section: str) -> str:
    spellings = sorted((word for entry in words.sections.get(section, {}).values() for word in entry), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, spellings)) + ")" if spellings else _NEVER


def _marked(mention: DateMention, now: Now) -> DateMention:
    future = mention.future or bool(now.day and mention.date and mention.date.start > now.day)
    return replace(mention, future=future)
