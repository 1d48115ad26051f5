"""How many victims the rows of a query have together, under the rules of :mod:`incidentmap.model.toll`.

A row is one voice, its source's, so no rule has anything to choose in it: what is told lies between the least of its figures
and the greatest; with neither low nor best, nothing is told below (0); with no high, it may be more. Civilians killed are a
part of the killed: the whole is at least what the part is. A row without any figure is unknown, not zero.

The sum is that of `all_totals` over the same rows as incidents, found from how many rows have which figures.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from incidentmap.model import COUNTED, ClaimField, IncidentQuery, RuleKind, Total, TotalRule
from incidentmap.store.events.asked import Asks, Question
from incidentmap.store.events.layers import DIRECTED, EVERY, Layers, rows_shown

_FIGURES = {ClaimField.KILLED: ("killed", "civilians_killed"), ClaimField.WOUNDED: ("wounded",)}
"""The columns of a field: the whole, and a part of it. Tables tell nothing of the other fields."""
_BOUNDS = ("low", "best", "high")


@dataclass(frozen=True, slots=True)
class Group:
    """SQL of the key of a group, of the condition that a row has one, and of the rows."""

    key: str
    condition: str = "TRUE"
    rows: str = "events"


def _side(side: str, directed: str, condition: str) -> Group:
    role = f"CASE WHEN {DIRECTED} THEN '{directed}' ELSE 'party' END"
    return Group(f"concat(CAST({side} AS STRING), ' (', {role}, ')')", condition)


_OTHER = f"(actor1_key IS NULL OR actor1_key <> actor2_key OR {DIRECTED})"
_ALONE = (Group("''"),)
GROUPED_BY = {
    "actor": (
        _side("actor1_key", "attacker", "actor1_key IS NOT NULL"),
        _side("actor2_key", "target", f"actor2_key IS NOT NULL AND {_OTHER}"),
        Group("''", "actor1_key IS NULL AND actor2_key IS NULL"),
    ),
    "month": (Group("CASE WHEN first_month = last_month THEN substr(CAST(date_start AS STRING), 1, 7) ELSE '' END"),),
    "admin1": (Group("coalesce(CAST(admin1 AS STRING), '')"),),
    "event_type": (Group("coalesce(CAST(event_type AS STRING), '')"),),
}
"""What totals can be grouped by, as totals of incidents are."""
Numbers = NDArray[np.float64]
"""Whole numbers, NaN where there is none."""


@dataclass(frozen=True, slots=True)
class _Tolls:
    """Tolls side by side; `low` and `high` are NaN where nothing is told."""

    low: Numbers
    high: Numbers
    open_high: NDArray[np.bool_]
    best: Numbers

    @property
    def told(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.high)


def row_totals(events: Asks, query: IncidentQuery, rule: TotalRule, layers: Layers = EVERY) -> tuple[Total, ...]:
    """The totals of all counted fields over the rows of a query; see :func:`row_total`."""
    return tuple(row_total(events, query, field, rule, layers) for field in COUNTED)


def row_total(
    events: Asks, query: IncidentQuery, field: ClaimField, rule: TotalRule, layers: Layers = EVERY,
) -> Total:
    """The sum of a field over the rows of a query.

    A rule of one source hears the rows of the source of that id, or the one row of that id.
    """
    counted = _figures(events, rows_shown(events, query, layers), field, rule, _ALONE)
    return _total(field, rule, _tolls(counted, field), counted)


def grouped_totals(events: Asks, query: IncidentQuery, rule: TotalRule, by: str) -> dict[str, tuple[int, tuple[Total, ...]]]:
    """How many rows each group has, and their totals, by its key, which is empty where it is unknown.

    `by` is one of :data:`GROUPED_BY`. A row is in the group of each of its actors, with its role.
    """
    return totals_by_group(events, rows_shown(events, query), rule, GROUPED_BY[by])


def totals_by_group(
    events: Asks, asked: Question, rule: TotalRule, groups: tuple[Group, ...],
) -> dict[str, tuple[int, tuple[Total, ...]]]:
    """The same of the rows of a condition, by groups of any kind."""
    tables = {field: _figures(events, asked, field, rule, groups) for field in COUNTED}
    keys = sorted(set(tables[ClaimField.KILLED]["key"].to_pylist()))
    return {key: _of_group(tables, rule, key) for key in keys}


def _of_group(tables: dict[ClaimField, pa.Table], rule: TotalRule, key: str) -> tuple[int, tuple[Total, ...]]:
    own = {field: table.filter(pc.equal(table["key"], key)) for field, table in tables.items()}
    rows: int = pc.sum(own[ClaimField.KILLED]["events"]).as_py()
    return rows, tuple(_total(field, rule, _tolls(table, field), table) for field, table in own.items())


def _figures(events: Asks, asked: Question, field: ClaimField, rule: TotalRule, groups: tuple[Group, ...]) -> pa.Table:
    """How many rows of each group have which figures, and whether the rule hears them."""
    columns = [f"{name}_{bound}" for name in _FIGURES.get(field, ()) for bound in _BOUNDS]
    heard = Question("(source = ? OR event_id = ?)", (rule.source,) * 2) if rule.kind is RuleKind.SOURCE else Question("TRUE")
    told = ", ".join([f"{heard.sql} AS heard", *columns])
    rows = " UNION ALL ".join(
        f"SELECT {each.key} AS key, {told} FROM {each.rows} WHERE {asked.sql} AND {each.condition}" for each in groups  # noqa: S608
    )
    return events.ask(Question(
        f"SELECT key, {', '.join(['heard', *columns])}, CAST(count(*) AS BIGINT) AS events FROM ({rows}) AS told"  # noqa: S608
        " GROUP BY ALL ORDER BY ALL", (*heard.values, *asked.values) * len(groups),
    ))


def _total(field: ClaimField, rule: TotalRule, tolls: _Tolls, counted: pa.Table) -> Total:
    events = counted["events"].to_numpy()
    told = tolls.told & counted["heard"].to_numpy()
    incidents = int(events[told].sum())
    known = told.any() and not np.isnan(tolls.best[told]).any()
    return Total(
        field=field, rule=rule, low=_sum(tolls.low, events, told), best=_sum(tolls.best, events, told) if known else None,
        high=_sum(tolls.high, events, told), open_high=bool(tolls.open_high[told].any()), incidents=incidents,
        unknown=int(events.sum()) - incidents, contested=0, aggregates=(), aggregate_incidents=0,
    )


def _sum(numbers: Numbers, events: NDArray[np.int64], told: NDArray[np.bool_]) -> int | None:
    return int((numbers[told].astype(np.int64) * events[told]).sum()) if told.any() else None


def _tolls(counted: pa.Table, field: ClaimField) -> _Tolls:
    names = _FIGURES.get(field, ())
    tolls = [_read(*(_numbers(counted, f"{name}_{bound}") for bound in _BOUNDS)) for name in names]
    if not tolls:
        unknown = np.full(len(counted), np.nan)
        return _Tolls(unknown, unknown, np.zeros(len(counted), bool), unknown)
    return tolls[0] if len(tolls) == 1 else _with_part(*tolls)


def _numbers(counted: pa.Table, name: str) -> Numbers:
    numbers: Numbers = counted[name].cast(pa.float64()).to_numpy()
    return numbers


def _read(low: Numbers, best: Numbers, high: Numbers) -> _Tolls:
    """A claim with three figures as a toll."""
    least = np.where(np.isnan(low) & np.isnan(best), 0.0, np.fmin(np.fmin(low, best), high))
    greatest = np.fmax(np.fmax(low, best), high)
    put_forward = np.where(np.isnan(best) & (low == high), low, best)
    return _Tolls(np.where(np.isnan(greatest), np.nan, least), greatest, np.isnan(high), put_forward)


def _with_part(whole: _Tolls, part: _Tolls) -> _Tolls:
    """A whole is at least what its part is; a part alone, or one beyond the whole, stands for both."""
    instead = part.told & ~(whole.told & (part.low <= whole.high))
    low = np.fmax(whole.low, part.low)
    best = np.where(whole.best >= np.where(part.told, part.low, -np.inf), whole.best, np.nan)
    return _Tolls(
        np.where(instead, part.low, low), np.where(instead, part.high, whole.high),
        np.where(instead, part.open_high, whole.open_high), np.where(instead, part.best, best),
    )
