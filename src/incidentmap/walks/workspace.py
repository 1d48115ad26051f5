"""A workspace: a folder with one case file, its region of interest, and the gazetteer as its people decided it."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from incidentmap.gazetteer import Gazetteer, open_gazetteer
from incidentmap.gazetteer import region as known_region
from incidentmap.registry import Registry, shipped_registry, with_namings
from incidentmap.store import Store, open_store
from incidentmap.walks.gazetteer import shelves_of

CASE_FILE = "case.sqlite"
_REGION = "region"


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open workspace.

    Parameters
    ----------
    base
        The gazetteer before anybody decided: shipped names, the user's layers and those of this workspace.
    region_id
        Region of interest that `inside` refers to, None if none was ever chosen.
    """

    folder: Path
    store: Store
    base: Gazetteer
    region_id: str | None

    @property
    def gazetteer(self) -> Gazetteer:
        """The gazetteer with the decisions in force now, those of other processes too."""
        return _decided(self.base, self.store, self.store.decisions.last())

    @property
    def registry(self) -> Registry:
        """The actors, with the namings in force now, those of other processes too."""
        return _named(self.store, self.store.names.last())


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
    return Workspace(folder, store, open_gazetteer(shelves=shelves_of(folder)), region or kept)


def has_case(folder: Path) -> bool:
    """Whether a folder holds a case file."""
    return (folder / CASE_FILE).is_file()


@lru_cache(maxsize=8)
def _decided(base: Gazetteer, store: Store, _last: str) -> Gazetteer:
    """Kept until the last decision is another one."""
    return base.with_decisions(store.decisions.all())


@lru_cache(maxsize=8)
def _named(store: Store, _last: str) -> Registry:
    """Kept until the last naming is another one."""
    return with_namings(shipped_registry(), store.names.all())
