"""The map page: one folium page, live in the dashboard and alone in a file. Incidents come as a scene, not in its script."""

import gzip
import json
from base64 import b64encode
from functools import cache
from pathlib import Path
from typing import cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from incidentmap.maps.areas import unit_files
from incidentmap.maps.basemap import LAYERS, STATIC, Assets, digest, ground_setup
from incidentmap.maps.card import JsonRecord
from incidentmap.maps.columns import day_number
from incidentmap.maps.page_words import page_words
from incidentmap.maps.view import MapView
from incidentmap.model import Area, BBox, Step, TimeMode
from incidentmap.paths import shipped
from incidentmap.words import RIGHT_TO_LEFT, say

SCRIPTS = (
    "symbols.js", "labels.js", "card.js", "ground.js", "cells.js", "clusters.js", "cluster_signs.js", "finer.js",
    "classes.js", "density.js", "areas.js", "actor_layer.js", "board.js", "marking.js", "shapes.js", "choice.js", "fields.js",
    "elements.js", "time_model.js", "dates.js", "playback.js", "time_bars.js", "time_readout.js", "time_axis.js",
    "time_panel.js", "legend.js", "limit.js", "shown.js", "recount.js", "signs.js", "link.js", "in_view.js", "geodesic.js",
    "sketch.js", "tools.js", "listing.js", "frame.js",
)
LIVE_SCRIPTS = "incidentmap.js"
"""What the live page calls its scripts."""
_SIGNS = ("exact", "near", "area", "line", "many", "pale", "draft", "claimants", "contested", "zone")
_STYLES = ("map.css", "time_panel.css", "legend.css", "frame.css", "file.css")
_MAX_ZOOM = 18
"""Without a tile layer Leaflet knows no greatest zoom."""
_POLICY = "default-src 'none'; script-src data: 'unsafe-inline'; style-src data: 'unsafe-inline'; img-src data:"
"""Of a page alone: it may load nothing but what it holds."""


class _Begin(MacroElement):
    """Starts the page on the map that it is added to: live, or with all that it shows."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            incidentmap.{{ this.how }}({{ this._parent.get_name() }}{% if this.args %}, {{ this.args }}{% endif %});
        {% endmacro %}
        """
    )

    def __init__(self, how: str, args: str = "") -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Begin"
        self.how, self.args = how, args


def live_page(assets: Assets) -> str:
    """The page as the frame of a Streamlit component: it asks for its scene. Beside it stands :func:`live_scripts`."""
    made = _map()
    made.default_js = [("leaflet", f"{assets.leaflet}leaflet.js"), ("incidentmap", f"{LIVE_SCRIPTS}?v={digest(SCRIPTS)}")]
    made.default_css = [("leaflet_css", f"{assets.leaflet}leaflet.css")]
    made.add_child(_Begin("live"))
    return _rendered(made)


def live_scripts() -> str:
    """All our scripts as the one file :data:`LIVE_SCRIPTS`: forty requests would take half a second of a first map."""
    return ";\n".join(_static(name) for name in SCRIPTS)


def page_args(
    view: MapView, scene: JsonRecord, *, assets: Assets, credit: str, bounds: BBox, nonce: int,
    opened_at: tuple[float, float, float] | None, card: JsonRecord | None = None, chosen: str = "", tour: str = "",
    linked: bool = False, area: Area = (), mode: TimeMode = TimeMode.WINDOW, step: Step | None = None,
    tiles: JsonRecord | None = None,
) -> JsonRecord:
    """What the page is told: how to draw the ground, the scene, and the visitor's choices, taken over with a new nonce.

    Parameters
    ----------
    view, scene
        A view and its scene, see :func:`incidentmap.maps.scene.scene`, or :func:`packed_scene`.
    assets, credit
        Where the ground's files are, and whose they are.
    bounds, opened_at
        What the first view shows; latitude, longitude and zoom go before bounds.
    nonce
        Another one where window, hidden actors or their role were chosen elsewhere than on the page.
    card
        The card that the page asked for.
    chosen
        Id of the incident whose card is open, empty if none is.
    tour
        The part of the page that the tour of newcomers speaks of, empty if it does not.
    linked
        Whether the page has an address that restores what is seen.
    area
        The drawn area that the question is limited to, empty if to none.
    mode, step
        How time goes on: what a step of playing shows, and how long it is; None for the histogram's own.
    tiles
        Pictures under the map: url, attribution, min_zoom, max_zoom, closest, bounds, named, outside; None for none.
    """
    return {
        "tour": tour, "linked": linked,
        "setup": ground_setup(
            base=assets.ground, units=assets.boundaries, region=view.region, theme=view.theme, language=view.language,
            credit=credit, bounds=bounds, view=opened_at, board="Board", label=say(view.language, "screen.map.map"),
        ) | {"tiles": tiles},
        "scene": scene, "words": page_words(view.language), "signs": _signs(view),
        "dir": "rtl" if view.language in RIGHT_TO_LEFT else "ltr",
        "state": {
            "nonce": nonce, "window": [day_number(day) for day in view.window], "card": card, "chosen": chosen,
            "show": {"what": view.showing.what.value, "measure": view.showing.measure.value},
            "mode": mode.value, "step": step.value if step else None, "worst": view.limit.worst,
            "area": [list(corner) for corner in area], "role": view.role.value,
            "hidden": [layer.id for layer in view.layers if not layer.shown],
        },
    }


