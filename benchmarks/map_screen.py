"""The Map screen beside what else draws points in Streamlit, in one run: first map, filter, time step, payload, server's CPU.

Run: python -m benchmarks.map_screen [--sizes 1000 10000 50000] [--tries 3] [--only NAME ...]

Each is the same rows, in headless Chromium without a GPU, outside hosts blocked. Times end when the map's own picture
stands still: the first of those that stay equal for a second, taken one after the other, some tenth of a second each. Bytes are
what came over HTTP and the websocket; CPU is that of the server's process. `empty` is a Streamlit app without any map.
Kepler.gl's exported page takes part if its package is there: pip install keplergl==0.4.0.
"""

import argparse
import importlib.util
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.peers.measure import LIMIT_S, PAGE, Seen, Watched, Wire
from benchmarks.screen import made_case
from incidentmap.store.events.asked import Question
from incidentmap.walks.export_records import opened_records
from incidentmap.walks.workspace import open_workspace

PEERS = ("empty", "markers", "geojson", "st_map", "pydeck")
OURS, KEPLER = "incidentmap", "kepler.gl"
MOST_MARKERS = 10_000
"""More folium objects than that take minutes."""
_VIEW = {"width": 1280, "height": 900}
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
_ROWS = Question("SELECT lon, lat, date_start AS day, CAST(event_type AS STRING) AS event_type FROM events")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.map_screen", description=__doc__,
                                      formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 50_000])
    options.add_argument("--tries", type=int, default=3, help="of each; the median is told")
    options.add_argument("--only", nargs="+", choices=[*PEERS, OURS, KEPLER], help="default: all")
    asked = options.parse_args()
    wanted = asked.only or [*PEERS, OURS, KEPLER]
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(_FLAGS))
        for size in asked.sizes:
            with tempfile.TemporaryDirectory() as temporary:
                _of_size(browser, Path(temporary), size, asked.tries, wanted)
        browser.close()


def _of_size(browser: Browser, folder: Path, size: int, tries: int, wanted: list[str]) -> None:
    load = os.getloadavg()[0]
    made_case(folder / "case", size).store.set_setting("tour", "dismissed")
    rows = folder / "rows.parquet"
    _table(folder / "case").to_parquet(rows)
    found: dict[str, Seen] = {}
    for peer in (each for each in PEERS if each in wanted):
        if peer == "markers" and size > MOST_MARKERS:
            found[peer] = Seen(note=f"not tried beyond {MOST_MARKERS:,}")
            continue
        found[peer] = _measured(browser, partial(_peer, peer, rows), _PEER_STEPS, tries, _MAPS[peer])
    if OURS in wanted:
        found[OURS] = _measured(browser, partial(_ours, folder / "case"), _OUR_STEPS, tries, _OUR_FRAME)
    if KEPLER in wanted:
        found[KEPLER] = _kepler(browser, rows, folder)
    _print(size, load, found)


def _table(folder: Path) -> pd.DataFrame:
    with opened_records(open_workspace(folder)) as records:
        if records.reader is None:
            raise SystemExit("the case has no rows")
        batches = records.reader.batches(_ROWS)
        told: pd.DataFrame = pd.concat([batch.to_pandas() for batch in batches])
    return told.dropna(subset=["lon", "lat", "day"])


@contextmanager
def _peer(name: str, rows: Path) -> Iterator[tuple[str, int]]:
    app = Path(__file__).parent / "peers" / "app.py"
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}", "--server.address=127.0.0.1",
               "--server.headless=true", "--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    environment = {**os.environ, "PEER": name, "ROWS": str(rows), "PYTHONWARNINGS": "ignore"}
    with _running(command, environment, port) as process:
        yield f"http://127.0.0.1:{port}", process.pid


@contextmanager
def _ours(folder: Path) -> Iterator[tuple[str, int]]:
    port = _free_port()
    command = [sys.executable, "-m", "incidentmap", "serve", "--workspace", str(folder), "--port", str(port)]
    with _running(command, dict(os.environ), port) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text("ascii").split()
        yield f"http://127.0.0.1:{port}/?lang=en", int(children[0])


