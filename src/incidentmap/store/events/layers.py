"""Event rows by the layer that the map draws them in: that of the actor who leads them in a role, if it has one.

Few tables say who attacked whom: of the others the first side stands for the attacker and the second for the target, as in
:class:`incidentmap.model.LayerRole`. The most frequent leaders have a layer of their own, which the caller names; all other
rows are in one more, whose name here is empty.
"""

from dataclasses import dataclass

import pyarrow as pa

from incidentmap.model import IncidentQuery, LayerRole, Portion
from incidentmap.store.events.asked import Asks, Question, rows_asked

DIRECTED = "coalesce(side_roles = 'actor1 acts on actor2', FALSE)"
"""Whether the source says who attacked whom."""
_LEADER = {
    LayerRole.ATTACKER: f"CASE WHEN {DIRECTED} THEN actor1_key ELSE coalesce(actor1_key, actor2_key) END",
    LayerRole.TARGET: f"CASE WHEN {DIRECTED} OR actor1_key <> actor2_key THEN actor2_key END",
    LayerRole.CLAIMANT: "source",
}
_FACTS = (
    "CAST(count(*) AS BIGINT) AS events, CAST(sum(CASE WHEN lon IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS unplaced,"
    " CAST(sum(CASE WHEN date_start IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS undated,"
    " CAST(sum(CASE WHEN date_precision <> 'day' THEN 1 ELSE 0 END) AS BIGINT) AS about,"
    " min(date_start) AS first_day, max(date_end) AS last_day"
)
_WITHIN = "place_key IN (SELECT place_key FROM region_places WHERE region = ?)"
_PORTIONS = {
    Portion.INSIDE: _WITHIN, Portion.OUTSIDE: f"lon IS NOT NULL AND NOT coalesce({_WITHIN}, FALSE)",
    Portion.UNPLACED: "lon IS NULL", Portion.ABOUT: "date_precision <> 'day'", Portion.UNDATED: "date_start IS NULL",
}


@dataclass(frozen=True, slots=True)
class Layers:
    """What of the rows is shown.

    Parameters
    ----------
    role
        As what actors lead rows.
    leaders, hidden
        Those who have a layer, and the layers that are switched off; the empty name is that of all others.
    portion, region
        Only these rows, if any are named; inside and outside are those of the region.
    """

    leaders: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    portion: Portion | None = None
    region: str | None = None
    role: LayerRole = LayerRole.ATTACKER


EVERY = Layers()
"""Nothing is switched off."""


def facts(
    events: Asks, query: IncidentQuery, region: str | None = None, role: LayerRole = LayerRole.ATTACKER,
) -> pa.Table:
    """What there is of each leader, the most rows first: `leader` (null where nobody is named), `events`...

    Of these `unplaced` have no point, `undated` no date and `about` a date that is not known to the day; `inside` lie in the
    region, 0 without one. `first_day` and `last_day` are those of all dated rows, null without any.
    """
    asked, leader = rows_asked(events, query), _LEADER[role]
    if region:
        events.prepare_region(region)
    inside = Question(f"CAST(sum(CASE WHEN {_WITHIN} THEN 1 ELSE 0 END) AS BIGINT)", (region,)) if region else Question("0")
    return events.ask(Question(
        f"SELECT CAST({leader} AS STRING) AS leader, {_FACTS}, {inside.sql} AS inside FROM events"  # noqa: S608 - our names
        f" WHERE {asked.sql} GROUP BY {leader} ORDER BY events DESC, leader NULLS LAST", (*inside.values, *asked.values),
    ))


def rows_shown(events: Asks, query: IncidentQuery, layers: Layers = EVERY) -> Question:
    """The condition that rows fulfil that a query asks for and whose layer is not switched off."""
    if layers.portion and layers.region:
        events.prepare_region(layers.region)
    parts = [rows_asked(events, query), _switched_on(layers), _portion(layers)]
    told = [part for part in parts if part]
    return Question(" AND ".join(f"({part.sql})" for part in told), tuple(value for part in told for value in part.values))


def layer_of(layers: Layers) -> Question:
    """The name of a row's layer, never NULL."""
    if not layers.leaders:
        return Question("''")
    leader = _LEADER[layers.role]
    return Question(
        f"CASE WHEN {leader} IN ({_places(layers.leaders)}) THEN CAST({leader} AS STRING) ELSE '' END", layers.leaders,
    )


def _switched_on(layers: Layers) -> Question | None:
    hidden, leader = tuple(sorted(layers.hidden & set(layers.leaders))), _LEADER[layers.role]
    if "" in layers.hidden:
        shown = tuple(leader for leader in layers.leaders if leader not in layers.hidden)
        return Question(f"{leader} IN ({_places(shown)})", shown) if shown else Question("FALSE")
    return Question(f"NOT coalesce({leader} IN ({_places(hidden)}), FALSE)", hidden) if hidden else None


def _portion(layers: Layers) -> Question | None:
    if layers.portion is None:
        return None
    if layers.portion not in {Portion.INSIDE, Portion.OUTSIDE}:
        return Question(_PORTIONS[layers.portion])
    return Question(_PORTIONS[layers.portion], (layers.region,)) if layers.region else Question("FALSE")


def _places(values: tuple[str, ...]) -> str:
    return ", ".join("?" * len(values))
