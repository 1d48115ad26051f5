"""From names and phrases to places."""

from collections.abc import Sequence
from pathlib import Path

from incidentmap.gazetteer import Gazetteer, Located, open_gazetteer, region
from incidentmap.model import NameAsked
from incidentmap.walks.workspace import has_case, open_workspace


def geocode(
    names: Sequence[str], region_id: str | None, *, folder: Path | None = None, admin: str = "", country: str = "",
) -> tuple[Located, ...]:
    """What each cell is about: a name, a phrase ("à 37 km au nord de Gao") or a line. They do not decide about each other.

    Parameters
    ----------
    names
        As a text writes them.
    region_id
        Region of interest: a hint for the ranking, and what `inside` refers to.
    folder
        A workspace: its layers and the decisions of its people count.
    admin
        The unit that all of them are said to lie in, as written.
    country
        Code of the country that all of them are said to lie in (ISO 3166-1 alpha-2).

    Raises
    ------
    UnknownRegion
        If there is no region of that id.
    """
    if region_id:
        region(region_id)
    gazetteer = gazetteer_of(folder)
    return tuple(gazetteer.locate(NameAsked(name, admin, country.upper()), region=region_id) for name in names)


def gazetteer_of(folder: Path | None) -> Gazetteer:
    """The gazetteer of a workspace folder with its decisions, the user's own without a folder or a case in it."""
    return open_workspace(folder).gazetteer if folder and has_case(folder) else open_gazetteer()


def region_of(folder: Path | None) -> str | None:
    """The region of interest of a workspace folder, None without a folder, a case in it, or a region."""
    return open_workspace(folder).region_id if folder and has_case(folder) else None
