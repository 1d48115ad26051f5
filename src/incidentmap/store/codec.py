"""Model objects <-> rows of the case file. Every row is written and read here and nowhere else.

Lists that no query looks into (reasons, rivals, the points of a line) are JSON; numbers come back bit for bit.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from incidentmap.model import (
    ActorRole,
    Claim,
    ClaimField,
    DatePrecision,
    Incident,
    Location,
    Mention,
    MentionKind,
    PartialDate,
    Position,
    Reason,
    Relation,
    Report,
    Role,
    Scope,
    Span,
    Stance,
    Status,
)
from incidentmap.store.fold import fold_text

Cell = str | int | float | None
Row = Mapping[str, Any]
"""A row as sqlite3 gives it, by column; the schema says the type of each cell."""


def report_row(report: Report, warnings: Sequence[Reason]) -> dict[str, Cell]:
    """The row of a report with the warnings of its reading."""
    return {
        "id": report.id, "source": report.source, "url": report.url, "language": report.language,
        **_date_cells("published", report.published), "title": report.title, "text": report.text, "sha256": report.sha256,
        "warnings": _json_of_reasons(warnings),
    }


def report_of(row: Row) -> Report:
    """The report of a row."""
    return Report(
        id=row["id"], source=row["source"], url=row["url"], language=row["language"], published=_date_of("published", row),
        title=row["title"], text=row["text"], sha256=row["sha256"],
    )


def warnings_of(row: Row) -> tuple[Reason, ...]:
    """The warnings kept with a report."""
    return _reasons_of(row["warnings"])


def incident_row(incident: Incident, ordinal: int) -> dict[str, Cell]:
    """The row of an incident itself; its location, actors and claims have rows of their own."""
    return {
        "id": incident.id, "report": incident.report, "ordinal": ordinal, **_own_cells(incident),
        "status": incident.status.value, "searched": searched_words(incident), "digest": digest(incident),
    }


def incident_of(row: Row, location: Location | None, actors: Iterable[ActorRole], claims: Iterable[Claim]) -> Incident:
    """The incident of a row and of those that belong to it."""
    return Incident(
        id=row["id"], report=row["report"], event_type=row["event_type"], sub_event_type=row["sub_event_type"],
        date=_date_of("date", row), date_span=Span(*json.loads(row["date_span"])) if row["date_span"] else None,
        trigger=_span_of("trigger", row), location=location, actors=tuple(actors), claims=tuple(claims),
        status=Status(row["status"]), review=_reasons_of(row["review"]),
    )


def location_row(incident: str, location: Location) -> dict[str, Cell]:
    """The row of an incident's location, without the regions that contain it."""
    return {
        "incident": incident, **_span_cells("span", location.span), "relation": location.relation.value,
        "place_id": location.place_id, "name": location.name, "lon": location.position.lon, "lat": location.position.lat,
        "anchor_lon": location.anchor.lon, "anchor_lat": location.anchor.lat,
        "line": json.dumps([[point.lon, point.lat] for point in location.line]), "radius_km": location.radius_km,
        "area_id": location.area_id, "where_prec": location.where_prec, "geo_precision": location.geo_precision,
        "country": location.country, "admin1": location.admin1, "admin2": location.admin2,
        "ambiguous": int(location.ambiguous), "score": location.score, "reasons": _json_of_reasons(location.reasons),
        "rivals": json.dumps(location.rivals),
    }


def location_of(row: Row, regions: Iterable[str]) -> Location:
    """The location of a row and of the regions that contain it."""
    return Location(
        span=_span_of("span", row), relation=Relation(row["relation"]), place_id=row["place_id"], name=row["name"],
        anchor=Position(row["anchor_lon"], row["anchor_lat"]), position=Position(row["lon"], row["lat"]),
        line=tuple(Position(lon, lat) for lon, lat in json.loads(row["line"])),
        radius_km=row["radius_km"], area_id=row["area_id"], where_prec=row["where_prec"], geo_precision=row["geo_precision"],
        country=row["country"], admin1=row["admin1"], admin2=row["admin2"], regions=tuple(regions),
        ambiguous=bool(row["ambiguous"]), score=row["score"], reasons=_reasons_of(row["reasons"]),
        rivals=tuple(json.loads(row["rivals"])),
    )


def actor_row(incident: str, ordinal: int, actor: ActorRole) -> dict[str, Cell]:
    """The row of an actor's part in an incident."""
    return {"incident": incident, "ordinal": ordinal, "id": actor.id, "name": actor.name, "role": actor.role.value}


def actor_of(row: Row) -> ActorRole:
    """The actor's part of a row."""
    return ActorRole(row["id"], row["name"], Role(row["role"]))


