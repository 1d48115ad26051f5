"""Places, what a name may mean, and what it was taken to mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from incidentmap.model.position import Position
from incidentmap.model.reason import Reason
from incidentmap.model.report import Span


class PlaceKind(StrEnum):
    """What sort of thing a place is."""

    CITY = "city"
    TOWN = "town"
    VILLAGE = "village"
    CAMP = "camp"
    WELL = "well"
    AREA = "area"
    """An administrative unit or named stretch of land."""
    NATURAL = "natural"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Place:
    """A named place of the gazetteer.

    Parameters
    ----------
    id
        Stable, with its source: ``curated:niafunke``, ``geonames:2453348``, ``admin:ML/tombouctou``.
    position
        WGS 84; for an area, a point inside it.
    radius_km
        Radius in which the real place lies: its extent and the disagreement of sources.
    country
        ISO 3166-1 alpha-2.
    area_id
        Id of the polygon for an area, else empty.
    """

    id: str
    name: str
    kind: PlaceKind
    position: Position
    radius_km: float
    country: str
    admin1: str
    admin2: str
    population: int | None
    source: str
    area_id: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, its score and why."""

    place: Place
    matched: str
    """The gazetteer's own spelling that the name met."""
    score: float
    reasons: tuple[Reason, ...]


class ResolutionStatus(StrEnum):
    """Outcome of looking a name up."""

    FOUND = "found"
    AMBIGUOUS = "ambiguous"
    MISS = "miss"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name was taken to mean. A miss is a value with a reason, never an empty point.

    Parameters
    ----------
    chosen
        The best candidate, also when ambiguous; None for a miss.
    inside
        Whether the chosen place lies inside the region asked for (5 km tolerance), None without a region or place.
    regions
        Ids of all known regions of interest that contain the chosen place.
    rivals
        The other candidates, best first.
    nearest
        For a miss: the nearest spellings of the gazetteer, best first.
    """

    query: str
    status: ResolutionStatus
    chosen: Candidate | None
    inside: bool | None
    regions: tuple[str, ...]
    reasons: tuple[Reason, ...]
    rivals: tuple[Candidate, ...] = ()
    nearest: tuple[str, ...] = ()


class PlaceFinder(Protocol):
    """What readers of reports ask of a gazetteer. They know nothing else about it."""

    def mentions(self, text: str, taken: Sequence[Span]) -> tuple[Span, ...]:
        """Place names in a text (composed Unicode), in order, none overlapping a span already taken by something else."""
        ...

    def resolve(self, name: str, *, region: str | None, together: Sequence[str] = ()) -> Resolution:
        """What a name means, given the region of interest and the names mentioned together with it."""
        ...
