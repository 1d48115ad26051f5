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
    SITE = "site"
    """A thing people built that is no settlement: an airport, a mine, a military post."""
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


@dataclass(frozen=True, slots=True)
class NameAsked:
    """A place name to look up, with what stands beside it where it was met.

    Parameters
    ----------
    name
        As written, with or without a type word ("cercle de Niafunké").
    admin
        The unit that it is said to lie in, as written ("cercle de Douentza", "Mopti"); empty for none.
    country
        The country that it is said to lie in, ISO 3166-1 alpha-2; empty for none.
    report
        Id of the report that it stands in, for decisions that hold there alone; empty elsewhere.
    """

    name: str
    admin: str = ""
    country: str = ""
    report: str = ""


class Relation(StrEnum):
    """How words tie something to the named place."""

    IN = "in"
    NEAR = "near"
    BETWEEN = "between"
    """On the way between two or more places, or on an axis or road named after them."""
    DISTANCE = "distance"
    """A told distance away, in a told direction or not."""
    BORDER = "border"
    """At the border of the named country or unit."""


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """What a text says about a place, before the names in it are looked up.

    Parameters
    ----------
    span
        The whole phrase: "à 37 km au nord d'Andéranboukane", "entre Diabaly et Nampala".
    names
        The names in it: one, for `between` two or more in the order of the text, for `border` one or two, for `distance` one
        and, where the words tell the way taken from it ("30 km from Sévaré on the road to Ténenkou"), those on that way. One
        that no gazetteer knows may be there.
    distance_km, bearing_deg
        As told; the bearing clockwise from true north, from the named place. None where the words tell none.
        For `near` the distance is the reach that the words suggest ("à deux heures de route"), None for the usual one.
    admin
        The unit that the words set the place in ("(cercle de Douentza)", "dans la région de Mopti"), None where they do not.
    aside
        Whether the phrase only describes a place named beside it, or tells where somebody came from or was bound for:
        "(140 km à l'est de Douentza)", "en provenance de Gao".
    """

    span: Span
    names: tuple[Span, ...]
    relation: Relation
    distance_km: float | None = None
    bearing_deg: float | None = None
    admin: Span | None = None
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a phrase puts something on the ground, never finer than its words.

    Parameters
    ----------
    position
        The best single point (WGS 84): the place itself, the point at a told distance and direction, the middle of a line.
    line
        For `between` and `border`: positions of the axis or border, else empty.
    radius_km
        It lies within this distance of the position (or of the line).
    area_id
        Polygon id (`geo/boundaries`) where only an area is known, else empty.
    where_prec, geo_precision
        UCDP 1-7 and ACLED 1-3, each by its own codebook.
    regions
        Ids of the regions of interest that contain a computed position; None where it is the named place's own.
    """

    position: Position
    line: tuple[Position, ...]
    radius_km: float
    area_id: str
    where_prec: int
    geo_precision: int
    reasons: tuple[Reason, ...] = ()
    regions: tuple[str, ...] | None = None


class PlaceFinder(Protocol):
    """What readers of reports ask of a gazetteer. They know nothing else about it."""

    def mentions(self, text: str, taken: Sequence[Span], region: str | None = None) -> tuple[Span, ...]:
        """Place names in a text (composed Unicode), in order, none overlapping a span already taken by something else."""
        ...

    def phrases(self, text: str, taken: Sequence[Span], region: str | None = None) -> tuple[PlacePhrase, ...]:
        """What a text says about places, in order: every place name in it stands in one of the phrases."""
        ...

    def resolve(self, name: str, *, region: str | None, together: Sequence[str] = ()) -> Resolution:
        """What a name means, given the region of interest and the names mentioned together with it."""
        ...

    def resolve_all(self, asked: Sequence[NameAsked], *, region: str | None) -> tuple[Resolution, ...]:
        """What the names of one text mean, each with the help of the others; in their order."""
        ...

    def situate(self, phrase: PlacePhrase, resolutions: Sequence[Resolution], region: str | None = None) -> Situation | None:
        """Where a phrase puts something, given what each of its names means; None where none of them is known."""
        ...
