"""What screens ask of event rows: how many, a page of them, points for the map, and counts by cell, actor, unit and place.

Each takes one `IncidentQuery` and gives an Arrow table in a total order, the same from the cache, the parts or another engine.
Unknown values are null in it, and groups of their own. Histograms stand in :mod:`.histogram`, victims in :mod:`.casualties`.
"""

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from incidentmap.model import BadValue, IncidentQuery
from incidentmap.store.events.asked import Asks, Question, rows_asked

POINT_LIMIT = 2_000
"""Points that a map still shows one by one."""
_FINEST = 7
"""Resolution of the cells that rows have."""
_UNITS = ("country", "admin1", "admin2", "admin3")
_POINT = (
    "event_id, lon, lat, radius_km, date_start, date_end, CAST(event_type AS STRING) AS event_type, place,"
    " CAST(country AS STRING) AS country,"
    " CAST(actor1_key AS STRING) AS actor1_key, CAST(actor2_key AS STRING) AS actor2_key, geo_precision,"
    " killed_low, killed_best, killed_high"
)
_ROW = (
    "event_id, source, source_id, file_row, date_start, date_end, date_precision, CAST(event_type AS STRING) AS event_type,"
    " sub_event_type, CAST(country AS STRING) AS country, CAST(admin1 AS STRING) AS admin1, CAST(admin2 AS STRING) AS admin2,"
    " admin3, place, lon, lat, radius_km, where_prec, geo_precision, located,"
    " actor1, actor2, actor1_id, actor2_id, killed_low, killed_best, killed_high, wounded_low, wounded_best, wounded_high,"
    " notes, sources, url, warnings, snapshot"
)


class Order(StrEnum):
    """Which rows come first; what is unknown comes last, and ids part what is equal."""

    LATEST = "latest"
    EARLIEST = "earliest"
    DEADLIEST = "deadliest"
    """Most killed by the best figure, the later first where these are equal."""


