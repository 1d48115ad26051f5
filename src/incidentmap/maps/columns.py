"""One actor's incidents as columns for the map's canvas: never one object per incident."""

import json
import re
from collections.abc import Mapping
from datetime import date

from incidentmap.maps.card import JsonRecord, card, card_head, claimants
from incidentmap.maps.outlines import Outlines
from incidentmap.maps.symbols import PATHS
from incidentmap.maps.view import ActorView, MapView, Mark
from incidentmap.maps.wording import short_span
from incidentmap.model import Actor, Status, is_contested
from incidentmap.words import say

_EPOCH = date(1970, 1, 1)
_JINJA = re.compile(r"\{(?=[{%#])")
_EXACT_PLACE = 1
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&'`\u2028\u2029"}


def columns(
    layer: ActorView, view: MapView, actors: Mapping[str, Actor], drawn: Outlines, *, whole_cards: bool = True,
) -> JsonRecord:
    """The columns of a layer: equal lengths, days since 1970-01-01, degrees (WGS 84), None where there is no place or date.

    `drawn` are the outlines that `shapes` points into; `whole_cards`: with all claims, else what a card begins with.
    """
    marks = layer.marks
    dates = [mark.incident.date for mark in marks]
    places, published = [mark.incident.location for mark in marks], view.published
    return {
        "id": layer.id, "name": layer.name, "colour": layer.colour, "path": PATHS[layer.shape],
        "ids": [mark.incident.id for mark in marks],
        "lon": [where.position.lon if where else None for where in places],
        "lat": [where.position.lat if where else None for where in places],
        "start": [day_number(when.start) if when else None for when in dates],
        "end": [day_number(when.end) if when else None for when in dates],
        "radius": [where.radius_km if where else None for where in places],
        "place": [where.name if where else "" for where in places],
        "note": [note(mark, view.language) for mark in marks],
        "precision": [where.precision if where else None for where in places],
        "outside": [int(mark.inside is False) for mark in marks],
        "aboutPlace": [int(where is not None and where.precision != _EXACT_PLACE) for where in places],
        "aboutDate": [int(when is None or not when.exact) for when in dates],
        "draft": [int(mark.incident.status is Status.DRAFT) for mark in marks],
        "rejected": [int(mark.incident.status is Status.REJECTED) for mark in marks],
        "claimants": [len(claimants(mark.incident)) for mark in marks],
        "contested": [int(is_contested(mark.incident, published)) for mark in marks],
        "shapes": {str(k): shape for k, mark in enumerate(marks) if (shape := drawn.of(mark.geometry)) is not None},
        "cards": [card(mark, view, actors) if whole_cards else card_head(mark, view, actors) for mark in marks],
    }


def note(mark: Mark, language: str) -> str:
    """The small second line of a label: outside the region, and a date that is only about right."""
    when = mark.incident.date
    parts = [say(language, "screen.outside")] if mark.inside is False else []
    if when is not None and not when.exact:
        span = short_span(when.start, when.end, language)
        parts.append(span if when.precision == "range" else say(language, "screen.date.about", span=span))
    return " · ".join(parts)


def script_json(value: object) -> str:
    """JSON that may stand inside a script and inside a Jinja template: branca reads each rendered piece as a template again.

    Angle brackets, ampersand, quote marks other than JSON's own and the line separators of Unicode become escapes, and so does
    a brace that would open a Jinja expression; in JSON itself no brace is followed by one, nor by % or #.
    """
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)
    return _JINJA.sub(r"\\u007b", written)


def day_number(day: date | None) -> int | None:
    """Days since 1970-01-01, as the page's scripts count them."""
    return (day - _EPOCH).days if day else None
