"""What a visitor can take out of the house."""

import streamlit as st

import opened
import page
from incidentmap.walks.export import geojson_text
from incidentmap.walks.picture import picture_bytes


def draw() -> None:
    """GeoJSON and picture of what the filters leave; made only when asked for.

    The buttons stand outside what reruns with the slider: a rerun forgets the files that earlier buttons promised, and a click
    at that moment would come to nothing. So they ask for the question when clicked, not when drawn.
    """
    workspace, language, theme, asked = opened.workspace(), page.language(), page.theme(), page.asked()
    with st.container(horizontal=True, key="downloads"):
        st.download_button(page.tell("screen.download.geojson"), data=lambda: geojson_text(workspace, asked.query, asked.rule),
                           on_click="ignore", file_name="incidents.geojson", mime="application/geo+json",
                           help=page.tell("screen.download.help"))
        st.download_button(page.tell("screen.download.picture"), on_click="ignore", file_name="incidents.png", mime="image/png",
                           data=lambda: picture_bytes(workspace, asked.query, language=language, theme=theme, rule=asked.rule))
