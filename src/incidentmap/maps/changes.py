"""Changes between two versions on the map: where a record was, where it is, and the way between."""

from collections.abc import Sequence

import folium

from incidentmap.gazetteer import Region
from incidentmap.maps.basemap import Assets, ground_map
from incidentmap.maps.board_layer import board_group
from incidentmap.maps.candidates import bounds_of, leaflet_bounds
from incidentmap.maps.card import JsonRecord
from incidentmap.maps.change_words import change_words, kinds_words, state_words
from incidentmap.maps.theme import palette
from incidentmap.model import Aspect, BBox, Position, RecordChange
from incidentmap.words import say

MOST_CHANGES = 2_000
"""More than that nobody tells apart on a map."""
_ANYWHERE: BBox = (-13.0, 9.0, 5.0, 26.0)
_SIGNS = {Aspect.NEW: "new", Aspect.PARTED: "new", Aspect.GONE: "gone", Aspect.MERGED: "gone"}
"""A full disc, a ring that is crossed out; whatever else differs is a disc with a ring."""


def changes_map(*, assets: Assets, region: Region | None, theme: str, language: str, credit: str) -> folium.Map:
    """The map that changes are drawn on, the same for all of them."""
    return ground_map(
        assets=assets, region=region, theme=theme, language=language, credit=credit, view=None, board="ChangesBoard",
        bounds=region.bounds if region else _ANYWHERE, label=say(language, "changes.screen.map"),
    )


def changes_layer(
    question: str, changes: Sequence[RecordChange], *, region: Region | None, theme: str, language: str,
) -> folium.FeatureGroup:
    """The changes that have a position, at most :data:`MOST_CHANGES`; a new `question` moves the view to them."""
    drawn = [each for each in changes if _position(each)][:MOST_CHANGES]
    positions = [at for each in drawn for at in (_position(each), _origin(each)) if at]
    data = change_columns(drawn, language) | {
        "id": "changes", "question": question, "colour": palette(theme).accent, "window": [None, None],
        "bounds": leaflet_bounds(bounds_of([(at, 0.0) for at in positions], region)),
    }
    return board_group("ChangesLayer", data)


def change_columns(drawn: Sequence[RecordChange], language: str) -> JsonRecord:
    """Columns of equal length, as the map's board reads those of incidents; `from` are where records were that moved."""
    count, at = len(drawn), [_position(each) for each in drawn]
    origins = [_origin(each) for each in drawn]
    return {
        "ids": [each.id for each in drawn], "lon": [each.lon if each else None for each in at],
        "lat": [each.lat if each else None for each in at],
        "from": [[each.lon, each.lat] if each else None for each in origins],
        "signs": [next((_SIGNS[aspect] for aspect in each.aspects if aspect in _SIGNS), "changed") for each in drawn],
        "cards": [{"title": kinds_words(each, language), "hint": _hint(each, language)} for each in drawn],
        "place": [""] * count, "note": [""] * count, "radius": [0] * count, "shapes": {}, "start": [None] * count,
        "end": [None] * count, "precision": [1] * count,
        **{name: [0] * count for name in ("aboutDate", "outside", "aboutPlace", "claimants", "contested", "draft", "rejected")},
    }


def _hint(each: RecordChange, language: str) -> list[str]:
    return [line for line in (state_words(each, language), change_words(each, language)) if line]


def _position(each: RecordChange) -> Position | None:
    """Where a record is; of one that is gone, or has no position any more, where it was."""
    for state in (each.after, each.before):
        if state and state.lon is not None and state.lat is not None:
            return Position(state.lon, state.lat)
    return None


def _origin(each: RecordChange) -> Position | None:
    was = each.before
    if each.km is None or was is None or was.lon is None or was.lat is None:
        return None
    return Position(was.lon, was.lat)
