"""Query results -> the interactive map: ground, one layer per actor, legend, histogram. folium is imported nowhere else."""

from incidentmap.maps.actor_layers import OTHERS, layer_id, leaders_of, leading_actor
from incidentmap.maps.basemap import STATIC, Assets
from incidentmap.maps.candidates import MOST_CANDIDATES, candidate_layers, candidate_map, kind_words
from incidentmap.maps.card import claimants, date_line, incident_title, place_line, reason_words, taking_part, web_address
from incidentmap.maps.counted import AreaCount, Bin, CountedAreas, Counts, Many, PrecisionLimit, TableRows
from incidentmap.maps.histogram import histogram_html
from incidentmap.maps.over_time import Beside, Histogram
from incidentmap.maps.page import LIVE_SCRIPTS, live_page, live_scripts, packed_scene, page_args, standalone_page
from incidentmap.maps.scene import chosen_card, scene
from incidentmap.maps.symbols import data_uri, symbol_svg
from incidentmap.maps.theme import actor_colour, palette
from incidentmap.maps.tolls import rule_words, toll_words, totals_words
from incidentmap.maps.view import ActorView, MapView, Mark, Window, map_view, touches
from incidentmap.maps.wording import date_words, day_words, figure_words, number_words, slug, span_words, term

__all__ = [
    "LIVE_SCRIPTS", "MOST_CANDIDATES", "OTHERS", "STATIC", "ActorView", "AreaCount", "Assets", "Beside", "Bin",
    "CountedAreas", "Counts", "Histogram", "Many", "MapView", "Mark", "PrecisionLimit", "TableRows", "Window", "actor_colour",
    "candidate_layers", "candidate_map", "chosen_card", "claimants", "data_uri", "date_line", "date_words", "day_words",
    "figure_words", "histogram_html", "incident_title", "kind_words", "layer_id", "leaders_of", "leading_actor", "live_page",
    "live_scripts", "map_view", "number_words", "packed_scene", "page_args", "palette", "place_line", "reason_words",
    "rule_words", "scene", "slug", "span_words", "standalone_page", "symbol_svg", "taking_part", "term", "toll_words",
    "totals_words", "touches", "web_address",
]
