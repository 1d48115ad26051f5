"""From points to settlements beside what one would reach for instead. Run: python -m benchmarks.geocoding.reverse [--points N]

All of them get the same settlements (cities500 of the world, the Mali dump where the evaluation data is there, the shipped
table) and the same points: half of them in the Sahel, half around towns of the world. Each way is loaded and measured in a
process of its own, so that memory is its own. The peers are asked for all points in one call, as they like it best, and one by
one, as a person asks; ours has no other way than one by one.
"""

import argparse
import gc
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from benchmarks.geocoding.gold import MALI_DUMP
from incidentmap.gazetteer import Gazetteer, open_gazetteer
from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.landmarks import Landmarks, telling
from incidentmap.gazetteer.layers import put, stage_geonames, stage_world
from incidentmap.gazetteer.reverse import Surveyor
from incidentmap.model import Position

Answer = list[int]
"""For each point the number of a settlement, -1 for none."""
_SAHEL = (-12.0, 10.0, 15.0, 24.0)
_SAME_KM = 0.01
_ONE_BY_ONE = 1_000


def compile_world(folder: Path) -> Gazetteer:
    """The world's towns and, where it is there, the Mali dump, on a shelf and in a cache of their own."""
    shelf = folder / "shelf"
    if not shelf.is_dir():
        put(stage_world(shelf))
        if MALI_DUMP.is_file():
            put(stage_geonames(shelf, MALI_DUMP))
    return open_gazetteer(cache=folder / "cache", shelves=(shelf,))


