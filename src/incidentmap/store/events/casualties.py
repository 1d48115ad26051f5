"""How many victims the rows of a query have together, as a range under a named rule.

A row has up to three figures of one source: low, best, high. They are never averaged and never filled in: what is told lies
between the least of them and the greatest; with neither low nor best, nothing is told below (0); with no high, it may be more.
A row without any figure is unknown, not zero: it is counted as such and adds nothing. The names of the rules are those of
totals of incidents from reports.
"""

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.model import IncidentQuery
from incidentmap.store.events.asked import Asks, Question, rows_asked


class Victims(StrEnum):
    """Whom a row counts."""

    KILLED = "killed"
    CIVILIANS_KILLED = "civilians_killed"
    WOUNDED = "wounded"


class FigureRule(StrEnum):
    """Which of a row's figures are added."""

    LOWEST = "lowest"
    """The least that is told of each row."""
    HIGHEST = "highest"
    """The greatest that is told of each row."""
    ALL = "all"
    """From the least to the greatest."""
    BEST = "best"
    """The best figure as the source tells it; rows without one are unknown."""


@dataclass(frozen=True, slots=True)
class Casualties:
    """A sum over rows.

    Parameters
    ----------
    low, high
        The range; None where no row has a figure under the rule: unknown, not zero. Under any rule but `ALL` they are equal.
    best
        Sum of the best figures, None unless every row in `events` has one.
    open_high
        Whether it may be more: some row tells no upper figure. Never under `LOWEST`, which asks for the least.
    events, unknown
        How many rows have a figure under the rule, and how many have none.
    """

    victims: Victims
    rule: FigureRule
    low: int | None
    best: int | None
    high: int | None
    open_high: bool
    events: int
    unknown: int


def casualties(
    events: Asks, query: IncidentQuery, rule: FigureRule = FigureRule.ALL, victims: Victims = Victims.KILLED,
) -> Casualties:
    """The sum of the rows of a query."""
    asked = rows_asked(events, query)
    low, best, high = (f"{victims}_{bound}" for bound in ("low", "best", "high"))
    figures = events.ask(Question(
        f"SELECT {low} AS low, {best} AS best, {high} AS high, CAST(count(*) AS BIGINT) AS events FROM events"  # noqa: S608
        f" WHERE {asked.sql} GROUP BY {low}, {best}, {high}", asked.values,
    ))
    return _summed(figures, rule, victims)


def _summed(figures: pa.Table, rule: FigureRule, victims: Victims) -> Casualties:
    """From how many rows have which three figures."""
    low, best, high = (figures[name].cast(pa.int64()) for name in ("low", "best", "high"))
    least = pc.if_else(pc.and_(low.is_null(), best.is_null()), 0, pc.min_element_wise(low, best, high))
    greatest = pc.max_element_wise(low, best, high)
    counted = best.is_valid() if rule is FigureRule.BEST else greatest.is_valid()
    lower, upper = {
        FigureRule.LOWEST: (least, least), FigureRule.HIGHEST: (greatest, greatest), FigureRule.ALL: (least, greatest),
        FigureRule.BEST: (best, best),
    }[rule]
    events = _sum(figures["events"], counted) or 0
    return Casualties(
        victims=victims, rule=rule, low=_sum(pc.multiply(lower, figures["events"]), counted),
        best=_sum(pc.multiply(best, figures["events"]), counted) if not _any(best.is_null(), counted) else None,
        high=_sum(pc.multiply(upper, figures["events"]), counted),
        open_high=rule in {FigureRule.HIGHEST, FigureRule.ALL} and _any(high.is_null(), counted),
        events=events, unknown=(_sum(figures["events"]) or 0) - events,
    )


def _sum(numbers: pa.ChunkedArray, counted: pa.ChunkedArray | None = None) -> int | None:
    total: int | None = pc.sum(numbers if counted is None else numbers.filter(counted)).as_py()
    return total


def _any(true: pa.ChunkedArray, counted: pa.ChunkedArray) -> bool:
    found: bool = pc.any(pc.and_(true, counted), min_count=0).as_py()
    return found
