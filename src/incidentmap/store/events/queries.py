"""What screens ask of event rows: how many, a page of them, points for the map, and counts by cell, actor, unit and place.

Each takes one `IncidentQuery` and gives an Arrow table in a total order, the same from the cache, the parts or another engine.
Unknown values are null in it, and groups of their own. Histograms stand in :mod:`.histogram`, victims in :mod:`.casualties`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pyarrow as pa

from incidentmap.model import BadValue, BBox, IncidentQuery
from incidentmap.store.events.asked import Asks, Question, rows_asked
from incidentmap.store.events.layers import EVERY, Layers, layer_of, rows_shown

POINT_LIMIT = 2_000
"""Points that a map still shows one by one."""
_FINEST = 7
"""Resolution of the cells that rows have."""
_UNITS = ("country", "admin1", "admin2", "admin3")
_ROW = (
    "event_id, source, source_id, file_row, date_start, date_end, date_precision, CAST(event_type AS STRING) AS event_type,"
    " sub_event_type, CAST(country AS STRING) AS country, CAST(admin1 AS STRING) AS admin1, CAST(admin2 AS STRING) AS admin2,"
    " admin3, place, lon, lat, radius_km, where_prec, geo_precision, located,"
    " actor1, actor2, actor1_id, actor2_id, killed_low, killed_best, killed_high, civilians_killed_low, civilians_killed_best,"
    " civilians_killed_high, wounded_low, wounded_best, wounded_high, place_id, side_roles, notes, sources, url, warnings,"
    " snapshot"
)


class Order(StrEnum):
    """Which rows come first; what is unknown comes last, and ids part what is equal."""

    LATEST = "latest"
    EARLIEST = "earliest"
    DEADLIEST = "deadliest"
    """Most killed by the figure that is put forward, else the highest told, the later first where these are equal."""
    PLACE = "place"
    """By name, letter by letter; the later first of each place."""


_DAY, _ID, _KILLED = "date_start", "event_id", "coalesce(killed_best, killed_high, killed_low)"
_ORDERS = {
    Order.LATEST: ((_DAY, "DESC"), (_ID, "ASC")),
    Order.EARLIEST: ((_DAY, "ASC"), (_ID, "ASC")),
    Order.DEADLIEST: ((_KILLED, "DESC"), (_DAY, "DESC"), (_ID, "ASC")),
    Order.PLACE: (("place", "ASC"), (_DAY, "DESC"), (_ID, "ASC")),
}
"""The columns that rows are ranked by, and in which direction."""
Key = tuple[str | int | date | None, ...]
"""What stands in these columns."""


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


def count(events: Asks, query: IncidentQuery, layers: Layers = EVERY) -> int:
    """How many rows a query asks for."""
    asked = rows_shown(events, query, layers)
    return _number(events.ask(Question(f"{_COUNT} WHERE {asked.sql}", asked.values)))


def page(
    events: Asks, query: IncidentQuery, *, first: int = 0, size: int = 50, order: Order = Order.LATEST,
    layers: Layers = EVERY,
) -> Shown:
    """Rows with everything a list shows of them, from the `first` on (counted from 0); ranked by id, texts fetched after."""
    if first < 0 or size < 1:
        raise BadValue("page of rows", f"{size} rows from {first} on", "a first row of 0 or more and a size of 1 or more")
    return _shown(events, rows_shown(events, query, layers), order=order, first=first, limit=size)


def points(
    events: Asks, query: IncidentQuery, *, limit: int = POINT_LIMIT, order: Order = Order.LATEST,
) -> Shown:
    """The rows with a point that the map shows one by one: the first `limit` by `order`, of `total` that have one."""
    asked = rows_asked(events, query)
    with_point = Question(f"{asked.sql} AND lon IS NOT NULL AND lat IS NOT NULL", asked.values)
    return _shown(events, with_point, order=order, first=0, limit=limit)


def ranked_before(events: Asks, query: IncidentQuery, order: Order, key: Key, layers: Layers = EVERY) -> int:
    """How many rows of a query come before anything that has a key in the columns of an order: where it stands among them."""
    asked, before = rows_shown(events, query, layers), _before(_ORDERS[order], key)
    return _number(events.ask(Question(f"{_COUNT} WHERE {asked.sql} AND {before.sql}", (*asked.values, *before.values))))


def _before(columns: tuple[tuple[str, str], ...], key: Key) -> Question:
    """Before in the first column, or equal in it and before in the others. What is unknown is last in either direction."""
    (column, direction), value = columns[0], key[0]
    values = () if value is None else (value,)
    ahead, equal = f"{column} {'<' if direction == 'ASC' else '>'} ?", f"{column} = ?"
    if value is None:
        ahead, equal = f"{column} IS NOT NULL", f"{column} IS NULL"
    if len(columns) == 1:
        return Question(f"({ahead})", values)
    rest = _before(columns[1:], key[1:])
    return Question(f"({ahead} OR ({equal} AND {rest.sql}))", (*values, *values, *rest.values))


def hexagons(events: Asks, query: IncidentQuery, resolution: int) -> pa.Table:
    """How many rows lie in each H3 cell: `cell`, `events`. A cell is the parent of the cell of a row's point."""
    asked, parent = rows_asked(events, query), _parent(resolution)
    return events.ask(Question(
        f"SELECT {parent} AS cell, CAST(count(*) AS BIGINT) AS events FROM events"  # noqa: S608 - numbers
        f" WHERE {asked.sql} AND h3 IS NOT NULL GROUP BY {parent} ORDER BY cell", asked.values,
    ))


