"""From words that a user typed to an `IncidentQuery` that can have answers."""

from collections.abc import Iterable, Mapping

from incidentmap.gazetteer import region
from incidentmap.model import REPORTS, BadValue, IncidentQuery, Status
from incidentmap.store.events.all_rows import by_source
from incidentmap.store.events.queries import by_actor
from incidentmap.walks.event_rows import opened_rows
from incidentmap.walks.workspace import Workspace

EVENT_TYPES = (
    "Battles", "Explosions/Remote violence", "Protests", "Riots", "Strategic developments", "Violence against civilians",
)
"""The event types of ACLED's codebook."""
_ALL = IncidentQuery(statuses=tuple(Status))
_MOST_TOLD = 200
"""Tables name tens of thousands of actors."""


def question(workspace: Workspace, params: Mapping[str, str]) -> IncidentQuery:
    """The query of parameters, its words checked against what there is.

    Parameters
    ----------
    workspace
        Actors that its incidents name are allowed besides those of the registry.
    params
        Under the names of the map's address, see :meth:`incidentmap.model.IncidentQuery.from_params`.

    Raises
    ------
    BadValue, UnknownRegion
        If a value cannot be read or there is nothing of that name; the message lists what is allowed.
    """
    query = IncidentQuery.from_params(params)
    if query.region:
        region(query.region)
    _known("event type", query.event_types, EVENT_TYPES)
    unknown = {*query.actors, *query.not_actors} - {*workspace.registry.actors, *workspace.store.actor_ids()}
    if unknown or query.sources:
        with opened_rows(workspace) as rows:
            tables = by_source(rows, _ALL) if rows else {}
            _known("source", query.sources, {REPORTS, *tables})
            named = set(by_actor(rows, _ALL)["actor"].to_pylist()) if rows and unknown else set()
        _known("actor", sorted(unknown), named, {*workspace.registry.actors, *workspace.store.actor_ids()})
    return query


def _known(what: str, asked: Iterable[str], allowed: Iterable[str], likely: Iterable[str] = ()) -> None:
    """`likely` are told first where there are many."""
    choices = [*sorted(likely), *sorted(set(allowed) - set(likely))]
    for value in asked:
        if value not in choices:
            more = f" and {len(choices) - _MOST_TOLD} more" if len(choices) > _MOST_TOLD else ""
            raise BadValue(what, value, f"one of: {', '.join(choices[:_MOST_TOLD])}{more}")
