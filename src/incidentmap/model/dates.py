"""Dates as reports give them: known to the day, to the month, or only about."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from incidentmap.model.errors import BadValue


class DatePrecision(StrEnum):
    """How much a date says."""

    DAY = "day"
    RANGE = "range"
    """A stated interval: "dans la nuit du 23 au 24"."""
    ABOUT = "about"
    """An interval drawn around an approximate statement: "il y a dix jours"."""
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A closed interval of days in which something lies, with how it was stated.

    Raises
    ------
    BadValue
        If the interval ends before it starts.
    """

    start: date
    end: date
    precision: DatePrecision

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadValue("date interval", f"{self.start}/{self.end}", "an end on or after its start")

    @classmethod
    def day(cls, day: date) -> "PartialDate":
        """A date known to the day."""
        return cls(day, day, DatePrecision.DAY)

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.precision is DatePrecision.DAY
