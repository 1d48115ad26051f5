"""Drafts and decisions about them as lines for a terminal and as JSON."""

from collections.abc import Iterator

from incidentmap.frames import incident_record
from incidentmap.maps import reason_words
from incidentmap.model import (
    ActorRole,
    Change,
    Claim,
    Incident,
    Location,
    PartialDate,
    Reason,
    Review,
    ReviewField,
)
from incidentmap.walks.review_queue import Queued

_LANGUAGE = "en"


def queue_lines(row: Queued) -> Iterator[str]:
    """A row of the queue."""
    incident = row.incident
    yield f"{row.doubt:4.1f}  {incident.id}  {_day_words(incident.date)}  {_place_words(incident.location)}  {_event(incident)}"
    words = _one_line(incident.trigger.quote)
    yield f"      {incident.status.value}, version {row.version}, report {incident.report}: \"{words}\""
    yield from (f"      review: {reason_words(_LANGUAGE, why)}" for why in incident.review)


def incident_lines(incident: Incident, version: str) -> Iterator[str]:
    """An incident with the words of the report for each of its fields."""
    yield f"{incident.id}  {incident.status.value}  version {version}  report {incident.report}"
    yield f"  event   {_event(incident)}  \"{_one_line(incident.trigger.quote)}\""
    dated = f"  \"{_one_line(incident.date_span.quote)}\"" if incident.date_span else ""
    yield f"  date    {_day_words(incident.date)}{dated}"
    placed = f"  \"{_one_line(incident.location.span.quote)}\"" if incident.location else ""
    yield f"  place   {_place_words(incident.location)}{placed}"
    yield from (f"  actor   {each.id} ({each.role.value})  \"{_one_line(each.name)}\"" for each in incident.actors)
    for number, each in enumerate(incident.claims, 1):
        yield f"  claim {number} {_claim_words(each)}  \"{_one_line(each.span.quote)}\""
    yield from (f"  review: {reason_words(_LANGUAGE, why)}" for why in incident.review)


def review_lines(made: Review) -> Iterator[str]:
    """A decision: who, when, what was before and after, why."""
    what = f"undo of {made.undoes}," if made.undoes else made.action.value
    yield f"{made.number}  {made.at}  {made.who}: {what} {made.incident}"
    yield from (f"    {_change_words(each, made.incident)}" for each in made.changes)
    yield from ([f"    why: {made.why}"] if made.why else [])


def _change_words(change: Change, own: str) -> str:
    about = "" if change.incident == own else f"{change.incident}: "
    if change.field is ReviewField.INCIDENT:
        return f"{about}{'gone' if change.after is None else 'new incident'}"
    return f"{about}{change.field.value}: {_value_words(change.before)} -> {_value_words(change.after)}"


def _value_words(value: object) -> str:
    if value is None or value == ():
        return "none"
    if isinstance(value, PartialDate):
        return _day_words(value)
    if isinstance(value, Location):
        return _place_words(value)
    if isinstance(value, tuple):
        return "; ".join(_part_words(each) for each in value)
    return str(value)


def _part_words(part: object) -> str:
    if isinstance(part, ActorRole):
        return f"{part.id} ({part.role.value})"
    return _claim_words(part) if isinstance(part, Claim) else reason_words(_LANGUAGE, part) if isinstance(part, Reason) else ""


def _claim_words(claim: Claim) -> str:
    bounds = "/".join("?" if each is None else str(each) for each in (claim.low, claim.best, claim.high))
    told = claim.value if (claim.low, claim.best, claim.high) == (None, None, None) else bounds
    return " ".join(part for part in (claim.claimant, claim.stance.value, claim.field.value, claim.subject, told) if part)


def _event(incident: Incident) -> str:
    return f"{incident.event_type} / {incident.sub_event_type}" if incident.sub_event_type else incident.event_type


def _day_words(when: PartialDate | None) -> str:
    if when is None:
        return "undated"
    days = str(when.start) if when.start == when.end else f"{when.start}..{when.end}"
    return days if when.exact else f"{days} ({when.precision.value})"


def _place_words(where: Location | None) -> str:
    return f"{where.name} (precision {where.geo_precision}, ± {where.radius_km:g} km)" if where else "no place"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def record(incident: Incident, version: str, doubt: float) -> dict[str, object]:
    """An incident as a JSON object: as an export has it, with version and doubt."""
    return {**incident_record(incident, region=None), "version": version, "doubt": doubt}


def review_record(made: Review) -> dict[str, object]:
    """A decision as a JSON object."""
    changes = [{"incident": each.incident, "field": each.field.value, "before": _json_value(each.before),
                "after": _json_value(each.after)} for each in made.changes]
    return {
        "number": made.number, "at": made.at, "who": made.who, "action": made.action.value, "report": made.report,
        "incident": made.incident, "undoes": made.undoes, "why": made.why, "changes": changes,
    }


def _json_value(value: object) -> object:
    if value is None:
        return None
    return incident_record(value, region=None) if isinstance(value, Incident) else _value_words(value)
