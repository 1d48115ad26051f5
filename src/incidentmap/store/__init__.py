"""Incidents at rest: one SQLite case file a workspace, which several processes may read while one writes."""

from incidentmap.store.case import Added, Store, open_store
from incidentmap.store.chain import Record
from incidentmap.store.decision_records import COLUMNS, WITH_PLACE, check_chain, decision_of, record_of
from incidentmap.store.decisions import DecisionLog
from incidentmap.store.groups import Groups, groups_of, standing_merges
from incidentmap.store.merges import MERGE_COLUMNS, MergeLog
from incidentmap.store.names import NameList
from incidentmap.store.naming_records import NAMING_COLUMNS, check_namings, naming_of, naming_record
from incidentmap.store.questions import Question, QuestionList
from incidentmap.store.review_codec import REVIEW_COLUMNS
from incidentmap.store.reviews import ReviewLog, version
from incidentmap.store.statuses import Said
from incidentmap.store.whole import whole_incident

__all__ = [
    "COLUMNS", "MERGE_COLUMNS", "NAMING_COLUMNS", "REVIEW_COLUMNS", "WITH_PLACE", "Added", "DecisionLog", "Groups", "MergeLog",
    "NameList", "Question", "QuestionList", "Record", "ReviewLog", "Said", "Store", "check_chain", "check_namings",
    "decision_of", "groups_of", "naming_of", "naming_record", "open_store", "record_of", "standing_merges", "version",
    "whole_incident",
]
