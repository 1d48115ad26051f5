"""An `IncidentQuery` as a condition on event rows: as :mod:`incidentmap.store.find` asks it of the case file.

The columns asked are those of the event row and five prepared ones, which :mod:`.cache` and a view on the parts both have:
`actor1_key` and `actor2_key` (id in the registry, else the name as written), `first_month` and `last_month` (of the interval of
days, counted from January 1970 as 0) and `searched` (words, folded).

A row of a table is not in review: nobody drafted, confirmed or rejected it here. Its status is `imported`, and so is that of
no incident of the case file.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

import pyarrow as pa

from incidentmap.model import Area, IncidentQuery, Status
from incidentmap.store.area import area_sql
from incidentmap.store.fold import fold_text

Bound = str | int | float | date
PRECISION = "coalesce(geo_precision, CASE WHEN where_prec <= 2 THEN where_prec WHEN where_prec > 2 THEN 3 END)"
"""As :attr:`incidentmap.model.Location.precision`."""


@dataclass(frozen=True, slots=True)
class Question:
    """SQL with the values of its placeholders, in the words that DuckDB and Spark SQL share.

    No function that only one of them has, no ST_*, no first(), a total order wherever there is one, counts and sums as BIGINT.
    """

    sql: str
    values: tuple[Bound, ...] = ()


class Asks(Protocol):
    """An engine with the views `events`, `places` and `region_places`, and `months` if it is rolled up."""

    @property
    def rolled(self) -> bool:
        """Whether there is a view `months`."""

    def ask(self, question: Question) -> pa.Table:
        """Its answer."""

    def prepare_region(self, region: str) -> None:
        """See that `region_places` has the places of a region."""

    def prepare_word(self, word: str) -> bool:
        """Whether `word_rows` has the rows with a word, by their `row_number`; else the words of each row are to be read."""


def rows_asked(events: Asks, query: IncidentQuery) -> Question:
    """The condition that the rows of a query fulfil, `TRUE` if all do; the region's places are seen to."""
    if query.region:
        events.prepare_region(query.region)
    conditions = [
        *_window(query.start, query.end), *_actors(query.actors),
        *_without(query.not_actors), *_any_of("event_type", query.event_types), *_where(query),
        *(_word(events, word) for word in fold_text(query.text).split()),
        *_any_of("source", query.sources),
        *([] if not query.statuses or Status.IMPORTED in query.statuses else [Question("FALSE")]),
    ]
    return Question(
        " AND ".join(condition.sql for condition in conditions) or "TRUE",
        tuple(value for condition in conditions for value in condition.values),
    )


def _word(events: Asks, word: str) -> Question:
    if events.prepare_word(word):
        return Question("row_number IN (SELECT row_number FROM word_rows WHERE word = ?)", (word,))
    return Question("instr(searched, ?) > 0", (word,))


def _window(start: date | None, end: date | None) -> list[Question]:
    """Two intervals of days touch when each starts before the other ends; NULL (undated) compares to nothing."""
    return [
        *([Question("date_end >= ?", (start,))] if start else []),
        *([Question("date_start <= ?", (end,))] if end else []),
    ]


def _actors(actors: tuple[str, ...]) -> list[Question]:
    if not actors:
        return []
    (first,), (second,) = _any_of("actor1_key", actors), _any_of("actor2_key", actors)
    return [Question(f"({first.sql} OR {second.sql})", (*first.values, *second.values))]


def _without(actors: tuple[str, ...]) -> list[Question]:
    """An actor that is not told is none of them."""
    if not actors:
        return []
    (either,) = _actors(actors)
    return [Question(f"NOT coalesce({either.sql}, FALSE)", either.values)]


def _where(query: IncidentQuery) -> list[Question]:
    region = "place_key IN (SELECT place_key FROM region_places WHERE region = ?)"
    west, south, east, north = query.bbox or (0.0, 0.0, 0.0, 0.0)
    return [
        *([Question(region, (query.region,))] if query.region else []),
        *([Question("lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?", (west, east, south, north))] if query.bbox else []),
        *([_area(query.area)] if query.area else []),
        *([Question(f"{PRECISION} <= ?", (query.worst_precision,))] if query.worst_precision else []),
    ]


def _area(area: Area) -> Question:
    """Asked of each place once: many rows have the same."""
    sql, values = area_sql(area, "lon", "lat")
    return Question(f"place_key IN (SELECT place_key FROM places WHERE {sql})", values)  # noqa: S608 - numbers are bound


def _any_of(column: str, allowed: tuple[str, ...]) -> list[Question]:
    return [Question(f"{column} IN ({', '.join('?' * len(allowed))})", allowed)] if allowed else []
