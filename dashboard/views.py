"""What screens ask of the library: the filtered view, the whole case, sources."""

import re

import streamlit as st
import yaml

import opened
import page
import reports_add
from incidentmap.maps import MapView
from incidentmap.paths import shipped
from incidentmap.walks.screen import Screen
from incidentmap.walks.viewport import viewport

_NAMED = ("Natural Earth", "GeoNames", "geoBoundaries")
"""Whose ground the map shows, as its `SOURCE.yaml` files call them."""


def looked_at() -> Screen:
    """What the page asks to see."""
    where = page.view()
    return Screen(
        page.query(windowed=False), page.window(), page.hidden(), page.rule(), viewport(*where) if where else None,
        page.language(), page.theme(), page.role(), page.showing(),
    )


def filtered() -> MapView:
    """The page's view: all days that pass the filters, with the page's window and hidden layers."""
    return opened.view(looked_at())


def first_visit() -> None:
    """What to do where the case holds nothing yet."""
    st.html(f'<p class="im-empty"><strong>{page.tell("screen.first.title")}</strong></p>')
    st.html(f'<p>{page.tell("screen.first.text")}</p>')
    st.code(f'incidentmap ingest RAPPORT.txt --workspace "{opened.workspace().folder}"', language=None)
    reports_add.draw_add(expanded=True)


@st.cache_data(show_spinner=False)
def sources() -> list[dict[str, str]]:
    """Every shipped file's origin and licence, from the `SOURCE.yaml` beside it."""
    entries: list[dict[str, str]] = []
    for folder in ("geo", "data"):
        for path in sorted(shipped(folder).rglob("SOURCE.yaml")):
            for entry in _entries(yaml.safe_load(path.read_text("utf-8"))):
                place = path.parent.relative_to(shipped(folder).parent)
                told = {key: str(value) for key, value in entry.items()}
                entries.append(told | {"folder": folder, "file": f"{place}/{told.get('file', '')}"})
    return entries


def _entries(loaded: object) -> list[dict[str, object]]:
    """Entries of a file that is a list, or a list under `files` with what holds for all of them beside it."""
    shared = {key: value for key, value in loaded.items() if key != "files"} if isinstance(loaded, dict) else {}
    listed = loaded.get("files", []) if isinstance(loaded, dict) else loaded
    return [shared | entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []


def credit() -> str:
    """The attribution line of the map, each name once; the About screen has it in full."""
    ground = [entry.get("attribution", "") for entry in sources() if entry["folder"] == "geo"]
    pieces = [piece for attribution in ground for piece in attribution.split(";")]
    names = [(re.split(r"[(,:]", piece)[0].strip(), "CC BY 4.0" in piece) for piece in pieces]
    lines = [f"{name} CC BY 4.0" if licensed else name for name, licensed in names if name in _NAMED]
    return " · ".join(dict.fromkeys(["Leaflet", *lines]))
