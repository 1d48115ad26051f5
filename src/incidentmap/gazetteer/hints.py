"""What the words beside a name say of where it lies: a unit, a country, a place that gives a commune its name."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from incidentmap.gazetteer.names import fold_name
from incidentmap.gazetteer.outline import Outline, sphere_km
from incidentmap.model import Place, Position

_SEAT_REACH_KM = 30.0
"""A commune, where no polygon is known, lies around its seat."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A country (by its code), or a unit by its outlines, its name and, without outlines, the places that may be its seat.

    Parameters
    ----------
    name
        As the words tell it, for the reasons.
    """

    name: str
    country: str = ""
    folded: str = ""
    outlines: tuple[Outline, ...] = ()
    seats: tuple[Position, ...] = ()

    def distance_km(self, place: Place) -> float:
        """Kilometres from a place to the unit: 0 inside it, and where the place's own unit is of that name."""
        if self.folded and self.folded in (fold_name(place.admin2), fold_name(place.admin1)):
            return 0.0
        if self.outlines:
            return min(outline.distance_km(place.position) for outline in self.outlines)
        seats = (sphere_km(place.position, seat) for seat in self.seats)
        return max(0.0, min(seats, default=math.inf) - _SEAT_REACH_KM)


def parts(aside: str) -> tuple[str, ...]:
    """The units that words beside a name tell: "cercle de Koro; région de Mopti" is two."""
    for mark in (";", ",", "/", " - ", "(", ")"):
        aside = aside.replace(mark, "\n")
    return tuple(part.strip() for part in aside.split("\n") if fold_name(part))


def hints(asides: Sequence[str], understand: Callable[[str], Hint | None]) -> tuple[Hint, ...]:
    """What all the words say; words that name nothing known say nothing."""
    told = dict.fromkeys(part for aside in asides for part in parts(aside))
    return tuple(hint for hint in map(understand, told) if hint is not None)
