"""When a report was published, as far as its text tells: by a header, a dateline or a title."""

import re
from collections.abc import Sequence
from dataclasses import replace

from incidentmap.model import DatePrecision, PartialDate
from incidentmap.reports.calendar import Now
from incidentmap.reports.date_mention import DateMention
from incidentmap.reports.dates import YEAR, find_dates
from incidentmap.reports.lexicon import Lexicon

_HEAD = 600
"""A report's header and dateline are looked for in so many first characters."""
_BEFORE_DATE = ("", ",", ":", "|", "-", "–", ")")
_ENTRY = frozenset({":", "-", "–", "—", ",", "|"})
_BULLETS = " \t-–—•*>"
_AFTER_DATE = frozenset({"(", ")", "-", "–", "—", ":", "."})
_SURE = frozenset({DatePrecision.DAY, DatePrecision.RANGE})
_DATELINE_WORDS = 5
_HEADLINE = 14
"""Words of a longer line are no header."""


def publication_day(text: str, lexicon: Lexicon) -> PartialDate | None:
    """The day on which a report was published, as far as its text tells; None if it does not.

    A header such as "Publié le 25/11/2023" tells it, else "ce samedi 25 novembre" with a year from elsewhere, else a full
    date in the dateline. A year and month alone are no day of publication.
    """
    mention = _told(text, lexicon)
    return PartialDate.day(mention.date.end) if mention and mention.date else None


def mark_dateline(text: str, lexicon: Lexicon, dates: tuple[DateMention, ...]) -> tuple[DateMention, ...]:
    """The dates of a report, the one that tells when it was published marked: it dates no event."""
    told = _told(text, lexicon)
    at = told.start if told and not told.this else -1
    return tuple(replace(mention, of_report=True) if mention.start <= at < mention.end else mention for mention in dates)


def _told(text: str, lexicon: Lexicon) -> DateMention | None:
    """The date that tells the day of publication."""
    dates = [mention for mention in find_dates(text, lexicon, Now(None, report_year(text))) if mention.date]
    sure = [mention for mention in dates if mention.date and mention.date.exact and not mention.mismatch]
    header = [mention for mention in sure if _in_header(text, lexicon, mention)]
    spoken = [mention for mention in sure if mention.this]
    entries = _entries(text, sure)
    dateline = [mention for mention in sure if mention.start < _HEAD and mention not in entries and _alone(text, mention)]
    titled = [mention for mention in dates if mention.start < _HEAD and _in_title(text, mention) and not mention.mismatch]
    titled = [mention for mention in titled if mention.date and mention.date.precision in _SURE]
    return next(iter((*header, *dateline[:1], *spoken, *dateline, *titled)), None)


def report_year(text: str) -> int | None:
    """The year that a report seems to be of: the first one in its header, else the latest one it names."""
    head = re.search(rf"\b{YEAR}\b", text[:_HEAD])
    years = [int(year) for year in re.findall(rf"\b{YEAR}\b", text)]
    return int(head.group()) if head else max(years, default=None)


def _in_header(text: str, lexicon: Lexicon, mention: DateMention) -> bool:
    before = text[:mention.start].rsplit("\n", 1)[-1].lower().strip(" :") if mention.start < _HEAD else ""
    return re.split(r"\s*[.,;:|–-]\s+|\s*[()]\s*", before)[-1] in lexicon.phrases("publication", "header")


def _alone(text: str, mention: DateMention) -> bool:
    """Whether a date stands in a dateline: a place or agency on its line before it, or, with a year, it closes a short line."""
    line, after = text[text.rfind("\n", 0, mention.start) + 1:mention.start].lstrip("(["), text[mention.end:mention.end + 3]
    opens = _opens(line, after.lstrip()[:1])
    return opens and bool(line.strip()) if not _has_year(text, mention) else opens or _closes(line, after)


def _entries(text: str, dates: Sequence[DateMention]) -> frozenset[DateMention]:
    """Dates that open their lines where several do so in the same way: entries, none of which tells when the report is of."""
    alike: dict[str, list[DateMention]] = {}
    for mention in dates:
        sign = text[mention.end:mention.end + 2].strip()[:1]
        if sign in _ENTRY and not text[text.rfind("\n", 0, mention.start) + 1:mention.start].strip(_BULLETS):
            alike.setdefault(sign, []).append(mention)
    return frozenset(mention for some in alike.values() if len({one.date for one in some}) > 1 for mention in some)


def _closes(line: str, after: str) -> bool:
    """A date at the end of a line: a short one, or a longer one that is a paragraph."""
    if after.strip(" .") and after.lstrip(" .")[:1] != "\n":
        return False
    last, words = line.rstrip()[-1:], len(line.split())
    ends = last in _BEFORE_DATE or line.endswith("   ") or last in {".", "/"}
    return ends and (words <= _HEADLINE or (words <= 2 * _HEADLINE and after.lstrip(" .")[:2] in {"", "\n\n"}))


def _opens(line: str, sign: str) -> bool:
    """A date after names alone, which what follows is set apart from."""
    names = all(not word[0].islower() for word in line.split())
    if not names or len(line.split()) > _DATELINE_WORDS or not (line.isupper() or line.rstrip()[-1:] in _BEFORE_DATE):
        return False
    return sign in _AFTER_DATE or (sign == "," and line.rstrip().endswith("),"))


def _has_year(text: str, mention: DateMention) -> bool:
    return re.search(rf"{YEAR}|\d\d[/.]\d\d[/.]\d\d$", text[mention.start:mention.end]) is not None


def _in_title(text: str, mention: DateMention) -> bool:
    """Whether a date with a year stands in a short line without a full stop: a title, "Week of 10 to 16 June 2019"."""
    end = text.find("\n", mention.end)
    line = text[text.rfind("\n", 0, mention.start) + 1:end if end >= 0 else len(text)].strip()
    return _has_year(text, mention) and end >= 0 and len(line.split()) <= _HEADLINE and line[-1:] not in {".", "!", "?"}
