"""Incidents: what happened where, when, by whom, according to whom."""

from dataclasses import dataclass
from enum import StrEnum

from incidentmap.model.actor import ActorRole
from incidentmap.model.claim import Claim
from incidentmap.model.dates import PartialDate
from incidentmap.model.naming import UnknownName
from incidentmap.model.place import NameAsked, Relation, ResolutionStatus
from incidentmap.model.position import Position
from incidentmap.model.reason import Reason
from incidentmap.model.report import Span


class Status(StrEnum):
    """Where an incident stands in review."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    IMPORTED = "imported"
    """A row of a table: not in review, nobody drafted, confirmed or rejected it here."""


IN_REVIEW = (Status.DRAFT, Status.CONFIRMED, Status.REJECTED)
"""The states that a person can give."""
_FROM_UCDP = {1: 1, 2: 2, 3: 3, 4: 3, 5: 3, 6: 3, 7: 3}
"""UCDP's where_prec in ACLED's three classes, by both codebooks: the place itself, near it or in a part of a region, wider."""

_IN_SECOND, _IN_FIRST, _REGION = 3, 4, 3
"""UCDP's where_prec of what is known to the second and to the first level, ACLED's geo_precision of what is to a region."""


@dataclass(frozen=True, slots=True)
class Location:
    """Where an incident is, how surely, and why there.

    Parameters
    ----------
    span
        The report's words for it: a name, or a phrase such as "à 37 km au nord d'Andéranboukane".
    name, anchor
        The named place and its position (WGS 84): the geometry was derived from it.
    position
        The best single point for the incident (WGS 84): the anchor, the point at a told distance and direction from it, or the
        middle of a line.
    line
        For `between` and `border`: positions of the axis or border, else empty.
    radius_km
        The incident lies within this distance of `position` (or of the line).
    where_prec
        UCDP 1-7. `geo_precision`: ACLED 1-3. Both stored, neither derived from the other in silence; a table may lack one of
        them, or both.
    regions
        Ids of the regions of interest that contain it.
    area_id
        Polygon id (`geo/boundaries`) when only an area is known, else empty: an area is never drawn as a dot.
    """

    span: Span
    relation: Relation
    place_id: str
    name: str
    anchor: Position
    position: Position
    line: tuple[Position, ...]
    radius_km: float
    area_id: str
    where_prec: int | None
    geo_precision: int | None
    country: str
    admin1: str
    admin2: str
    regions: tuple[str, ...]
    ambiguous: bool
    score: float
    reasons: tuple[Reason, ...]
    rivals: tuple[str, ...]

    @property
    def precision(self) -> int | None:
        """How exact the place is, 1 to 3, for drawing and filters: ACLED's class, else that of UCDP's; None if none is told."""
        return self.geo_precision if self.geo_precision is not None else _FROM_UCDP.get(self.where_prec or 0)

    @property
    def level(self) -> int:
        """The finest administrative level at which the place is known: 2, 1, or 0 for the country and for what has no unit.

        By UCDP's where_prec where it is told, else by ACLED's geo_precision. A point of which neither is told is taken for what
        it is given as: a point.
        """
        if self.where_prec is not None:
            return 2 if self.where_prec <= _IN_SECOND else 1 if self.where_prec == _IN_FIRST else 0
        return 1 if self.geo_precision == _REGION else 2


@dataclass(frozen=True, slots=True)
class Part:
    """One of several incidents that a person said to be the same: what its own report tells, also where another one leads."""

    id: str
    report: str
    event_type: str
    sub_event_type: str
    date: PartialDate | None
    location: Location | None
    status: Status


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident, as a draft from a report or as a person left it.

    Parameters
    ----------
    id
        Stable: the same report read again gives the same id.
    report
        Id of the report it was read from.
    event_type, sub_event_type
        ACLED's published taxonomy, in ACLED's English words.
    date, location
        None where the report does not say: unknown stays unknown.
    date_span, trigger
        The words that date it (None if undated) and the words that tell that it happened.
    claims
        All claims about this incident alone; aggregate ones are in :class:`ReportClaim`.
    review
        Why a person should look, empty when there is no reason.
    parts
        Of an incident that a person merged from several reports: what each of them tells. Its claims come from all of them, its
        date and place, with their words, from those that lead. Empty where one report alone tells of it.
    """

    id: str
    report: str
    event_type: str
    sub_event_type: str
    date: PartialDate | None
    date_span: Span | None
    trigger: Span
    location: Location | None
    actors: tuple[ActorRole, ...]
    claims: tuple[Claim, ...]
    status: Status
    review: tuple[Reason, ...]
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportClaim:
    """A claim that covers several incidents together, with their ids."""

    claim: Claim
    incidents: tuple[str, ...]


class MentionKind(StrEnum):
    """What a marked piece of a report's text is."""

    PLACE = "place"
    DATE = "date"
    FIGURE = "figure"
    ACTOR = "actor"
    EVENT = "event"
    CLAIM = "claim"


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A marked piece of text: its kind and what it was read as (actor id, place id, ISO date...)."""

    span: Span
    kind: MentionKind
    meaning: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place name of a report that a person should decide: no gazetteer knows it, or several places bear it.

    Parameters
    ----------
    asked
        The name with what stands beside it; its `report` is the report's id.
    span, sentence
        Where the name and its sentence stand in the report's text.
    status
        `miss` or `ambiguous`.
    """

    asked: NameAsked
    span: Span
    sentence: Span
    status: ResolutionStatus


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one report, in the order of its text.

    Parameters
    ----------
    doubts
        Place names that a person should decide.
    unknown
        Names of actors that nobody knows.
    """

    incidents: tuple[Incident, ...]
    report_claims: tuple[ReportClaim, ...]
    mentions: tuple[Mention, ...]
    warnings: tuple[Reason, ...]
    doubts: tuple[Doubt, ...] = ()
    unknown: tuple[UnknownName, ...] = ()
