"""How fine a place may be told."""

from enum import IntEnum


class Level(IntEnum):
    """From the finest to the coarsest; the greater of two is the coarser."""

    EXACT = 0
    """As it is known."""
    SETTLEMENT = 1
    """The nearest settlement of the gazetteer."""
    ADMIN2 = 2
    """Mali's cercles, others' departments and provinces."""
    ADMIN1 = 3
    COUNTRY = 4
    NOWHERE = 5
    """No place at all."""


_OF_UCDP = {3: Level.ADMIN2, 4: Level.ADMIN1, 5: Level.ADMIN1, 6: Level.COUNTRY, 7: Level.NOWHERE}
_OF_ACLED = {3: Level.ADMIN1}
UCDP = {Level.SETTLEMENT: 2, Level.ADMIN2: 3, Level.ADMIN1: 4, Level.COUNTRY: 6}
"""UCDP's where_prec of what is told at a level."""
ACLED = {Level.SETTLEMENT: 2, Level.ADMIN2: 3, Level.ADMIN1: 3, Level.COUNTRY: 3}
"""ACLED's geo_precision of the same; it knows nothing coarser than 3."""


def known_level(where_prec: int | None, geo_precision: int | None, area_id: str | None) -> Level:
    """How fine a place is known at all: a point that stands for a region must not be told as a district."""
    if area_id:
        return {0: Level.COUNTRY, 1: Level.ADMIN1, 2: Level.ADMIN2}.get(area_id.count("/"), Level.EXACT)
    return max(_OF_UCDP.get(where_prec or 0, Level.EXACT), _OF_ACLED.get(geo_precision or 0, Level.EXACT))
