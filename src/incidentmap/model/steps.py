"""Steps of the calendar, in which incidents over time are counted."""

from datetime import date
from enum import StrEnum

MOST_STEPS = 400
"""More bars than that nobody tells apart on a screen."""


class Step(StrEnum):
    """Length of the steps; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class TimeMode(StrEnum):
    """What of the incidents is shown at a moment of the time control."""

    WINDOW = "window"
    CUMULATIVE = "cumulative"
    """All up to the last day of the window."""
    INSTANT = "instant"
    """Those of the step that the last day lies in."""


def number_of(day: date, step: Step) -> int:
    """The number of the step that a day lies in; those that follow each other count on without a gap."""
    match step:
        case Step.DAY:
            return day.toordinal()
        case Step.WEEK:
            return (day.toordinal() - 1) // 7  # the first day that there is, 1 January of year 1, is a Monday
        case Step.MONTH:
            return day.year * 12 + day.month - 1
        case Step.YEAR:
            return day.year


def day_of(number: int, step: Step) -> date:
    """The first day of a step."""
    match step:
        case Step.DAY:
            return date.fromordinal(number)
        case Step.WEEK:
            return date.fromordinal(number * 7 + 1)
        case Step.MONTH:
            return date(number // 12, number % 12 + 1, 1)
        case Step.YEAR:
            return date(number, 1, 1)


def steps_between(first: date, last: date, step: Step) -> tuple[date, ...]:
    """The first days of all steps from that of the first day to that of the last, both included."""
    return tuple(day_of(number, step) for number in range(number_of(first, step), number_of(last, step) + 1))


def fitting_step(first: date, last: date) -> Step:
    """The finest step of which at most :data:`MOST_STEPS` lie between two days; years where none does."""
    return next((step for step in Step if number_of(last, step) - number_of(first, step) < MOST_STEPS), Step.YEAR)