def points_of(gazetteer: Gazetteer, count: int) -> list[Position]:
    """Points to ask for, the same at every run."""
    drawn = random.Random(7)  # noqa: S311 - no secret
    west, south, east, north = _SAHEL
    towns = [(lon, lat) for _, lon, lat, *_ in gazetteer.lookup.settlement_points()]
    sahel = [Position(drawn.uniform(west, east), drawn.uniform(south, north)) for _ in range(count // 2)]
    around = [(lon + drawn.gauss(0, 0.3), lat + drawn.gauss(0, 0.3)) for lon, lat in drawn.sample(towns, count - len(sahel))]
    return sahel + [Position(min(max(lon, -180), 180), min(max(lat, -90), 90)) for lon, lat in around]


def ours_plain(gazetteer: Gazetteer) -> Callable[[Sequence[Position]], Answer]:
    """Without the factors of `landmarks.yaml`: the truly nearest on the ellipsoid, which the others are held to."""
    weights = telling()
    plain = replace(weights, kind=dict.fromkeys(weights.kind, 1.0), unknown=1.0)
    return _nearest(Landmarks(gazetteer.lookup.settlement_points(), plain))


def ours_weighed(gazetteer: Gazetteer) -> Callable[[Sequence[Position]], Answer]:
    """The settlement that tells best: a known town before a hamlet that is a little nearer."""
    return _nearest(Landmarks(gazetteer.lookup.settlement_points(), telling()))


def _nearest(marks: Landmarks) -> Callable[[Sequence[Position]], Answer]:
    def ask(points: Sequence[Position]) -> Answer:
        return [near[0].number if (near := marks.near(point, 1)) else -1 for point in points]

    return ask


def ours_whole(gazetteer: Gazetteer) -> Callable[[Sequence[Position]], Answer]:
    surveyor = Surveyor(gazetteer)
    numbers = {own: number for number, own in gazetteer.lookup._rows("SELECT num, id FROM place", ())}  # noqa: SLF001
    surveyor.whereabouts(Position(0, 0))

    def ask(points: Sequence[Position]) -> Answer:
        told = [surveyor.whereabouts(point) for point in points]
        return [numbers[each.nearest.place.id] if each.nearest else -1 for each in told]

    return ask


def shapely_tree(gazetteer: Gazetteer) -> Callable[[Sequence[Position]], Answer]:
    """The nearest in degrees: fast, and wrong away from the equator."""
    rows = [(number, lon, lat) for number, lon, lat, *_ in gazetteer.lookup.settlement_points()]
    tree = shapely.STRtree(shapely.points([(lon, lat) for _, lon, lat in rows]))

    def ask(points: Sequence[Position]) -> Answer:
        found = tree.nearest(shapely.points([(point.lon, point.lat) for point in points]))
        return [rows[index][0] for index in np.atleast_1d(found)]

    return ask


def reverse_geocoder(gazetteer: Gazetteer) -> Callable[[Sequence[Position]], Answer]:
    """The peer, with our settlements in its own file format."""
    text = "lat,lon,name,admin1,admin2,cc\n" + "".join(
        f"{lat},{lon},{number},,,\n" for number, lon, lat, *_ in gazetteer.lookup.settlement_points()
    )
    peer = import_module("reverse_geocoder").RGeocoder(mode=1, verbose=False, stream=io.StringIO(text))

    def ask(points: Sequence[Position]) -> Answer:
        return [int(each["name"]) for each in peer.query([point.lat_lon() for point in points])]

    return ask


WAYS: dict[str, Callable[[Gazetteer], Callable[[Sequence[Position]], Answer]]] = {
    "ours: truly nearest, km, bearing": ours_plain, "ours: best known near, km, bearing": ours_weighed,
    "ours: all whereabouts": ours_whole,
    "shapely STRtree, degrees": shapely_tree, "reverse_geocoder, k-d tree": reverse_geocoder,
}


def measure(way: str, folder: Path, count: int) -> dict[str, Any]:
    """Load one way and ask it, in this process."""
    gazetteer = compile_world(folder)
    points = points_of(gazetteer, count)
    before, start = _resident_mb(), time.perf_counter()
    ask = WAYS[way](gazetteer)
    loaded, mb = time.perf_counter() - start, _resident_mb() - before
    ask(points[:10])
    start = time.perf_counter()
    answer = ask(points)
    at_once = len(points) / (time.perf_counter() - start)
    start = time.perf_counter()
    for point in points[:_ONE_BY_ONE]:
        ask([point])
    single = min(_ONE_BY_ONE, count) / (time.perf_counter() - start)
    return {"load_s": loaded, "mb": mb, "at_once": at_once, "single": single, "answer": answer}


def agreement(gazetteer: Gazetteer, points: Sequence[Position], nearest: Answer, other: Answer) -> float:
    """Share of the points that have a settlement within 400 km for which the other's is as near as the nearest."""
    where = {number: Position(lon, lat) for number, lon, lat, *_ in gazetteer.lookup.settlement_points()}
    pairs = ((point, mine, theirs) for point, mine, theirs in zip(points, nearest, other, strict=True) if mine >= 0)
    asked = [(point, where[mine], where[theirs]) for point, mine, theirs in pairs]
    same = sum(distance_km(point, theirs) <= distance_km(point, mine) + _SAME_KM for point, mine, theirs in asked)
    return same / len(asked)


def report(count: int = 10_000) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        gazetteer = compile_world(folder)
        points = points_of(gazetteer, count)
        settlements = sum(1 for _ in gazetteer.lookup.settlement_points())
        without = "" if MALI_DUMP.is_file() else " (no country dump here)"
        print(f"reverse: {len(points)} points, {settlements} settlements{without}")
        print(f"{'way':<36} {'at once/s':>10} {'one by one/s':>12} {'load s':>8} {'MB':>6}  truly nearest")
        first: Answer | None = None
        for way in WAYS:
            if way.startswith("reverse_geocoder") and find_spec("reverse_geocoder") is None:
                print(f"{way:<36} not installed (requirements/bench.txt)")
                continue
            got = _apart(way, folder, count)
            first = first or got["answer"]
            speed = f"{got['at_once']:>10,.0f} {got['single']:>12,.0f} {got['load_s']:>8.2f} {got['mb']:>6.0f}"
            print(f"{way:<36} {speed}  {agreement(gazetteer, points, first, got['answer']):.1%}")
        print("Best known: a known town before a hamlet that is a little nearer (data/lexicons/landmarks.yaml), on purpose.")


def _apart(way: str, folder: Path, count: int) -> dict[str, Any]:
    own = [sys.executable, "-m", "benchmarks.geocoding.reverse"]
    command = [*own, "--way", way, "--folder", str(folder), "--points", str(count)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    got: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return got


def _resident_mb() -> float:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--points", type=int, default=10_000)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        print(json.dumps(measure(asked.way, asked.folder, asked.points)))
    else:
        report(asked.points)
