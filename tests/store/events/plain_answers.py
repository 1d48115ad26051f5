"""The questions of event rows answered by pandas, row by row and plainly: what the real answers are held against."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import h3
import pandas as pd

from incidentmap.model import (
    Claim,
    ClaimField,
    Incident,
    IncidentQuery,
    LayerRole,
    Scope,
    Span,
    Stance,
    Status,
    Step,
    Total,
    TotalRule,
    all_totals,
    lies_in,
)
from incidentmap.store.events.layers import Layers
from incidentmap.store.fold import fold_text

Row = dict[Hashable, Any]
REGIONS = {"west": (-30.0, 0.0), "east": (0.0, 40.0)}
"""Made-up regions: from one degree east to another."""
BOUNDS = ("low", "best", "high")


def selected(rows: pd.DataFrame, query: IncidentQuery) -> pd.DataFrame:
    return rows[[_asked(row, query) for row in rows.to_dict("records")]] if len(rows) else rows


def _asked(row: Row, query: IncidentQuery) -> bool:
    start, end, lon, lat, precision = (row[name] for name in ("date_start", "date_end", "lon", "lat", "geo_precision"))
    words = fold_text(" ".join(str(row[name]) for name in ("place", "admin1", "actor1", "actor2", "notes") if row[name]))
    if precision is None and row["where_prec"] is not None:
        precision = min(3, row["where_prec"])
    return all((
        query.start is None or (end is not None and end >= query.start),
        query.end is None or (start is not None and start <= query.end),
        not query.actors or bool(actors_of(row) & set(query.actors)),
        not actors_of(row) & set(query.not_actors),
        not query.sources or row["source"] in query.sources,
        not query.event_types or row["event_type"] in query.event_types,
        query.region is None or (lon is not None and REGIONS[query.region][0] <= lon < REGIONS[query.region][1]),
        query.bbox is None or (
            lon is not None and query.bbox[0] <= lon <= query.bbox[2] and query.bbox[1] <= lat <= query.bbox[3]
        ),
        not query.area or (lon is not None and lies_in(query.area, lon, lat)),
        query.worst_precision is None or (precision is not None and precision <= query.worst_precision),
        all(word in words for word in fold_text(query.text).split()),
        not query.statuses or Status.IMPORTED in query.statuses,
    ))


def actors_of(row: Row) -> set[str]:
    return {row["actor1_id"] or row["actor1"], row["actor2_id"] or row["actor2"]} - {None}


def ranked(rows: pd.DataFrame, order: str) -> list[str]:
    def key(row: Row) -> tuple[Any, ...]:
        start, place = row["date_start"], row["place"]
        killed = next((row[name] for name in ("killed_best", "killed_high", "killed_low") if row[name] is not None), None)
        day = (start is None, start.toordinal() if start else 0)
        latest = (day[0], -day[1])
        deadliest = (killed is None, -killed if killed is not None else 0, *latest)
        by_place = (place is None, place or "", *latest)
        return (*{"latest": latest, "earliest": day, "deadliest": deadliest, "place": by_place}[order], row["event_id"])

    return [row["event_id"] for row in sorted(rows.to_dict("records"), key=key)]


def actors_counted(rows: pd.DataFrame) -> Counter[str]:
    return Counter(actor for row in rows.to_dict("records") for actor in actors_of(row))


def parents(rows: pd.DataFrame, resolution: int) -> Counter[int]:
    cells = rows["h3"].dropna()
    return Counter(h3.str_to_int(h3.cell_to_parent(h3.int_to_str(int(cell)), resolution)) for cell in cells)


def steps_touched(
    rows: pd.DataFrame, query: IncidentQuery, step: Step, groups: Callable[[Row], Iterable[str | None]],
) -> Counter[tuple[str | None, date]]:
    """Day by day through each interval, once for each group that a row is in."""
    counted: Counter[tuple[str | None, date]] = Counter()
    first_of_all, last_of_all = query.start or date.min, query.end or date.max
    for row in rows.to_dict("records"):
        if row["date_start"] is None:
            continue
        days = _days(max(row["date_start"], first_of_all), min(row["date_end"], last_of_all))
        starts = {_first_day(day, step) for day in days}
        for group in groups(row):
            counted.update((group, start) for start in starts)
    return counted


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(number) for number in range((end - start).days + 1))


def _first_day(day: date, step: Step) -> date:
    return {
        Step.DAY: day, Step.WEEK: day - timedelta(day.weekday()), Step.MONTH: day.replace(day=1),
        Step.YEAR: day.replace(month=1, day=1),
    }[step]


def victims_summed(rows: pd.DataFrame, rule: TotalRule) -> tuple[Total, ...]:
    """By the rules for incidents: each row is one, with its figures as claims of its source."""
    return all_totals([_as_incident(row) for row in rows.to_dict("records")], rule)


def _as_incident(row: Row) -> Incident:
    nothing = Span(0, 0, "")
    parts = (("killed", ClaimField.KILLED, ""), ("civilians_killed", ClaimField.KILLED, "civilians"),
             ("wounded", ClaimField.WOUNDED, ""))
    claims = tuple(
        Claim(row["source"], "", Stance.REPORTS, field, subject, "", low, best, high, hedged=False, scope=Scope.INCIDENT,
              span=nothing, report=row["event_id"])
        for name, field, subject in parts for low, best, high in [[row[f"{name}_{bound}"] for bound in BOUNDS]]
    )
    return Incident(row["event_id"], row["event_id"], "", "", None, None, nothing, None, (), claims, Status.IMPORTED, ())


def level_of(row: Row) -> int:
    """The finest administrative level at which a row's place is known."""
    ucdp = {1: 2, 2: 2, 3: 2, 4: 1}
    told: int | None = row["where_prec"]
    if told is not None:
        return ucdp.get(told, 0)
    return 1 if row["geo_precision"] == 3 else 2


def known_within(row: Row, km: float) -> bool:
    """Whether a row's place is a point, known to so many kilometres."""
    precision: int | None = row["geo_precision"] or (min(row["where_prec"], 3) if row["where_prec"] else None)
    radius = row["radius_km"] if row["radius_km"] is not None else 5.0 if precision == 1 else 25.0
    return precision in {None, 1, 2} and radius <= km


def leader_of(row: Row, role: LayerRole) -> str | None:
    """Who leads a row: what a directed source says, else one side after the other."""
    first, second = (row[f"{side}_id"] or row[side] for side in ("actor1", "actor2"))
    if role is LayerRole.CLAIMANT:
        leader = row["source"]
    elif row["side_roles"] == "actor1 acts on actor2":
        leader = first if role is LayerRole.ATTACKER else second
    else:
        sides = [*dict.fromkeys(each for each in (first, second) if each), None, None]
        leader = sides[0 if role is LayerRole.ATTACKER else 1]
    return str(leader) if leader else None


def layer_of(row: Row, layers: Layers) -> str:
    leader = leader_of(row, layers.role)
    return leader if leader in layers.leaders else ""
