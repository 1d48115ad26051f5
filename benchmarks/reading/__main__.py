"""How well reports are read. Run: python -m benchmarks.reading [gold] [lines] [snippets] [duplicates] [speed]"""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.reading import duplicates, gold, lines, snippets, speed
from benchmarks.reading.score import load, print_changes, save

LAST = Path(__file__).with_name("last.json")
"""Figures of the last release."""


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    options.add_argument("reports", nargs="*", metavar="REPORT", help="gold, lines, snippets, duplicates, speed; default: all")
    options.add_argument("--half", choices=("dev", "held"), help="only the half tuned on, or only the half held back")
    options.add_argument("--gold", type=Path, action="append", default=[], metavar="FOLDER",
                         help="annotations; default: data/gold")
    options.add_argument("--against", type=Path, metavar="FILE", help=f"print gains and losses against it, such as {LAST.name}")
    options.add_argument("--save", type=Path, metavar="FILE", help="save the figures")
    return options


def main() -> None:
    """Print the reports that are asked for, all of them by default."""
    options = _options()
    asked = options.parse_args()
    held = {"dev": False, "held": True}.get(asked.half)
    reports: Mapping[str, Callable[[], dict[str, float] | None]] = {
        "gold": lambda: gold.report(asked.gold, held=held), "lines": lambda: lines.report(held=held),
        "snippets": lambda: snippets.report(held=held), "duplicates": duplicates.report, "speed": speed.report,
    }
    unknown = [name for name in asked.reports if name not in reports]
    if unknown:
        options.error(f"unknown report {unknown[0]}; there are {', '.join(reports)}")
    figures: dict[str, float] = {}
    for name in asked.reports or reports:
        print(f"== {name}")
        figures |= reports[name]() or {}
    if asked.against:
        print(f"== against {asked.against}")
        print_changes(figures, load(asked.against))
    if asked.save:
        save(asked.save, figures)


if __name__ == "__main__":
    main()
