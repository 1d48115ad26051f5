"""Incidents at rest: one SQLite case file a workspace, which several processes may read while one writes."""

from incidentmap.store.case import Added, Store, open_store
from incidentmap.store.chain import COLUMNS, WITH_PLACE, check_chain, decision_of, record_of
from incidentmap.store.decisions import DecisionLog
from incidentmap.store.questions import Question, QuestionList
from incidentmap.store.statuses import Said

__all__ = [
    "COLUMNS", "WITH_PLACE", "Added", "DecisionLog", "Question", "QuestionList", "Said", "Store", "check_chain", "decision_of",
    "open_store", "record_of",
]
