"""Incidents per day and actor as a small strip of bars (SVG), drawn on the server: no chart library, no request."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from incidentmap.maps.symbols import data_uri
from incidentmap.maps.theme import palette
from incidentmap.maps.view import ActorView, MapView
from incidentmap.maps.wording import day_words
from incidentmap.words import say

_WIDTH, _HEIGHT = 1000, 44
_WIDEST_BAR = 26
_LOWEST_TOP = 3
"""Incidents that fill the strip at least: one alone is no tower."""
_INSET = 6
"""Half a handle of the slider under the strip: bars stand over their day on it."""
_MOST_BARS = 180
"""Beyond this many days a bar stands for several."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a bar stands and how high one incident is, in the units of the strip."""

    left: float
    width: float
    unit: float
    opacity: float


def histogram_html(view: MapView, extent: tuple[date, date]) -> str:
    """The strip, as an image, for the days of an extent, both included; days outside the view's window are pale.

    An incident whose date is an interval stands on the first day of it: the bars count incidents, not days.
    """
    length = (extent[1] - extent[0]).days + 1
    step = -(-length // _MOST_BARS)
    bins = -(-length // step)
    stacks = _stacks(view, extent, step, bins)
    tallest = max((sum(count for _, count in stack) for stack in stacks), default=0)
    unit = (_HEIGHT - 4) / max(tallest, _LOWEST_TOP)
    width = min(_WIDEST_BAR, 0.8 * _WIDTH / bins)
    bars = []
    for place, stack in enumerate(stacks):
        centre = _INSET + (_WIDTH - 2 * _INSET) * place / max(1, bins - 1)
        opacity = 1.0 if _in_window(view, extent[0] + timedelta(days=place * step)) else 0.3
        bars.append(_bar(stack, Bar(centre - width / 2, width, unit, opacity)))
    first, last = (day_words(day, view.language) for day in extent)
    label = say(view.language, "screen.histogram", first=first, last=last)
    line = f'<path d="M0 {_HEIGHT - 0.5}H{_WIDTH}" stroke="{palette(view.theme).rule}"/>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" preserveAspectRatio="none" width="{_WIDTH}" '
        f'height="{_HEIGHT}">{"".join(bars)}{line}</svg>'
    )
    return f'<img class="im-histogram" alt="{escape(label)}" src="{data_uri(svg)}">'


def _per_bin(layer: ActorView, view: MapView, extent: tuple[date, date], step: int) -> Counter[int]:
    """Of rows that are not drawn one by one, those of each step of the histogram stand at its first day."""
    if layer.count > len(layer.marks):
        counts = zip(view.histogram.starts, dict(view.histogram.counts)[layer.id], strict=True)
        return sum((Counter({(max(start, extent[0]) - extent[0]).days // step: number}) for start, number in counts), Counter())
    days = (mark.incident.date.start for mark in layer.marks if mark.incident.date is not None)
    return Counter((day - extent[0]).days // step for day in days if extent[0] <= day <= extent[1])


def _stacks(view: MapView, extent: tuple[date, date], step: int, bins: int) -> list[list[tuple[ActorView, int]]]:
    stacks: list[list[tuple[ActorView, int]]] = [[] for _ in range(bins)]
    for layer in view.layers:
        if layer.shown:
            for place, count in _per_bin(layer, view, extent, step).items():
                stacks[place].append((layer, count))
    return stacks


def _in_window(view: MapView, day: date) -> bool:
    start, end = view.window
    return (start is None or day >= start) and (end is None or day <= end)


def _bar(stack: list[tuple[ActorView, int]], bar: Bar) -> str:
    pieces, base = [], float(_HEIGHT - 1)
    for layer, count in stack:
        base -= count * bar.unit
        pieces.append(
            f'<rect x="{bar.left:.1f}" y="{base:.1f}" width="{bar.width:.1f}" height="{count * bar.unit - 0.8:.1f}" '
            f'fill="{layer.colour}" fill-opacity="{bar.opacity}"/>'
        )
    return "".join(pieces)
