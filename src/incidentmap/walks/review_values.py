"""What a reviewer may put into a field of a draft, each checked: the value, or an error that says what was allowed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import TypeVar

import yaml

from incidentmap.gazetteer import fold_name, regions_containing
from incidentmap.gazetteer.reverse import Surveyor
from incidentmap.model import (
    ActorRole,
    BadValue,
    Candidate,
    Claim,
    ClaimField,
    DatePrecision,
    FieldValue,
    Incident,
    Location,
    PartialDate,
    Place,
    PlacePhrase,
    Position,
    Relation,
    Resolution,
    ResolutionStatus,
    ReviewField,
    Role,
    Scope,
    Span,
    Stance,
    reason,
)
from incidentmap.paths import shipped
from incidentmap.registry import UNREGISTERED, actors
from incidentmap.walks.workspace import Workspace

E = TypeVar("E", bound=StrEnum)
_EXACT_KM, _AROUND_KM, _PART_KM = 5.0, 25.0, 75.0
"""Radius up to which an own point counts as the place itself, as around it (UCDP 2), as a small part of a region (ACLED 2)."""
_WIDEST_KM = 1000.0
_MOST = 10**9


@dataclass(frozen=True, slots=True)
class Wanted:
    """A field and the value that it should have."""

    field: ReviewField
    value: FieldValue


@cache
def event_types() -> Mapping[str, tuple[str, ...]]:
    """ACLED's event types, each with its sub-types."""
    loaded: dict[str, list[str]] = yaml.safe_load(shipped("data", "lexicons", "acled_events.yaml").read_text("utf-8"))
    return MappingProxyType({kind: tuple(subs) for kind, subs in loaded.items()})


def event(sub_type: str, kind: str = "") -> tuple[Wanted, ...]:
    """An event by its sub-type, from which the type follows; or by its type alone, where the sub-type is not known.

    Raises
    ------
    BadValue
        For a sub-type or type that ACLED has not, or a sub-type of another type.
    """
    known = event_types()
    if kind and kind not in known:
        raise BadValue("event type", kind, f"one of: {', '.join(known)}")
    allowed = known[kind] if kind else tuple(sub for subs in known.values() for sub in subs)
    if (sub_type or not kind) and sub_type not in allowed:
        raise BadValue("sub-event type", sub_type, f"one of: {', '.join(allowed)}")
    own = kind or next(each for each, subs in known.items() if sub_type in subs)
    return Wanted(ReviewField.EVENT_TYPE, own), Wanted(ReviewField.SUB_EVENT_TYPE, sub_type)


def when(start: str, end: str = "", precision: str = "") -> Wanted:
    """A date: one day, or from a first to a last day; `precision` is `day` or `range` where it is not given.

    Raises
    ------
    BadValue
        If a day is no ISO date, the last is before the first, or an interval is called a day.
    """
    first = _day("first day", start)
    last = _day("last day", end) if end else first
    how = _one_of(DatePrecision, "precision of the date", precision or ("day" if first == last else "range"))
    if how is DatePrecision.DAY and first != last:
        raise BadValue("precision of the date", precision, "range, about, month or year for more than one day")
    return Wanted(ReviewField.DATE, PartialDate(first, last, how))


NO_DATE = Wanted(ReviewField.DATE, None)
NO_PLACE = Wanted(ReviewField.LOCATION, None)


def place(workspace: Workspace, incident: Incident, place_id: str) -> Wanted:
    """A place of the gazetteer, by its id: a settlement is a point, a unit its area.

    Raises
    ------
    BadValue
        If the gazetteer has no place of that id.
    """
    lookup = workspace.base.lookup
    found = lookup.place(place_id.strip())
    if found is None:
        todo = "Ids are those that `incidentmap geocode NAME` prints, such as curated:niafunke."
        raise BadValue("place", place_id, "the id of a place of the gazetteer", todo)
    return Wanted(ReviewField.LOCATION, _at_place(workspace, incident, found, lookup.regions_of(found.id)))


def point(workspace: Workspace, incident: Incident, position: Position, radius_km: float, name: str = "") -> Wanted:
    """An own point (WGS 84) and the radius within which the incident lies; named as the draft's place unless said otherwise.

    Raises
    ------
    BadValue
        If the radius is not above 0 and at most 1000 km.
    """
    if not 0 < radius_km <= _WIDEST_KM:
        raise BadValue("radius in km", radius_km, f"a number above 0, at most {_WIDEST_KM:g}")
    ground = Surveyor(workspace.base).whereabouts(position, most=1)
    near = ground.nearest.place.name if ground.nearest else ""
    named = " ".join(name.split()) or (incident.location.name if incident.location else "") or near
    where_prec = 1 if radius_km <= _EXACT_KM else 2 if radius_km <= _AROUND_KM else 5
    return Wanted(ReviewField.LOCATION, Location(
        span=_words(incident), relation=Relation.IN, place_id="", name=named, anchor=position, position=position, line=(),
        radius_km=float(radius_km), area_id="", where_prec=where_prec,
        geo_precision=1 if radius_km <= _EXACT_KM else 2 if radius_km <= _PART_KM else 3,
        country=ground.country, admin1=ground.admin1, admin2=ground.admin2, regions=regions_containing(position),
        ambiguous=False, score=0.0, reasons=(reason("reviewed_point", km=f"{radius_km:g}"),), rivals=(),
    ))


