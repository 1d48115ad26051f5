"""Where incidents crowd: pieces of the ground that another map shows larger, for on the whole they cannot be told apart."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Point

from incidentmap.briefing.entries import Entry
from incidentmap.briefing.extent import Extent, around

MOST_ZOOMS = 6
"""More maps than that are no overview; the most crowded pieces come first."""
_LEAST = 3
"""Fewer incidents are no crowd."""
_CLOSE_PX = 46.0
"""Nearer than that, symbols or their names lie upon each other."""
_WIDEST = 0.4
"""A piece that is wider than this share of the map is parted: it would tell no more than the map does."""
_FINEST_PX = 6.0


@dataclass(frozen=True, slots=True)
class Zoom:
    """A piece of the map, its entries, and the place that most of them are at."""

    extent: Extent
    entries: tuple[Entry, ...]
    place: str


def zooms(entries: Sequence[Entry], whole: Extent, width_px: float, aspect: float) -> tuple[Zoom, ...]:
    """The pieces of a map in which incidents crowd, the most crowded first.

    Parameters
    ----------
    entries
        What the map shows; those that are known as an area or an axis alone make no crowd.
    whole, width_px
        What the map shows, and how wide it is drawn.
    aspect
        Width of each picture by its height.
    """
    placed = [each for each in entries if isinstance(each.geometry, Point) and whole.holds(each.geometry.bounds)]
    groups = _crowds(placed, whole, width_px, _CLOSE_PX)
    ranked = sorted(groups, key=lambda group: (-len(group), sorted(each.id for each in group)))
    return tuple(_zoom(group, aspect) for group in ranked[:MOST_ZOOMS])


def _crowds(placed: Sequence[Entry], whole: Extent, width_px: float, close_px: float) -> list[list[Entry]]:
    """Groups whose members are near each other, of several positions; those that are too wide are parted by a closer look."""
    found: list[list[Entry]] = []
    for group in _near(placed, whole, width_px, close_px):
        positions = {each.geometry.wkb for each in group if each.geometry}
        if len(group) < _LEAST or len(positions) < 2:
            continue
        if _width(group) <= _WIDEST * (whole.east - whole.west):
            found.append(group)
        elif close_px > _FINEST_PX:
            found += _crowds(group, whole, width_px, close_px / 1.6)
    return found


def _near(placed: Sequence[Entry], whole: Extent, width_px: float, close_px: float) -> list[list[Entry]]:
    """Entries that hang together by steps shorter than `close_px` on the map, as groups."""
    across = width_px / (whole.east - whole.west)
    along = width_px / whole.width_km * 111.32
    at: defaultdict[tuple[float, float], list[Entry]] = defaultdict(list)
    for each in placed:
        x, y = each.geometry.coords[0] if isinstance(each.geometry, Point) else (0.0, 0.0)
        at[x * across, y * along].append(each)
    points = [Point(position) for position in at]
    if not points:
        return []
    tree = shapely.STRtree(points)
    one, other = tree.query(points, predicate="dwithin", distance=close_px)
    leader = list(range(len(points)))
    for left, right in zip(one.tolist(), other.tolist(), strict=True):
        first, second = _head(leader, left), _head(leader, right)
        leader[max(first, second)] = min(first, second)
    groups: defaultdict[int, list[Entry]] = defaultdict(list)
    for number, members in enumerate(at.values()):
        groups[_head(leader, number)] += members
    return list(groups.values())


def _head(leader: list[int], number: int) -> int:
    while leader[number] != number:
        number = leader[number]
    return number


def _width(group: Sequence[Entry]) -> float:
    lon = [each.geometry.bounds[0] for each in group if each.geometry]
    return max(lon) - min(lon)


def _zoom(group: Sequence[Entry], aspect: float) -> Zoom:
    bounds = [each.geometry.bounds for each in group if each.geometry]
    names = Counter(each.place for each in group if each.place)
    place = min(names, key=lambda name: (-names[name], name), default="")
    return Zoom(around(bounds, aspect), tuple(group), place)
