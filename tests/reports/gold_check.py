"""One checker for gold annotations: what a reading must hold, told in a table, compared claim by claim."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from incidentmap.model import Claim, Incident, Reading, Scope, Span

_FIELDS = ("claimant", "stance", "field", "subject", "value", "low", "best", "high", "hedged")


def load_gold(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return loaded


def problems(text: str, reading: Reading, gold: Mapping[str, Any]) -> list[str]:
    """Everything in which a reading differs from its gold annotation, in words; empty when it holds."""
    found: list[str] = []
    region = gold.get("region")
    by_key: dict[str, Incident] = {}
    left = list(reading.incidents)
    for wanted in gold["incidents"]:
        match = next((incident for incident in left if not _incident_problems(text, incident, wanted, region)), None)
        if match is None:
            nearest = [f"{one.sub_event_type}: {_incident_problems(text, one, wanted, region)}" for one in left]
            found.append(f"{wanted['key']}: no such incident; {nearest}")
            continue
        left.remove(match)
        by_key[wanted["key"]] = match
        found += [f"{wanted['key']}: {problem}" for problem in _claims_problems(text, match.claims, wanted)]
    found += [f"invented: {one.event_type} / {one.sub_event_type}, {one.trigger.quote!r}" for one in left]
    found += _report_claim_problems(text, reading, gold, by_key)
    found += _trap_problems(text, reading, gold)
    return found


def _incident_problems(text: str, incident: Incident, wanted: Mapping[str, Any], region: str | None) -> list[str]:
    checks = [
        (incident.event_type == wanted["event_type"], "event type"),
        (incident.sub_event_type == wanted["sub_event_type"], "sub-event type"),
        (_date(incident) == _wanted_date(wanted), f"date {_date(incident)}"),
        (_place_fits(incident, wanted.get("place"), region), f"place {incident.location and incident.location.name}"),
        (all(_has_actor(incident, actor) for actor in wanted["actors"]), f"actors {incident.actors}"),
        ("review" not in wanted or wanted["review"] in {why.code for why in incident.review}, f"review {incident.review}"),
        (text[incident.trigger.start:incident.trigger.end] == incident.trigger.quote, "trigger span"),
    ]
    return [words for holds, words in checks if not holds]


def _date(incident: Incident) -> tuple[str, str, str] | None:
    when = incident.date
    return (str(when.start), str(when.end), str(when.precision)) if when else None


def _wanted_date(wanted: Mapping[str, Any]) -> tuple[str, str, str] | None:
    when = wanted.get("date")
    return (str(when["start"]), str(when["end"]), when["precision"]) if when else None


def _place_fits(incident: Incident, wanted: Mapping[str, Any] | None, region: str | None) -> bool:
    location = incident.location
    if wanted is None or location is None:
        return wanted is None and location is None
    if location.relation != wanted["relation"] or (region in location.regions) is not wanted["inside"]:
        return False
    if "area_id" in wanted:
        return location.area_id.rsplit("/", 1)[-1] == str(wanted["area_id"]).rsplit("/", 1)[-1]
    lon, lat = location.position.lon, location.position.lat
    reach = max(float(wanted["within_km"]), location.radius_km if location.relation != "in" else 0)
    away = ((lon - float(wanted["lon"])) ** 2 * 0.93 + (lat - float(wanted["lat"])) ** 2) ** 0.5 * 111.2
    return bool(away <= reach)


def _has_actor(incident: Incident, wanted: Mapping[str, str]) -> bool:
    if wanted["id"] == "unregistered":
        return any(wanted["name"].lower() in actor.name.lower() and actor.role == wanted["role"] for actor in incident.actors)
    return any(actor.id == wanted["id"] and actor.role == wanted["role"] for actor in incident.actors)


def _claims_problems(text: str, claims: Sequence[Claim], wanted: Mapping[str, Any]) -> list[str]:
    left, missing = list(claims), []
    for one in wanted["claims"]:
        match = next((claim for claim in left if _claim_fits(text, claim, one)), None)
        if match is None:
            missing.append(f"missing claim {one}")
        else:
            left.remove(match)
    extra = [claim for claim in left if not any(_claim_fits(text, claim, one) for one in wanted.get("tolerated", []))]
    return missing + [f"claim too many {claim}" for claim in extra]


def _claim_fits(text: str, claim: Claim, wanted: Mapping[str, Any]) -> bool:
    if text[claim.span.start:claim.span.end] != claim.span.quote or claim.scope != wanted.get("scope", "incident"):
        return False
    if "quote" in wanted and not _touches(text, claim.span, wanted["quote"]):
        return False
    return all(_same(claim, field, wanted[field]) for field in _FIELDS if field in wanted)


def _same(claim: Claim, field: str, wanted: object) -> bool:
    if field == "claimant" and wanted == "unregistered":
        return claim.claimant.startswith("unregistered:")
    return bool(getattr(claim, field) == wanted)


def _touches(text: str, span: Span, quote: str) -> bool:
    start = text.find(quote)
    return start >= 0 and span.start < start + len(quote) and start < span.end


def _report_claim_problems(text: str, reading: Reading, gold: Mapping[str, Any], by_key: Mapping[str, Incident]) -> list[str]:
    found, left = [], list(reading.report_claims)
    for wanted in gold.get("report_claims", []):
        ids = {by_key[key].id for key in wanted["incidents"] if key in by_key}
        match = next((one for one in left if set(one.incidents) == ids and _claim_fits(text, one.claim, wanted)), None)
        if match is None:
            found.append(f"missing report claim {wanted}")
        else:
            left.remove(match)
    found += [f"report claim too many {one}" for one in left]
    return found + [f"aggregate in an incident {claim}" for incident in reading.incidents for claim in incident.claims
                    if claim.scope is Scope.AGGREGATE]


def _trap_problems(text: str, reading: Reading, gold: Mapping[str, Any]) -> list[str]:
    found = [f"incident from a trap {one.trigger.quote!r}" for one in reading.incidents
             for words in gold.get("not_incidents", []) if _touches(text, one.trigger, words)]
    return found + [f"place from a trap {one.span.quote!r}" for one in reading.mentions for words in gold.get("not_places", [])
                    if one.kind == "place" and _touches(text, one.span, words)]