def claim_row(claim: Claim) -> dict[str, Cell]:
    """The cells of a claim, without those that say what it belongs to."""
    return {
        "report": claim.report, "claimant": claim.claimant, "claimant_name": claim.claimant_name, "stance": claim.stance.value,
        "field": claim.field.value, "subject": claim.subject, "value": claim.value, "low": claim.low, "best": claim.best,
        "high": claim.high, "hedged": int(claim.hedged), "scope": claim.scope.value, **_span_cells("span", claim.span),
    }


def claim_of(row: Row) -> Claim:
    """The claim of a row."""
    return Claim(
        claimant=row["claimant"], claimant_name=row["claimant_name"], stance=Stance(row["stance"]),
        field=ClaimField(row["field"]), subject=row["subject"], value=row["value"], low=row["low"], best=row["best"],
        high=row["high"], hedged=bool(row["hedged"]), scope=Scope(row["scope"]), span=_span_of("span", row),
        report=row["report"],
    )


def mention_row(report: str, ordinal: int, mention: Mention) -> dict[str, Cell]:
    """The row of a marked piece of a report's text."""
    return {
        "report": report, "ordinal": ordinal, **_span_cells("span", mention.span), "kind": mention.kind.value,
        "meaning": mention.meaning,
    }


def mention_of(row: Row) -> Mention:
    """The marked piece of a row."""
    return Mention(_span_of("span", row), MentionKind(row["kind"]), row["meaning"])


def searched_words(incident: Incident) -> str:
    """What a text search looks into, folded: place names, actor names and quotes, one a line."""
    place = incident.location
    texts = [
        incident.trigger.quote,
        *([place.name, place.span.quote, place.admin1, place.admin2] if place else []),
        *(actor.name for actor in incident.actors),
        *(text for claim in incident.claims for text in (claim.claimant_name, claim.span.quote)),
    ]
    return "\n".join(fold_text(text) for text in texts)


def digest(incident: Incident) -> str:
    """First 16 hex digits of a hash of all that is kept about an incident but its status."""
    rows = [
        _own_cells(incident),
        [location_row(incident.id, incident.location), incident.location.regions] if incident.location else [],
        [actor_row(incident.id, 0, actor) for actor in incident.actors],
        [claim_row(claim) for claim in incident.claims],
    ]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]


def plain(value: object) -> Any:
    """A date, location, reasons, parts or claims as JSON knows them: the cells of their rows; words and None as they are."""
    if isinstance(value, PartialDate):
        return _date_cells("date", value)
    if isinstance(value, Location):
        return {**location_row("", value), "regions": list(value.regions)}
    if isinstance(value, tuple):
        return [_plain_part(part) for part in value]
    return value


def of_plain(name: str, cells: Any) -> Any:
    """What :func:`plain` made of an incident's field of this name."""
    if cells is None or isinstance(cells, str):
        return cells
    if name == "date":
        return _date_of("date", cells)
    if name == "location":
        return location_of(cells, cells["regions"])
    make = {"actors": actor_of, "claims": claim_of, "review": _reason_of}[name]
    return tuple(make(part) for part in cells)


def _plain_part(part: object) -> Any:
    if isinstance(part, ActorRole):
        return actor_row("", 0, part)
    return claim_row(part) if isinstance(part, Claim) else [part.code, part.values] if isinstance(part, Reason) else part


def _reason_of(cells: Any) -> Reason:
    code, values = cells
    return Reason(code, tuple((key, value) for key, value in values))


def _own_cells(incident: Incident) -> dict[str, Cell]:
    span = incident.date_span
    return {
        "event_type": incident.event_type, "sub_event_type": incident.sub_event_type,
        **_date_cells("date", incident.date), "date_span": json.dumps([span.start, span.end, span.quote]) if span else None,
        **_span_cells("trigger", incident.trigger), "review": _json_of_reasons(incident.review),
    }


def _date_cells(name: str, stated: PartialDate | None) -> dict[str, Cell]:
    return {
        f"{name}_start": stated.start.isoformat() if stated else None,
        f"{name}_end": stated.end.isoformat() if stated else None,
        f"{name}_precision": stated.precision.value if stated else None,
    }


def _date_of(name: str, row: Row) -> PartialDate | None:
    if row[f"{name}_start"] is None:
        return None
    start, end = date.fromisoformat(row[f"{name}_start"]), date.fromisoformat(row[f"{name}_end"])
    return PartialDate(start, end, DatePrecision(row[f"{name}_precision"]))


def _span_cells(name: str, span: Span) -> dict[str, Cell]:
    return {f"{name}_start": span.start, f"{name}_end": span.end, f"{name}_quote": span.quote}


def _span_of(name: str, row: Row) -> Span:
    return Span(row[f"{name}_start"], row[f"{name}_end"], row[f"{name}_quote"])


def _json_of_reasons(reasons: Iterable[Reason]) -> str:
    return json.dumps([[why.code, why.values] for why in reasons], ensure_ascii=False)


def _reasons_of(text: str) -> tuple[Reason, ...]:
    return tuple(_reason_of(cells) for cells in json.loads(text))
