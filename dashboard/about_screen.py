"""The About screen: sources and licences, versions, and what leaves this machine."""

from importlib.metadata import version
from urllib.parse import urlsplit

import streamlit as st

import ground_files
import opened
import page
import tour
import views
from incidentmap import __version__
from incidentmap.gazetteer import region
from incidentmap.walks.gazetteer import Source
from incidentmap.walks.gazetteer import sources as gazetteer_sources

_PACKAGES = ("streamlit", "folium", "streamlit-folium", "XStatic-Leaflet", "geopandas", "shapely", "geopy", "rapidfuzz")


def draw() -> None:
    """Draw the screen."""
    workspace = opened.workspace()
    st.html(f'<h1 class="im-title">{page.tell("screen.about.title")}</h1>')
    st.html(f'<p class="im-prose">{page.tell("screen.about.what")}</p>')
    tour.offer()
    _part("leaves.title")
    st.html(f'<p class="im-prose">{page.tell("screen.about.leaves")}</p>')
    tiles = ground_files.tiles()
    if tiles and tiles["outside"]:
        st.text(page.tell("screen.about.tiles", host=urlsplit(tiles["url"]).hostname))
    if workspace.region_id:
        where = region(workspace.region_id)
        _part("region.title")
        parts = (where.name(page.language()), where.label(page.language()), where.method, where.source)
        st.text(" · ".join(part for part in parts if part))
    _part("sources.title")
    _sources()
    _added()
    _part("versions.title")
    rows = [("incidentmap", __version__), *((name, version(name)) for name in _PACKAGES)]
    names = (page.tell("screen.about.package"), page.tell("screen.about.version"))
    st.table([dict(zip(names, row, strict=True)) for row in rows], hide_index=True, width="content")
    _part("case.title")
    st.text(f"{workspace.folder} · {page.tell('screen.about.data', version=workspace.store.version())}")


def _part(name: str) -> None:
    st.html(f'<h2 class="im-panel">{page.tell(f"screen.about.{name}")}</h2>')


def _sources() -> None:
    """Each attribution and licence once, with the files that it stands for."""
    files: dict[tuple[str, str], list[str]] = {}
    for entry in views.sources():
        files.setdefault((entry.get("attribution", "incidentmap"), entry.get("licence", "")), []).append(entry["file"])
    names = [page.tell(f"screen.about.{key}") for key in ("attribution", "licence", "file")]
    st.table([dict(zip(names, (*key, ", ".join(own)), strict=True)) for key, own in files.items()], hide_index=True)


def _added() -> None:
    """The sources that were added to the gazetteer, with how much of each was taken."""
    added = [source for source in gazetteer_sources(opened.workspace().folder) if source.where != "shipped"]
    if not added:
        return
    _part("layers.title")
    names = [page.tell(f"screen.about.{key}") for key in ("layer", "attribution", "licence", "places", "refused", "date")]
    st.table([dict(zip(names, _row(source), strict=True)) for source in added], hide_index=True)


def _row(source: Source) -> tuple[str, ...]:
    return source.title, source.attribution, source.licence, str(source.places), str(source.refused), source.date
