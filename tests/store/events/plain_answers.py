"""The questions of event rows answered by pandas, row by row and plainly: what the real answers are held against."""

from collections import Counter
from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from typing import Any

import h3
import pandas as pd

from incidentmap.model import IncidentQuery, Status
from incidentmap.store.events.casualties import Casualties, FigureRule, Victims
from incidentmap.store.events.histogram import Step
from incidentmap.store.fold import fold_text

Row = dict[Hashable, Any]
REGIONS = {"west": (-30.0, 0.0), "east": (0.0, 40.0)}
"""Made-up regions: from one degree east to another."""


def selected(rows: pd.DataFrame, query: IncidentQuery) -> pd.DataFrame:
    return rows[[_asked(row, query) for row in rows.to_dict("records")]] if len(rows) else rows


def _asked(row: Row, query: IncidentQuery) -> bool:
    start, end, lon, lat, precision = (row[name] for name in ("date_start", "date_end", "lon", "lat", "geo_precision"))
    words = fold_text(" ".join(str(row[name]) for name in ("place", "admin1", "actor1", "actor2", "notes") if row[name]))
    unreviewed = not query.statuses or {Status.DRAFT, Status.CONFIRMED} <= set(query.statuses)
    return all((
        query.start is None or (end is not None and end >= query.start),
        query.end is None or (start is not None and start <= query.end),
        not query.actors or bool(_actors(row) & set(query.actors)),
        not query.event_types or row["event_type"] in query.event_types,
        query.region is None or (lon is not None and REGIONS[query.region][0] <= lon < REGIONS[query.region][1]),
        query.bbox is None or (
            lon is not None and query.bbox[0] <= lon <= query.bbox[2] and query.bbox[1] <= lat <= query.bbox[3]
        ),
        query.worst_precision is None or (precision is not None and precision <= query.worst_precision),
        all(word in words for word in fold_text(query.text).split()),
        unreviewed,
    ))


def _actors(row: Row) -> set[str]:
    return {row["actor1_id"] or row["actor1"], row["actor2_id"] or row["actor2"]} - {None}


def ranked(rows: pd.DataFrame, order: str) -> list[str]:
    def key(row: Row) -> tuple[Any, ...]:
        start, killed = row["date_start"], row["killed_best"]
        day = (start is None, start.toordinal() if start else 0)
        latest = (day[0], -day[1])
        deadliest = (killed is None, -killed if killed is not None else 0, *latest)
        return (*{"latest": latest, "earliest": day, "deadliest": deadliest}[order], row["event_id"])

    return [row["event_id"] for row in sorted(rows.to_dict("records"), key=key)]


def actors_counted(rows: pd.DataFrame) -> Counter[str]:
    return Counter(actor for row in rows.to_dict("records") for actor in _actors(row))


def parents(rows: pd.DataFrame, resolution: int) -> Counter[int]:
    cells = rows["h3"].dropna()
    return Counter(h3.str_to_int(h3.cell_to_parent(h3.int_to_str(int(cell)), resolution)) for cell in cells)


def steps_touched(rows: pd.DataFrame, query: IncidentQuery, step: Step, *, by_actor: bool) -> Counter[tuple[str | None, date]]:
    """Day by day through each interval."""
    counted: Counter[tuple[str | None, date]] = Counter()
    first_of_all, last_of_all = query.start or date.min, query.end or date.max
    for row in rows.to_dict("records"):
        if row["date_start"] is None:
            continue
        days = _days(max(row["date_start"], first_of_all), min(row["date_end"], last_of_all))
        starts = {_first_day(day, step) for day in days}
        for actor in _actors(row) if by_actor else {None}:
            counted.update((actor, start) for start in starts)
    return counted


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(number) for number in range((end - start).days + 1))


def _first_day(day: date, step: Step) -> date:
    return {
        Step.DAY: day, Step.WEEK: day - timedelta(day.weekday()), Step.MONTH: day.replace(day=1),
        Step.YEAR: day.replace(month=1, day=1),
    }[step]


def victims_summed(rows: pd.DataFrame, rule: FigureRule, victims: Victims) -> Casualties:
    told = []
    for row in rows.to_dict("records"):
        low, best, high = (row[f"{victims}_{bound}"] for bound in ("low", "best", "high"))
        figures = [each for each in (low, best, high) if each is not None]
        if figures and (rule is not FigureRule.BEST or best is not None):
            least = 0 if low is None and best is None else min(figures)
            told.append((least, best, max(figures), high is None))
    low = sum(each[0] for each in told)
    best = sum(each[1] for each in told) if told and all(each[1] is not None for each in told) else None
    high = sum(each[2] for each in told)
    ends = {
        FigureRule.LOWEST: (low, low), FigureRule.HIGHEST: (high, high), FigureRule.ALL: (low, high),
        FigureRule.BEST: (best, best),
    }[rule]
    open_high = rule in {FigureRule.ALL, FigureRule.HIGHEST} and any(each[3] for each in told)
    return Casualties(
        victims, rule, ends[0] if told else None, best, ends[1] if told else None, open_high, len(told), len(rows) - len(told),
    )
