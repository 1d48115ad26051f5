"""Files that the map's frame loads, served by Streamlit from where they are installed: page, Leaflet, our scripts, basemap.

A declared component is a folder with an address; only the page is ever drawn as a component.
"""

import atexit
from dataclasses import asdict
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import streamlit.components.v1 as components
from xstatic.pkg import leaflet

from incidentmap.maps import LIVE_SCRIPTS, STATIC, Assets, live_page, live_scripts
from incidentmap.paths import shipped
from incidentmap.walks.ground_tiles import ground_tiles


def declare_assets() -> Assets:
    """Register the folders and return their addresses relative to the map's frame, so that they hold under any base path."""
    return Assets(
        leaflet=_address("leaflet", leaflet.BASE_DIR),
        scripts=_address("scripts", str(STATIC)),
        ground=_address("ground", str(shipped("geo", "basemap"))),
        boundaries=_address("boundaries", str(shipped("geo", "boundaries"))),
    )


@cache
def tiles() -> dict[str, Any] | None:
    """Pictures of the ground that `incidentmap serve` was asked for, None without; the page lies two folders deep."""
    found = ground_tiles("../../")
    return asdict(found) if found else None


def draw_page(args: dict[str, Any], key: str, height: int) -> dict[str, Any] | None:
    """Draw the map page and return what the visitor chose on it, None before it has said anything."""
    page = components.declare_component("map_page", path=_page_folder())
    told: dict[str, Any] | None = page(**args, key=key, height=height, default=None)
    return told


@cache
def _page_folder() -> str:
    """A folder with the page, the same for all visitors; gone with the process."""
    folder = mkdtemp(prefix="incidentmap-page-")
    atexit.register(rmtree, folder, ignore_errors=True)
    Path(folder, "index.html").write_text(live_page(declare_assets()), "utf-8")
    Path(folder, LIVE_SCRIPTS).write_text(live_scripts(), "utf-8")
    return folder


def _address(name: str, folder: str) -> str:
    return f"../{components.declare_component(name, path=folder).name}/"
