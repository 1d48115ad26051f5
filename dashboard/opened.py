"""The case that the dashboard shows, opened once for all visitors, and the answers to their questions."""

import os
from pathlib import Path
from typing import Any

import streamlit as st

from incidentmap.maps import MapView, packed_scene, scene
from incidentmap.model import BadValue, IncidentQuery, Report, Status
from incidentmap.registry import actors, put_in_force
from incidentmap.store.events.queries import count as count_rows
from incidentmap.walks.event_rows import OpenRows, open_rows
from incidentmap.walks.listed import Listed, Wanted
from incidentmap.walks.offered import Offered
from incidentmap.walks.offered import offered as offered_by
from incidentmap.walks.screen import Screen, screen_list, screen_view
from incidentmap.walks.select import Selection, select_case
from incidentmap.walks.workspace import Workspace, open_workspace

EVERY = IncidentQuery(statuses=tuple(Status))
"""All incidents of the case, rejected ones too."""
ENVIRONMENT = "INCIDENTMAP_WORKSPACE"
"""How `incidentmap serve` names the folder of the case."""


def workspace() -> Workspace:
    """The opened case, its actors in force from here on.

    Raises
    ------
    BadValue
        If no folder is named.
    IncidentmapError
        If it cannot be opened.
    """
    folder = os.environ.get(ENVIRONMENT, "")
    if not folder:
        raise BadValue(ENVIRONMENT, folder, "the folder of a case")
    found = _open(folder)
    put_in_force(found.registry)
    return found


def selection(query: IncidentQuery) -> Selection:
    """The incidents that a question asks for. The same question over the same data is answered once."""
    opened = workspace()
    return _select(str(opened.folder), opened.store.version(), query)


def rows() -> OpenRows | None:
    """The imported rows, None if there are none."""
    return open_rows(workspace())


def count(query: IncidentQuery) -> int:
    """How many incidents and rows a question asks for."""
    imported = rows()
    return len(selection(query).incidents) + (count_rows(imported, query) if imported else 0)


def view(screen: Screen) -> MapView:
    """What a visitor looks at. The same question over the same data is answered once."""
    opened = workspace()
    return _view(str(opened.folder), opened.store.version(), screen)


def drawn(screen: Screen) -> dict[str, Any]:
    """What the map page draws of it, packed, under a version."""
    opened = workspace()
    return _drawn(str(opened.folder), opened.store.version(), screen)


def listed(screen: Screen, wanted: Wanted) -> Listed:
    """A page of what a visitor looks at, as a list."""
    opened = workspace()
    return screen_list(selection(screen.query), rows(), screen, opened.region_id, wanted)


def offered() -> Offered:
    """What the case holds in all."""
    opened = workspace()
    return _offered(str(opened.folder), opened.store.version())


@st.cache_resource(show_spinner=False)
def _open(folder: str) -> Workspace:
    return open_workspace(Path(folder))


@st.cache_resource(max_entries=40, show_spinner=False)
def _select(folder: str, version: str, query: IncidentQuery) -> Selection:  # noqa: ARG001 (the cache key)
    return select_case(_open(folder), query)


@st.cache_resource(max_entries=4, show_spinner=False)
def _reports(folder: str, version: str) -> tuple[Report, ...]:  # noqa: ARG001 (the cache key)
    return _open(folder).store.reports()


@st.cache_resource(max_entries=4, show_spinner=False)
def _offered(folder: str, version: str) -> Offered:
    return offered_by(_select(folder, version, EVERY), open_rows(_open(folder)))


@st.cache_resource(max_entries=24, show_spinner=False)
def _view(folder: str, version: str, screen: Screen) -> MapView:
    total = len(_select(folder, version, IncidentQuery()).incidents)
    return screen_view(
        _open(folder), _select(folder, version, screen.query), open_rows(_open(folder)), screen, total=total,
        reports=_reports(folder, version),
    )


@st.cache_resource(max_entries=24, show_spinner=False)
def _drawn(folder: str, version: str, screen: Screen) -> dict[str, Any]:
    return packed_scene(scene(_view(folder, version, screen), actors()))
