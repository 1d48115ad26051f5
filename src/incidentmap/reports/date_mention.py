"""A date as it stands in a text."""

from dataclasses import dataclass

from incidentmap.model import PartialDate


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
    of_report
        Whether it tells when the report was published: in a header, a dateline, a title.
    bound
        Whether it points back to an event that the next words name ("the day after the attack"): it dates another one.
    above
        Whether it is a heading's, taken for what stands below.
    """

    start: int
    end: int
    date: PartialDate | None
    back: str = ""
    this: bool = False
    future: bool = False
    mismatch: bool = False
    of_report: bool = False
    bound: bool = False
    above: bool = False
