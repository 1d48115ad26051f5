"""Incidents on the picture, each as precisely as it is known: a symbol, a paler one in a ring, a stretch of road, an area."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import geopandas as gpd
import numpy as np
from matplotlib.patches import Circle, Ellipse, PathPatch, Polygon, Wedge
from matplotlib.path import Path as Outline
from matplotlib.transforms import ScaledTranslation
from shapely.geometry import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from incidentmap.briefing.entries import Entry, Party, party_of
from incidentmap.briefing.extent import km_per_degree
from incidentmap.briefing.lettering import letter, pixels, points
from incidentmap.maps import Bin
from incidentmap.maps.symbols import PATHS
from incidentmap.maps.theme import Palette

RING_PX = 15.5
"""Radius of the dashed ring of what is known only about."""
_SYMBOL_PX = 11.0
_HOLE_PX = 2.2
_UNIT_PX = 1.5
"""Pixels per unit of the symbols' path data."""
_SIDE_BY_SIDE_PX = 22
"""Distance between symbols of incidents at one and the same place."""
_KM_PER_DEGREE_LAT = 111.0
_CELL, _AREA, _RADIUS, _LINE, _SYMBOL = 5, 6, 7, 8, 10
DASHES = (0, (3.0, 2.2))
PALE = 0.45


