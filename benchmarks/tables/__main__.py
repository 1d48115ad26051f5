"""The figures of event tables.

Run: python -m benchmarks.tables [importing] [queries] [--rows 100000 3000000 30000000] [--folder DIR]
"""

import argparse
from pathlib import Path

from benchmarks.tables import importing, queries

_REPORTS = {"importing": importing.report, "queries": queries.report}


def main() -> None:
    """Print the reports that are asked for, all of them by default."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.tables", description=__doc__)
    options.add_argument("reports", nargs="*", metavar="REPORT", help=f"{', '.join(_REPORTS)}; default: all")
    options.add_argument("--rows", nargs="+", type=int, default=[100_000, 3_000_000, 30_000_000], help="how many rows")
    options.add_argument("--folder", type=Path, help="keeps the made-up rows for the next run; default: a temporary one")
    asked = options.parse_args()
    unknown = [name for name in asked.reports if name not in _REPORTS]
    if unknown:
        options.error(f"unknown report {unknown[0]}; there are {', '.join(_REPORTS)}")
    for name in asked.reports or _REPORTS:
        print(f"== {name}")
        _REPORTS[name](asked.rows, asked.folder)


if __name__ == "__main__":
    main()
