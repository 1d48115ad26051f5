"""Reviews <-> rows of the case file: each changed field as JSON, in the cells that the case file has for it."""

import json
from typing import Any

from incidentmap.model import Change, FieldValue, Incident, Review, ReviewAction, ReviewField, Status
from incidentmap.store import codec


def review_row(review: Review) -> dict[str, codec.Cell]:
    """The row of a record."""
    changes = [[each.incident, each.field.value, _cells(each.before), _cells(each.after)] for each in review.changes]
    return {
        "number": review.number, "at": review.at, "who": review.who, "action": review.action.value, "report": review.report,
        "incident": review.incident, "changes": json.dumps(changes, ensure_ascii=False),
        "based_on": json.dumps(review.based_on), "undoes": review.undoes, "why": review.why,
    }


def review_of(row: codec.Row) -> Review:
    """The record of a row."""
    changes = (
        (incident, ReviewField(field), before, after) for incident, field, before, after in json.loads(row["changes"])
    )
    return Review(
        number=row["number"], at=row["at"], who=row["who"], action=ReviewAction(row["action"]), report=row["report"],
        incident=row["incident"],
        changes=tuple(Change(incident, field, _value(field, before), _value(field, after))
                      for incident, field, before, after in changes),
        based_on=tuple((incident, version) for incident, version in json.loads(row["based_on"])), undoes=row["undoes"],
        why=row["why"],
    )


def draft_text(incident: Incident) -> str:
    """A whole incident as JSON."""
    return json.dumps(_whole(incident), ensure_ascii=False)


def draft_of(text: str) -> Incident:
    """The incident of its JSON."""
    return _incident(json.loads(text))


def _cells(value: FieldValue) -> Any:
    """A value as JSON: words as they are, None as null."""
    return codec.plain(value) if not isinstance(value, Incident) else _whole(value)


def _value(field: ReviewField, cells: Any) -> FieldValue:
    if cells is None:
        return None
    if field is ReviewField.INCIDENT:
        return _incident(cells)
    if field is ReviewField.STATUS:
        return Status(cells)
    value: FieldValue = codec.of_plain(field.value, cells)
    return value


def _whole(incident: Incident) -> dict[str, Any]:
    parts = ("date", "location", "actors", "claims")
    return {
        "own": codec.incident_row(incident, 0),
        **{name: codec.plain(getattr(incident, name)) for name in parts},
    }


def _incident(cells: dict[str, Any]) -> Incident:
    made: Any = {name: codec.of_plain(name, cells[name]) for name in ("location", "actors", "claims")}
    return codec.incident_of(cells["own"], made["location"], made["actors"] or (), made["claims"] or ())
