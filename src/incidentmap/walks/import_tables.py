"""The event tables of a workspace as they stand: their snapshots, what differs between two, and the events themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from incidentmap.gazetteer import region as known_region
from incidentmap.model import BadValue, Changes, EventChange, IncidentQuery, Position, Snapshot
from incidentmap.store.events import Events, open_events
from incidentmap.store.events.cache import EventReader, open_cached, open_parts
from incidentmap.store.events.queries import Order, Shown, page
from incidentmap.walks.decide import utc_now
from incidentmap.walks.workspace import CASE_FILE, has_case

_NEAR_DEG = 0.1
"""Five kilometres of latitude, with some to spare."""
CACHE = "cache"
"""The folder of a workspace's caches, which can be deleted at any time."""


def snapshots(folder: Path) -> tuple[Snapshot, ...]:
    """All imports and undoings of a workspace, in order; none where there is no workspace."""
    return open_events(folder / CASE_FILE).snapshots() if has_case(folder) else ()


def compare(folder: Path, older: int, newer: int) -> Changes:
    """How many events are new, changed and gone from one snapshot to another.

    Raises
    ------
    BadValue
        If there is no such workspace or snapshot, or its rows were given up.
    """
    return _opened(folder).compare(older, newer)


def compare_closely(folder: Path, older: int, newer: int, most: int = 20) -> tuple[Changes, tuple[EventChange, ...]]:
    """The same with the first events that are new, changed and gone, at most so many of each.

    Raises
    ------
    BadValue
        As :func:`compare`.
    """
    return _opened(folder).compare_closely(older, newer, most)


def undo(folder: Path, number: int, who: str, why: str = "") -> Snapshot:
    """Take an import back, or an undoing.

    Raises
    ------
    BadValue
        If there is no such workspace or snapshot, a later one of the same source stands on it, or `who` is empty.
    """
    if not who.strip():
        raise BadValue("who undoes", who, "a name")
    return _opened(folder).undo(number, who, why, utc_now)


def refused_of(folder: Path, number: int) -> Path | None:
    """The file with the rows that an import refused; None if it refused none.

    Raises
    ------
    BadValue
        If there is no such workspace or import, or the file is gone.
    """
    run = next((each.run for each in _opened(folder).snapshots() if each.number == number), None)
    if run is None:
        raise BadValue("snapshot", number, "the number of an import", "See: incidentmap tables list")
    if run.counts.refused_file is None:
        return None
    path = Path(run.counts.refused_file)
    here = path if path.is_file() else folder / path.parent.name / path.name  # the workspace may have been moved
    if not here.is_file():
        raise BadValue(f"refused rows of snapshot {number}", str(path), "a file that is there", "Import the file again.")
    return here


def events_page(
    folder: Path, query: IncidentQuery, *, snapshot: int | None = None, first: int = 0, size: int = 50,
    order: Order = Order.LATEST,
) -> Shown | None:
    """Some of the events that a query asks for, None before the first import.

    Raises
    ------
    BadValue
        If there is no such workspace or snapshot.
    """
    with event_reader(folder, snapshot) as reader:
        return page(reader, query, first=first, size=size, order=order) if reader else None


@contextmanager
def event_reader(folder: Path, snapshot: int | None = None) -> Iterator[EventReader | None]:
    """Answers questions about the events of a workspace, of an earlier snapshot without a cache; None before any import."""
    files = _opened(folder).at(snapshot)
    if not files.paths:
        yield None
        return
    reader = open_cached(files, folder / CACHE, inside=inside) if snapshot is None else open_parts(files, inside=inside)
    try:
        yield reader
    finally:
        reader.close()


def _opened(folder: Path) -> Events:
    if not has_case(folder):
        todo = f"Make one with: incidentmap import FILE --workspace {folder}"
        raise BadValue("workspace", str(folder), "a folder that holds a case", todo)
    return open_events(folder / CASE_FILE)


def inside(region_id: str, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which points lie in a region, as :meth:`incidentmap.gazetteer.Region.contains` says; those near its border one by one."""
    region, points = known_region(region_id), shapely.points(lon, lat)
    shapely.prepare(region.geometry)
    within: NDArray[np.bool_] = np.asarray(shapely.covers(region.geometry, points))
    margin = _NEAR_DEG / max(0.1, float(np.cos(np.radians(np.abs(lat).max(initial=0.0)))))
    for place in np.flatnonzero(~within & shapely.dwithin(region.geometry, points, margin)):
        within[place] = region.contains(Position(float(lon[place]), float(lat[place])))
    return within
