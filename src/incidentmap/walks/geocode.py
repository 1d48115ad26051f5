"""From names to places."""

from collections.abc import Sequence
from pathlib import Path

from incidentmap.gazetteer import open_gazetteer, region
from incidentmap.model import Resolution
from incidentmap.walks.workspace import has_case, open_workspace


def geocode(names: Sequence[str], region_id: str | None) -> tuple[Resolution, ...]:
    """What each name means; the names do not decide about each other.

    Parameters
    ----------
    names
        As a text writes them.
    region_id
        Region of interest: a hint for the ranking, and what `inside` refers to.

    Raises
    ------
    UnknownRegion
        If there is no region of that id.
    """
    if region_id:
        region(region_id)
    gazetteer = open_gazetteer()
    return tuple(gazetteer.resolve(name, region=region_id) for name in names)


def region_of(folder: Path | None) -> str | None:
    """The region of interest of a workspace folder, None without a folder, a case in it, or a region."""
    return open_workspace(folder).region_id if folder and has_case(folder) else None
