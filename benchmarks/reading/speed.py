"""How fast reports are read, and whether memory stays flat: pages of text, one long text, many reports."""

import resource
import time
from collections.abc import Sequence

from incidentmap.gazetteer import open_gazetteer
from incidentmap.model import PlaceFinder, Report
from incidentmap.paths import shipped
from incidentmap.reports import read_report

PAGE = 3000
"""Characters of a page."""
_MANY = 10_000
_BETWEEN = 1000


def report() -> dict[str, float]:
    """Print milliseconds a page, seconds for 100 pages in one text, and memory over many reports."""
    finder = open_gazetteer()
    text = "\n\n".join(path.read_text("utf-8") for path in sorted(shipped("data", "reports").glob("*.txt")))
    long = (text + "\n\n") * (100 * PAGE // len(text) + 1)
    _read(long[:PAGE], finder)
    pages = [long[start:start + PAGE] for start in range(0, 20 * PAGE, PAGE)]
    print(f"a page: {_seconds(pages, finder) / len(pages) * 1000:.0f} ms")
    print(f"100 pages in one text: {_seconds([long[:100 * PAGE]], finder):.1f} s")
    _memory(long, finder)
    return {}


def _read(text: str, finder: PlaceFinder) -> None:
    read_report(Report("0" * 16, "", "", "fr", None, "", text, ""), finder, None)


def _seconds(texts: Sequence[str], finder: PlaceFinder) -> float:
    start = time.perf_counter()
    for text in texts:
        _read(text, finder)
    return time.perf_counter() - start


def _memory(long: str, finder: PlaceFinder) -> None:
    """Peak of resident memory after each thousand of different short reports."""
    peaks = []
    for number in range(_MANY):
        start = number * 37 % (len(long) - 400)
        _read(f"{number} {long[start:start + 400]}", finder)
        if (number + 1) % _BETWEEN == 0:
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    print(f"peak memory over {_MANY} reports, each thousand: {', '.join(f'{peak} MB' for peak in peaks)}")