def part(who: str, role: str, name: str = "") -> ActorRole:
    """An actor's part: an id of the registry, or a name that it lacks.

    Raises
    ------
    BadValue
        If the role is none, or the actor has neither letters nor digits.
    """
    words = " ".join(who.split())
    how = _one_of(Role, "role", role)
    if words in actors() or (words.startswith(UNREGISTERED) and words != UNREGISTERED):
        return ActorRole(words, name or actor_words(words), how)
    key = "-".join(fold_name(words).split())
    if not key:
        raise BadValue("actor", who, "an id of the actor registry (such as jnim) or a name")
    return ActorRole(f"{UNREGISTERED}{key}", name or words, how)


def actor_words(actor: str) -> str:
    """The name of an actor as a report could write it."""
    known = actors().get(actor)
    return known.names[0][1] if known and known.names else actor.removeprefix(UNREGISTERED).replace("-", " ")


def parts(wanted: tuple[ActorRole, ...]) -> Wanted:
    """Who takes part; of the same actor in the same role once."""
    return Wanted(ReviewField.ACTORS, tuple({(each.id, each.role): each for each in wanted}.values()))


def claims(wanted: tuple[Claim, ...]) -> Wanted:
    """All claims of the incident."""
    return Wanted(ReviewField.CLAIMS, wanted)


def claim(base: Claim, given: Mapping[str, str]) -> Claim:
    """A claim with some of its words changed.

    `given` are any of: low, best, high (whole numbers, empty for open), claimant, stance, scope, field, subject, value.

    Raises
    ------
    BadValue
        For another name, what is no whole number, bounds out of order, or a word that is not allowed.
    """
    allowed = ("low", "best", "high", "claimant", "stance", "scope", "field", "subject", "value")
    for name in given:
        if name not in allowed:
            raise BadValue("part of a claim", name, f"one of: {', '.join(allowed)}")
    bounds = {name: _count(name, given[name]) for name in ("low", "best", "high") if name in given}
    words = {name: " ".join(given[name].split()) for name in ("subject", "value") if name in given}
    kinds: tuple[tuple[str, type[StrEnum]], ...] = (("stance", Stance), ("scope", Scope), ("field", ClaimField))
    chosen = {name: _one_of(kind, name, given[name]) for name, kind in kinds if name in given}
    made = replace(base, **bounds, **words, **chosen)  # type: ignore[arg-type]
    if "claimant" in given and given["claimant"] != base.claimant:
        made = replace(made, claimant=_claimant(given["claimant"]), claimant_name=_claimant_name(given["claimant"]))
    _check_order(made)
    return made


def new_claim(text: str, incident: Incident, quote: str, given: Mapping[str, str]) -> Claim:
    """A claim that the machine did not read; its words must stand in the report.

    Raises
    ------
    BadValue
        If the quote does not stand in the text, or as :func:`claim`.
    """
    start = text.find(quote) if quote.strip() else -1
    if start < 0:
        raise BadValue("quote", quote, "words that stand in the report, letter for letter")
    blank = Claim(
        "report", "", Stance.REPORTS, ClaimField.KILLED, "", "", None, None, None, hedged=False, scope=Scope.INCIDENT,
        span=Span(start, start + len(quote), quote), report=incident.report,
    )
    return claim(blank, given)


def _at_place(workspace: Workspace, incident: Incident, found: Place, regions: tuple[str, ...]) -> Location:
    span = Span(0, len(found.name), found.name)
    meaning = Resolution(
        query=found.name, status=ResolutionStatus.FOUND, chosen=Candidate(found, found.name, 0.0, ()), inside=None,
        regions=regions, reasons=(),
    )
    situation = workspace.base.situate(PlacePhrase(span, (span,), Relation.IN), [meaning], workspace.region_id)
    if situation is None:
        raise BadValue("place", found.id, "a place that the gazetteer can put on the ground")
    return Location(
        span=_words(incident), relation=Relation.IN, place_id=found.id, name=found.name, anchor=found.position,
        position=situation.position, line=situation.line, radius_km=situation.radius_km, area_id=situation.area_id,
        where_prec=situation.where_prec, geo_precision=situation.geo_precision, country=found.country, admin1=found.admin1,
        admin2=found.admin2, regions=regions if situation.regions is None else situation.regions, ambiguous=False, score=0.0,
        reasons=(reason("reviewed_place"), *situation.reasons), rivals=(),
    )


def _words(incident: Incident) -> Span:
    """The words of the report that the place stands for: those that the machine took, else those of the event."""
    return incident.location.span if incident.location else incident.trigger


def _day(what: str, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadValue(what, text, "a day such as 2023-11-24") from error


def _one_of(kind: type[E], what: str, text: str) -> E:
    try:
        return kind(text.strip())
    except ValueError as error:
        raise BadValue(what, text, f"one of: {', '.join(each.value for each in kind)}") from error


def _count(what: str, text: str) -> int | None:
    words = text.strip()
    if not words:
        return None
    if not (words.isascii() and words.isdecimal() and int(words) <= _MOST):
        raise BadValue(what, text, "a whole number from 0, or nothing where the bound is open")
    return int(words)


def _check_order(made: Claim) -> None:
    told = [number for number in (made.low, made.best, made.high) if number is not None]
    if told != sorted(told):
        raise BadValue("low / best / high", f"{made.low} / {made.best} / {made.high}", "low <= best <= high")


def _claimant(text: str) -> str:
    words = " ".join(text.split())
    if words in actors() or words == "report":
        return words
    return part(words, Role.CLAIMANT.value).id


def _claimant_name(text: str) -> str:
    words = " ".join(text.split())
    return "" if words == "report" else actor_words(words) if words in actors() else words.removeprefix(UNREGISTERED)
