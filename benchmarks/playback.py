"""Playing the map through time in a real browser. Run: python -m benchmarks.playback [--incidents N] [--seconds S]

Frames of the page as it is exported, counted by the browser's own animation frames while it plays, headless and without a GPU.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from xstatic.pkg import leaflet

from benchmarks.cases import incidents
from incidentmap.frames import incidents_frame
from incidentmap.gazetteer import boundary, region
from incidentmap.maps import map_view, scene, standalone_page
from incidentmap.registry import actors

AIM = 20
"""Frames a second, at 5,000 incidents."""
MALI = (-12.3, 10.1, 4.3, 25.0)
FLAGS = ("--no-sandbox", "--disable-gpu")
COUNT = """(seconds) => new Promise((done) => {
  const gaps = [];
  let first = null, last = null;
  const frame = (now) => {
    if (first === null) first = now; else gaps.push(now - last);
    last = now;
    if (now - first < seconds * 1000) requestAnimationFrame(frame); else done(gaps);
  };
  requestAnimationFrame(frame);
})"""


def exported(number: int, folder: Path) -> Path:
    """The page of so many invented incidents."""
    made = incidents(number)
    frame = incidents_frame(made, region="mali", boundary=boundary)
    view = map_view(made, frame, total=number, actors=actors(), language="fr", theme="light", region=region("mali"))
    drawn = scene(view, actors(), whole_cards=False)
    page = standalone_page(view, drawn, title="playback", credit="", bounds=MALI, leaflet=Path(leaflet.BASE_DIR))
    path = folder / "playback.html"
    path.write_text(page, "utf-8")
    return path


def played(page: Page, mode: str, speed: str, seconds: float) -> list[float]:
    """Milliseconds between the frames while the map plays its last month in a mode."""
    page.locator(".im-manner").click()
    page.locator(".im-time select[name=mode]").select_option(mode)
    page.locator(".im-time select[name=speed]").select_option(speed)
    page.keyboard.press("Escape")
    for key in ("End", "PageDown"):
        page.get_by_role("slider").last.press(key)
    page.locator(".im-button[data-do=play]").click()
    gaps: list[float] = page.evaluate(COUNT, seconds)
    page.locator(".im-button[data-do=play]").click()
    return gaps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=5000)
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each mode plays (default 5)")
    args = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = exported(args.incidents, Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1200, "height": 800})
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]")
        print(f"{args.incidents:,} incidents, file of {path.stat().st_size / 1e6:.1f} MB; aim: {AIM} frames a second at 5,000")
        for mode in ("window", "cumulative", "instant"):
            for speed in ("1", "5"):
                gaps = sorted(played(page, mode, speed, args.seconds))
                drawn = json.loads(page.locator(".folium-map").get_attribute("data-drawn") or "0")
                shown = drawn if isinstance(drawn, int) else len(drawn)
                print(f"{mode:<10} {speed:>2} steps/s: {1000 * len(gaps) / sum(gaps):5.1f} frames/s, "
                      f"p95 {gaps[int(0.95 * len(gaps))]:4.0f} ms between frames, {shown:>5} drawn at the end")
        browser.close()


if __name__ == "__main__":
    main()
