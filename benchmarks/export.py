"""Time and peak memory of every export format beside geopandas. Run: python -m benchmarks.export [--rows 1000 100000 1000000]

The rows are made up (:mod:`benchmarks.tables.rows`) and lie in a workspace as an import leaves them. Ours reads them there,
applies the profile and writes the file; geopandas has them in memory already, as one GeoDataFrame with the same columns, and
writes: its time and memory are without the reading, to its favour. Each figure is of a process of its own.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pyarrow as pa

from benchmarks.tables.rows import slices
from incidentmap.export import FORMATS
from incidentmap.model import ImportRecord, IncidentQuery
from incidentmap.store.events import open_events, write_events
from incidentmap.walks.export import ExportAsked, export_incidents
from incidentmap.walks.export_records import opened_records
from incidentmap.walks.workspace import CASE_FILE, open_workspace

DAY = date(2026, 11, 23)
_PEERS: Mapping[str, Callable[[gpd.GeoDataFrame, Path], None]] = {
    "geojson": lambda frame, path: frame.to_file(path, driver="GeoJSON", engine="pyogrio"),
    "geojsonl": lambda frame, path: frame.to_file(path, driver="GeoJSONSeq", engine="pyogrio"),
    "csv": lambda frame, path: frame.drop(columns="geometry").to_csv(path, index=False),
    "gpkg": lambda frame, path: frame.to_file(path, driver="GPKG", engine="pyogrio"),
    "geoparquet": lambda frame, path: frame.to_parquet(path, compression="zstd"),
    "kml": lambda frame, path: frame.to_file(path, driver="KML", engine="pyogrio"),
}


def report(sizes: list[int], profiles: list[str], formats: list[str]) -> None:
    """Print a line for each size, format and writer."""
    with TemporaryDirectory(prefix="incidentmap-bench-") as folder:
        for rows in sizes:
            workspace = Path(folder, str(rows))
            _fill(workspace, rows)
            print(f"{rows:,} rows\n{'format':<12}{'by':<22}{'seconds':>9}{'rows/s':>10}{'peak MB':>9}{'file MB':>9}")
            for format_id in formats:
                for writer in (*profiles, *(["geopandas"] if format_id in _PEERS else [])):
                    seconds, peak, size = _measured(workspace, format_id, writer)
                    print(f"{format_id:<12}{writer:<22}{seconds:9.2f}{rows / seconds:10,.0f}{peak:9.0f}{size:9.1f}", flush=True)


def _fill(folder: Path, rows: int) -> None:
    workspace = open_workspace(folder)
    told = ImportRecord("made", "made.csv", "0" * 64, "{}", 1, "2026-11-23T00:00:00Z", "bench", licence="made up")
    batches = (batch for _, table in slices(rows) for batch in table.to_batches())
    write_events(open_events(workspace.folder / CASE_FILE), batches, told)


def _measured(workspace: Path, format_id: str, writer: str) -> tuple[float, float, float]:
    words = [sys.executable, "-m", "benchmarks.export", "--one", str(workspace), format_id, writer]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    seconds, peak, size = map(float, said)
    return seconds, peak, size


def _one(folder: Path, format_id: str, writer: str) -> None:
    """Write once and print seconds, peak megabytes and megabytes of the file."""
    path = folder / f"out-{writer}{FORMATS[format_id].suffix}"
    if writer == "geopandas":
        frame = _frame(folder)
        begun = time.perf_counter()
        _PEERS[format_id](frame, path)
    else:
        workspace = open_workspace(folder)
        begun = time.perf_counter()
        export_incidents(workspace, ExportAsked(IncidentQuery(), format_id, writer, day=DAY), path)
    seconds = time.perf_counter() - begun
    print(seconds, _peak_mb(), path.stat().st_size / 1e6)
    path.unlink()


def _peak_mb() -> float:
    """As Linux counts it since this program began; `ru_maxrss` would count what the parent had when it forked."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _frame(folder: Path) -> gpd.GeoDataFrame:
    with opened_records(open_workspace(folder)) as records:
        table = pa.Table.from_batches([*_columns(records.batches(IncidentQuery()))])
    frame = table.to_pandas()
    return gpd.GeoDataFrame(frame.drop(columns="geometry"), geometry=gpd.GeoSeries.from_wkb(frame["geometry"], crs="EPSG:4326"))


def _columns(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Without columns that only reviewed incidents have, as the export leaves them out."""
    for batch in batches:
        names = [name for name in batch.schema.names if name not in _INCIDENT_ONLY]
        yield batch.select(names)


_INCIDENT_ONLY = {"report", "area_id", "anchor", "actors", "claims", "review", "parts"}


def main() -> None:
    """Run what the command line asks for."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.export", description=__doc__)
    options.add_argument("--rows", nargs="+", type=int, default=[1_000, 100_000, 1_000_000], help="how many rows")
    options.add_argument("--profiles", nargs="+", default=["internal"], help="profiles to write under; default: internal")
    options.add_argument("--formats", nargs="+", choices=[*FORMATS], default=[*FORMATS], help="default: all")
    options.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.one:
        _one(Path(asked.one[0]), *asked.one[1:])
    else:
        report(asked.rows, asked.profiles, asked.formats)


if __name__ == "__main__":
    main()
