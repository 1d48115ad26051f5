"""From words that a user typed to an `IncidentQuery` that can have answers."""

from collections.abc import Iterable, Mapping

from incidentmap.gazetteer import region
from incidentmap.model import BadValue, IncidentQuery
from incidentmap.walks.workspace import Workspace

EVENT_TYPES = (
    "Battles", "Explosions/Remote violence", "Protests", "Riots", "Strategic developments", "Violence against civilians",
)
"""The event types of ACLED's codebook."""


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
    if query.actors:
        _known("actor", query.actors, {*workspace.registry.actors, *workspace.store.actor_ids()})
    return query


def _known(what: str, asked: Iterable[str], allowed: Iterable[str]) -> None:
    choices = sorted(allowed)
    for value in asked:
        if value not in choices:
            raise BadValue(what, value, f"one of: {', '.join(choices)}")
