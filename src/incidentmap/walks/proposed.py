"""Drafts that a model proposed, kept when their report is read again: the rules alone would not find them."""

from dataclasses import replace

from incidentmap.model import Incident, Reading
from incidentmap.reports.pointed import PROPOSED, overlap
from incidentmap.store import Store


def with_proposed(store: Store, report_id: str, read: Reading) -> Reading:
    """A new reading of a report with the drafts that models proposed for it before, as they were read then.

    One that the rules read by themselves now goes, unless a person decided about it.
    """
    before = store.reading(report_id)
    ids = tuple(each.id for each in before.incidents if each.id.startswith(PROPOSED)) if before else ()
    drafts = (draft for each in ids if (draft := store.reviews.draft(each)))
    return with_drafts(read, tuple(each for each in drafts if not read_already(each, read) or store.reviews.of(each.id)))


def with_drafts(read: Reading, drafts: tuple[Incident, ...]) -> Reading:
    """A reading with further drafts, each once, in the order of the text."""
    there = {each.id for each in read.incidents}
    new = {each.id: each for each in drafts if each.id not in there}
    return replace(read, incidents=tuple(sorted((*read.incidents, *new.values()), key=lambda each: each.trigger.start)))


def read_already(draft: Incident, reading: Reading) -> bool:
    """Whether a reading has the event of a draft: told by the same words, or the same kind at that place in that time."""
    return any(overlap(each.trigger, draft.trigger) or _alike(each, draft) for each in reading.incidents if each.id != draft.id)


def _alike(one: Incident, other: Incident) -> bool:
    if not (one.location and other.location and one.date and other.date):
        return False
    same = one.event_type == other.event_type and one.location.place_id == other.location.place_id
    return same and one.date.start <= other.date.end and other.date.start <= one.date.end