@contextmanager
def _running(command: list[str], environment: dict[str, str], port: int) -> Iterator["subprocess.Popen[bytes]"]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health")
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(address: str) -> None:
    end = monotonic() + LIMIT_S
    while monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            sleep(0.2)
    raise SystemExit(f"nothing answers at {address}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _click_filter(page: Page) -> None:
    page.get_by_text("Battles", exact=True).first.click()


def _step_back(page: Page) -> None:
    page.get_by_role("slider").last.press("Home")


def _our_filter(page: Page) -> None:
    page.get_by_role("button", name="Battles").click()


def _our_actor(page: Page) -> None:
    page.frame_locator(_OUR_FRAME).locator(".im-toggle").first.click()


def _our_step(page: Page) -> None:
    page.frame_locator(_OUR_FRAME).get_by_role("slider").last.press("PageDown")


_OUR_FRAME = 'iframe[title$="map_page"]'
_FOLIUM, _DECK = 'iframe[title*="st_folium"]', '[data-testid="stDeckGlJsonChart"]'
_MAPS = {"empty": PAGE, "markers": _FOLIUM, "geojson": _FOLIUM, "st_map": _DECK, "pydeck": _DECK}
"""Where each draws."""
Step = Callable[[Page], None]
_PEER_STEPS: dict[str, Step] = {"filter": _click_filter, "step": _step_back}
_OUR_STEPS: dict[str, Step] = {"filter": _our_filter, "actor": _our_actor, "step": _our_step}


def _measured(
    browser: Browser, served: Callable[[], Any], steps: dict[str, Step], tries: int, element: str,
) -> Seen:
    """The first map of each try on a page of its own; the steps on that page."""
    seen = Seen()
    with served() as (address, server):
        _visited(browser, (address, server, element), {}, Seen())  # what the server makes once for all visitors
        for _ in range(tries):
            _visited(browser, (address, server, element), steps, seen)
    return seen


def _visited(browser: Browser, where: tuple[str, int, str], steps: dict[str, Step], seen: Seen) -> None:
    address, server, element = where
    context = browser.new_context(viewport=_VIEW, locale="en-GB")  # type: ignore[arg-type]
    host = address.split("/")[2]
    context.route(re.compile(f"^(?!https?://{re.escape(host)})(?!data:)(?!blob:).*"), lambda route: route.abort())
    page = context.new_page()
    watched = Watched(page, Wire(context.new_cdp_session(page)), server, element)
    try:
        watched.timed("first map", lambda: page.goto(address), seen, blank=True)
        for name, step in steps.items():
            watched.timed(name, partial(step, page), seen)
    finally:
        context.close()


def _kepler(browser: Browser, rows: Path, folder: Path) -> Seen:
    """Its exported page: how large it is, and whether it draws with outside hosts blocked."""
    if importlib.util.find_spec("keplergl") is None:
        return Seen(note="not installed")
    path = folder / "kepler.html"
    code = ("import sys, pandas, keplergl; rows = pandas.read_parquet(sys.argv[1]); rows['day'] = rows['day'].astype(str); "
            "keplergl.KeplerGl(data={'rows': rows}).save_to_html(file_name=sys.argv[2])")
    done = subprocess.run([sys.executable, "-c", code, str(rows), str(path)], capture_output=True, check=False)
    if done.returncode or not path.is_file():
        return Seen(note=f"cannot be exported: {done.stderr.decode()[-120:]!r}")
    context = browser.new_context(viewport=_VIEW, offline=True)  # type: ignore[arg-type]
    page, asked = context.new_page(), []
    page.on("requestfailed", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_load_state()
    shown = page.locator("canvas").count()
    context.close()
    what = "draws" if shown else f"draws nothing: asks {len(asked)} outside files"
    return Seen(note=f"file of {path.stat().st_size / 1e6:.1f} MB; offline it {what}")


def _print(size: int, load: float, found: dict[str, Seen]) -> None:
    print(f"\n{size:,} points; load before {load:.1f}; medians; x: times the empty app's first map, or our own step")
    heads = f"{'first map':>14} {'MB':>6} {'CPU s':>6} | {'filter':>14} {'kB':>7} {'CPU s':>6} | {'time step':>14} {'kB':>7}"
    print(f"{'':<12} {heads} | {'actor':>7}")
    for name, seen in found.items():
        if not seen.seconds:
            print(f"{name:<12} {seen.note}")
            continue
        empty, ours = found.get("empty"), found.get(OURS)
        first = f"{_time(seen, 'first map', empty)} {_bytes(seen, 'first map', 1e6):6.2f} {_cpu(seen, 'first map')}"
        filtered = f"{_time(seen, 'filter', ours)} {_bytes(seen, 'filter', 1e3):7.0f} {_cpu(seen, 'filter')}"
        stepped = f"{_time(seen, 'step', ours)} {_bytes(seen, 'step', 1e3):7.0f}"
        print(f"{name:<12} {first} | {filtered} | {stepped} | {_seconds(seen, 'actor')}  {_late(seen)}")


def _time(seen: Seen, what: str, beside: Seen | None) -> str:
    times, others = seen.seconds.get(what), beside.seconds.get(what) if beside else None
    if not times:
        return f"{'-':>14}"
    took = statistics.median(times)
    return f"{took:6.2f} s {took / statistics.median(others):5.1f}x" if others else f"{took:6.2f} s       "


def _late(seen: Seen) -> str:
    return f"{seen.late} times nothing within {LIMIT_S:.0f} s" if seen.late else ""


def _seconds(seen: Seen, what: str) -> str:
    return f"{statistics.median(seen.seconds[what]):5.2f} s" if seen.seconds.get(what) else f"{'-':>7}"


def _bytes(seen: Seen, what: str, unit: float) -> float:
    return statistics.median(seen.received[what]) / unit if seen.received.get(what) else float("nan")


def _cpu(seen: Seen, what: str) -> str:
    return f"{statistics.median(seen.cpu[what]):6.2f}" if seen.cpu.get(what) else f"{'-':>6}"


if __name__ == "__main__":
    main()
