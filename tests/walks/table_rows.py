"""Made-up event rows beside the first case: nothing in them happened."""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.store.events.conftest import batch_of, record_of

from incidentmap.paths import shipped
from incidentmap.store.events import open_events, write_events
from incidentmap.walks.import_units import units_in
from incidentmap.walks.workspace import Workspace

PLACES = (("Niafunké", -3.9906, 15.9322), ("Goundam", -3.6667, 16.4167), ("Kidal", 1.4078, 18.4411), ("Bamako", -8.0, 12.65))
_ACTORS = (None, "jnim", "fama", "cnsp", "Milice de la Boucle, dite (B)")


def made_rows(number: int, seed: int = 1) -> list[dict[str, Any]]:
    """Rows with and without places, dates, actors and figures."""
    random = Random(seed)  # noqa: S311 - any will do
    return [_row(random, each) for each in range(number)]


def import_rows(workspace: Workspace, rows: list[dict[str, Any]], source: str = "made") -> None:
    """Make rows what a source shows."""
    told = [{**row, "source": source} for row in rows]
    write_events(open_events(workspace.store.path), [batch_of(told)], record_of(source), units=units_in(shipped("geo")))


def _row(random: Random, number: int) -> dict[str, Any]:
    start = date(2023, 10, 1) + timedelta(days=random.randrange(90)) if random.random() < 0.9 else None
    place, lon, lat = random.choice(PLACES) if random.random() < 0.85 else (None, None, None)
    end = start + timedelta(days=random.choice((0, 0, 2, 30))) if start else None
    killed = sorted(random.randrange(9) for _ in range(3)) if random.random() < 0.7 else [None] * 3
    return {
        "source_id": f"{number:05}", "date_start": start, "date_end": end,
        "date_precision": random.choice(("day", "month")) if start else None,
        "event_type": random.choice(("Battles", "Riots", None)), "place": place, "lon": lon, "lat": lat, "admin1": "Tombouctou",
        "geo_precision": random.choice((1, 2, 3, None)), "where_prec": random.choice((1, 4, None)),
        "actor1": random.choice(_ACTORS), "actor2": random.choice(_ACTORS),
        "side_roles": (None, "actor1 acts on actor2", "unordered")[number % 3],
        **dict(zip(("killed_low", "killed_best", "killed_high"), killed, strict=True)),
        "civilians_killed_best": random.choice((None, 0, 2)), "wounded_low": random.choice((None, 1)),
        "notes": random.choice(("Attaque d'un convoi", None)),
    }
