"""Rows a second and memory of `geocode-table` on a table of a million rows: `python benchmarks/geocoding/tables.py [ROWS]`.

Names are those of the shipped localities, with misses and phrases among them, in an order that repeats but is not sorted. The
table is geocoded in a process of its own, whose peak of resident memory is printed: it must not grow with the rows.
"""

import csv
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from incidentmap.paths import shipped

ROWS = 1_000_000
_COMMAND = "import sys; from incidentmap.cli import main; sys.exit(main())"


def write_table(path: Path, rows: int) -> int:
    """A table of names; how many different ones."""
    with shipped("geo", "gazetteer", "localities.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    names += [f"à 25 km au nord de {name}" for name in names] + [f"Nulle-Part-{number}" for number in range(len(names))]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "lieu", "texte"])
        table.writerows([number, names[number * 7919 % len(names)], "un long texte, \"cité\" " * 4] for number in range(rows))
    return len(names)


def main(rows: int) -> None:
    """Print the figures for a tenth of the rows and for all of them."""
    print(f"{'rows':>10}  {'names':>6}  {'MB in':>6}  {'seconds':>8}  {'rows/s':>8}  peak RSS MB")
    with tempfile.TemporaryDirectory() as folder:
        for count in (rows // 10, rows):
            source, output = Path(folder) / "in.csv", Path(folder) / "out.csv"
            names = write_table(source, count)
            begun = time.perf_counter()
            words = ["geocode-table", str(source), "--name-column", "lieu", "--region", "mali", "--output", str(output)]
            subprocess.run([sys.executable, "-c", _COMMAND, *words], check=False, stdout=subprocess.DEVNULL)
            seconds = time.perf_counter() - begun
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            size = source.stat().st_size / 1e6
            print(f"{count:>10,}  {names:>6,}  {size:>6.0f}  {seconds:>8.1f}  {count / seconds:>8,.0f}  {peak:.0f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
