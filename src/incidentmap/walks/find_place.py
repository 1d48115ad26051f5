"""All places that a name may mean, in the gazetteer of a workspace or of the user."""

from pathlib import Path

from incidentmap.gazetteer import Gazetteer, open_gazetteer
from incidentmap.gazetteer.distance import distance_km
from incidentmap.model import Candidate, Position
from incidentmap.walks.gazetteer import shelves_of
from incidentmap.walks.workspace import has_case, open_workspace


def find(name: str, workspace: Path | None = None, near: Position | None = None) -> tuple[Candidate, ...]:
    """Candidates, best first; with `near` those nearest to it first. Empty for a name without an entry.

    A workspace counts with its region of interest, its layers and its decisions.
    """
    gazetteer, region = _opened(workspace)
    found = gazetteer.candidates(name, region=region)
    return tuple(sorted(found, key=lambda each: distance_km(near, each.place.position))) if near else tuple(found)


def _opened(workspace: Path | None) -> tuple[Gazetteer, str | None]:
    if workspace and has_case(workspace):
        opened = open_workspace(workspace)
        return opened.gazetteer, opened.region_id
    return open_gazetteer(shelves=shelves_of(workspace)), None