_ORDERS = {
    Order.LATEST: "date_start DESC NULLS LAST, event_id",
    Order.EARLIEST: "date_start ASC NULLS LAST, event_id",
    Order.DEADLIEST: "killed_best DESC NULLS LAST, date_start DESC NULLS LAST, event_id",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """Some of the rows that a query asks for.

    Parameters
    ----------
    rows
        In the order of `order`.
    total
        How many the query asks for; `rows` are the first `limit` of these, from `first` on.
    """

    rows: pa.Table
    order: Order
    first: int
    limit: int
    total: int


def count(events: Asks, query: IncidentQuery) -> int:
    """How many rows a query asks for."""
    asked = rows_asked(events, query)
    return _number(events.ask(Question(f"{_COUNT} WHERE {asked.sql}", asked.values)))


def page(
    events: Asks, query: IncidentQuery, *, first: int = 0, size: int = 50, order: Order = Order.LATEST,
) -> Shown:
    """Rows with everything a list shows of them, from the `first` on (counted from 0); ranked by id, texts fetched after."""
    if first < 0 or size < 1:
        raise BadValue("page of rows", f"{size} rows from {first} on", "a first row of 0 or more and a size of 1 or more")
    return _shown(events, rows_asked(events, query), _ROW, order=order, first=first, limit=size)


def points(
    events: Asks, query: IncidentQuery, *, limit: int = POINT_LIMIT, order: Order = Order.LATEST,
) -> Shown:
    """The rows with a point that the map shows one by one: the first `limit` by `order`, of `total` that have one."""
    asked = rows_asked(events, query)
    with_point = Question(f"{asked.sql} AND lon IS NOT NULL AND lat IS NOT NULL", asked.values)
    return _shown(events, with_point, _POINT, order=order, first=0, limit=limit)


def hexagons(events: Asks, query: IncidentQuery, resolution: int) -> pa.Table:
    """How many rows lie in each H3 cell: `cell`, `events`. A cell is the parent of the cell of a row's point.

    The parent is found by arithmetic: what a cell has below its parent is all ones there, and the resolution stands in bits
    52 to 55.
    """
    if not 0 <= resolution <= _FINEST:
        raise BadValue("resolution of H3 cells", resolution, f"0 to {_FINEST}")
    asked = rows_asked(events, query)
    below = 8 ** (15 - resolution)
    raised = below - 1 - ((_FINEST - resolution) << 52)
    return events.ask(Question(
        f"SELECT h3 - h3 % {below} + {raised} AS cell, CAST(count(*) AS BIGINT) AS events FROM events"  # noqa: S608 - numbers
        f" WHERE {asked.sql} AND h3 IS NOT NULL GROUP BY h3 - h3 % {below} ORDER BY cell", asked.values,
    ))


def squares(events: Asks, query: IncidentQuery, size: float) -> pa.Table:
    """How many rows lie in each square of a grid: `column`, `row`, `events`.

    A square of `size` degrees reaches from `column * size - 180` east and `row * size - 90` north on.
    """
    if not 0 < size <= 90:
        raise BadValue("size of grid squares", size, "more than 0 and at most 90 degrees")
    asked = rows_asked(events, query)
    return events.ask(Question(
        "SELECT CAST(floor((lon + 180) / ?) AS BIGINT) AS gx, CAST(floor((lat + 90) / ?) AS BIGINT) AS gy,"  # noqa: S608
        f" CAST(count(*) AS BIGINT) AS events FROM events WHERE {asked.sql} AND lon IS NOT NULL AND lat IS NOT NULL"
        " GROUP BY 1, 2 ORDER BY 1, 2", (float(size), float(size), *asked.values),
    )).rename_columns(["column", "row", "events"])


def resolution_at(zoom: float) -> int:
    """The H3 resolution whose cells are about 40 pixels wide on a web map of 256-pixel tiles."""
    return min(_FINEST, max(0, round(0.712 * zoom - 1.06)))


def square_at(zoom: float) -> float:
    """Degrees of grid squares that are 32 pixels wide on a web map of 256-pixel tiles."""
    return float(min(90.0, 360 / 2 ** (zoom + 3)))


def by_actor(events: Asks, query: IncidentQuery) -> pa.Table:
    """In how many rows each actor is, the most first: `actor`, `events`. A row counts once for each of its actors."""
    asked = rows_asked(events, query)
    return events.ask(Question(
        f"SELECT CAST(actor AS STRING) AS actor, CAST(count(*) AS BIGINT) AS events FROM ({parts_taken(asked.sql)}) AS parts"  # noqa: S608
        " WHERE actor IS NOT NULL GROUP BY actor ORDER BY events DESC, actor", asked.values * 2,
    ))


def parts_taken(condition: str) -> str:
    """SQL of the parts that actors take in the rows of a condition, which stands in it twice: each actor once a row.

    The part of side 1 is there for every row, without an actor if need be; that of side 2 only if it is another actor's.
    """
    columns = "event_type, date_start, date_end, first_month, last_month FROM events WHERE"
    return (
        f"SELECT actor1_key AS actor, 1 AS side, {columns} {condition} UNION ALL SELECT actor2_key, 2, {columns} {condition}"
        " AND actor2_key IS NOT NULL AND (actor1_key IS NULL OR actor1_key <> actor2_key)"
    )


def by_admin(events: Asks, query: IncidentQuery, level: int) -> pa.Table:
    """How many rows each unit has, the most first: `country`, `admin1`... down to `level` (0 to 3), `events`."""
    if level not in range(len(_UNITS)):
        raise BadValue("administrative level", level, "0 to 3")
    asked, units = rows_asked(events, query), _UNITS[: level + 1]
    told = ", ".join(f"CAST({unit} AS STRING) AS {unit}" for unit in units)
    ordered = ", ".join(f"{unit} ASC NULLS LAST" for unit in units)
    return events.ask(Question(
        f"SELECT {told}, events FROM (SELECT {', '.join(units)}, CAST(count(*) AS BIGINT) AS events FROM events"  # noqa: S608
        f" WHERE {asked.sql} GROUP BY {', '.join(units)}) AS counted ORDER BY events DESC, {ordered}", asked.values,
    ))


def by_place(events: Asks, query: IncidentQuery, *, limit: int = POINT_LIMIT) -> pa.Table:
    """How many rows each place has, the most first, up to `limit`: `place_key`, `place`, `lon`, `lat`, `events`."""
    asked = rows_asked(events, query)
    return events.ask(Question(
        "SELECT places.place_key, places.place, places.lon, places.lat, counted.events FROM"  # noqa: S608
        f" (SELECT place_key, CAST(count(*) AS BIGINT) AS events FROM events WHERE {asked.sql} GROUP BY place_key) AS counted"
        " JOIN places ON places.place_key = counted.place_key ORDER BY events DESC, places.place_key LIMIT ?",
        (*asked.values, limit),
    ))


_COUNT = "SELECT CAST(count(*) AS BIGINT) AS events FROM events"


def _shown(events: Asks, asked: Question, columns: str, *, order: Order, first: int, limit: int) -> Shown:
    """Both engines rank by the columns of the order alone and read the others, long texts too, of the rows that are left."""
    total = _number(events.ask(Question(f"{_COUNT} WHERE {asked.sql}", asked.values)))
    rows = events.ask(Question(
        f"SELECT {columns} FROM events WHERE {asked.sql} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?",  # noqa: S608 - our names
        (*asked.values, limit, first),
    ))
    return Shown(rows, order, first, limit, total)


def _number(table: pa.Table) -> int:
    number: int = table.column(0)[0].as_py()
    return number
