"""All figures of the geocoder in one run. Run: python -m benchmarks.geocoding [speed] [accuracy] [reverse]"""

import argparse

from benchmarks.geocoding import accuracy, reverse, speed

_REPORTS = {"speed": speed.report, "accuracy": accuracy.report, "reverse": reverse.report}


def main() -> None:
    """Print the reports that are asked for, all of them by default."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.geocoding", description=__doc__)
    options.add_argument("reports", nargs="*", metavar="REPORT", help="speed, accuracy, reverse; default: all")
    asked = options.parse_args().reports or list(_REPORTS)
    unknown = [name for name in asked if name not in _REPORTS]
    if unknown:
        options.error(f"unknown report {unknown[0]}; there are {', '.join(_REPORTS)}")
    for name in asked:
        print(f"== {name}")
        _REPORTS[name]()


if __name__ == "__main__":
    main()
