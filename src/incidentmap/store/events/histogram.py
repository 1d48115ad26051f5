"""How many event rows there are over time, in all or by actor.

A row counts in every step that its interval of days touches, as in `IncidentQuery`: one known to the month only counts on each
of its days, once in its month. Undated rows count nowhere.
"""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from incidentmap.model import IncidentQuery, Step
from incidentmap.store.events.asked import Asks, Question, rows_asked
from incidentmap.store.events.layers import Layers, layer_of
from incidentmap.store.events.queries import parts_taken

_UNIT = {Step.DAY: "D", Step.MONTH: "M", Step.YEAR: "Y"}
_THURSDAY = 3
"""Day 0 of NumPy, 1 January 1970, is a Thursday: three days after its Monday."""
_WEEKS = tuple(f"CAST(date_trunc('week', {day}) AS DATE)" for day in ("date_start", "date_end"))
_MONTHS = ("first_month", "last_month")
_ENDS = {Step.DAY: ("date_start", "date_end"), Step.WEEK: _WEEKS, Step.MONTH: _MONTHS, Step.YEAR: _MONTHS}
_DENSE = 20_000_000
_FAR = np.iinfo(np.int32).max


def histogram(events: Asks, query: IncidentQuery, step: Step, *, by_actor: bool = False) -> pa.Table:
    """How many rows touch each step that any touches, within the window of the query: `actor` (if asked), `start`, `events`.

    By actor and by first day of the step. By actor, a row counts once for each of its actors, also for those that the query
    does not name; a row without any counts only in all.
    """
    if _rolled(events, query, step):
        spans = events.ask(_spans(step, _from_months(query, by_actor=by_actor), counted="sum(events)", by_actor=by_actor))
    else:
        asked = rows_asked(events, query)
        rows = Question(f"({parts_taken(asked.sql)}) AS parts WHERE TRUE", asked.values * 2)
        if not by_actor:  # each row once, whoever is in it
            rows = Question(f"events WHERE {asked.sql}", asked.values)
        spans = events.ask(_spans(step, rows, counted="count(*)", by_actor=by_actor))
    return _touched(spans, query, step, by_actor=by_actor)


def histogram_by_layer(events: Asks, query: IncidentQuery, step: Step, layers: Layers) -> pa.Table:
    """How many rows of each layer touch each step: `layer` (see :mod:`.layers`), `start`, `events`, as :func:`histogram`."""
    asked, layer, (first, last) = rows_asked(events, query), layer_of(layers), _ENDS[step]
    spans = events.ask(Question(
        f"SELECT {layer.sql} AS actor, {first} AS first_step, {last} AS last_step, CAST(count(*) AS BIGINT) AS counted"  # noqa: S608
        f" FROM events WHERE {asked.sql} AND {first} IS NOT NULL AND {last} IS NOT NULL GROUP BY 1, 2, 3",
        (*layer.values, *asked.values),
    ))
    return _touched(spans, query, step, by_actor=True).rename_columns(["layer", "start", "events"])


def _spans(step: Step, rows: Question, *, counted: str, by_actor: bool) -> Question:
    """How many rows have the same first and last step, by actor if asked."""
    first, last = _ENDS[step]
    actor, known = ("CAST(actor AS STRING) AS actor, ", " AND actor IS NOT NULL") if by_actor else ("", "")
    group = ("actor, " if by_actor else "") + f"{first}, {last}"
    return Question(
        f"SELECT {actor}{first} AS first_step, {last} AS last_step, CAST({counted} AS BIGINT) AS counted"  # noqa: S608 - our names
        f" FROM {rows.sql}{known} AND {first} IS NOT NULL AND {last} IS NOT NULL GROUP BY {group}", rows.values,
    )


def _rolled(events: Asks, query: IncidentQuery, step: Step) -> bool:
    """Whether counts by actor, type and month answer the query: whole months, and nothing that they do not know."""
    whole = (query.start is None or query.start.day == 1) and (query.end is None or (query.end + timedelta(1)).day == 1)
    known = IncidentQuery(start=query.start, end=query.end, event_types=query.event_types)
    return events.rolled and step in {Step.MONTH, Step.YEAR} and whole and query == known


