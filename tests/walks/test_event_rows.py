from concurrent.futures import ThreadPoolExecutor
from itertools import product
from time import monotonic, sleep

import numpy as np
import pytest
from tests.walks.table_rows import import_rows, made_rows

from incidentmap.gazetteer import region
from incidentmap.model import IncidentQuery, Position
from incidentmap.store.events import open_events
from incidentmap.store.events.queries import count
from incidentmap.walks.event_rows import OpenRows, open_rows, opened_rows
from incidentmap.walks.import_tables import CACHE, inside, undo
from incidentmap.walks.workspace import Workspace

PATIENCE_S = 30.0


def cached(workspace: Workspace) -> OpenRows:
    """The rows, once the cache of them is made."""
    end = monotonic() + PATIENCE_S
    while monotonic() < end:
        rows = open_rows(workspace)
        assert rows is not None
        if rows.rolled:
            return rows
        sleep(0.02)
    pytest.fail("no cache was made")


def test_without_an_import_there_is_nothing_to_ask(case: Workspace) -> None:
    assert open_rows(case) is None
    with opened_rows(case) as rows:
        assert rows is None
    assert not (case.folder / CACHE).exists()


def test_the_parts_answer_until_the_cache_is_made(case: Workspace) -> None:
    import_rows(case, made_rows(50))
    first = open_rows(case)
    assert first is not None
    assert (first.rolled, count(first, IncidentQuery())) == (False, 50)
    assert count(cached(case), IncidentQuery()) == 50
    assert count(first, IncidentQuery()) == 50
    assert open_rows(case) is open_rows(case)


def test_the_next_snapshot_is_asked_as_soon_as_it_is_there(case: Workspace) -> None:
    versions = [case.store.version()]
    import_rows(case, made_rows(50))
    old = cached(case)
    versions.append(case.store.version())
    import_rows(case, made_rows(70, seed=2))
    new = open_rows(case)
    versions.append(case.store.version())
    assert new is not None
    assert (count(old, IncidentQuery()), count(new, IncidentQuery())) == (50, 70)
    assert len(set(versions)) == 3
    undo(case.folder, 2, "anna")
    assert case.store.version() == versions[1]
    back = open_rows(case)
    assert back is not None
    assert count(back, IncidentQuery()) == 50


def test_one_reader_answers_all_visitors_at_once(case: Workspace) -> None:
    import_rows(case, made_rows(200))
    asked = product(("", "convoi", "rien"), ((), ("Riots",)))
    questions = [IncidentQuery(text=word, event_types=kinds) for word, kinds in asked] * 5
    alone = {query: count(cached(case), query) for query in questions}
    with ThreadPoolExecutor(8) as visitors:
        told = list(visitors.map(lambda query: count(open_rows(case), query), questions))  # type: ignore[arg-type]
    assert told == [alone[query] for query in questions]


def test_a_cache_that_cannot_be_written_is_done_without(case: Workspace) -> None:
    import_rows(case, made_rows(50))
    (case.folder / CACHE).write_text("in the way")
    for _ in range(3):
        rows = open_rows(case)
        assert rows is not None
        assert count(rows, IncidentQuery()) == 50
    assert open_events(case.store.path).current().snapshot == 1


@pytest.mark.parametrize("name", ["tombouctou", "mali"])
def test_a_region_holds_the_points_that_it_says_it_contains(name: str) -> None:
    random = np.random.default_rng(1)
    west, south, east, north = region(name).bounds
    lon, lat = random.uniform(west - 0.3, east + 0.3, 400), random.uniform(south - 0.3, north + 0.3, 400)
    one_by_one = [region(name).contains(Position(x, y)) for x, y in zip(lon.tolist(), lat.tolist(), strict=True)]
    assert inside(name, lon, lat).tolist() == one_by_one
    assert 0 < sum(one_by_one) < 400