def _outline(path: str) -> Outline:
    """An SVG path of straight lines as matplotlib's, in pixels, y upward; the one curved symbol is the circle."""
    numbers = [(float(x) * _UNIT_PX, -float(y) * _UNIT_PX) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", path)]
    if "A" in path:
        radius = float(path[1:].split(maxsplit=1)[0]) * _UNIT_PX
        return Outline.circle(radius=radius)
    return Outline([*numbers, numbers[0]], closed=True)


OUTLINES: Mapping[str, Outline] = MappingProxyType({shape: _outline(path) for shape, path in PATHS.items()})


def draw_bins(axes: Any, bins: Sequence[Bin], colours: Palette) -> None:
    """Cells, the darker the more events they count."""
    most = max((each.count for each in bins), default=1)
    for each in bins:
        alpha = 0.08 + 0.5 * np.log1p(each.count) / np.log1p(most)
        axes.add_patch(Polygon(each.corners, facecolor=colours.ink, edgecolor=colours.halo, linewidth=points(0.8), alpha=alpha,
                               zorder=_CELL))


def draw_symbol(
    axes: Any, x: float, y: float, party: Party, ink: str, *, about: bool, ring: bool = True, hole: str = "",
    shift_px: float = 0.0,
) -> None:
    """Draw an actor's symbol at a point of the axes.

    `about` makes it paler, in a dashed ring unless that is drawn to scale; `hole` is the colour of the opening of a draft.
    """
    pinned = pixels(axes) + ScaledTranslation(x, y, axes.transData)
    shape = OUTLINES[party.shape]
    outline = Outline(shape.vertices + np.array([shift_px, 0.0]), shape.codes)
    axes.add_patch(PathPatch(
        outline, facecolor=(party.colour, PALE if about else 1.0), edgecolor=ink, linewidth=points(1.4), joinstyle="round",
        transform=pinned, zorder=_SYMBOL,
    ))
    if hole:
        axes.add_patch(Circle(
            (shift_px, 0), _HOLE_PX, facecolor=hole, edgecolor=ink, linewidth=points(1.0), transform=pinned, zorder=_SYMBOL,
        ))
    if about and ring:
        axes.add_patch(Circle(
            (shift_px, 0), RING_PX, facecolor="none", edgecolor=party.colour, linewidth=points(1.9), linestyle=DASHES,
            transform=pinned, zorder=_SYMBOL,
        ))


def draw_reaches(axes: Any, entries: Sequence[Entry], among: Sequence[Party], colours: Palette, *, circles: bool) -> None:
    """Draw how far incidents may lie: areas, each once and neutral where actors share it, lines, and radii where `circles`."""
    for shape, same in shaped(entries).items():
        _draw_shape(axes, shape, _shared_colour(same, among, colours))
    for entry in entries:
        if isinstance(entry.geometry, LineString | MultiLineString):
            _draw_shape(axes, entry.geometry, party_of(entry, among).colour)
        elif circles and isinstance(entry.geometry, Point) and wide(axes, entry):
            _draw_radius(axes, entry.geometry, entry.radius_km, party_of(entry, among))


def draw_row(axes: Any, spot: tuple[float, float], group: Sequence[Entry], among: Sequence[Party], colours: Palette) -> None:
    """Draw the symbols of one place side by side."""
    for number, entry in enumerate(group):
        draw_symbol(
            axes, *spot, party_of(entry, among), colours.ink, about=entry.about, ring=not wide(axes, entry),
            hole=colours.halo if entry.draft else "", shift_px=(number - (len(group) - 1) / 2) * _SIDE_BY_SIDE_PX,
        )


@dataclass(frozen=True, slots=True)
class Disc:
    """A disc that counts incidents: how many there are of each colour; dashed and pale where they are known only about."""

    shares: tuple[tuple[str, int], ...]
    radius_px: float
    about: bool

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(number for _, number in self.shares)


def draw_count(axes: Any, spot: tuple[float, float], disc: Disc, colours: Palette) -> None:
    """Draw a disc with the number of incidents near a spot, parted by colour as on the interactive map."""
    pinned, alpha, begun = pixels(axes) + ScaledTranslation(*spot, axes.transData), PALE if disc.about else 1.0, 90.0
    for colour, number in disc.shares:
        end = begun - 360 * number / disc.count
        axes.add_patch(Wedge((0, 0), disc.radius_px, end, begun, facecolor=(colour, alpha), edgecolor="none", transform=pinned,
                             zorder=_SYMBOL))
        begun = end
    axes.add_patch(Circle(
        (0, 0), disc.radius_px, facecolor="none", edgecolor=colours.ink, linewidth=points(1.4),
        linestyle=DASHES if disc.about else "solid", transform=pinned, zorder=_SYMBOL,
    ))
    letter(axes, 0, 0, str(disc.count), size=12, colour=colours.ink, weight="bold", ha="center", va="center", halo=colours.halo,
           transform=pinned, zorder=_SYMBOL)


def _shared_colour(group: Sequence[Entry], among: Sequence[Party], colours: Palette) -> str:
    """The colour of the one actor of some incidents, a neutral one where they have several."""
    found = {party_of(entry, among).colour for entry in group}
    return found.pop() if len(found) == 1 else colours.muted


def grouped(entries: Sequence[Entry]) -> Mapping[tuple[float, float], Sequence[Entry]]:
    """Entries that get a symbol, by the place (to about 1 km) where it stands. Areas get none."""
    places: dict[tuple[float, float], list[Entry]] = defaultdict(list)
    for entry in entries:
        spot = symbol_spot(entry)
        if spot is not None:
            places[round(spot.x, 2), round(spot.y, 2)].append(entry)
    return places


def shaped(entries: Sequence[Entry]) -> Mapping[BaseGeometry, list[Entry]]:
    """Entries that are drawn as a line or an area, those of the same one together: a profile tells many of one unit."""
    groups: dict[BaseGeometry, list[Entry]] = {}
    for entry in entries:
        if entry.geometry is not None and symbol_spot(entry) is None:
            groups.setdefault(entry.geometry, []).append(entry)
    return groups


def wide(axes: Any, entry: Entry) -> bool:
    """Whether an incident at a point lies in a circle large enough to be drawn to scale; a smaller one gets the ring."""
    if not isinstance(entry.geometry, Point):
        return False
    degrees = entry.radius_km / km_per_degree(entry.geometry.y)
    (left, _), (right, _) = axes.transData.transform([(0.0, 0.0), (degrees, 0.0)])
    return bool(right - left >= RING_PX)


def row_width(group: Sequence[Entry]) -> float:
    """Pixels that the symbols of one place take up side by side."""
    return (len(group) - 1) * _SIDE_BY_SIDE_PX + 2 * (RING_PX if any(entry.about for entry in group) else _SYMBOL_PX)


def symbol_spot(entry: Entry) -> Point | None:
    """Where an entry's symbol stands: on its point or the middle of its line; None for areas and without a place."""
    if isinstance(entry.geometry, Point):
        return entry.geometry
    if isinstance(entry.geometry, LineString | MultiLineString):
        middle = entry.geometry.interpolate(0.5, normalized=True)
        return middle if isinstance(middle, Point) else None
    return None


def _draw_shape(axes: Any, geometry: BaseGeometry, colour: str) -> None:
    shape = gpd.GeoSeries([geometry], crs=4326)
    if isinstance(geometry, LineString | MultiLineString):
        shape.plot(ax=axes, color=colour, alpha=0.55, linewidth=points(5), aspect=None, zorder=_LINE)
    else:
        shape.plot(ax=axes, facecolor=(colour, 0.14), edgecolor=colour, linewidth=points(1.8), linestyle=DASHES, hatch="//",
                   hatch_linewidth=points(0.8), aspect=None, zorder=_AREA)


def _draw_radius(axes: Any, point: Point, radius_km: float, party: Party) -> None:
    axes.add_patch(Ellipse(
        (point.x, point.y), 2 * radius_km / km_per_degree(point.y), 2 * radius_km / _KM_PER_DEGREE_LAT,
        facecolor=(party.colour, 0.10), edgecolor=party.colour, linewidth=points(1.6), linestyle=DASHES, zorder=_RADIUS,
    ))
