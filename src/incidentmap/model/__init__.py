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
    SeveralTables,
    Stopped,
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
from incidentmap.model.naming import (
    OWN,
    RULES,
    NameKind,
    Naming,
    NamingVerdict,
    OwnActor,
    UnknownName,
    name_key,
    namings_in_force,
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
from incidentmap.model.proposal import (
    LONGEST_NAME,
    LONGEST_WORDS,
    MOST_EVENTS,
    MOST_NAMES,
    MOST_PARTS,
    Dropped,
    Extractor,
    ExtractorError,
    ExtractorMissing,
    ExtractorUnavailable,
    ExtractorUnreadable,
    PointedActor,
    PointedEvent,
    PointedFigure,
    Proposal,
    ProposalKind,
    Proposed,
    checked,
    excerpt,
    flaw,
)
from incidentmap.model.query import BBox, IncidentQuery
from incidentmap.model.reason import Reason, reason
from incidentmap.model.report import Report, Span
from incidentmap.model.review import Change, FieldValue, Review, ReviewAction, ReviewField, difference, reviewed, standing
from incidentmap.model.snapshot import Changes, ImportProgress, ImportRecord, ImportRun, RowCounts, Snapshot
from incidentmap.model.toll import ALL_SOURCES, COUNTED, RuleKind, Toll, TotalRule, has_figure, incident_toll
from incidentmap.model.total import Total, all_totals, total_of

__all__ = [
    "ALL_SOURCES", "COUNTED", "LONGEST_NAME", "LONGEST_WORDS", "MOST_EVENTS", "MOST_NAMES", "MOST_PARTS", "OWN", "RULES",
    "UNKNOWN", "Actor", "ActorRole", "BBox", "BadValue", "BrokenGazetteer", "BrokenStore", "Candidate", "Change", "Changes",
    "Claim", "ClaimField", "DatePrecision", "Decision", "DivergingDecisions", "Doubt", "Dropped", "EditConflict", "Evidence",
    "Extractor", "ExtractorError", "ExtractorMissing", "ExtractorUnavailable", "ExtractorUnreadable", "FieldValue",
    "ImportProgress", "ImportRecord", "ImportRun", "Incident", "IncidentQuery", "IncidentmapError", "Location", "Mention",
    "MentionKind", "MergeRecord", "MergeVerdict", "MissingGround", "NameAsked", "NameKind", "Naming", "NamingVerdict",
    "OnlineError", "OnlineRefused", "OnlineUnavailable", "OnlineUnreadable", "Overruled", "OwnActor", "Pair", "Part",
    "PartialDate", "Place", "PlaceFinder", "PlaceKind", "PlacePhrase", "PointedActor", "PointedEvent", "PointedFigure",
    "Position", "Proposal", "ProposalKind", "Proposed", "Reading", "Reason", "Relation", "Report", "ReportClaim", "Resolution",
    "ResolutionStatus", "Review", "ReviewAction", "ReviewField", "Role", "RowCounts", "RuleKind", "Sameness", "Scope",
    "SeveralTables", "Situation", "Snapshot", "Span", "Stance", "Status", "Stopped", "Toll", "Total", "TotalRule",
    "UnknownName", "UnknownRegion", "UnreadableReport", "UnreadableTable", "UnwritablePlace", "Verdict", "all_totals",
    "checked", "difference", "excerpt", "flaw", "has_figure", "incident_toll", "name_key", "namings_in_force", "reason",
    "reviewed", "standing", "total_of",
]
