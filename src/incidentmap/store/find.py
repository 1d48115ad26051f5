"""An `IncidentQuery` as SQL. Only this module's own text becomes SQL; every value is bound."""

import json
import sqlite3
from dataclasses import dataclass
from functools import lru_cache

from incidentmap.model import REPORTS, IncidentQuery
from incidentmap.store.area import area_sql
from incidentmap.store.fold import fold_text

_SELECT = "SELECT i.id FROM incidents AS i LEFT JOIN locations AS l ON l.incident = i.id"
_TAKING_PART = "(SELECT incident FROM actor_roles WHERE id IN (SELECT value FROM json_each(?)))"
_ORDER = "ORDER BY i.date_start IS NULL, i.date_start, i.id"


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with the values of its placeholders."""

    sql: str
    values: tuple[str | int | float, ...]


def find_incidents(query: IncidentQuery) -> Statement:
    """The ids of the incidents that a query asks for, by first day and id, undated ones last."""
    conditions = [
        *_window(query),
        *_any_of(f"i.id IN {_TAKING_PART}", query.actors),
        *_any_of(f"i.id NOT IN {_TAKING_PART}", query.not_actors),
        *_any_of("i.event_type IN (SELECT value FROM json_each(?))", query.event_types),
        *_any_of("i.status IN (SELECT value FROM json_each(?))", query.statuses),
        *([Statement("FALSE", ())] if query.sources and REPORTS not in query.sources else []),
        *_where(query),
        *(Statement("instr(i.searched, ?) > 0", (word,)) for word in fold_text(query.text).split()),
    ]
    where = " AND ".join(condition.sql for condition in conditions) or "TRUE"
    values = tuple(value for condition in conditions for value in condition.values)
    return Statement(f"{_SELECT} WHERE {where} {_ORDER}", values)


def find_reports_naming(connection: sqlite3.Connection, name: str) -> tuple[str, ...]:
    """Ids of the reports in which a place name may stand: as a place that was read there, a doubt, or to the letter."""
    sql = (
        "SELECT DISTINCT report, span_quote AS words FROM mentions WHERE kind = 'place'"
        " UNION SELECT origin, name FROM questions WHERE report <> ''"
    )
    bare = _letters(name)
    told = {row["report"] for row in connection.execute(sql) if bare in _letters(row["words"])}
    exact = {row["id"] for row in connection.execute("SELECT id FROM reports WHERE instr(text, ?) > 0", (name,))}
    return tuple(sorted(told | exact))


@lru_cache(maxsize=1 << 16)
def _letters(name: str) -> str:
    return "".join(char for char in fold_text(name) if char.isalnum())


def _window(query: IncidentQuery) -> list[Statement]:
    """Two intervals of days touch when each starts before the other ends; NULL (undated) compares to nothing."""
    after = [Statement("i.date_end >= ?", (query.start.isoformat(),))] if query.start else []
    before = [Statement("i.date_start <= ?", (query.end.isoformat(),))] if query.end else []
    return [*after, *before]


def _where(query: IncidentQuery) -> list[Statement]:
    region = "i.id IN (SELECT incident FROM incident_regions WHERE region = ?)"
    west, south, east, north = query.bbox or (0.0, 0.0, 0.0, 0.0)
    bbox = Statement("l.lon BETWEEN ? AND ? AND l.lat BETWEEN ? AND ?", (west, east, south, north))
    return [
        *([Statement(region, (query.region,))] if query.region else []),
        *([bbox] if query.bbox else []),
        *([Statement(*area_sql(query.area, "l.lon", "l.lat"))] if query.area else []),
        *([Statement("l.geo_precision <= ?", (query.worst_precision,))] if query.worst_precision else []),
    ]


def _any_of(sql: str, allowed: tuple[str, ...]) -> list[Statement]:
    """One bound JSON list, so that SQLite's limit on placeholders does not matter."""
    return [Statement(sql, (json.dumps(allowed),))] if allowed else []
