"""Incidents at rest: one SQLite case file a workspace, which several processes may read while one writes."""

from incidentmap.store.case import Added, Store, open_store
from incidentmap.store.chain import COLUMNS, WITH_PLACE, check_chain, decision_of, record_of
from incidentmap.store.decisions import DecisionLog
from incidentmap.store.groups import Groups, groups_of, standing_merges
from incidentmap.store.merges import MergeLog
from incidentmap.store.questions import Question, QuestionList
from incidentmap.store.reviews import ReviewLog, version
from incidentmap.store.statuses import Said

__all__ = [
    "COLUMNS", "WITH_PLACE", "Added", "DecisionLog", "Groups", "MergeLog", "Question", "QuestionList", "ReviewLog", "Said",
    "Store", "check_chain", "decision_of", "groups_of", "open_store", "record_of", "standing_merges", "version",
]
