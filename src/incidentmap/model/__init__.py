"""What things are. Standard library only; every other package imports this one, and this one imports none."""

from incidentmap.model.actor import Actor, ActorRole, LayerRole, Role
from incidentmap.model.area import MOST_CORNERS, Area, area_bounds, area_edges, area_text, checked_area, lies_in, parse_area
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
    FeedError,
    FeedRefused,
    FeedUnavailable,
    FeedUnreadable,
    IncidentmapError,
    MissingGround,
    OnlineError,
    OnlineRefused,
    OnlineUnavailable,
    OnlineUnreadable,
    ScheduleBusy,
    SeveralTables,
    Stopped,
    UnknownRegion,
    UnreadableReport,
    UnreadableTable,
    UnwritablePlace,
)
from incidentmap.model.incident import (
    IN_REVIEW,
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
from incidentmap.model.portion import Portion, in_portion
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
from incidentmap.model.query import REPORTS, BBox, IncidentQuery, listed_text, parse_listed
from incidentmap.model.reason import Reason, reason
from incidentmap.model.record_change import Aspect, RecordChange, RecordChanges, RecordState
from incidentmap.model.report import Report, Span
from incidentmap.model.review import Change, FieldValue, Review, ReviewAction, ReviewField, difference, reviewed, standing
from incidentmap.model.rivalry import is_contested
from incidentmap.model.showing import AREAS, EACH, Measure, Showing, Shows
from incidentmap.model.snapshot import (
    Changes,
    EventChange,
    FieldChange,
    ImportProgress,
    ImportRecord,
    ImportRun,
    RowCounts,
    Snapshot,
)
from incidentmap.model.steps import MOST_STEPS, Step, TimeMode, day_of, fitting_step, number_of, steps_between
from incidentmap.model.toll import ALL_SOURCES, COUNTED, RuleKind, Toll, TotalRule, has_figure, incident_toll
from incidentmap.model.total import Total, all_totals, joined_totals, total_of

__all__ = [
    "ALL_SOURCES", "AREAS", "COUNTED", "EACH", "IN_REVIEW", "LONGEST_NAME", "LONGEST_WORDS", "MOST_CORNERS", "MOST_EVENTS",
    "MOST_NAMES", "MOST_PARTS", "MOST_STEPS", "OWN", "REPORTS", "RULES", "UNKNOWN", "Actor", "ActorRole", "Area", "Aspect",
    "BBox", "BadValue", "BrokenGazetteer", "BrokenStore", "Candidate", "Change", "Changes", "Claim", "ClaimField",
    "DatePrecision", "Decision", "DivergingDecisions", "Doubt", "Dropped", "EditConflict", "EventChange", "Evidence",
    "Extractor", "ExtractorError", "ExtractorMissing", "ExtractorUnavailable", "ExtractorUnreadable", "FeedError",
    "FeedRefused", "FeedUnavailable", "FeedUnreadable", "FieldChange", "FieldValue", "ImportProgress", "ImportRecord",
    "ImportRun", "Incident", "IncidentQuery", "IncidentmapError", "LayerRole", "Location", "Measure", "Mention",
    "MentionKind", "MergeRecord", "MergeVerdict", "MissingGround", "NameAsked", "NameKind", "Naming", "NamingVerdict",
    "OnlineError", "OnlineRefused", "OnlineUnavailable", "OnlineUnreadable", "Overruled", "OwnActor", "Pair", "Part",
    "PartialDate", "Place", "PlaceFinder", "PlaceKind", "PlacePhrase", "PointedActor", "PointedEvent", "PointedFigure",
    "Portion", "Position", "Proposal", "ProposalKind", "Proposed", "Reading", "Reason", "RecordChange", "RecordChanges",
    "RecordState", "Relation", "Report", "ReportClaim", "Resolution", "ResolutionStatus", "Review", "ReviewAction",
    "ReviewField", "Role", "RowCounts", "RuleKind", "Sameness", "ScheduleBusy", "Scope", "SeveralTables", "Showing", "Shows",
    "Situation", "Snapshot", "Span", "Stance", "Status", "Step", "Stopped", "TimeMode", "Toll", "Total", "TotalRule",
    "UnknownName", "UnknownRegion", "UnreadableReport", "UnreadableTable", "UnwritablePlace", "Verdict", "all_totals",
    "area_bounds", "area_edges", "area_text", "checked", "checked_area", "day_of", "difference", "excerpt", "fitting_step",
    "flaw", "has_figure", "in_portion", "incident_toll", "is_contested", "joined_totals", "lies_in", "listed_text",
    "name_key", "namings_in_force", "number_of", "parse_area", "parse_listed", "reason", "reviewed", "standing",
    "steps_between", "total_of",
]
