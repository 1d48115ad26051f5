"""How fast a file of events comes into a workspace, and in how much memory, beside what one would reach for instead.

Run: python -m benchmarks.tables importing [--rows 100000 3000000 30000000] [--folder DIR]

Our import reads, judges every row, compares with what stands, computes places, sorts and keeps a snapshot. The peers only read
the same CSV and write it as Parquet (geopandas with points): no verdicts, no order, no versions. Each runs in a process of its
own, one after another, so that its memory is its own; processor seconds are told because others may be at work on the machine.
pandas and geopandas run only up to 3 million rows.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from benchmarks.tables.memory import peak_mb
from benchmarks.tables.rows import write_csv
from incidentmap.walks.import_asked import ImportAsked
from incidentmap.walks.import_table import import_table

try:
    import polars as pl
except ImportError:  # a peer that is only measured where it is there
    pl = None

AIM = 150_000
"""Rows a second on two cores, of a mapped CSV without looking up names."""
_TOO_MANY = 3_000_000


@dataclass(frozen=True, slots=True)
class Took:
    """What one way took, from opening the file until all is on the disk."""

    wall_s: float
    processor_s: float
    peak_mb: float
    disk_mb: float


def report(sizes: list[int], folder: Path | None) -> None:
    """Print a table for each number of rows."""
    with tempfile.TemporaryDirectory() as temporary:
        for rows in sizes:
            _report(rows, (folder or Path(temporary)) / f"rows-{rows}.csv")


def _report(rows: int, path: Path) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_suffix(".making")
        write_csv(made, rows)
        made.replace(path)
    size, load = path.stat().st_size / 1e6, os.getloadavg()[0]
    print(f"\n{rows:,} rows, {size:,.0f} MB of CSV; aim {AIM:,} rows/s; load of the machine before {load:.1f}")
    print(f"{'':<22}{'rows/s':>12}{'wall, s':>12}{'processor, s':>14}{'peak, MB':>12}{'on disk, MB':>14}")
    for way in _WAYS:
        if not _runs(way, rows):
            print(f"{way:<22}{'-':>12}")
        else:
            took = _asked(way, path)
            print(f"{way:<22}{rows / took.wall_s:>12,.0f}{took.wall_s:>12.1f}{took.processor_s:>14.1f}{took.peak_mb:>12,.0f}"
                  f"{took.disk_mb:>14,.0f}")


def measure(way: str, path: Path) -> Took:
    """Take the file in, in this process."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        begun, processor = time.perf_counter(), time.process_time()
        _WAYS[way](path, Path(folder))
        wall, processor = time.perf_counter() - begun, time.process_time() - processor
        disk = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    return Took(wall, processor, peak_mb(), disk / 1e6)


def _ours(path: Path, folder: Path) -> None:
    import_table(ImportAsked(path, folder / "workspace", places=False))


def _ours_with_names(path: Path, folder: Path) -> None:
    import_table(ImportAsked(path, folder / "workspace"))


def _ours_again(path: Path, folder: Path) -> None:
    """Nothing has changed, which is only known once every field of every row was compared."""
    _ours(path, folder)
    _ours(path, folder)


def _pandas(path: Path, folder: Path) -> None:
    pd.read_csv(path, parse_dates=["date_start"]).to_parquet(folder / "rows.parquet", compression="zstd")


def _geopandas(path: Path, folder: Path) -> None:
    rows = pd.read_csv(path, parse_dates=["date_start"])
    points = gpd.points_from_xy(rows["lon"], rows["lat"])
    gpd.GeoDataFrame(rows, geometry=points, crs="EPSG:4326").to_parquet(folder / "rows.parquet", compression="zstd")


def _polars(path: Path, folder: Path) -> None:
    pl.scan_csv(path, try_parse_dates=True).sink_parquet(folder / "rows.parquet", compression="zstd")


_WAYS: dict[str, Callable[[Path, Path], None]] = {
    "incidentmap": _ours, "incidentmap, names": _ours_with_names, "incidentmap, twice": _ours_again, "pandas": _pandas,
    "geopandas": _geopandas, "Polars": _polars,
}


def _runs(way: str, rows: int) -> bool:
    return {"pandas": rows <= _TOO_MANY, "geopandas": rows <= _TOO_MANY, "Polars": pl is not None}.get(way, True)


def _asked(way: str, path: Path) -> Took:
    command = [sys.executable, "-m", "benchmarks.tables.importing", way, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Took(**json.loads(done.stdout))


if __name__ == "__main__":
    print(json.dumps(asdict(measure(sys.argv[1], Path(sys.argv[2])))))
