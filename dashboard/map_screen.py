"""The Map screen: sentence, and the page with map, legend and time, which runs in the browser."""

from datetime import date
from typing import Any

import streamlit as st

import downloads
import ground_files
import links
import opened
import page
import panels
import sidebar
import tour
import views
from incidentmap.maps import MapView, chosen_card, page_args
from incidentmap.model import BBox, LayerRole, Measure, Showing, Shows, Step, TimeMode
from incidentmap.registry import actors

_HEIGHT = 720
"""Of the frame before the style sheet fits it to the window."""
_ANYWHERE: BBox = (-13.0, 9.0, 5.0, 26.0)
"""Mali: for a case without region and without any place."""
_MAP, _MOUNT, _OPENED_AT, _FIRST_BOUNDS = "map_page", "map_mount", "map_opened_at", "map_first_bounds"
_SAID, _NONCE, _HAD, _WANTED, _SENT = "map_said", "map_nonce", "map_had", "map_wanted", "map_sent"


def draw() -> None:
    """Draw the screen."""
    offered = opened.offered()
    sidebar.draw(views.filtered(), offered, layers=False)
    _check_incident()
    panels.notices()
    if not offered.incidents:
        views.first_visit()
        return
    tour.draw()
    _live()
    downloads.draw()


def _check_incident() -> None:
    """Tell it where the incident that a link names is not among what the link shows."""
    wanted = page.incident()
    if _SAID in st.session_state or not wanted:
        return
    if not any(mark.incident.id == wanted for mark in views.filtered().seen()):
        page.set_incident("")
        page.refuse("incident", wanted)


@st.fragment
def _live() -> None:
    """What follows the page: it runs alone, and the frame is never mounted again by it."""
    _follow()
    view = views.filtered()
    with st.container(key="told"):  # one element, whatever it holds: a frame whose place among others changes is loaded again
        panels.sentence(view)
        panels.empty_state(view)
    with st.container(key="map"):
        _page(view)
    links.write_link()


def _follow() -> None:
    """Take over what the visitor chose on the page since it last said anything."""
    told: dict[str, Any] | None = st.session_state.get(_MAP)
    if not told or told == st.session_state.get(_SAID):
        return
    st.session_state[_SAID] = told
    if told.get("lacks"):  # the page was loaded anew, and has nothing of what it was sent
        st.session_state[_SENT] = ""
        return
    first, last = (date.fromisoformat(day) if day else None for day in told["window"])
    page.set_window(first, last)
    page.set_role(LayerRole(told["role"]))
    page.set_hidden(frozenset(told["hidden"]))
    page.set_showing(Showing(Shows(told["show"]["what"]), Measure(told["show"]["measure"])))
    page.set_pace(TimeMode(told["mode"]), Step(told["step"]) if told["step"] else None)
    page.set_view(*told["view"])
    page.set_incident(told["chosen"] or "")
    st.session_state[_WANTED] = told["wanted"]
    limited = page.limit(told["worst"], told["area"])
    st.session_state[_HAD] = _chosen()
    if limited:  # a filter: the side panel counts it, the downloads follow it
        st.rerun(scope="app")


def _chosen() -> tuple[Any, ...]:
    return page.window(), page.role(), page.hidden(), page.incident(), page.choice(page.PRECISION), page.choice(page.AREA)


def _nonce() -> int:
    """Another number each time that the link or a lifted filter chose window, actors, incident, precision or area."""
    if st.session_state.get(_HAD) != _chosen():
        st.session_state[_HAD] = _chosen()
        st.session_state[_NONCE] = st.session_state.get(_NONCE, 0) + 1
    number: int = st.session_state[_NONCE]
    return number


def _page(view: MapView) -> None:
    mount = (view.theme, view.language, view.region.id if view.region else "")
    if st.session_state.get(_MOUNT) != mount:  # a new page opens where the old one stood
        st.session_state[_MOUNT] = mount
        st.session_state[_OPENED_AT] = page.view()
        st.session_state[_SENT] = ""
    wanted, (mode, step) = st.session_state.get(_WANTED), page.pace()
    args = page_args(
        view, _scene(), assets=ground_files.declare_assets(), credit=views.credit(), bounds=_first_bounds(view),
        nonce=_nonce(), opened_at=st.session_state[_OPENED_AT], card=chosen_card(view, actors(), wanted) if wanted else None,
        chosen=page.incident(), tour=tour.part(), linked=True, area=page.choice(page.AREA), mode=mode, step=step,
        tiles=ground_files.tiles(),
    )
    ground_files.draw_page(args, _MAP, _HEIGHT)


def _scene() -> dict[str, Any]:
    """What the page draws, or only its version where it has that already."""
    drawn = opened.drawn(views.looked_at())
    had, st.session_state[_SENT] = st.session_state.get(_SENT), drawn["version"]
    return drawn if had != drawn["version"] else {"version": had, "packed": None}


def _first_bounds(view: MapView) -> BBox:
    """What the first view shows: all incidents of the case, else its region. Kept: filters never move the map."""
    if _FIRST_BOUNDS not in st.session_state:
        st.session_state[_FIRST_BOUNDS] = opened.offered().bounds or (view.region.bounds if view.region else _ANYWHERE)
    bounds: BBox = st.session_state[_FIRST_BOUNDS]
    return bounds
