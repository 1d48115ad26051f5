"""Reviews <-> records and rows of the case file: each changed field as JSON, in the cells that the case file has for it."""

import json
from typing import Any

from incidentmap.model import Change, FieldValue, Incident, Review, ReviewAction, ReviewField, Status
from incidentmap.store import codec
from incidentmap.store.chain import Record

REVIEW_COLUMNS = (
    "number", "at", "who", "action", "report", "incident", "changes", "based_on", "undoes", "why", "previous", "hash",
)
"""Of a record as it is exported and sealed; `changes` is a list of [incident, field, before, after]."""
_AS_JSON = ("changes", "based_on")


def review_row(review: Review) -> dict[str, codec.Cell]:
    """The row of a review."""
    changes = [[each.incident, each.field.value, _cells(each.before), _cells(each.after)] for each in review.changes]
    return record_row({
        "number": review.number, "at": review.at, "who": review.who, "action": review.action.value, "report": review.report,
        "incident": review.incident, "changes": changes, "based_on": review.based_on, "undoes": review.undoes,
        "why": review.why,
    })


def review_of(row: codec.Row) -> Review:
    """The review of a row."""
    return review_of_record(record_of_row(row))


def record_row(record: Record) -> dict[str, codec.Cell]:
    """The row of a record, without its seal."""
    return {column: json.dumps(record[column], ensure_ascii=column == "based_on") if column in _AS_JSON else record[column]
            for column in REVIEW_COLUMNS[:-2]}


def record_of_row(row: codec.Row) -> Record:
    """The record of a row, without its seal."""
    return {column: json.loads(row[column]) if column in _AS_JSON else row[column] for column in REVIEW_COLUMNS[:-2]}


def review_of_record(record: Record) -> Review:
    """The review that a record tells of.

    Raises
    ------
    KeyError, TypeError, ValueError
        If cells of it make none.
    """
    changes = ((incident, ReviewField(field), before, after) for incident, field, before, after in record["changes"])
    return Review(
        number=record["number"], at=record["at"], who=record["who"], action=ReviewAction(record["action"]),
        report=record["report"], incident=record["incident"],
        changes=tuple(Change(incident, field, _value(field, before), _value(field, after))
                      for incident, field, before, after in changes),
        based_on=tuple((incident, version) for incident, version in record["based_on"]), undoes=record["undoes"],
        why=record["why"],
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
