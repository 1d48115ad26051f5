"""Totals as JSON, for the head of an export and for other programs."""

from collections.abc import Sequence
from typing import TypedDict

from incidentmap.model import ALL_SOURCES, Total


class TotalRecord(TypedDict):
    """A field's total; bounds are None where nobody tells a figure. `open_high`: it may be more than `high`."""

    low: int | None
    best: int | None
    high: int | None
    open_high: bool
    incidents: int
    unknown: int
    contested: int
    aggregates: list[str]
    aggregate_incidents: int


class TotalsRecord(TypedDict):
    """Totals by field, and the rule by which rival figures became ranges."""

    rule: str
    fields: dict[str, TotalRecord]


def totals_record(totals: Sequence[Total]) -> TotalsRecord:
    """Totals under one rule as a JSON object."""
    rule = totals[0].rule if totals else ALL_SOURCES
    return TotalsRecord(rule=str(rule), fields={each.field.value: _record(each) for each in totals})


def _record(total: Total) -> TotalRecord:
    return TotalRecord(
        low=total.low, best=total.best, high=total.high, open_high=total.open_high, incidents=total.incidents,
        unknown=total.unknown, contested=total.contested, aggregates=list(total.aggregates),
        aggregate_incidents=total.aggregate_incidents,
    )
