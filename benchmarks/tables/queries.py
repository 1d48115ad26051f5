"""How fast event rows are asked: from the cache, from the Parquet parts alone, and with what one would reach for instead.

Run: python -m benchmarks.tables queries [--rows 100000 3000000 30000000] [--folder DIR]

Each way answers the same questions on the same rows in a process of its own, so that its memory is its own. The first asking in
that process is told as cold (the system may still have the files in memory), the median of the next ones as warm. Two views are
asked: a near one with 4 to 5 % of the rows, and a wide one with about 60 %. Peers read what they need of a row before they are
asked, except Polars, which scans the parts each time as it is meant to; pandas and geopandas only up to 3 million rows.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq

from benchmarks.tables.memory import peak_mb
from benchmarks.tables.rows import write_parts
from incidentmap.model import ALL_SOURCES, BBox, ClaimField, IncidentQuery, Step
from incidentmap.store.events import queries as events_queries
from incidentmap.store.events.cache import EventFiles, EventReader, cache_path, make_cache, open_cached, open_parts
from incidentmap.store.events.casualties import row_total
from incidentmap.store.events.histogram import histogram
from incidentmap.store.events.layers import EVERY
from incidentmap.store.events.units import by_square

try:
    import polars as pl
except ImportError:  # a peer that is only measured where it is there
    pl = None

Job = Callable[[], object]
NEAR: BBox = (0, 8, 15, 18)
WIDE: BBox = (-15, -5, 30, 38)
_YEAR = (date(2020, 1, 1), date(2020, 12, 31))
_TEXT = "made-up event 77"
_AGAIN, _LONG_MS = 5, 5_000
_TOO_MANY = 3_000_000
_READ = [
    "event_id", "date_start", "date_end", "event_type", "lon", "lat", "place_key", "actor1", "actor2", "killed_best", "admin1",
]
_AIMS = {"near": (30, 100), "wide": (30, 100), "all: actors by month": (100, 500)}
_WAYS = ("cache", "parts", "pandas", "geopandas", "Polars")


@dataclass(frozen=True, slots=True)
class Told:
    """Of one way: milliseconds cold and warm by question, and the most memory it had."""

    ms: Mapping[str, tuple[float, float]]
    peak_mb: float
    load_s: float


def report(sizes: list[int], folder: Path | None) -> None:
    """Print a table for each number of rows."""
    with tempfile.TemporaryDirectory() as temporary:
        for rows in sizes:
            _report(rows, (folder or Path(temporary)) / str(rows))


def _report(rows: int, folder: Path) -> None:
    paths, places = write_parts(folder, rows)
    files = EventFiles(1, paths, places)
    begun = time.perf_counter()
    make_cache(files, folder / "cache")
    built = time.perf_counter() - begun
    cached = _mb(cache_path(files, folder / "cache"))
    print(f"\n{rows:,} rows; parts {_mb(*paths):,.0f} MB; cache {cached:,.0f} MB made in {built:.1f} s with"
          f" {peak_mb():,.0f} MB of memory; load of the machine {os.getloadavg()[0]:.1f}")
    told = {way: _asked(way, folder) for way in _WAYS if _runs(way, rows)}
    print(f"{'ms, cold / warm':<26}{'aim':>6}" + "".join(f"{way:>18}" for way in told))
    for name in told["cache"].ms:
        cells = "".join(f"{_cell(each.ms.get(name)):>18}" for each in told.values())
        print(f"{name:<26}{_aim(name, rows):>6}{cells}")
    for label, values in (("peak memory, MB", [each.peak_mb for each in told.values()]),
                          ("read before asking, s", [each.load_s for each in told.values()])):
        print(f"{label:<32}" + "".join(f"{value:>18,.1f}" for value in values))


def measure(way: str, folder: Path) -> Told:
    """Ask in this process."""
    paths, places = tuple(sorted(folder.glob("part-*.parquet"))), folder / "places.parquet"
    files = EventFiles(1, paths, places)
    begun = time.perf_counter()
    makers: dict[str, Callable[[], dict[str, Job]]] = {
        "cache": lambda: _ours(open_cached(files, folder / "cache")), "parts": lambda: _ours(open_parts(files)),
        "pandas": lambda: _pandas(_frame(paths)), "geopandas": lambda: _pandas(_geo(_frame(paths))),
        "Polars": lambda: _polars(folder),
    }
    jobs = makers[way]()
    load = time.perf_counter() - begun
    return Told({name: _timed(job) for name, job in jobs.items()}, peak_mb(), load)


def _in_view(events: EventReader, name: str, query: IncidentQuery) -> dict[str, Job]:
    return {
        f"{name}: count": lambda: events_queries.count(events, query),
        f"{name}: 2,000 points": lambda: events_queries.points(events, query),
        f"{name}: page of 50": lambda: events_queries.page(events, query),
        f"{name}: squares": lambda: by_square(events, query, 0.5, EVERY),
        f"{name}: H3 cells": lambda: events_queries.hexagons(events, query, 4),
        f"{name}: actors": lambda: events_queries.by_actor(events, query),
        f"{name}: admin units": lambda: events_queries.by_admin(events, query, 1),
        f"{name}: places": lambda: events_queries.by_place(events, query),
        f"{name}: killed": lambda: row_total(events, query, ClaimField.KILLED, ALL_SOURCES),
        f"{name}: months": lambda: histogram(events, query, Step.MONTH),
        f"{name}: actors by month": lambda: histogram(events, query, Step.MONTH, by_actor=True),
    }


def _ours(events: EventReader) -> dict[str, Job]:
    jobs = {**_in_view(events, "near", IncidentQuery(bbox=NEAR)), **_in_view(events, "wide", IncidentQuery(bbox=WIDE))}
    actor = events_queries.by_actor(events, IncidentQuery())["actor"][5].as_py()
    filtered = IncidentQuery(bbox=NEAR, actors=(actor,), start=_YEAR[0], end=_YEAR[1], event_types=("Battles",))
    if events.rolled or events_queries.count(events, IncidentQuery()) <= _TOO_MANY:  # else it takes minutes
        jobs["all: words in the notes"] = lambda: events_queries.count(events, IncidentQuery(text=_TEXT))
    return jobs | {
        "near, filtered: squares": lambda: by_square(events, filtered, 0.5, EVERY),
        "all: months": lambda: histogram(events, IncidentQuery(), Step.MONTH),
        "all: actors by month": lambda: histogram(events, IncidentQuery(), Step.MONTH, by_actor=True),
        "all: actors by week": lambda: histogram(events, IncidentQuery(), Step.WEEK, by_actor=True),
        "all: page of 50": lambda: events_queries.page(events, IncidentQuery()),
    }


def _pandas(frame: pd.DataFrame) -> dict[str, Job]:
    jobs = {**_pandas_in_view(frame, "near", NEAR), **_pandas_in_view(frame, "wide", WIDE)}
    return jobs | {"all: actors by month": lambda: _pandas_by_month(frame)}


def _pandas_in_view(frame: pd.DataFrame, name: str, box: BBox) -> dict[str, Job]:
    """The same with pandas; with geopandas the box is asked of its spatial index."""
    west, south, east, north = box

    def within() -> pd.DataFrame:
        if isinstance(frame, gpd.GeoDataFrame):
            inside: pd.DataFrame = frame.cx[west:east, south:north]
            return inside
        return frame[frame["lon"].between(west, east) & frame["lat"].between(south, north)]

    def squares() -> object:
        rows = within()
        return rows.groupby([rows["lon"] // 0.5, rows["lat"] // 0.5]).size()

    def actors() -> object:
        rows = within()
        others = rows.loc[rows["actor1"] != rows["actor2"], "actor2"]
        return rows["actor1"].value_counts().add(others.value_counts(), fill_value=0)

    return {
        f"{name}: count": lambda: len(within()),
        f"{name}: 2,000 points": lambda: within().sort_values(["date_start", "event_id"], ascending=[False, True]).head(2000),
        f"{name}: squares": squares, f"{name}: actors": actors,
        f"{name}: admin units": lambda: within()["admin1"].value_counts(sort=True),
        f"{name}: places": lambda: within()["place_key"].value_counts(sort=True),
        f"{name}: killed": lambda: within()["killed_best"].sum(skipna=True),
        f"{name}: actors by month": lambda: _pandas_by_month(within()),
    }


def _pandas_by_month(rows: pd.DataFrame) -> object:
    others = rows.loc[rows["actor1"] != rows["actor2"], ["actor2", "date_start"]]
    sides = pd.concat([each.set_axis(["actor", "day"], axis=1) for each in (rows[["actor1", "date_start"]], others)])
    return sides.groupby(["actor", sides["day"].dt.to_period("M")], observed=True).size()


def _polars(folder: Path) -> dict[str, Job]:
    rows = pl.scan_parquet(folder / "part-*.parquet")
    jobs = {**_polars_in_view(rows, "near", NEAR), **_polars_in_view(rows, "wide", WIDE)}
    return jobs | {"all: actors by month": _polars_by_month(rows).collect}


def _polars_in_view(rows: "pl.LazyFrame", name: str, box: BBox) -> dict[str, Job]:
    west, south, east, north = box
    within = rows.filter(pl.col("lon").is_between(west, east), pl.col("lat").is_between(south, north))
    latest = within.sort(["date_start", "event_id"], descending=[True, False]).select(_READ).head(2000)
    squares = within.group_by((pl.col("lon") / 0.5).floor(), (pl.col("lat") / 0.5).floor())
    return {
        f"{name}: count": within.select(pl.len()).collect,
        f"{name}: 2,000 points": latest.collect,
        f"{name}: squares": squares.agg(pl.len()).collect,
        f"{name}: actors": _polars_sides(within).group_by("actor").agg(pl.len()).collect,
        f"{name}: admin units": within.group_by("admin1").agg(pl.len()).collect,
        f"{name}: places": within.group_by("place_key").agg(pl.len()).collect,
        f"{name}: killed": within.select(pl.col("killed_best").sum()).collect,
        f"{name}: actors by month": _polars_by_month(within).collect,
    }


def _polars_sides(rows: "pl.LazyFrame") -> "pl.LazyFrame":
    others = rows.filter(pl.col("actor1") != pl.col("actor2")).select(actor=pl.col("actor2"), day=pl.col("date_start"))
    return pl.concat([rows.select(actor=pl.col("actor1"), day=pl.col("date_start")), others])


def _polars_by_month(rows: "pl.LazyFrame") -> "pl.LazyFrame":
    return _polars_sides(rows).group_by("actor", pl.col("day").dt.truncate("1mo")).agg(pl.len())


def _frame(paths: tuple[Path, ...]) -> pd.DataFrame:
    frame = pd.concat([pq.read_table(path, columns=_READ).to_pandas(date_as_object=False) for path in paths], ignore_index=True)
    categories: pd.DataFrame = frame.astype(dict.fromkeys(["event_type", "admin1"], "category"))
    return categories


def _geo(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame["lon"], frame["lat"]), crs="EPSG:4326")


def _timed(job: Job) -> tuple[float, float]:
    cold = _once(job)
    again = _AGAIN if cold < _LONG_MS else 1
    return cold, statistics.median(_once(job) for _ in range(again))


def _once(job: Job) -> float:
    begun = time.perf_counter()
    job()
    return (time.perf_counter() - begun) * 1000


def _runs(way: str, rows: int) -> bool:
    return {"pandas": rows <= _TOO_MANY, "geopandas": rows <= _TOO_MANY, "Polars": pl is not None}.get(way, True)


def _asked(way: str, folder: Path) -> Told:
    command = [sys.executable, "-m", "benchmarks.tables.queries", way, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    ms, peak_mb, load_s = json.loads(done.stdout)
    return Told({name: (cold, warm) for name, (cold, warm) in ms.items()}, peak_mb, load_s)


def _aim(name: str, rows: int) -> str:
    small, large = next((aims for start, aims in _AIMS.items() if name.startswith(start)), (None, None))
    aim = {3_000_000: small, 30_000_000: large}.get(rows)
    return f"<{aim}" if aim else ""


def _cell(ms: tuple[float, float] | None) -> str:
    return f"{ms[0]:,.0f} / {ms[1]:,.1f}" if ms else "-"


def _mb(*paths: Path) -> float:
    return sum(path.stat().st_size for path in paths) / 1e6


if __name__ == "__main__":
    answered = measure(sys.argv[1], Path(sys.argv[2]))
    print(json.dumps([answered.ms, answered.peak_mb, answered.load_s]))
