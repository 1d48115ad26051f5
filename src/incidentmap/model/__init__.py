"""What things are. Standard library only; every other package imports this one, and this one imports none."""

from incidentmap.model.actor import Actor, ActorRole, Role
from incidentmap.model.claim import UNKNOWN, Claim, ClaimField, Scope, Stance
from incidentmap.model.dates import DatePrecision, PartialDate
from incidentmap.model.decision import Decision, Verdict
from incidentmap.model.duplicate import Evidence, MergeRecord, MergeVerdict, Overruled, Pair, Sameness
from incidentmap.model.errors import (
    BadValue,
    BrokenGazetteer,
    BrokenStore,
    DivergingDecisions,
    EditConflict,
    IncidentmapError,
    MissingGround,
    OnlineError,
    OnlineRefused,
    OnlineUnavailable,
    OnlineUnreadable,
    UnknownRegion,
    UnreadableReport,
    UnreadableTable,
    UnwritablePlace,
)
from incidentmap.model.incident import (
    Doubt,
    Incident,
    Location,
    Mention,
    MentionKind,
    Part,
    Reading,
    ReportClaim,
    Status,
)
from incidentmap.model.place import (
    Candidate,
    NameAsked,
    Place,
    PlaceFinder,
    PlaceKind,
    PlacePhrase,
    Relation,
    Resolution,
    ResolutionStatus,
    Situation,
)
from incidentmap.model.position import Position
from incidentmap.model.query import BBox, IncidentQuery
from incidentmap.model.reason import Reason, reason
from incidentmap.model.report import Report, Span
from incidentmap.model.review import Change, FieldValue, Review, ReviewAction, ReviewField, difference, reviewed, standing

__all__ = [
    "UNKNOWN", "Actor", "ActorRole", "BBox", "BadValue", "BrokenGazetteer", "BrokenStore", "Candidate", "Change", "Claim",
    "ClaimField", "DatePrecision", "Decision", "DivergingDecisions", "Doubt", "EditConflict", "Evidence", "FieldValue",
    "Incident", "IncidentQuery", "IncidentmapError", "Location", "Mention", "MentionKind", "MergeRecord", "MergeVerdict",
    "MissingGround", "NameAsked", "OnlineError", "OnlineRefused", "OnlineUnavailable", "OnlineUnreadable", "Overruled",
    "Pair", "Part", "PartialDate", "Place", "PlaceFinder", "PlaceKind", "PlacePhrase", "Position", "Reading", "Reason",
    "Relation", "Report", "ReportClaim", "Resolution", "ResolutionStatus", "Review", "ReviewAction", "ReviewField", "Role",
    "Sameness", "Scope", "Situation", "Span", "Stance", "Status", "UnknownRegion", "UnreadableReport", "UnreadableTable",
    "UnwritablePlace", "Verdict", "difference", "reason", "reviewed", "standing",
]
