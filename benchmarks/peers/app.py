"""One app for each peer: all rows, those of one type, or those up to a day, drawn by the tool that `PEER` names from `ROWS`."""

import os
from base64 import b64encode
from datetime import date
from pathlib import Path

import folium
import pandas as pd
import pydeck
import streamlit as st
from streamlit_folium import st_folium
from xstatic.pkg import leaflet

_CENTRE, _ZOOM = (16.0, -2.0), 5
_HEIGHT = 600


def _rows() -> pd.DataFrame:
    rows = st.cache_data(pd.read_parquet)(os.environ["ROWS"])
    kind = st.radio("type", ["all", "Battles"], horizontal=True)
    first, last = rows["day"].min(), rows["day"].max()
    until = st.slider("until", first, last, last)
    if kind != "all":
        rows = rows[rows["event_type"] == kind]
    return rows[rows["day"] <= until] if isinstance(until, date) else rows


def _base() -> folium.Map:
    """A folium map that needs no outside host: its Leaflet goes along."""
    made = folium.Map(_CENTRE, zoom_start=_ZOOM, tiles=None, prefer_canvas=True)
    made.default_js = [("leaflet", _inline("leaflet.js", "text/javascript"))]
    made.default_css = [("leaflet_css", _inline("leaflet.css", "text/css"))]
    return made


def _inline(name: str, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(Path(leaflet.BASE_DIR, name).read_bytes()).decode()}"


def _markers(rows: pd.DataFrame) -> None:
    made = _base()
    for lat, lon in zip(rows["lat"], rows["lon"], strict=True):
        folium.CircleMarker((lat, lon), radius=5, weight=1, fill=True).add_to(made)
    st_folium(made, key="map", height=_HEIGHT, use_container_width=True, returned_objects=[])


def _geojson(rows: pd.DataFrame) -> None:
    features = [
        {"type": "Feature", "properties": {"type": kind}, "geometry": {"type": "Point", "coordinates": [lon, lat]}}
        for lon, lat, kind in zip(rows["lon"], rows["lat"], rows["event_type"], strict=True)
    ]
    group = folium.FeatureGroup("rows")
    folium.GeoJson({"type": "FeatureCollection", "features": features}, marker=folium.CircleMarker(radius=5)).add_to(group)
    st_folium(_base(), key="map", height=_HEIGHT, use_container_width=True, returned_objects=[], feature_group_to_add=group)


def _st_map(rows: pd.DataFrame) -> None:
    st.map(rows[["lat", "lon"]], height=_HEIGHT)


def _pydeck(rows: pd.DataFrame) -> None:
    layer = pydeck.Layer(
        "ScatterplotLayer", rows[["lat", "lon"]], get_position="[lon, lat]", get_radius=5, radius_units="'pixels'",
        get_fill_color=[11, 110, 153],
    )
    view = pydeck.ViewState(latitude=_CENTRE[0], longitude=_CENTRE[1], zoom=_ZOOM)
    st.pydeck_chart(pydeck.Deck(layers=[layer], initial_view_state=view, map_style=None), height=_HEIGHT)


def _empty(_rows: pd.DataFrame) -> None:
    st.write("nothing")


st.set_page_config(layout="wide")
{"empty": _empty, "markers": _markers, "geojson": _geojson, "st_map": _st_map, "pydeck": _pydeck}[os.environ["PEER"]](_rows())
