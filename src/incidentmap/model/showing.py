"""What a map shows of its incidents: each of them, how densely they lie, or one number for each area."""

from dataclasses import dataclass
from enum import StrEnum

from incidentmap.model.errors import BadValue


class Shows(StrEnum):
    """What is drawn."""

    INCIDENTS = "incidents"
    DENSITY = "density"
    """How many lie in each square of a grid."""
    ADMIN1 = "admin1"
    ADMIN2 = "admin2"
    """How many, or how many victims, each unit of the first or second level has: a region, a cercle."""
    DRAWN = "drawn"
    """The same of the area that a person drew."""


class Measure(StrEnum):
    """What is counted in an area."""

    INCIDENTS = "incidents"
    KILLED = "killed"
    WOUNDED = "wounded"


AREAS = {Shows.ADMIN1: 1, Shows.ADMIN2: 2, Shows.DRAWN: 2}
"""What counts by area, and the administrative level down to which a place must be known to be counted there."""


@dataclass(frozen=True, slots=True)
class Showing:
    """What a map shows.

    Parameters
    ----------
    measure
        Anything but incidents for areas alone.
    """

    what: Shows = Shows.INCIDENTS
    measure: Measure = Measure.INCIDENTS

    def __post_init__(self) -> None:
        if self.measure is not Measure.INCIDENTS and self.what not in AREAS:
            raise BadValue("what the map shows", str(self), "victims by admin1, admin2 or drawn area alone")

    def __str__(self) -> str:
        return self.what.value if self.measure is Measure.INCIDENTS else f"{self.what}:{self.measure}"

    @classmethod
    def parse(cls, text: str) -> "Showing":
        """What a text such as `density` or `admin1:killed` says. Raises `BadValue` for any other."""
        what, colon, measure = text.partition(":")
        if what not in set(Shows) or (colon and measure not in set(Measure)):
            kinds, measures = ", ".join(Shows), ", ".join(Measure)
            raise BadValue("what the map shows", text[:60], f"{kinds}; by area also with a colon and one of {measures}")
        return cls(Shows(what), Measure(measure or Measure.INCIDENTS))


EACH = Showing()
"""Each incident."""