def _from_months(query: IncidentQuery, *, by_actor: bool) -> Question:
    """An interval touches a window of whole months when its months do; side 1 is there once for each row."""
    listed = f"event_type IN ({', '.join('?' * len(query.event_types))})"
    conditions = [
        Question("TRUE" if by_actor else "side = 1"),
        *([Question("last_month >= ?", (_number_of(query.start, Step.MONTH),))] if query.start else []),
        *([Question("first_month <= ?", (_number_of(query.end, Step.MONTH),))] if query.end else []),
        *([Question(listed, query.event_types)] if query.event_types else []),
    ]
    return Question(
        f"months WHERE {' AND '.join(each.sql for each in conditions)}",
        tuple(value for each in conditions for value in each.values),
    )


def _touched(spans: pa.Table, query: IncidentQuery, step: Step, *, by_actor: bool) -> pa.Table:
    """Counts of each step from counts of first and last steps."""
    first, last = _clipped(_numbers(spans["first_step"], step), _numbers(spans["last_step"], step), query, step)
    length = np.maximum(last - first + 1, 0)
    names = spans["actor"].combine_chunks().dictionary_encode() if by_actor else None
    actor = names.indices.to_numpy().astype(np.int64) if names else np.zeros(len(first), np.int64)
    offset = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    steps = np.repeat(first, length) + offset
    lowest = int(steps.min(initial=_FAR))
    width = int(steps.max(initial=lowest)) - lowest + 1
    keys, counts = _counted(
        np.repeat(actor, length) * width + steps - lowest, np.repeat(spans["counted"].to_numpy(), length),
    )
    table = pa.table({"start": pa.array(_day(keys % width + lowest, step)).cast(pa.date32()), "events": counts})
    if names is None:
        return table
    named = table.add_column(0, "actor", names.dictionary.take(pa.array(keys // width)))
    return named.sort_by([("actor", "ascending"), ("start", "ascending")])


def _counted(keys: NDArray[np.int64], events: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The sum of each key, in their order; by a list of all that there may be, unless most of it were empty."""
    if keys.max(initial=0) < _DENSE:
        sums = np.bincount(keys, events).astype(np.int64)
        filled = np.flatnonzero(sums)
        return filled, sums[filled]
    unique, where = np.unique(keys, return_inverse=True)
    return unique, np.bincount(where, events, len(unique)).astype(np.int64)


def _clipped(
    first: NDArray[np.int64], last: NDArray[np.int64], query: IncidentQuery, step: Step,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Steps outside the window are not told."""
    if query.start:
        first = np.maximum(first, _number_of(query.start, step))
    if query.end:
        last = np.minimum(last, _number_of(query.end, step))
    return first, last


def _numbers(ends: pa.ChunkedArray, step: Step) -> NDArray[np.int64]:
    """Steps from what the engine found them by: days, or months counted from January 1970."""
    if step in {Step.DAY, Step.WEEK}:
        return _number(ends.to_numpy(), step)
    months: NDArray[np.int64] = ends.to_numpy().astype(np.int64)
    return months // (12 if step is Step.YEAR else 1)


def _number_of(day: date, step: Step) -> int:
    return int(_number(np.array([day], "datetime64[D]"), step)[0])


def _number(days: NDArray[np.datetime64], step: Step) -> NDArray[np.int64]:
    """The steps of days, counted on without gaps."""
    if step is Step.WEEK:
        return (days.astype("datetime64[D]").astype(np.int64) + _THURSDAY) // 7
    return days.astype(f"datetime64[{_UNIT[step]}]").astype(np.int64)


def _day(numbers: NDArray[np.int64], step: Step) -> NDArray[np.datetime64]:
    """The first days of steps."""
    if step is Step.WEEK:
        return (numbers * 7 - _THURSDAY).astype("datetime64[D]")
    return numbers.astype(f"datetime64[{_UNIT[step]}]").astype("datetime64[D]")
