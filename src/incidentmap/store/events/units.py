"""Event rows by area, and by square of a grid: what a map counts of rows that are too many to be drawn.

A row counts in a unit if its point lies there and its place is known that finely: what is known no finer than a region is in
none of the region's cercles. What is left out is told, never lost: known less finely, or nowhere inside a unit.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from incidentmap.model import AREAS, BadValue, IncidentQuery, Shows, Total, TotalRule
from incidentmap.store.events.asked import PRECISION, Asks, Question, rows_asked
from incidentmap.store.events.casualties import Group, totals_by_group
from incidentmap.store.events.layers import Layers, layer_of, rows_shown

LEVEL = (
    "CASE WHEN where_prec IS NOT NULL THEN CASE WHEN where_prec <= 3 THEN 2 WHEN where_prec = 4 THEN 1 ELSE 0 END"
    " WHEN geo_precision = 3 THEN 1 ELSE 2 END"
)
"""As :attr:`incidentmap.model.Location.level`."""
_KM_OF_DEGREE = 111.32
_UNIT = "events JOIN (SELECT place_key AS unit_place, unit_{what} AS unit FROM places) AS units ON unit_place = place_key"
_ROWS = {
    Shows.ADMIN1: _UNIT.format(what=Shows.ADMIN1), Shows.ADMIN2: _UNIT.format(what=Shows.ADMIN2),
    Shows.DRAWN: "(SELECT *, '' AS unit FROM events) AS drawn",
}
"""The rows, each with its area: the unit in which its point lies (null without one), or the one that was drawn."""
Square = tuple[int, int]
K = TypeVar("K", str, Square)


@dataclass(frozen=True, slots=True)
class Counted(Generic[K]):
    """How many rows each area or square has, by layer (see :mod:`.layers`); what is left out is of layers switched on.

    Parameters
    ----------
    areas
        By id of the unit, or column and row of the square.
    coarser, elsewhere
        Rows with a place that are in none: known less finely, or where there is no unit.
    """

    areas: dict[K, dict[str, int]]
    coarser: int
    elsewhere: int = 0


def by_area(events: Asks, query: IncidentQuery, what: Shows, layers: Layers) -> Counted[str]:
    """The rows of a query by area, of one of :data:`incidentmap.model.AREAS`."""
    area = _Area("unit", f"{LEVEL} >= {AREAS[what]}", _ROWS[what])
    told = _counts(events, area, rows_asked(events, query), layers)
    areas = _areas((unit, layer, number) for unit, layer, fine, number in told if fine and unit is not None)
    shown = [(unit, fine, number) for unit, layer, fine, number in told if layer not in layers.hidden]
    return Counted(
        areas, coarser=sum(number for _, fine, number in shown if not fine),
        elsewhere=sum(number for unit, fine, number in shown if fine and unit is None),
    )


def area_totals(
    events: Asks, query: IncidentQuery, rule: TotalRule, what: Shows, layers: Layers,
) -> dict[str, tuple[int, tuple[Total, ...]]]:
    """How many rows of layers switched on each area has, and their totals, by its id."""
    group = Group("unit", f"unit IS NOT NULL AND lon IS NOT NULL AND {LEVEL} >= {AREAS[what]}", _ROWS[what])
    return totals_by_group(events, rows_shown(events, query, layers), rule, (group,))


def by_square(events: Asks, query: IncidentQuery, size: float, layers: Layers) -> Counted[Square]:
    """The rows of a query by square of a grid: a square reaches from `column * size - 180` east, `row * size - 90` north on.

    Rows whose place is known to a greater radius than a square is high are in none.
    """
    if not 0 < size <= 90:
        raise BadValue("size of grid squares", size, "more than 0 and at most 90 degrees")
    told = _counts(events, _Area(_square_sql(size), _fine_sql(size * _KM_OF_DEGREE)), rows_asked(events, query), layers)
    areas = _areas((_square(name), layer, number) for name, layer, fine, number in told if fine)
    return Counted(areas, sum(number for _, layer, fine, number in told if not fine and layer not in layers.hidden))


@dataclass(frozen=True, slots=True)
class _Area:
    """SQL of the name of a row's area, of whether its place is known finely enough for one, and of the rows."""

    name: str
    fine: str
    rows: str = "events"


def _counts(events: Asks, area: _Area, asked: Question, layers: Layers) -> list[tuple[str, str, bool, int]]:
    """Area, layer, whether known finely enough, and how many rows with a place."""
    layer = layer_of(layers)
    told = events.ask(Question(
        f"SELECT {area.name} AS area, {layer.sql} AS layer, {area.fine} AS fine, CAST(count(*) AS BIGINT) AS events"  # noqa: S608
        f" FROM {area.rows} WHERE {asked.sql} AND lon IS NOT NULL AND lat IS NOT NULL"
        " GROUP BY 1, 2, 3 ORDER BY 1 NULLS LAST, 2, 3", (*layer.values, *asked.values),
    ))
    return list(zip(*(told[name].to_pylist() for name in ("area", "layer", "fine", "events")), strict=True))


def _areas(told: Iterable[tuple[K, str, int]]) -> dict[K, dict[str, int]]:
    areas: dict[K, dict[str, int]] = {}
    for area, layer, number in told:
        areas.setdefault(area, {})[layer] = number
    return areas


def _square_sql(size: float) -> str:
    """Column and row of the square in which a row's point lies, as `12:7`."""
    column, row = (f"CAST(CAST(floor(({axis}) / {size!r}) AS BIGINT) AS STRING)" for axis in ("lon + 180", "lat + 90"))
    return f"concat({column}, ':', {row})"


def _fine_sql(km: float) -> str:
    """Known as a point, to so many kilometres; without a radius, the largest that the codebooks have, as where it is drawn."""
    radius = f"coalesce(radius_km, CASE {PRECISION} WHEN 1 THEN 5 ELSE 25 END)"
    return f"coalesce({PRECISION}, 1) <= 2 AND {radius} <= {km!r}"


def _square(name: str) -> Square:
    column, row = name.split(":")
    return int(column), int(row)
