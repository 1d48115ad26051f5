"""The map without incidents: ground, region of interest, controls. The browser fetches the ground as files, once."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template
from shapely.geometry import Polygon, box, mapping

from incidentmap.gazetteer import Region
from incidentmap.maps.columns import script_json
from incidentmap.maps.theme import palette, ramp
from incidentmap.model import BBox
from incidentmap.words import say

STATIC = Path(__file__).parent / "static"
SCRIPTS = (
    "symbols.js", "labels.js", "card.js", "ground.js", "cells.js", "elements.js", "clusters.js", "cluster_signs.js",
    "finer.js", "time_model.js", "actor_layer.js", "board.js", "marking.js", "shapes.js", "choice.js", "candidates.js",
    "changes.js",
)
_WORDS = ("zoomIn", "zoomOut", "close", "cluster", "clusterMore", "zoomTo", "finer", "undated", "noTiles")
LAYERS = ("land", "borders", "admin1_lines", "rivers", "lakes", "towns")
"""Files of the ground, as `static/ground.js` loads them."""
_MAX_ZOOM = 18
"""Without a tile layer Leaflet knows no greatest zoom."""


@dataclass(frozen=True, slots=True)
class Assets:
    """Addresses, relative to the map's frame, of what the browser loads: all from this machine."""

    leaflet: str
    """Folder of leaflet.js and leaflet.css."""
    scripts: str
    """Folder of our own scripts."""
    ground: str
    """Folder of the basemap's GeoJSON files."""
    boundaries: str
    """Folder of the outlines of administrative units."""


class Setup(MacroElement):
    """Calls `incidentmap.setup` (`static/ground.js`) on the map it is added to."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            incidentmap.setup({{ this._parent.get_name() }}, {{ this.options }});
        {% endmacro %}
        """
    )

    def __init__(self, options: object) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Setup"
        self.options = script_json(options)


def ground_map(
    *, assets: Assets, region: Region | None, theme: str, language: str, credit: str, bounds: BBox,
    view: tuple[float, float, float] | None, board: str, label: str,
) -> folium.Map:
    """A folium map of the ground that asks nothing of any outside host.

    `board` is the class of our scripts that draws upon it; `label` is what a screen reader calls the map.
    """
    west, south, east, north = bounds
    made = folium.Map(
        location=[(south + north) / 2, (west + east) / 2], zoom_start=5, tiles=None, max_zoom=_MAX_ZOOM, min_zoom=3,
        zoom_control=False, attributionControl=False, zoomSnap=0.25, zoomDelta=0.75, wheelPxPerZoomLevel=90,
    )
    version = f"?v={digest(SCRIPTS)}"
    scripts = [(name, f"{assets.scripts}{name}{version}") for name in SCRIPTS]
    made.default_js = [("leaflet", f"{assets.leaflet}leaflet.js"), *scripts]
    made.default_css = [("leaflet_css", f"{assets.leaflet}leaflet.css")]
    cast(Figure, made.get_root()).header.add_child(Element(f"<style>{_frame_css()}</style>"))
    made.add_child(Setup(ground_setup(
        base=assets.ground, region=region, theme=theme, language=language, credit=credit, bounds=bounds, view=view, board=board,
        label=label,
    )))
    return made


def ground_setup(
    *, base: str, region: Region | None, theme: str, language: str, credit: str, bounds: BBox,
    view: tuple[float, float, float] | None, board: str, label: str, units: str = "",
) -> dict[str, object]:
    """What `incidentmap.setup` is told; `base` and `units` are the addresses of the folders of the ground and of outlines."""
    west, south, east, north = bounds
    return {
        "base": base, "units": units, "theme": theme, "style": palette(theme).as_style() | {"ramp": list(ramp(theme))},
        "country": "ML", "language": language,
        "region": _region(region, language), "view": view, "bounds": [[south, west], [north, east]], "credit": credit,
        "words": {key: say(language, f"screen.map.{key}") for key in _WORDS} | {"map": label},
        "board": board,
    }


def _region(region: Region | None, language: str) -> dict[str, object] | None:
    if region is None:
        return None
    return {
        "name": region.name(language), "label": region.label(language), "geometry": mapping(region.geometry),
        "labels": [list(position) for position in label_positions(region)],
    }


def label_positions(region: Region) -> tuple[tuple[float, float], ...]:
    """Positions (lon, lat) inside a region where its name may stand, best first: the middle of bands, those amid it first."""
    west, south, east, north = region.bounds
    bands = [south + (north - south) * share for share in (0.5, 0.62, 0.38, 0.74, 0.26, 0.86)]
    found = []
    for lat in bands:
        strip = region.geometry.intersection(box(west, lat - 0.01, east, lat + 0.01))
        parts = [part for part in getattr(strip, "geoms", [strip]) if isinstance(part, Polygon) and not part.is_empty]
        if parts:
            widest = max(parts, key=lambda part: part.bounds[2] - part.bounds[0]).bounds
            found.append((round((widest[0] + widest[2]) / 2, 4), round(lat, 4)))
    return tuple(found)


@cache
def digest(names: tuple[str, ...]) -> str:
    """Changes when one of these scripts of ours does, so that no browser keeps an old one."""
    return hashlib.sha256(b"".join((STATIC / name).read_bytes() for name in names)).hexdigest()[:12]


def _frame_css() -> str:
    return (STATIC / "map.css").read_text("utf-8")
