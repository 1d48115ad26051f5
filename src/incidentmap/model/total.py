"""How many victims several incidents have together: the sum of their ranges, and what the sum leaves out.

Each incident's range comes from :mod:`incidentmap.model.toll`. Bounds are added, never averaged; the sum is open above where
any of them is. An incident without any figure is counted as such and adds nothing: unknown, not zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from incidentmap.model.claim import ClaimField
from incidentmap.model.incident import Incident, ReportClaim, Status
from incidentmap.model.toll import COUNTED, TotalRule, contested, figures_of, settled, stands


@dataclass(frozen=True, slots=True)
class Total:
    """A field's toll over several incidents under a rule.

    Parameters
    ----------
    low, best, high, open_high
        As in :class:`Toll`; `best` only where each counted incident has one. None where `incidents` is 0: unknown, not zero.
    incidents
        How many have a figure under the rule; the range is theirs alone.
    unknown
        How many have none: not counted, and not zero.
    contested
        How many have figures that no single number agrees with.
    aggregates
        Words of the figures that cover several incidents together, at least one of these: they are in no sum.
    aggregate_incidents
        How many of these incidents those figures cover.
    """

    field: ClaimField
    rule: TotalRule
    low: int | None
    best: int | None
    high: int | None
    open_high: bool
    incidents: int
    unknown: int
    contested: int
    aggregates: tuple[str, ...]
    aggregate_incidents: int


def total_of(
    incidents: Iterable[Incident], field: ClaimField, rule: TotalRule, *, report_claims: Sequence[ReportClaim] = (),
    published: Mapping[str, date] | None = None,
) -> Total:
    """The total of a field over incidents, each counted once, rejected ones never.

    Parameters
    ----------
    incidents
        In any order.
    field, rule
        What is counted, and how rival figures become ranges.
    report_claims
        Claims over several incidents: told beside the total, never added.
    published
        As :func:`incident_toll`.
    """
    counted = {each.id: each for each in incidents if each.status is not Status.REJECTED}
    figures = [figures_of(each, field, rule, published or {}) for each in counted.values()]
    tolls = [settled(each, rule) for each in figures if each]
    whole = sum(tolls[1:], tolls[0]) if tolls else None
    beside = [each for each in report_claims if stands(each.claim, field, rule) and counted.keys() & set(each.incidents)]
    return Total(
        field=field, rule=rule, low=whole.low if whole else None, best=whole.best if whole else None,
        high=whole.high if whole else None, open_high=whole is not None and whole.open_high,
        incidents=len(tolls), unknown=len(counted) - len(tolls), contested=sum(contested(each) for each in figures),
        aggregates=tuple(each.claim.span.quote for each in beside),
        aggregate_incidents=len({one for each in beside for one in each.incidents} & counted.keys()),
    )


def all_totals(
    incidents: Sequence[Incident], rule: TotalRule, report_claims: Sequence[ReportClaim] = (),
    published: Mapping[str, date] | None = None,
) -> tuple[Total, ...]:
    """The totals of all counted fields; see :func:`total_of`."""
    return tuple(total_of(incidents, field, rule, report_claims=report_claims, published=published) for field in COUNTED)


def joined_totals(some: Sequence[Total], others: Sequence[Total]) -> tuple[Total, ...]:
    """The totals of two sets of incidents that share none, field by field, from the totals of each under the same rule."""
    return tuple(_joined(one, other) for one, other in zip(some, others, strict=True))


def _joined(one: Total, other: Total) -> Total:
    counted = [each for each in (one, other) if each.incidents]
    return Total(
        field=one.field, rule=one.rule, low=_sum(each.low for each in counted), best=_sum(each.best for each in counted),
        high=_sum(each.high for each in counted), open_high=one.open_high or other.open_high,
        incidents=one.incidents + other.incidents, unknown=one.unknown + other.unknown,
        contested=one.contested + other.contested, aggregates=(*one.aggregates, *other.aggregates),
        aggregate_incidents=one.aggregate_incidents + other.aggregate_incidents,
    )


def _sum(numbers: Iterable[int | None]) -> int | None:
    """None where there is none, or any is unknown."""
    told = list(numbers)
    known = [number for number in told if number is not None]
    return sum(known) if known and len(known) == len(told) else None
