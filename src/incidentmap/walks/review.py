"""A person's review of drafts: the decisions, and their history.

Every decision is appended to the workspace's log and names the version of the draft that the person had before them; where
somebody else decided meanwhile nothing is written, and the error says who changed what. A merged incident is accepted, rejected
and opened again as one, with a record for each report that tells of it; its fields are edited where a report tells them.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from incidentmap.model import (
    BadValue,
    Change,
    EditConflict,
    Incident,
    Review,
    ReviewAction,
    ReviewField,
    Status,
    difference,
    standing,
)
from incidentmap.walks.decide import Clock, utc_now
from incidentmap.walks.review_queue import joined, review_settings
from incidentmap.walks.review_values import Wanted
from incidentmap.walks.workspace import Workspace

_STATUS = {
    ReviewAction.ACCEPT: Status.CONFIRMED, ReviewAction.REJECT: Status.REJECTED, ReviewAction.REOPEN: Status.DRAFT,
}


def version(workspace: Workspace, incident_id: str) -> str:
    """The version of an incident as it is shown, for `based_on`. Raises `BadValue` if there is no such incident."""
    _incident(workspace, incident_id)
    return joined(workspace.store.reviews.version(each) for each in _shown_as_one(workspace, incident_id))


def accept(workspace: Workspace, incident_id: str, who: str, based_on: str = "", why: str = "", *,
           clock: Clock = utc_now) -> Review:
    """Confirm an incident as it stands, a merged one with all its parts; gives the record of the first.

    `based_on` is the version that the person had before them (:func:`version`); empty for the one it has now.

    Raises
    ------
    EditConflict
        If somebody else changed it since that version.
    BadValue
        If there is no such incident, it is confirmed already, or `who` is empty.
    """
    return _set_status(workspace, incident_id, ReviewAction.ACCEPT, who, based_on, why, clock)


def reject(workspace: Workspace, incident_id: str, who: str, based_on: str = "", why: str = "", *,
           clock: Clock = utc_now) -> Review:
    """Say that it is no incident, or that it should not be in the case; as :func:`accept`."""
    return _set_status(workspace, incident_id, ReviewAction.REJECT, who, based_on, why, clock)


def reopen(workspace: Workspace, incident_id: str, who: str, based_on: str = "", why: str = "", *,
           clock: Clock = utc_now) -> Review:
    """Make a confirmed or rejected incident a draft again; as :func:`accept`."""
    return _set_status(workspace, incident_id, ReviewAction.REOPEN, who, based_on, why, clock)


def edit(workspace: Workspace, incident_id: str, wanted: Sequence[Wanted], who: str, based_on: str = "",  # noqa: PLR0917
         why: str = "", *, clock: Clock = utc_now) -> Review:
    """Set fields of an incident; what the machine read stays in the file beneath.

    `wanted` are fields with their values, as :mod:`.review_values` checks and makes them. Reasons to look that they settle go.

    Raises
    ------
    BadValue
        If nothing would change, or as :func:`accept`.
    EditConflict
        As :func:`accept`.
    """
    before, now = _seen(workspace, incident_id, based_on)
    changes = difference(before, _with(before, wanted))
    if not changes:
        raise BadValue("edit", ", ".join(each.field.value for each in wanted) or "nothing", "at least one value that differs")
    return _append(workspace, before, ReviewAction.EDIT, changes, ((incident_id, now),), who, why, clock)


def split(workspace: Workspace, incident_id: str, claims: Sequence[int], wanted: Sequence[Wanted], who: str,  # noqa: PLR0917
          based_on: str = "", why: str = "", *, clock: Clock = utc_now) -> Review:
    """Make two incidents of one: the second begins as a copy, a draft with an id of its own, and takes some claims along.

    `claims` are the numbers (from 1) of those that go, `wanted` what is different about the second: its place, its date.

    Raises
    ------
    BadValue
        For a number that no claim has, or if both would be the same; else as :func:`accept`.
    EditConflict
        As :func:`accept`.
    """
    before, now = _seen(workspace, incident_id, based_on)
    for number in claims:
        if not 1 <= number <= len(before.claims):
            raise BadValue("number of a claim", number, f"1 to {len(before.claims)}" if before.claims else "none, it has none")
    going = frozenset(claims)
    parts = [tuple(each for n, each in enumerate(before.claims, 1) if (n in going) is goes) for goes in (False, True)]
    second = replace(_with(before, wanted), id=_new_id(incident_id, now), claims=parts[1], status=Status.DRAFT)
    if not going and not difference(before, replace(second, id=before.id, claims=before.claims, status=before.status)):
        raise BadValue("split", "nothing", "claims that go along, or another place, date, event or actor for the second one")
    changes = (
        *difference(before, replace(before, claims=parts[0])),
        Change(second.id, ReviewField.INCIDENT, None, second),
    )
    return _append(workspace, before, ReviewAction.SPLIT, changes, ((incident_id, now),), who, why, clock)


def merge_drafts(workspace: Workspace, incident_id: str, other_id: str, who: str, based_on: str = "",  # noqa: PLR0917
                 other_based_on: str = "", why: str = "", *, clock: Clock = utc_now) -> Review:
    """Put another draft of the same report into this one: all its claims and actors come along, and it stands as rejected.

    Raises
    ------
    BadValue
        If both are one, or of different reports; else as :func:`accept`.
    EditConflict
        As :func:`accept`, for either of them.
    """
    before, now = _seen(workspace, incident_id, based_on)
    other, other_now = _seen(workspace, other_id, other_based_on)
    if other.id == before.id or other.report != before.report:
        raise BadValue("incident to merge", other_id, f"another incident of report {before.report}",
                       "Incidents of different reports: see incidentmap duplicates.")
    actors = {(each.id, each.role): each for each in (*before.actors, *other.actors)}
    after = replace(
        before, claims=tuple(dict.fromkeys((*before.claims, *other.claims))), date=before.date or other.date,
        location=before.location or other.location, actors=tuple(actors.values()),
    )
    changes = (*difference(before, after), *difference(other, replace(other, status=Status.REJECTED)))
    based = ((incident_id, now), (other_id, other_now))
    return _append(workspace, before, ReviewAction.MERGE, changes, based, who, why, clock)


def undo(workspace: Workspace, number: int, who: str, why: str = "", *, clock: Clock = utc_now) -> Review:
    """Take a decision back; only the newest about its incidents, so that what was built on it goes first.

    Raises
    ------
    BadValue
        If there is no such decision, it was taken back before, a later one stands on it, or `who` is empty.
    """
    log = workspace.store.reviews.all()
    taken = next((each for each in log if each.number == number), None)
    if taken is None:
        raise BadValue("number of the decision to undo", number, "one of the log", "See: incidentmap review history")
    drafts = [_back(each, who, why) for each in _at_once(log, taken, _shown_as_one(workspace, taken.incident))]
    return workspace.store.reviews.append_all(drafts, clock)[0]


def _back(taken: Review, who: str, why: str) -> Review:
    changes = tuple(Change(each.incident, each.field, each.after, each.before) for each in taken.changes)
    return Review(0, "", " ".join(who.split()), ReviewAction.UNDO, taken.report, taken.incident, changes, (), taken.number,
                  why.strip())


def _at_once(log: Sequence[Review], taken: Review, ids: Sequence[str]) -> list[Review]:
    """A decision with those that were made with it about the other parts of a merged incident."""
    act = (taken.at, taken.who, taken.action, taken.why)
    others = [each for each in standing(log) if each.incident in ids and (each.at, each.who, each.action, each.why) == act]
    return [taken, *(each for each in others if each.number != taken.number and each.incident != taken.incident)]


def history(workspace: Workspace, incident_id: str = "") -> tuple[Review, ...]:
    """The decisions about an incident, or all of them, newest first: also those taken back, and what took them back."""
    log = workspace.store.reviews
    return (log.of(incident_id) if incident_id else log.all())[::-1]


def undoable(log: Iterable[Review]) -> frozenset[int]:
    """Numbers of the decisions that can be taken back now: those that no later one stands on."""
    seen: Counter[str] = Counter()
    free = []
    for each in reversed(standing(sorted(log, key=lambda one: one.number))):
        free += [] if any(seen[one] for one in each.incidents) else [each.number]
        seen.update(each.incidents)
    return frozenset(free)


def _set_status(workspace: Workspace, incident_id: str, action: ReviewAction, who: str, based_on: str, why: str,  # noqa: PLR0917
                clock: Clock) -> Review:
    ids = _shown_as_one(workspace, incident_id)
    seen = based_on.split("+") if based_on.strip() else [workspace.store.reviews.version(each) for each in ids]
    if len(seen) != len(ids):
        raise EditConflict(
            f"Incident {incident_id} is shown as one with others since, or no longer: now with {' '.join(ids)}. Nothing of "
            "yours was written. Look at it as it is now, then decide again on top."
        )
    rows = [(_incident(workspace, each), now.strip()) for each, now in zip(ids, seen, strict=True)]
    drafts = [_draft(before, action, difference(before, replace(before, status=_STATUS[action])), ((before.id, now),), who, why)
              for before, now in _concerned(rows, action)]
    stale = any(now != workspace.store.reviews.version(before.id) for before, now in rows)
    if stale or any(each.changes for each in drafts):  # a conflict is told before anything else
        return workspace.store.reviews.append_all(drafts, clock, ids)[0]
    status = rows[0][0].status.value
    raise BadValue("status", status, f"another one before: the incident is {status} already")


def _concerned(rows: Sequence[tuple[Incident, str]], action: ReviewAction) -> Sequence[tuple[Incident, str]]:
    """The parts that a decision about the whole is about: what was rejected by itself stays so when the rest is accepted."""
    if action is ReviewAction.ACCEPT:
        drafts = [each for each in rows if each[0].status is Status.DRAFT]
        return drafts or rows
    return [each for each in rows if each[0].status is not _STATUS[action]] or rows


def _shown_as_one(workspace: Workspace, incident_id: str) -> tuple[str, ...]:
    """Ids of all that is shown as one with an incident, sorted."""
    groups = workspace.store.merges.groups()
    return groups.parts.get(groups.id_of(incident_id), (incident_id,))


def _seen(workspace: Workspace, incident_id: str, based_on: str) -> tuple[Incident, str]:
    """An incident, and the version that the decision is based on. The version is asked first: what comes between is told."""
    now = based_on.strip() or workspace.store.reviews.version(incident_id)
    if "+" in now:  # that of the merged incident
        parts = dict(zip(_shown_as_one(workspace, incident_id), now.split("+"), strict=False))
        now = parts.get(incident_id, now)
    return _incident(workspace, incident_id), now


def _incident(workspace: Workspace, incident_id: str) -> Incident:
    found = workspace.store.incident(incident_id)
    if found is None:
        raise BadValue("incident", incident_id, "the id of an incident of this workspace", "See: incidentmap review list")
    return found


def _with(incident: Incident, wanted: Iterable[Wanted]) -> Incident:
    """An incident with other values, without the reasons to look that they settle."""
    settles: Mapping[str, list[str]] = review_settings()["settles"]
    for each in wanted:
        gone = settles.get(each.field.value, [])
        review = tuple(why for why in incident.review if why.code not in gone)
        incident = replace(incident, review=review, **{each.field.value: each.value})  # type: ignore[arg-type]
    return incident


def _append(workspace: Workspace, before: Incident, action: ReviewAction, changes: tuple[Change, ...],  # noqa: PLR0917
            based_on: tuple[tuple[str, str], ...], who: str, why: str, clock: Clock) -> Review:
    return workspace.store.reviews.append(_draft(before, action, changes, based_on, who, why), clock)


def _draft(before: Incident, action: ReviewAction, changes: tuple[Change, ...], based_on: tuple[tuple[str, str], ...],  # noqa: PLR0917
           who: str, why: str) -> Review:
    return Review(0, "", " ".join(who.split()), action, before.report, before.id, changes, based_on, None, why.strip())


def _new_id(incident: str, now: str) -> str:
    return hashlib.sha256(f"{incident}|split|{now}".encode()).hexdigest()[:16]
