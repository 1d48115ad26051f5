"""The Map screen: sentence, legend, map, time."""

import streamlit as st
from streamlit_folium import st_folium

import downloads
import ground_files
import page
import panels
import sidebar
import time_panel
import views
from incidentmap.maps import MapView, incident_layers, incident_map, legend_html
from incidentmap.model import BBox
from incidentmap.registry import actors

_HEIGHT = 560
"""Of the frame before the style sheet fits it to the window."""
_ANYWHERE: BBox = (-13.0, 9.0, 5.0, 26.0)
"""Mali: for a case without region and without any place."""
_MOUNT, _OPENED_AT, _FIRST_BOUNDS = "map_mount", "map_opened_at", "map_first_bounds"


def draw() -> None:
    """Draw the screen."""
    every = views.every()
    sidebar.draw(views.filtered(), every.incidents)
    panels.notices()
    if not every.incidents:
        views.first_visit()
        return
    _live()
    downloads.draw()


@st.fragment
def _live() -> None:
    """What follows the slider: it runs alone, and the frame of the map is never mounted again by it."""
    view = views.filtered()
    panels.sentence(view)
    panels.empty_state(view)
    st.html(legend_html(view))
    with st.container(key="map"):
        _map(view)
    time_panel.draw(view, time_panel.extent(views.every().incidents))
    page.write_link()


def _map(view: MapView) -> None:
    mount = (view.theme, view.language, view.region.id if view.region else "")
    if st.session_state.get(_MOUNT) != mount:  # a new frame opens where the old one stood
        st.session_state[_MOUNT] = mount
        st.session_state[_OPENED_AT] = page.view()
    base = incident_map(
        assets=ground_files.declare_assets(), region=view.region, theme=view.theme, language=view.language,
        credit=views.credit(), bounds=_first_bounds(view), view=st.session_state[_OPENED_AT],
    )
    seen = st_folium(base, key="map", height=_HEIGHT, use_container_width=True, returned_objects=["center", "zoom"],
                     feature_group_to_add=incident_layers(view, actors()))
    if seen and seen.get("center") and seen.get("zoom"):
        page.set_view(seen["center"]["lat"], seen["center"]["lng"], seen["zoom"])


def _first_bounds(view: MapView) -> BBox:
    """What the first view shows: all incidents of the case, else its region. Kept: filters never move the map."""
    if _FIRST_BOUNDS not in st.session_state:
        frame = views.every().frame
        if frame.geometry.notna().any():
            west, south, east, north = frame.total_bounds.tolist()
            st.session_state[_FIRST_BOUNDS] = (west, south, east, north)
        else:
            st.session_state[_FIRST_BOUNDS] = view.region.bounds if view.region else _ANYWHERE
    bounds: BBox = st.session_state[_FIRST_BOUNDS]
    return bounds
