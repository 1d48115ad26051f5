"""A workspace: a folder with one case file, its region of interest, and the gazetteer beside it."""

from dataclasses import dataclass
from pathlib import Path

from incidentmap.gazetteer import Gazetteer, open_gazetteer
from incidentmap.gazetteer import region as known_region
from incidentmap.store import Store, open_store

CASE_FILE = "case.sqlite"
_REGION = "region"


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open workspace.

    Parameters
    ----------
    region_id
        Region of interest that `inside` refers to, None if none was ever chosen.
    """

    folder: Path
    store: Store
    gazetteer: Gazetteer
    region_id: str | None


def open_workspace(folder: Path, region: str | None = None) -> Workspace:
    """Open a workspace, made if there is none.

    Parameters
    ----------
    folder
        Its folder.
    region
        Becomes the workspace's region of interest from now on; None keeps the one it has.

    Raises
    ------
    UnknownRegion
        If there is no region of that id; nothing was made or changed then.
    BrokenStore, UnwritablePlace
        As :func:`incidentmap.store.open_store`.
    """
    if region:
        known_region(region)
    store = open_store(folder / CASE_FILE)
    kept = store.setting(_REGION)
    if region and region != kept:
        store.set_setting(_REGION, region)
    return Workspace(folder, store, open_gazetteer(), region or kept)


def has_case(folder: Path) -> bool:
    """Whether a folder holds a case file."""
    return (folder / CASE_FILE).is_file()
