"""What a person decided about a draft: appended, never changed. The machine's reading stays as it was, beneath."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from incidentmap.model.actor import ActorRole
from incidentmap.model.claim import Claim
from incidentmap.model.dates import PartialDate
from incidentmap.model.incident import Incident, Location, Status
from incidentmap.model.reason import Reason


class ReviewAction(StrEnum):
    """What a person did with a draft."""

    ACCEPT = "accept"
    EDIT = "edit"
    SPLIT = "split"
    """Made two incidents of one draft."""
    MERGE = "merge"
    """Put a second draft of the same report into this one."""
    REJECT = "reject"
    REOPEN = "reopen"
    """Made it a draft again."""
    UNDO = "undo"
    """Took an earlier decision back."""


class ReviewField(StrEnum):
    """What a decision can change about an incident; `incident` stands for one that the decision itself brings forth."""

    EVENT_TYPE = "event_type"
    SUB_EVENT_TYPE = "sub_event_type"
    DATE = "date"
    LOCATION = "location"
    ACTORS = "actors"
    CLAIMS = "claims"
    STATUS = "status"
    REVIEW = "review"
    INCIDENT = "incident"


FieldValue = (
    str | Status | PartialDate | Location | Incident | tuple[ActorRole, ...] | tuple[Claim, ...] | tuple[Reason, ...] | None
)


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one incident, before and after; before is None for an incident that the decision brings forth."""

    incident: str
    field: ReviewField
    before: FieldValue
    after: FieldValue


@dataclass(frozen=True, slots=True)
class Review:
    """One record of the review log.

    Parameters
    ----------
    number
        1 for the first of a case.
    at
        UTC, ISO 8601 to the second: ``2026-11-22T19:05:00Z``.
    who
        The name that the person goes by.
    incident
        The one that was decided about; `changes` may concern others of the same report too.
    based_on
        Ids of incidents with the version of each that the person had before them.
    undoes
        Number of the decision that an `undo` takes back, else None.
    why
        The person's own words, may be empty.
    """

    number: int
    at: str
    who: str
    action: ReviewAction
    report: str
    incident: str
    changes: tuple[Change, ...]
    based_on: tuple[tuple[str, str], ...]
    undoes: int | None
    why: str

    @property
    def incidents(self) -> tuple[str, ...]:
        """Ids of all incidents that it concerns, the main one first."""
        return tuple(dict.fromkeys((self.incident, *(each.incident for each in self.changes))))


def difference(before: Incident, after: Incident) -> tuple[Change, ...]:
    """What makes the second of two states of an incident of the first."""
    pairs = ((name, getattr(before, name.value), getattr(after, name.value)) for name in ReviewField
             if name is not ReviewField.INCIDENT)
    return tuple(Change(before.id, name, old, new) for name, old, new in pairs if old != new)


def standing(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """Decisions that nobody took back, in their order."""
    log = tuple(reviews)
    undone = {each.undoes for each in log}
    return tuple(each for each in log if each.action is not ReviewAction.UNDO and each.number not in undone)


def reviewed(incidents: Sequence[Incident], reviews: Iterable[Review]) -> tuple[Incident, ...]:
    """The machine's incidents of a report as people left them.

    Parameters
    ----------
    incidents
        As they were read, in the order of the text.
    reviews
        The log of the report, first to last.

    Returns
    -------
    tuple of Incident
        In the same order, those that a person brought forth after the one they come from. A decision about an incident that is
        read no longer waits until it is read again.
    """
    found = list(incidents)
    for each in standing(reviews):
        found = _applied(found, each)
    return tuple(found)


def _applied(incidents: list[Incident], review: Review) -> list[Incident]:
    born = [each.after for each in review.changes if isinstance(each.after, Incident)]
    there = {each.id for each in (*incidents, *born)}
    if not there.issuperset(review.incidents):
        return incidents
    place = next(n for n, each in enumerate(incidents, 1) if each.id == review.incident)
    wanted = [*incidents[:place], *born, *incidents[place:]]
    return [_changed(each, review.changes) for each in wanted]


def _changed(incident: Incident, changes: Iterable[Change]) -> Incident:
    for each in changes:
        if each.incident == incident.id and each.field is not ReviewField.INCIDENT:
            incident = replace(incident, **{each.field.value: _value(incident, each)})  # type: ignore[arg-type]
    return incident


def _value(incident: Incident, change: Change) -> FieldValue:
    """The value that a person set; of the reasons to look, those that they settled are gone, new ones stay."""
    if change.field is not ReviewField.REVIEW or not isinstance(change.before, tuple) or not isinstance(change.after, tuple):
        return change.after
    settled = set(change.before) - set(change.after)
    return tuple(why for why in incident.review if why not in settled)
