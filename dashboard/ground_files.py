"""Files that the map's frame loads, served by Streamlit from where they are installed: Leaflet, our scripts, the basemap.

A declared component is a folder with an address; none of these is ever drawn as a component.
"""

import streamlit.components.v1 as components
from xstatic.pkg import leaflet

from incidentmap.maps import STATIC, Assets
from incidentmap.paths import shipped


def declare_assets() -> Assets:
    """Register the folders and return their addresses relative to the map's frame, so that they hold under any base path."""
    return Assets(
        leaflet=_address("leaflet", leaflet.BASE_DIR),
        scripts=_address("scripts", str(STATIC)),
        ground=_address("ground", str(shipped("geo", "basemap"))),
    )


def _address(name: str, folder: str) -> str:
    return f"../{components.declare_component(name, path=folder).name}/"
