"""A page with nothing but a few of the map's scripts: what they do without a map or a server around them."""

import json
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from incidentmap.maps import OTHERS, STATIC, palette
from incidentmap.maps.page_words import page_words
from incidentmap.maps.symbols import PATHS
from incidentmap.registry import actors

EPOCH = date(1970, 1, 1)
SCRIPTS = (
    "elements.js", "time_model.js", "dates.js", "playback.js", "time_bars.js", "time_readout.js", "time_axis.js",
    "time_panel.js", "recount.js", "legend.js",
)
STYLES = ("time_panel.css", "legend.css")
TIME = """
window.states = [];
window.make = (changes) => {
  if (window.panel) window.panel.destroy();
  window.states = [];
  window.panel = new incidentmap.TimePanel(document.getElementById("time-place"), {
    ...data, onChange: (state) => states.push(state), ...changes,
  });
};
"""
LEGEND = """
window.states = [];
window.make = (changes) => {
  if (window.legend) window.legend.destroy();
  window.states = [];
  window.legend = new incidentmap.Legend(document.getElementById("legend-place"), {
    ...data, onChange: (state) => states.push(state), ...changes,
  });
};
"""


def day(text: str) -> int:
    """Days since 1970."""
    return (date.fromisoformat(text) - EPOCH).days


def spell(span: list[int | None] | tuple[int | None, ...]) -> list[str]:
    """A window as ISO days, empty where it is open."""
    return ["" if each is None else (EPOCH + timedelta(days=each)).isoformat() for each in span]


def eight_actors() -> list[dict[str, Any]]:
    """Actors of the registry as the page's payload has them, with all others."""
    names = ("jnim", "fama", "is_sahel", "csp", "cnsp", "wagner", "minusma", "gatia")
    known = [actors()[name] for name in names]
    listed = [
        {
            "id": each.id, "name": each.name("fr"), "colour": each.colour, "path": PATHS[each.shape],
            "group": f"inter-{each.inter}",
        }
        for each in known
    ]
    return [*listed, {"id": OTHERS, "name": "Autres", "colour": "#999999", "path": PATHS["circle"], "group": ""}]


def page(folder: Path, body: str, script: str, data: object, *, theme: str = "light", direction: str = "ltr") -> str:
    """Address of a page written into a folder; its scripts have the data as `data`."""
    variables = "".join(f"--im-{name.replace('_', '-')}:{value};" for name, value in asdict(palette(theme)).items())
    css = "".join((STATIC / name).read_text("utf-8") for name in STYLES)
    loaded = "".join(f"<script>{(STATIC / name).read_text('utf-8')}</script>" for name in SCRIPTS)
    inlined = json.dumps(data).replace("<", "\\u003c")
    file = folder / "page.html"
    file.write_text(
        f'<!doctype html><html lang="fr" dir="{direction}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>page</title><style>:root{{{variables}}}body{{margin:0;background:var(--im-land)}}{css}</style>"
        f"{body}{loaded}<script>const data = {inlined};{script}make({{}});</script></html>", "utf-8",
    )
    return file.as_uri()


def time_data(starts: list[int], counts: list[tuple[str, list[int]]], **changes: Any) -> dict[str, Any]:
    """Options of the time panel over daily numbers."""
    plain = {
        "histogram": {"step": "day", "starts": starts, "counts": counts}, "extent": [starts[0], starts[-1]],
        "actors": eight_actors(), "words": page_words("fr"), "locale": "fr",
    }
    return plain | changes
