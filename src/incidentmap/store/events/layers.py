"""Event rows by the layer that the map draws them in: that of the actor who leads them, if it has one.

The first actor of a row leads it, else the second; a table says of none of them that he did it. The most frequent leaders have
a layer of their own, which the caller names; all other rows are in one more, whose name here is empty.
"""

from dataclasses import dataclass

import pyarrow as pa

from incidentmap.model import IncidentQuery
from incidentmap.store.events.asked import Asks, Question, rows_asked

LEADER = "coalesce(actor1_key, actor2_key)"
_FACTS = (
    "CAST(count(*) AS BIGINT) AS events, CAST(sum(CASE WHEN lon IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS unplaced,"
    " CAST(sum(CASE WHEN date_start IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS undated,"
    " CAST(sum(CASE WHEN date_precision <> 'day' THEN 1 ELSE 0 END) AS BIGINT) AS about,"
    " min(date_start) AS first_day, max(date_end) AS last_day"
)
_WITHIN = "place_key IN (SELECT place_key FROM region_places WHERE region = ?)"


@dataclass(frozen=True, slots=True)
class Layers:
    """The leaders that have a layer, and the layers that are switched off; the empty name is that of all others."""

    leaders: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()


EVERY = Layers()
"""Nothing is switched off."""


def facts(events: Asks, query: IncidentQuery, region: str | None = None) -> pa.Table:
    """What there is of each leader, the most rows first: `leader` (null where nobody is named), `events`...

    Of these `unplaced` have no point, `undated` no date and `about` a date that is not known to the day; `inside` lie in the
    region, 0 without one. `first_day` and `last_day` are those of all dated rows, null without any.
    """
    asked = rows_asked(events, query)
    if region:
        events.prepare_region(region)
    inside = Question(f"CAST(sum(CASE WHEN {_WITHIN} THEN 1 ELSE 0 END) AS BIGINT)", (region,)) if region else Question("0")
    return events.ask(Question(
        f"SELECT CAST({LEADER} AS STRING) AS leader, {_FACTS}, {inside.sql} AS inside FROM events"  # noqa: S608 - our names
        f" WHERE {asked.sql} GROUP BY {LEADER} ORDER BY events DESC, leader NULLS LAST", (*inside.values, *asked.values),
    ))


def rows_shown(events: Asks, query: IncidentQuery, layers: Layers = EVERY) -> Question:
    """The condition that rows fulfil that a query asks for and whose layer is not switched off."""
    asked = rows_asked(events, query)
    on = _switched_on(layers)
    return Question(f"{asked.sql} AND {on.sql}", (*asked.values, *on.values)) if on else asked


def layer_of(leaders: tuple[str, ...]) -> Question:
    """The name of a row's layer, never NULL."""
    if not leaders:
        return Question("''")
    return Question(f"CASE WHEN {LEADER} IN ({_places(leaders)}) THEN CAST({LEADER} AS STRING) ELSE '' END", leaders)


def _switched_on(layers: Layers) -> Question | None:
    hidden = tuple(sorted(layers.hidden & set(layers.leaders)))
    if "" in layers.hidden:
        shown = tuple(leader for leader in layers.leaders if leader not in layers.hidden)
        return Question(f"{LEADER} IN ({_places(shown)})", shown) if shown else Question("FALSE")
    return Question(f"NOT coalesce({LEADER} IN ({_places(hidden)}), FALSE)", hidden) if hidden else None


def _places(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
