"""The main job's steps beside what one would reach for instead. Run: python -m benchmarks.walk [--incidents N]

Each row is the median of several runs in this one process; the ratio is peer / ours, above 1 where we are faster or smaller.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import folium
import geopandas as gpd
import pyarrow as pa
from rapidfuzz import fuzz, process

from benchmarks.cases import incidents
from incidentmap.export import FORMATS, Asked, Head
from incidentmap.frames import incidents_frame
from incidentmap.frames.flat import flat_schema, incident_batches
from incidentmap.gazetteer import boundary, fold_name, open_gazetteer, region
from incidentmap.gazetteer.sources import read_entries
from incidentmap.maps import map_view, scene
from incidentmap.model import ALL_SOURCES, Incident, IncidentQuery
from incidentmap.paths import shipped
from incidentmap.registry import actors
from incidentmap.reports import read_report, read_report_file

NAMES = ("Niafounké", "Goundam", "Tinbuktu", "Kidal", "Ansongo", "Aguel'hoc", "Boulkessi", "Tessalit", "In Delimane", "Diré")


def median_s(job: Callable[[], object], runs: int) -> float:
    """Median wall seconds of a job, after one run that is not counted."""
    job()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def row(step: str, ours: float, peer_name: str, peer: float, unit: str) -> None:
    print(f"{step:<44} {ours:>10.3f} {peer:>10.3f} {unit:<4} {peer / ours:>8.1f}  {peer_name}")


def bench_reading(runs: int) -> None:
    finder = open_gazetteer()
    for path in sorted(shipped("data", "reports").glob("*.txt")):
        report = read_report_file(path)
        seconds = median_s(lambda report=report: read_report(report, finder, "tombouctou"), runs)  # type: ignore[misc]
        print(f"read one report of {len(report.text):>5} characters: {seconds * 1000:.1f} ms  ({path.name})")


def bench_names(runs: int) -> None:
    finder = open_gazetteer()
    spellings = sorted({fold_name(name) for entry in read_entries(shipped("geo", "gazetteer")) for name in entry.spellings})
    ours = median_s(lambda: [finder.resolve(name, region="tombouctou") for name in NAMES], runs)
    peer = median_s(lambda: [process.extractOne(fold_name(name), spellings, scorer=fuzz.ratio) for name in NAMES], runs)
    scan = f"rapidfuzz scan of {len(spellings)} spellings"
    row(f"find {len(NAMES)} names, scored and explained", ours * 1000, scan, peer * 1000, "ms")


def bench_map_and_export(number: int, runs: int) -> None:
    made = incidents(number)
    frame = incidents_frame(made, region="mali", boundary=boundary)
    view = map_view(made, frame, total=number, actors=actors(), language="fr", theme="light", region=region("mali"))
    size = f"{number:,} incidents"

    def ours() -> str:
        return json.dumps(scene(view, actors()))

    def markers() -> str:
        drawn = folium.Map(tiles=None)
        for each in made:
            assert each.location  # noqa: S101
            folium.CircleMarker(each.location.anchor.lat_lon(), tooltip=each.event_type).add_to(drawn)
        return str(drawn.get_root().render())

    def as_geojson() -> str:
        drawn = folium.Map(tiles=None)
        folium.GeoJson(frame.to_json(), marker=folium.CircleMarker()).add_to(drawn)
        return str(drawn.get_root().render())

    seconds, payload = median_s(ours, runs), len(ours()) / 1e6
    for name, peer in (("a folium.CircleMarker each", markers), ("folium.GeoJson of the frame", as_geojson)):
        row(f"map, {size}, server time", seconds, name, median_s(peer, 1), "s")
        row(f"map, {size}, payload", payload, name, len(peer()) / 1e6, "MB")
    bench_export(made, frame, size, runs)


def _flat(made: Sequence[Incident]) -> Iterator[pa.RecordBatch]:
    return incident_batches(made, region="mali", boundary=boundary, rule=ALL_SOURCES, reports={})


def bench_export(made: Sequence[Incident], frame: gpd.GeoDataFrame, size: str, runs: int) -> None:
    head = Head(
        asked=Asked.of(IncidentQuery()), day=date(2026, 11, 23), profile=("internal", "made up"), data_version="made-up",
        gazetteer_version="made-up", region=None, incidents=len(made), events=0, statuses={}, totals=(), report_claims=(),
    )
    schema = flat_schema(incidents=True, events=False)
    with tempfile.TemporaryDirectory() as folder:
        own, target = Path(folder, "own.geojson"), Path(folder, "peer.geojson")
        mine = median_s(lambda: FORMATS["geojson"].write(own, schema, _flat(made), head), runs)
        flat = frame.drop(columns=["actors", "claims", "anchor", "review"])
        written = median_s(lambda: flat.to_file(target, driver="GeoJSON"), runs)
        row(f"GeoJSON, {size}", mine, "GeoDataFrame.to_json", median_s(frame.to_json, runs), "s")
        row(f"GeoJSON, {size}", mine, "to_file, lists left out", written, "s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--incidents", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    bench_reading(args.runs)
    print(f"\n{'step':<44} {'ours':>10} {'peer':>10} {'':<4} {'ratio':>8}  peer")
    bench_names(args.runs)
    bench_map_and_export(args.incidents, args.runs)


if __name__ == "__main__":
    main()
