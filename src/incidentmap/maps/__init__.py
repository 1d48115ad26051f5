"""Query results -> the interactive map: ground, one layer per actor, legend, histogram. folium is imported nowhere else."""

from incidentmap.maps.basemap import STATIC, Assets, incident_map
from incidentmap.maps.candidates import MOST_CANDIDATES, candidate_layers, candidate_map, kind_words
from incidentmap.maps.card import claimants, date_line, incident_title, place_line, reason_words, taking_part, web_address
from incidentmap.maps.histogram import histogram_html
from incidentmap.maps.layer import IncidentLayer, incident_layers
from incidentmap.maps.legend import legend_html
from incidentmap.maps.symbols import data_uri, symbol_svg
from incidentmap.maps.theme import actor_colour, palette
from incidentmap.maps.tolls import rule_words, toll_words, totals_words
from incidentmap.maps.view import OTHERS, ActorView, Counts, MapView, Mark, map_view
from incidentmap.maps.wording import date_words, day_words, figure_words, slug, span_words, term

__all__ = [
    "MOST_CANDIDATES", "OTHERS", "STATIC", "ActorView", "Assets", "Counts", "IncidentLayer", "MapView", "Mark",
    "actor_colour", "candidate_layers", "candidate_map", "claimants", "data_uri", "date_line", "date_words", "day_words",
    "figure_words", "histogram_html", "incident_layers", "incident_map", "incident_title", "kind_words", "legend_html",
    "map_view", "palette", "place_line", "reason_words", "rule_words", "slug", "span_words", "symbol_svg", "taking_part",
    "term", "toll_words", "totals_words", "web_address",
]
