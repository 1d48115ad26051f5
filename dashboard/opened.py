"""The case that the dashboard shows, opened once for all visitors, and the answers to their questions."""

import os
from pathlib import Path

import streamlit as st

from incidentmap.model import BadValue, IncidentQuery
from incidentmap.registry import put_in_force
from incidentmap.walks.select import Selection, select
from incidentmap.walks.workspace import Workspace, open_workspace

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


@st.cache_resource(show_spinner=False)
def _open(folder: str) -> Workspace:
    return open_workspace(Path(folder))


@st.cache_resource(max_entries=200, show_spinner=False)
def _select(folder: str, version: str, query: IncidentQuery) -> Selection:  # noqa: ARG001 (the cache key)
    return select(_open(folder), query)
