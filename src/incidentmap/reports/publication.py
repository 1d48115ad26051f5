"""When a report was published, as far as its text tells: by a header, a dateline or a title."""

import re

from incidentmap.model import DatePrecision, PartialDate
from incidentmap.reports.calendar import Now
from incidentmap.reports.dates import YEAR, DateMention, find_dates
from incidentmap.reports.lexicon import Lexicon

_HEAD = 600
"""A report's header and dateline are looked for in so many first characters."""
_BEFORE_DATE = ("", ",", ":", "|", "-", "–", ")")
_SURE = frozenset({DatePrecision.DAY, DatePrecision.RANGE})
_DATELINE_WORDS = 5
_HEADLINE = 14
"""Words of a longer line are no header."""


def publication_day(text: str, lexicon: Lexicon) -> PartialDate | None:
    """The day on which a report was published, as far as its text tells; None if it does not.

    A header such as "Publié le 25/11/2023" tells it, else "ce samedi 25 novembre" with a year from elsewhere, else a full
    date in the dateline. A year and month alone are no day of publication.
    """
    dates = [mention for mention in find_dates(text, lexicon, Now(None, report_year(text))) if mention.date]
    sure = [mention for mention in dates if mention.date and mention.date.exact and not mention.mismatch]
    header = [mention for mention in sure if _in_header(text, lexicon, mention)]
    spoken = [mention for mention in sure if mention.this]
    dateline = [mention for mention in sure if mention.start < _HEAD and _alone(text, mention)]
    titled = [mention.date for mention in dates if mention.start < _HEAD and _in_title(text, mention) and not mention.mismatch]
    told = next((mention.date for mention in (*header, *dateline[:1], *spoken, *dateline)), None)
    return told or next((PartialDate.day(when.end) for when in titled if when and when.precision in _SURE), None)


def report_year(text: str) -> int | None:
    """The year that a report seems to be of: the first one in its header, else the latest one it names."""
    head = re.search(rf"\b{YEAR}\b", text[:_HEAD])
    years = [int(year) for year in re.findall(rf"\b{YEAR}\b", text)]
    return int(head.group()) if head else max(years, default=None)


def _in_header(text: str, lexicon: Lexicon, mention: DateMention) -> bool:
    before = text[:mention.start].rsplit("\n", 1)[-1].lower().strip(" :") if mention.start < _HEAD else ""
    return re.split(r"\s*[.,;:|()–-]\s+", before)[-1] in lexicon.phrases("publication", "header")


def _alone(text: str, mention: DateMention) -> bool:
    """Whether a date with a year stands in a dateline: a place or agency on its line before it, or it closes a short line."""
    line, after = text[text.rfind("\n", 0, mention.start) + 1:mention.start], text[mention.end:mention.end + 3]
    if not re.search(YEAR, text[mention.start:mention.end]):
        return False
    closes = not after.strip(" .") or after.lstrip(" .")[:1] == "\n"
    if closes and len(line.split()) <= _HEADLINE and (line.rstrip()[-1:] in _BEFORE_DATE or line.endswith("   ")):
        return True
    names = all(not word[0].islower() for word in line.split())
    opened = names and len(line.split()) <= _DATELINE_WORDS and (line.isupper() or line.rstrip()[-1:] in _BEFORE_DATE)
    return opened and after.lstrip()[:1] in {"(", ")", "-", "–", "—", ":", "."}


def _in_title(text: str, mention: DateMention) -> bool:
    """Whether a date with a year stands in a short line without a full stop: a title, "Week of 10 to 16 June 2019"."""
    end = text.find("\n", mention.end)
    line = text[text.rfind("\n", 0, mention.start) + 1:end if end >= 0 else len(text)].strip()
    named = re.search(YEAR, text[mention.start:mention.end]) is not None
    return named and end >= 0 and len(line.split()) <= _HEADLINE and line[-1:] not in {".", "!", "?"}