def packed_scene(scene: JsonRecord) -> JsonRecord:
    """A scene as it goes over the wire: its version, and all of it in a tenth of the bytes."""
    return {"version": scene["version"], "packed": _packed(scene)}


def standalone_page(
    view: MapView, scene: JsonRecord, *, title: str, credit: str, bounds: BBox, leaflet: Path, before: str = "",
    after: str = "", opened_at: tuple[float, float, float] | None = None, chosen: str = "",
) -> str:
    """The page as one file that asks nobody for anything: map, ground, time control, legend, cards.

    Parameters
    ----------
    view, scene
        As :func:`page_args`; the scene with whole cards.
    title
        Of the document.
    credit, bounds
        Whose ground it is, and what the first view shows.
    leaflet
        The folder of Leaflet's own files.
    before, after
        HTML that stands above and below the map, see :mod:`incidentmap.maps.file_parts`.
    opened_at, chosen
        As :func:`page_args`.
    """
    made = _map(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">')
    scripts = [("leaflet", (leaflet / "leaflet.js").read_text("utf-8")), *((name, _static(name)) for name in SCRIPTS)]
    made.default_js = [(name, _inline(text, "text/javascript")) for name, text in scripts]
    made.default_css = [("leaflet_css", _inline((leaflet / "leaflet.css").read_text("utf-8"), "text/css"))]
    nowhere = Assets("", "", "", "")
    args = page_args(view, scene, assets=nowhere, credit=credit, bounds=bounds, nonce=1, opened_at=opened_at, chosen=chosen)
    args["setup"]["files"] = {name: json.loads(_ground(name)) for name in LAYERS} | unit_files(scene["layers"])
    made.add_child(_Begin("alone", f'"{_packed(args)}"'))
    whole = cast(Figure, made.get_root())
    whole.header.add_child(Element(f"<title>{_escaped(title)}</title>"), name="title")
    whole.html.add_child(Element(f"{before}{after}".replace("{", "&#123;")))
    return _rendered(made)


def _packed(args: JsonRecord) -> str:
    """JSON, gzip, base64: a fraction of the size, and no text of it can be read as anything else. Same input, same bytes."""
    written = json.dumps(args, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return b64encode(gzip.compress(written.encode(), compresslevel=6, mtime=0)).decode()


def _signs(view: MapView) -> dict[str, str]:
    """What the signs on the map mean; the border of the region only where there is one."""
    signs = [sign for sign in _SIGNS if sign != "zone" or view.region]
    return {sign: say(view.language, f"screen.legend.{sign}") for sign in signs}


def _map(before: str = "") -> folium.Map:
    """A folium map that loads nothing but what is named; `before` comes first in its head."""
    made = folium.Map(
        location=[0, 0], zoom_start=3, tiles=None, max_zoom=_MAX_ZOOM, min_zoom=3, zoom_control=False, attributionControl=False,
        zoomSnap=0.25, zoomDelta=0.75, wheelPxPerZoomLevel=90,
    )
    styles = "".join(_static(name) for name in _STYLES)
    page = cast(Figure, made.get_root())
    page.header.add_child(Element(before))
    page.html.add_child(Element(f"<style>{styles}</style>"))  # after Leaflet's own, which it changes
    return made


def _rendered(made: folium.Map) -> str:
    page: str = made.get_root().render()
    return page


def _inline(text: str, kind: str) -> str:
    return f"data:{kind};charset=utf-8;base64,{b64encode(text.encode()).decode()}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("{", "&#123;")


@cache
def _static(name: str) -> str:
    return (STATIC / name).read_text("utf-8")


@cache
def _ground(name: str) -> str:
    return shipped("geo", "basemap", f"{name}.geojson").read_text("utf-8")
