"""What the map page draws, as one JSON value: layers in columns, cells, histogram. No window and no hidden actor changes it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from incidentmap.maps.areas import EVERY_AREA, area_columns, counted_areas
from incidentmap.maps.card import JsonRecord, card
from incidentmap.maps.columns import columns, day_number
from incidentmap.maps.outlines import outlines
from incidentmap.maps.symbols import PATHS
from incidentmap.maps.view import MapView, Mark
from incidentmap.model import AREAS, Actor, Measure, Shows

MOST_CARDS = 500
"""Incidents whose cards go with the scene; of more, a card is sent when it is asked for."""


def scene(
    view: MapView, actors: Mapping[str, Actor], *, whole_cards: bool | None = None, every_area: bool = False,
) -> JsonRecord:
    """The scene of a view, with a version that changes when anything of it does.

    Parameters
    ----------
    view, actors
        What is drawn, and the registry by id.
    whole_cards
        Whether every incident's card is in it; by default where there are few.
    every_area
        Whether the page can count by every kind of area and every measure; else by those that the view shows.
    """
    marks = [mark for layer in view.layers for mark in layer.marks]
    whole = len(marks) <= MOST_CARDS if whole_cards is None else whole_cards
    by_server = _counted_by_server(view, marks)
    drawn, by_area = outlines(marks), _by_area(view, every_area)
    made: JsonRecord = {
        "layers": [
            columns(layer, view, actors, drawn, whole_cards=whole) | area_columns(layer.marks, view, *by_area)
            for layer in view.layers
        ],
        "outlines": list(drawn.shapes), "counted": counted_areas(view.counted),
        "actors": [
            {"id": layer.id, "name": layer.name, "colour": layer.colour, "path": PATHS[layer.shape], "group": layer.group}
            for layer in view.layers
        ],
        "groups": {layer.group: actors[layer.group].name(view.language) for layer in view.layers if layer.group in actors},
        "bins": [
            {"lon": each.lon, "lat": each.lat, "corners": [list(corner) for corner in each.corners],
             "counts": [list(pair) for pair in each.by_layer]}
            for each in view.bins
        ],
        "histogram": {
            "step": view.histogram.step.value, "starts": [day_number(day) for day in view.histogram.starts],
            "counts": [[layer, list(numbers)] for layer, numbers in view.histogram.counts],
        },
        "extent": _extent(view, marks),
        "undated": sum(mark.incident.date is None for mark in marks),
        "coarse": view.limit.hidden,
        "counts": {layer.id: layer.in_window for layer in view.layers} if by_server else None,
        "shows": str(view.showing) if by_server else None,
    }
    return made | {"version": hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:16]}


def _by_area(view: MapView, every: bool) -> tuple[tuple[Shows, ...], tuple[Measure, ...]]:  # noqa: FBT001
    """By which areas the page counts, and which victims."""
    showing = view.showing
    areas = EVERY_AREA if every else (showing.what,) if showing.what in AREAS else ()
    return areas, tuple(each for each in Measure if each is not Measure.INCIDENTS and (every or each is showing.measure))


def chosen_card(view: MapView, actors: Mapping[str, Actor], wanted: str) -> JsonRecord | None:
    """The card of an incident that the page asks for, None if it is no longer in the view."""
    found = (mark for layer in view.layers for mark in layer.marks if mark.incident.id == wanted)
    return next(({"id": wanted} | card(mark, view, actors) for mark in found), None)


def _counted_by_server(view: MapView, marks: list[Mark]) -> bool:
    """Whether the page lacks some of the incidents, so that it cannot count them."""
    return sum(layer.count for layer in view.layers) != len(marks)


def _extent(view: MapView, marks: list[Mark]) -> list[int | None] | None:
    """First and last day of all that the filters leave; None where nothing is dated."""
    dated = [mark.incident.date for mark in marks if mark.incident.date]
    days: list[date] = [day for when in dated for day in (when.start, when.end)]
    days += [*view.histogram.starts[:1], *view.histogram.starts[-1:]]
    return [day_number(min(days)), day_number(max(days))] if days else None
