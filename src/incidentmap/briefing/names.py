"""Which names stand on the picture, and where: incidents first, then the region, towns, rivers and countries."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from incidentmap.briefing.board import Board
from incidentmap.briefing.crowds import signs
from incidentmap.briefing.entries import Entry
from incidentmap.briefing.ground import layer
from incidentmap.briefing.labels import Room, along_lines, around
from incidentmap.briefing.lettering import letter, pixels, points, size_of
from incidentmap.briefing.marks import RING_PX, shaped
from incidentmap.gazetteer import Region
from incidentmap.maps import span_words
from incidentmap.words import RIGHT_TO_LEFT, say

MOST_LABELS = 40
"""More incidents than this get no names of their own: nobody could read them."""
_TOWN_DOT, _LETTERS = 9, 12
_UNDER_SYMBOLS = 5.5
_GRID = 16
_NEAR_PX = 14.0
_LINE_GAP_PX = 5.0
_TOWNS_BY_WIDTH_KM = ((600.0, 3), (1_700.0, 2))
"""Up to this width of the map towns of this rank are named; on wider ones regional seats only."""
_LONGEST_NAME = 80


class Names:
    """Writes names on the map, one kind after the other, and remembers what room is taken."""

    def __init__(self, board: Board, region: Region | None, entries: Sequence[Entry]) -> None:
        self.board, self.outline, self.signs = board, board.extent.outline, signs(board.axes, entries)
        shapes = [entry.geometry for entry in entries if entry.geometry is not None]
        edges = [_edge(shape) for shape in shapes if shape.geom_type != "Point"]
        edges += [region.geometry.boundary] if region is not None else []
        rivers = [line for line in layer("rivers").geometry.intersection(self.outline) if not line.is_empty]
        seen = [edge for edge in (edge.intersection(self.outline) for edge in edges) if not edge.is_empty]
        self.room = Room(board.axes.get_window_extent(board.renderer).padded(-4), along_lines([*rivers, *seen], board.axes))
        for sign in self.signs:
            x, y = self._pixels(*sign.spot)
            half = sign.width_px / 2
            self.room.take(Bbox.from_extents(x - half, y - RING_PX, x + half, y + RING_PX))

    def keep_off(self, bounds: tuple[float, float, float, float]) -> None:
        """Write nothing in a box given in pixels."""
        self.room.take(Bbox.from_extents(*bounds))

    def incidents(self, entries: Sequence[Entry]) -> None:
        """Name the places with incidents, with the date and "outside" below; none is left out for want of room."""
        if len(entries) > MOST_LABELS:
            return
        for sign in self.signs:
            if self.board.extent.holds((*sign.spot, *sign.spot)):
                self._incident(sign.spot, sign.entries, gap=sign.width_px / 2 + 4)
        for shape, same in shaped(entries).items():
            part = shape.intersection(self.outline)
            if not part.is_empty:
                middle = part.representative_point()
                self._incident((middle.x, middle.y), same, gap=0)

    def region(self, region: Region | None) -> None:
        """The region's name in spaced capitals, with the caveat that goes with its outline."""
        seen = region.geometry.intersection(self.outline) if region is not None else self.outline
        if region is None or seen.is_empty:
            return
        edge = self.board.colours.region_edge
        name = region.name(self.board.language).upper()
        spaced = self.board.language not in RIGHT_TO_LEFT  # letters that are joined cannot be spaced
        lines = [self._line(name, size=19, weight="bold", colour=edge, spaced=spaced, zorder=_UNDER_SYMBOLS)]
        if label := region.label(self.board.language):
            lines.append(self._line(label, size=13, colour=edge, zorder=_UNDER_SYMBOLS))
        self._inside(lines, seen, must=True)

    def towns(self) -> None:
        """Towns by rank, each with a dot, left out where an incident already names the place or where there is no room."""
        rank = next((rank for width, rank in _TOWNS_BY_WIDTH_KM if self.board.extent.width_km <= width), 1)
        for row in _rows("towns", "rank", "name"):
            if row["rank"] <= rank and self.board.extent.holds(row["geometry"].bounds):
                self._town(row)

    def rivers(self) -> None:
        """River names in their own ink, once each, beside what is seen of them."""
        shortest = 0.12 * (self.board.extent.east - self.board.extent.west)
        for row in _rows("rivers", "name"):
            seen = row["geometry"].intersection(self.outline)
            if seen.length >= shortest:
                line = self._line(self._named(row, "name"), size=13, style="italic", colour=self.board.colours.water_ink)
                size = size_of(line, self.board.renderer)
                course = along_lines([seen], self.board.axes, step_px=60)
                beside = [spot for x, y in course[len(course) // 5::2] for spot in around(x, y, *size, 7)[:4]]
                self._place([line], beside, must=False)

    def countries(self, region: Region | None) -> None:
        """Names of the countries that take up a good part of the frame, outside the region of interest."""
        for row in _rows("land", "iso2"):
            part = row["geometry"].intersection(self.outline)
            part = part.difference(region.geometry) if region is not None else part
            if part.area >= 0.015 * self.outline.area:
                name = self._named(row, "name_fr").upper()
                line = self._line(name, size=13, colour=self.board.colours.muted, alpha=0.75, spaced=True)
                self._inside([line], part, must=False)

    def _named(self, row: Mapping[str, Any], french: str) -> str:
        return str(row[french] if self.board.language == "fr" else row["name_en"])

    def _pixels(self, lon: float, lat: float) -> tuple[float, float]:
        x, y = self.board.axes.transData.transform((lon, lat))
        return float(x), float(y)

    def _line(self, text: str, *, size: float, colour: str, **style: Any) -> Text:
        """A line of text that has no place yet."""
        return letter(
            self.board.axes, 0, 0, text, size=size, colour=colour, halo=self.board.colours.halo, longest=_LONGEST_NAME,
            transform=pixels(self.board.axes), va="center", ha="center", **({"zorder": _LETTERS} | style),
        )

    def _incident(self, spot: tuple[float, float], group: Sequence[Entry], gap: float) -> None:
        language, colours = self.board.language, self.board.colours
        place = group[0].place or say(language, "picture.place_unknown")
        name = place if len(group) == 1 else say(language, "picture.several", place=place, count=len(group))
        outside = [say(language, "screen.outside")] if any(entry.inside is False for entry in group) else []
        lines = [
            self._line(name, size=15.5, weight="bold", colour=colours.ink),
            self._line(" · ".join([*outside, _when(group, language)]), size=12, colour=colours.muted),
        ]
        width, height = self._size(lines)
        x, y = self._pixels(*spot)
        centred = [] if gap else [Bbox.from_bounds(x - width / 2, y - height / 2, width, height)]
        self._place(lines, [*centred, *around(x, y, width, height, gap or 20)], must=True, beside=x if gap else None)

    def _town(self, row: Mapping[str, Any]) -> None:
        point, large, colours = row["geometry"], row["rank"] == 1, self.board.colours
        x, y = self._pixels(point.x, point.y)
        dot = Bbox.from_bounds(x - 4, y - 4, 8, 8)
        named = any(np.hypot(x - px, y - py) < _NEAR_PX for px, py in (self._pixels(*spot)
                    for spot in (sign.spot for sign in self.signs)))
        if named or any(dot.overlaps(other) for other in self.room.taken):
            return
        line = self._line(row["name"], size=13.5 if large else 12, colour=colours.ink if large else colours.muted)
        if self._place([line], around(x, y, *size_of(line, self.board.renderer), 7), must=False):
            self.room.take(dot)
            self.board.axes.plot(
                point.x, point.y, marker="o", markersize=points(7 if large else 5.5), color=colours.muted,
                markeredgecolor=colours.halo, markeredgewidth=points(1), zorder=_TOWN_DOT,
            )

    def _size(self, lines: Sequence[Text]) -> tuple[float, float]:
        sizes = [size_of(line, self.board.renderer) for line in lines]
        return max(width for width, _ in sizes), sum(height for _, height in sizes) + _LINE_GAP_PX * (len(sizes) - 1)

    def _inside(self, lines: Sequence[Text], part: BaseGeometry, *, must: bool) -> None:
        width, height = self._size(lines)
        pixels = [self._pixels(*spot) for spot in _inner_spots(part)]
        self._place(lines, [Bbox.from_bounds(x - width / 2, y - height / 2, width, height) for x, y in pixels], must=must)

    def _place(self, lines: Sequence[Text], boxes: Sequence[Bbox], *, must: bool, beside: float | None = None) -> bool:
        """Write lines, one below the other, in the best of the boxes; False, and nothing written, if there is no room.

        With `beside`, the x of a symbol, lines are set flush with the side that is turned to it.
        """
        number = self.room.best(boxes, must=must)
        if number is None:
            for line in lines:
                line.remove()
            return False
        chosen = boxes[number]
        side = "center" if beside is None or chosen.x0 < beside < chosen.x1 else "left" if chosen.x0 >= beside else "right"
        x = {"left": chosen.x0, "right": chosen.x1, "center": (chosen.x0 + chosen.x1) / 2}[side]
        top = chosen.y1
        for line in lines:
            height = size_of(line, self.board.renderer)[1]
            line.set(position=(x, top - height / 2), horizontalalignment=side)
            top -= height + _LINE_GAP_PX
        return True


def _edge(geometry: BaseGeometry) -> BaseGeometry:
    """What of a line or an area names should not cross."""
    return geometry if geometry.geom_type.endswith("LineString") else geometry.boundary


def _rows(name: str, *order: str) -> Iterator[dict[str, Any]]:
    """Features of a basemap layer as plain records, in a fixed order."""
    features = layer(name).sort_values(list(order))
    for record, geometry in zip(features.drop(columns="geometry").to_dict("records"), features.geometry, strict=True):
        yield {**{str(key): value for key, value in record.items()}, "geometry": geometry}


def _when(group: Sequence[Entry], language: str) -> str:
    """The date of one incident, the span of dates of several at one place."""
    whens = {entry.when for entry in group}
    days = [date.fromisoformat(day) for entry in group for day in (entry.start, entry.end) if day]
    return group[0].when if len(whens) == 1 or not days else span_words(min(days), max(days), language)


def _inner_spots(part: BaseGeometry) -> list[tuple[float, float]]:
    """Points of an area where a name may stand: a coarse grid, from the middle outwards, at last one that is surely inside."""
    west, south, east, north = part.bounds
    middle, sure, room = part.centroid, part.representative_point(), part.buffer(-0.15)
    steps = [step / _GRID for step in range(1, _GRID)]
    grid = [(west + (east - west) * across, south + (north - south) * along) for across in steps for along in steps]
    inside = [(x, y) for x, y in grid if room.covers(box(x - 0.2, y - 0.1, x + 0.2, y + 0.1))]
    return [*sorted(inside, key=lambda spot: (np.hypot(spot[0] - middle.x, spot[1] - middle.y), spot)), (sure.x, sure.y)]
