"""A report read again: what people decided about its incidents is laid over what is read now."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from incidentmap.model import Incident, Reading, Review, ReviewField, Status, reviewed, standing
from incidentmap.store.review_rows import keep_drafts, kept_drafts, load_reviews, read_drafts
from incidentmap.store.statuses import Said, alone, shelved, with_statuses


@dataclass(frozen=True, slots=True)
class Again:
    """A report read again: the reading with what people decided, and what finds no incident now."""

    after: Reading
    shelved: tuple[Said, ...]
    lost: tuple[Said, ...]


def read_again(connection: sqlite3.Connection, report: str, before: Reading, read: Reading) -> Again:
    """Lay what people decided over another reading of a report; their records are kept whatever is read."""
    log, drafts = load_reviews(connection, report), kept_drafts(connection, report)
    base_before = read_drafts(connection, report, before.incidents, log)
    kept = _with_kept_ids(read, base_before, drafts)
    incidents, aside = with_statuses(kept.incidents, base_before, shelved(connection, report))
    keep_drafts(connection, report, [each for each in incidents if each.id in drafts], again=True)
    after = reviewed(incidents, log)
    return Again(replace(kept, incidents=after), aside, (*aside, *_waiting(after, log, drafts)))


def _with_kept_ids(read: Reading, before: Sequence[Incident], drafts: Mapping[str, Incident]) -> Reading:
    """An incident that people decided about keeps its id, also where the place that the id is made of is another now.

    It is the one with the same trigger, provided that the words tell of one incident only, before and now.
    """
    ids = {each.id for each in read.incidents}
    told = [*before, *(each for each in drafts.values() if each.id not in {other.id for other in before})]
    single = alone(each.trigger for each in read.incidents) & alone(each.trigger for each in told)
    missing = {each.trigger: each.id for each in drafts.values() if each.id not in ids and each.trigger in single}
    new = {each.id: missing[each.trigger] for each in read.incidents if each.trigger in missing and each.id not in drafts}
    return replace(
        read, incidents=tuple(replace(each, id=new.get(each.id, each.id)) for each in read.incidents),
        report_claims=tuple(replace(each, incidents=tuple(new.get(one, one) for one in each.incidents))
                            for each in read.report_claims),
    )


def _waiting(incidents: Iterable[Incident], log: Sequence[Review], drafts: Mapping[str, Incident]) -> list[Said]:
    """What people decided about incidents that are read no longer."""
    there = {each.id for each in incidents}
    gone = [drafts[each] for record in standing(log) for each in record.incidents if each in drafts and each not in there]
    return [Said(each.id, each.trigger, _status(each.id, log)) for each in dict.fromkeys(gone)]


def _status(incident: str, log: Sequence[Review]) -> Status:
    told = [each.after for record in standing(log) for each in record.changes
            if each.incident == incident and each.field is ReviewField.STATUS]
    return Status(str(told[-1])) if told else Status.DRAFT
