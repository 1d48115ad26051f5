"""Incidents that would lie upon each other on a picture, as one disc with their number; exact ones and others never mix."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, hypot, sqrt
from typing import Any

from incidentmap.briefing.entries import Entry, Party, party_of
from incidentmap.briefing.marks import Disc, draw_count, draw_reaches, draw_row, grouped, row_width
from incidentmap.maps.theme import Palette

MOST_SINGLE = 60
"""More incidents than this do not stand side by side: those near each other are counted."""
_MOST_SIDE_BY_SIDE = 4
_CLOSE_PX = 27.0
_LEAST_PX, _MOST_PX = 9.5, 22.0


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands at one spot (longitude, latitude): symbols side by side, or one disc that counts them."""

    spot: tuple[float, float]
    entries: tuple[Entry, ...]
    counted: bool

    @property
    def about(self) -> bool:
        """Whether their places or dates are only about right."""
        return self.entries[0].about

    @property
    def radius_px(self) -> float:
        """Of the disc."""
        return min(_MOST_PX, _LEAST_PX + 1.1 * sqrt(len(self.entries)))

    @property
    def width_px(self) -> float:
        """What it takes up from side to side."""
        return 2 * self.radius_px if self.counted else row_width(self.entries)


def signs(axes: Any, entries: Sequence[Entry]) -> tuple[Sign, ...]:
    """What stands where on a map, the largest first, so that small ones lie upon them."""
    places = grouped(entries)
    if sum(map(len, places.values())) > MOST_SINGLE:
        found = list(_merged(axes, entries))
    else:
        found = [Sign(spot, tuple(group), len(group) > _MOST_SIDE_BY_SIDE) for spot, group in places.items()]
    return tuple(sorted(found, key=lambda sign: -len(sign.entries)))


def _merged(axes: Any, entries: Sequence[Entry]) -> Iterator[Sign]:
    """Places taken into the largest one that is near; exact ones and others apart."""
    for about in (False, True):
        places = grouped([each for each in entries if each.about is about])
        ranked = sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
        heads: dict[tuple[int, int], list[tuple[float, float, tuple[float, float]]]] = {}
        members: dict[tuple[float, float], list[Entry]] = {}
        for spot, group in ranked:
            x, y = (float(each) for each in axes.transData.transform(spot))
            near = _nearest(heads, x, y)
            if near is None:
                heads.setdefault((floor(x / _CLOSE_PX), floor(y / _CLOSE_PX)), []).append((x, y, spot))
                members[spot] = list(group)
            else:
                members[near] += group
        yield from (Sign(spot, tuple(group), len(group) > 1) for spot, group in members.items())


def _nearest(
    heads: dict[tuple[int, int], list[tuple[float, float, tuple[float, float]]]], x: float, y: float,
) -> tuple[float, float] | None:
    """The spot of the nearest head within reach."""
    column, row = floor(x / _CLOSE_PX), floor(y / _CLOSE_PX)
    around = [each for i in (-1, 0, 1) for j in (-1, 0, 1) for each in heads.get((column + i, row + j), ())]
    reach, spot = min(((hypot(x - each[0], y - each[1]), each[2]) for each in around), default=(_CLOSE_PX, (0.0, 0.0)))
    return spot if reach < _CLOSE_PX else None


def draw_entries(axes: Any, entries: Sequence[Entry], among: Sequence[Party], colours: Palette) -> tuple[Sign, ...]:
    """Draw all that has a place: areas first, then radii and lines, signs on top; gives back the signs."""
    found = signs(axes, entries)
    draw_reaches(axes, entries, among, colours, circles=sum(len(sign.entries) for sign in found) <= MOST_SINGLE)
    for sign in found:
        if sign.counted:
            shares = Counter(party_of(each, among).colour for each in sign.entries)
            draw_count(axes, sign.spot, Disc(tuple(shares.most_common()), sign.radius_px, sign.about), colours)
        else:
            draw_row(axes, sign.spot, sign.entries, among, colours)
    return found
