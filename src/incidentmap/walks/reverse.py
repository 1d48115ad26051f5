"""From points to words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from incidentmap.gazetteer import open_gazetteer, regions, regions_containing
from incidentmap.gazetteer import region as known_region
from incidentmap.gazetteer.reverse import Surveyor, Whereabouts
from incidentmap.model import Position
from incidentmap.walks.gazetteer import shelves_of
from incidentmap.walks.workspace import has_case, open_workspace


@dataclass(frozen=True, slots=True)
class Surveyed:
    """Where a point is, and what the user should know about it.

    Parameters
    ----------
    inside
        Whether the point lies inside the region of interest (5 km tolerance), None without one.
    swapped
        Name of a region of interest in which it would lie with its axes exchanged while it lies in none as it is; else None.
    """

    found: Whereabouts
    inside: bool | None
    swapped: str | None


def survey(points: Sequence[Position], region_id: str | None, workspace: Path | None) -> Iterator[Surveyed]:
    """Where some points are, in their order, one at a time.

    Parameters
    ----------
    points
        Positions, WGS 84.
    region_id
        Region of interest that `inside` refers to; that of the workspace by default.
    workspace
        A folder whose own layers and region of interest count; None for neither.

    Raises
    ------
    UnknownRegion
        If there is no region of that id.
    """
    if region_id:
        known_region(region_id)
    own = open_workspace(workspace) if workspace and has_case(workspace) else None
    gazetteer = own.gazetteer if own else open_gazetteer(shelves=shelves_of(workspace) if workspace else None)
    wanted = region_id or (own.region_id if own else None)
    surveyor = Surveyor(gazetteer)
    return (_surveyed(surveyor.whereabouts(point), wanted) for point in points)


def _surveyed(found: Whereabouts, wanted: str | None) -> Surveyed:
    held_by = {held.region for held in found.regions}
    return Surveyed(found, wanted in held_by if wanted else None, None if held_by else _swapped(found.position))


def _swapped(point: Position) -> str | None:
    if abs(point.lon) > 90:
        return None
    held_by = regions_containing(Position(point.lat, point.lon))
    return min(held_by, key=lambda own: regions()[own].geometry.area) if held_by else None
