"""A record as a profile lets it out: its place as told, its ids as pseudonyms, its words without what must not be read.

Where the place is told coarser than it is known, the words that may tell it go too, whatever the profile says of them: quotes,
notes, addresses, reasons to review, columns that nobody knows, and the ids by which it could be found elsewhere.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from incidentmap.frames.flat import INCIDENT
from incidentmap.model import OWN
from incidentmap.publish.ground import Spot
from incidentmap.publish.level import ACLED, UCDP
from incidentmap.publish.persons import redacted
from incidentmap.publish.profile import Names, Profile, Quotes
from incidentmap.publish.pseudonyms import Pseudonyms
from incidentmap.registry import actor_name, actors

Record = dict[str, Any]
_TELLING = (
    "url", "notes", "sources", "extra", "warnings", "review", "admin3", "pcode", "pcode_date", "place_id", "located", "assoc1",
    "assoc2", "inside_region", "source_id",
)
"""Columns that may tell the true place, or under which name it stands elsewhere."""
_LANGUAGE = "en"
_EMPTY = ("", None)


class Rewriter:
    """Rewrites records under one profile."""

    def __init__(self, profile: Profile, pseudonyms: Pseudonyms) -> None:
        self._profile, self._names = profile, pseudonyms

    def record(self, record: Record, spot: Spot | None) -> Record:
        """A flat record as it leaves, null columns left out or not; `spot`: its place as told, None if it is the known one."""
        hidden = record["id"] if spot is not None else None
        told = dict(record)
        if spot is not None:
            told |= _place(spot, told) | dict.fromkeys(name for name in _TELLING if name in told)
        if hidden or self._profile.pseudonyms:
            told |= self._ids(told, hidden)
        if told["record"] == INCIDENT:
            told |= self._of_report(told, hidden)
        elif hidden:
            told |= {name: redacted(told[name]) for name in ("actor1", "actor2") if told.get(name)}
            told |= {name: known_actor(told.get(name)) for name in ("actor1_id", "actor2_id")}
        told |= {name: redacted(told[name]) for name in self._profile.redact if told.get(name)}
        return told | dict.fromkeys(name for name in self._profile.drop if name in told)

    def claim(self, claim: Record, hidden: str | None = None) -> Record:
        """A claim as it leaves; `hidden`: the id of its record, if its words may tell a place that is told coarser."""
        told = dict(claim)
        if hidden or self._profile.names is Names.REGISTRY:
            told |= {"claimant": known_actor(claim["claimant"]) or "", "claimant_name": registry_name(claim["claimant"]) or ""}
            told["subject"] = "" if claim["subject"].startswith(OWN) else claim["subject"]
        quotes = Quotes.DROP if hidden else self._profile.quotes
        if quotes is not Quotes.KEEP:
            words = redacted(claim["quote"]) if quotes is Quotes.REDACT else None
            told |= {"quote": words, "start": None, "end": None, "claimant_name": redacted(told["claimant_name"])}
        if hidden or self._profile.pseudonyms:
            told["report"] = self._report(claim["report"], hidden)
        return told

    def incident_id(self, own: str) -> str:
        """The id of a record whose place is told as it is known."""
        return self._names.of("incident", own) if self._profile.pseudonyms else own

    def _ids(self, record: Record, hidden: str | None) -> Record:
        told = {"id": self._names.of("incident", record["id"]), "source_id": None}
        return told | ({"report": self._report(record["report"], hidden)} if record.get("report") else {})

    def _report(self, report: str, hidden: str | None) -> str:
        return self._names.report(report, hidden)

    def _of_report(self, told: Record, hidden: str | None) -> Record:
        """What only reviewed incidents have."""
        own = hidden or self._profile.names is Names.REGISTRY
        found = {
            "claims": _each(told.get("claims"), lambda claim: self.claim(claim, hidden)),
            "actors": _each(told.get("actors"), _registered if own else self._as_written),
            "parts": _each(told.get("parts"), lambda part: self._part(part, hidden)),
        }
        if own:
            ids = {name: told.get(f"{name}_id") for name in ("actor1", "actor2")}
            found |= {name: registry_name(own_id) for name, own_id in ids.items()}
            found |= {f"{name}_id": known_actor(own_id) for name, own_id in ids.items()}
        if hidden or self._profile.pseudonyms:
            found["source"] = None
        return found

    def _as_written(self, actor: Record) -> Record:
        redact = {"actor1", "actor2"} & set(self._profile.redact)
        return actor | {"name": redacted(actor["name"]), "written": redacted(actor["written"])} if redact else actor

    def _part(self, part: Record, hidden: str | None) -> Record:
        told = part
        if hidden or self._profile.pseudonyms:
            told = told | {"id": self._names.of("incident", part["id"]), "report": self._report(part["report"], hidden)}
        return told | dict.fromkeys(("place", "lon", "lat", "radius_km")) if hidden else told


def _place(spot: Spot, record: Mapping[str, Any]) -> Record:
    """The columns of a place as told. Both scales by their own codebooks; never finer than they were."""
    point = spot.anchor if spot.area_id is None and spot.geometry else None
    scales = {"where_prec": UCDP.get(spot.level), "geo_precision": ACLED.get(spot.level)}
    anchor = {"name": spot.name, "lon": spot.anchor[0], "lat": spot.anchor[1]} if spot.anchor else None
    return {
        "lon": point[0] if point else None, "lat": point[1] if point else None, "radius_km": spot.radius_km,
        "area_id": spot.area_id, "place": spot.name, "country": spot.country, "admin1": spot.admin1, "admin2": spot.admin2,
        "geometry": spot.geometry, "anchor": json.dumps(anchor, ensure_ascii=False) if anchor else None,
        **{name: max(scale, record.get(name) or 0) if scale else None for name, scale in scales.items()},
    }


def _each(text: str | None, rewrite: Callable[[Record], Record | None]) -> str | None:
    """A JSON list with each of its objects rewritten; without those of which nothing is left."""
    if not text:
        return None
    left: Sequence[Record] = [told for each in json.loads(text) if (told := rewrite(each)) is not None]
    return json.dumps(left, ensure_ascii=False, separators=(",", ":")) if left else None


def _registered(actor: Record) -> Record | None:
    known = known_actor(actor["id"])
    return actor | {"name": registry_name(known), "written": registry_name(known)} if known else None


def known_actor(actor_id: str | None) -> str | None:
    """The id, if the shipped registry has it: a case's own names may be those of persons."""
    return actor_id if actor_id and not actor_id.startswith(OWN) and actor_id in actors() else None


def registry_name(actor_id: str | None) -> str | None:
    """What the shipped registry calls an actor, None if it has none of that id."""
    known = known_actor(actor_id)
    return actor_name(known, _LANGUAGE, known) if known else None