def hexagons_by_layer(events: Asks, query: IncidentQuery, resolution: int, layers: Layers) -> pa.Table:
    """The same by layer: `cell`, `layer` (see :mod:`.layers`), `events`."""
    asked, parent, layer = rows_asked(events, query), _parent(resolution), layer_of(layers)
    return events.ask(Question(
        f"SELECT {parent} AS cell, {layer.sql} AS layer, CAST(count(*) AS BIGINT) AS events FROM events"  # noqa: S608
        f" WHERE {asked.sql} AND h3 IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2", (*layer.values, *asked.values),
    ))


def _parent(resolution: int) -> str:
    """SQL of the parent of a row's cell, by arithmetic.

    What a cell has below its parent is all ones there, and the resolution stands in bits 52 to 55.
    """
    if not 0 <= resolution <= _FINEST:
        raise BadValue("resolution of H3 cells", resolution, f"0 to {_FINEST}")
    below = 8 ** (15 - resolution)
    return f"h3 - h3 % {below} + {below - 1 - ((_FINEST - resolution) << 52)}"


def row_bounds(events: Asks, query: IncidentQuery) -> BBox | None:
    """The box (west, south, east, north) that holds the points of all rows of a query, None without any."""
    asked = rows_asked(events, query)
    told = events.ask(Question(f"SELECT min(lon), min(lat), max(lon), max(lat) FROM events WHERE {asked.sql}", asked.values))  # noqa: S608
    west, south, east, north = (column[0].as_py() for column in told.columns)
    return None if west is None else (west, south, east, north)


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


def by_type(events: Asks, query: IncidentQuery) -> pa.Table:
    """How many rows are of each type, the most first: `event_type`, `events`."""
    asked = rows_asked(events, query)
    return events.ask(Question(
        "SELECT CAST(event_type AS STRING) AS event_type, CAST(count(*) AS BIGINT) AS events FROM events"  # noqa: S608
        f" WHERE {asked.sql} GROUP BY event_type ORDER BY events DESC, event_type NULLS LAST", asked.values,
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


def _shown(events: Asks, asked: Question, *, order: Order, first: int, limit: int) -> Shown:
    """Both engines rank by the columns of the order alone and read the others, long texts too, of the rows that are left."""
    total = _number(events.ask(Question(f"{_COUNT} WHERE {asked.sql}", asked.values)))
    ranked = ", ".join(f"{column} {direction} NULLS LAST" for column, direction in _ORDERS[order])
    rows = events.ask(Question(
        f"SELECT {_ROW} FROM events WHERE {asked.sql} ORDER BY {ranked} LIMIT ? OFFSET ?",  # noqa: S608 - our names
        (*asked.values, limit, first),
    ))
    return Shown(rows, order, first, limit, total)


def _number(table: pa.Table) -> int:
    number: int = table.column(0)[0].as_py()
    return number
