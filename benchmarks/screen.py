"""What a filter change costs the server with imported rows. Run: python -m benchmarks.screen [--rows 3000000] [--folder DIR]

Times are of the whole answer to the Map screen (counts, layers, histogram, totals, points or cells), the question asked for the
first time; what was asked before costs a few milliseconds. The first line is the first visit: nothing was asked before it.
"""

import argparse
import resource
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

from benchmarks.tables.rows import slices
from incidentmap.model import ImportRecord, IncidentQuery
from incidentmap.store.events import open_events, write_events
from incidentmap.store.events.cache import make_cache
from incidentmap.store.events.queries import Order
from incidentmap.walks.event_rows import OpenRows, opened_rows
from incidentmap.walks.import_tables import CACHE
from incidentmap.walks.listed import Wanted
from incidentmap.walks.screen import Screen, screen_list, screen_view
from incidentmap.walks.select import select_case
from incidentmap.walks.viewport import viewport
from incidentmap.walks.workspace import Workspace, open_workspace

_AREA = ((-10.0, 10.0), (5.0, 10.0), (5.0, 20.0), (0.0, 25.0))
_PLAIN = Screen(IncidentQuery())


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.screen", description=__doc__)
    options.add_argument("--rows", type=int, default=3_000_000, help="how many; default: 3,000,000")
    options.add_argument("--folder", type=Path, help="keeps the case for the next run; default: a temporary one")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        workspace = made_case(asked.folder or Path(temporary), asked.rows)
        before = _memory_mb()
        with opened_rows(workspace) as rows:
            if rows is None or not rows.rolled:
                raise SystemExit("there is no cache to ask")
            _told(workspace, rows)
        print(f"memory of the process: {before:.0f} MB before the first question, {_memory_mb():.0f} MB at most since")


def _told(workspace: Workspace, rows: OpenRows) -> None:
    for name, screen in _screens(workspace, rows):
        begun = perf_counter()
        found = select_case(workspace, screen.query)
        view = screen_view(workspace, found, rows, screen, total=0, reports=())
        took, points = perf_counter() - begun, sum(len(layer.marks) for layer in view.layers)
        print(f"{name:34} {1000 * took:7.1f} ms  {view.counts.shown:10,} shown, {points} points, {len(view.bins)} cells")
    for order, first in ((Order.LATEST, 0), (Order.DEADLIEST, 0), (Order.PLACE, 0), (Order.LATEST, 1_000_000)):
        begun = perf_counter()
        found = select_case(workspace, _PLAIN.query)
        page = screen_list(found, rows, _PLAIN, workspace.region_id, Wanted(first, 100, order))
        told = f"page of the list, {order}, from {page.first:,}"
        print(f"{told:42} {1000 * (perf_counter() - begun):7.1f} ms")


def _screens(workspace: Workspace, rows: OpenRows) -> Iterator[tuple[str, Screen]]:
    yield "first visit", _PLAIN
    view = screen_view(workspace, select_case(workspace, _PLAIN.query), rows, _PLAIN, total=0, reports=())
    first, second = (layer.id for layer in view.layers[:2])
    plain = IncidentQuery()
    yield "one event type", replace(_PLAIN, query=replace(plain, event_types=("Battles",)))
    yield "one actor", replace(_PLAIN, query=replace(plain, actors=(second,)))
    yield "without one actor", replace(_PLAIN, query=replace(plain, not_actors=(second,)))
    yield "exact places", replace(_PLAIN, query=replace(plain, worst_precision=1))
    yield "a region", replace(_PLAIN, query=replace(plain, region="mali"))
    yield "a drawn area", replace(_PLAIN, query=replace(plain, area=_AREA))
    yield "a word", replace(_PLAIN, query=replace(plain, text="kobala"))
    yield "a layer switched off", replace(_PLAIN, hidden=frozenset({first}))
    yield "a window of 30 months", replace(_PLAIN, window=(date(2012, 1, 1), date(2014, 6, 30)))
    yield "a window of one day", replace(_PLAIN, window=(date(2012, 1, 1), date(2012, 1, 1)))
    yield "zoomed in", replace(_PLAIN, seen=viewport(17.0, -3.0, 7.0))
    yield "zoomed in, a window of a month", replace(
        _PLAIN, seen=viewport(17.0, -3.0, 7.0), window=(date(2012, 1, 1), date(2012, 1, 31)))


def made_case(folder: Path, number: int) -> Workspace:
    """The case of a folder, with so many invented rows and their cache if it has none yet."""
    workspace = open_workspace(folder, "mali")
    events = open_events(workspace.store.path)
    if not events.current().paths:
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        record = ImportRecord("made", "made.csv", "0" * 64, "{}", 1, at, "benchmark")
        begun = perf_counter()
        write_events(events, (batch for _, table in slices(number) for batch in table.to_batches()), record)
        written = perf_counter()
        make_cache(events.current(), folder / CACHE)
        print(f"{number:,} rows written in {written - begun:.0f} s, their cache in {perf_counter() - written:.0f} s")
    return workspace


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
