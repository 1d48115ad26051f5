"""How many incidents there are over time, layer by layer, in steps of the calendar."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from incidentmap.model import PartialDate, Step, fitting_step, number_of, steps_between


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts over time. An incident counts in each step that its days touch; an undated one in none.

    Parameters
    ----------
    step
        Length of the steps: `day`, `week` (from Monday), `month` or `year`.
    starts
        First day of each step from the first incident to the last, without gaps. Empty where nothing is dated.
    counts
        Ids of layers, each with its numbers of the same steps.
    """

    step: Step = Step.MONTH
    starts: tuple[date, ...] = ()
    counts: tuple[tuple[str, tuple[int, ...]], ...] = ()


NOTHING_DATED = Histogram()
Spans = Mapping[str, Counter[tuple[date, date]]]
"""How many incidents of each layer have the same first and last day."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What rows of tables add: counted in a step that fits their extent and that of the incidents together.

    Parameters
    ----------
    first, last
        Of the days of all of them.
    counts
        Id of a layer, first day of a step, and how many rows of the layer touch it.
    """

    step: Step
    first: date
    last: date
    counts: tuple[tuple[str, date, int], ...]


def histogram(spans: Spans, beside: Beside | None = None) -> Histogram:
    """Count the incidents of layers, all of them, in the step that fits their extent, with what rows add."""
    ends = [each for each in (extent(spans), (beside.first, beside.last) if beside else None) if each]
    if not ends:
        return Histogram(counts=tuple((layer, ()) for layer in spans))
    first, last = min(start for start, _ in ends), max(end for _, end in ends)
    step = beside.step if beside else fitting_step(first, last)
    starts = steps_between(first, last, step)
    numbers = {layer: touched(counted, starts, step) for layer, counted in spans.items()}
    base = number_of(first, step)
    for layer, start, count in beside.counts if beside else ():
        numbers[layer][number_of(start, step) - base] += count
    return Histogram(step, starts, tuple((layer, tuple(counts)) for layer, counts in numbers.items()))


def extent(spans: Spans) -> tuple[date, date] | None:
    """First and last day of all, None where nothing is dated."""
    ends = [span for counted in spans.values() for span in counted]
    return (min(start for start, _ in ends), max(end for _, end in ends)) if ends else None


def dated(days: Iterable[PartialDate | None]) -> Counter[tuple[date, date]]:
    """How many have the same first and last day; without the undated."""
    return Counter((when.start, when.end) for when in days if when)


def touched(counted: Mapping[tuple[date, date], int], starts: tuple[date, ...], step: Step) -> list[int]:
    """The numbers of each step, of so many with the same first and last day: what begins in it or before and has not ended."""
    base, changes = number_of(starts[0], step), [0] * (len(starts) + 1)
    for (start, end), count in counted.items():
        changes[number_of(start, step) - base] += count
        changes[number_of(end, step) - base + 1] -= count
    return list(accumulate(changes[:-1]))
