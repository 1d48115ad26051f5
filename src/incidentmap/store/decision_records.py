"""Decisions about place names as records of their log: flat, with the columns of `decisions.csv`."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from incidentmap.model import BadValue, Decision, NameAsked, Place, PlaceKind, Position, Verdict
from incidentmap.store.chain import TIME, Record, check_links, check_text, seal_of

COLUMNS = (
    "number", "at", "who", "verdict", "name", "admin", "country", "report", "place_id", "place_name", "kind", "lon", "lat",
    "radius_km", "place_country", "admin1", "admin2", "population", "source", "area_id", "note", "candidates", "undoes", "why",
    "gazetteer", "previous", "hash",
)
"""Of a record, in the order of `decisions.csv`."""
WITH_PLACE = frozenset({Verdict.PICK, Verdict.OVERRIDE})
_PLACE = COLUMNS[COLUMNS.index("place_id"):COLUMNS.index("candidates")]
_MOST = 2**63 - 1


def record_of(decision: Decision) -> Record:
    """The record of a decision, its columns in order."""
    asked = decision.asked
    return {
        "number": decision.number, "at": decision.at, "who": decision.who, "verdict": decision.verdict.value,
        "name": asked.name, "admin": asked.admin, "country": asked.country, "report": asked.report,
        **_place_record(decision.place), "candidates": list(decision.candidates), "undoes": decision.undoes,
        "why": decision.why, "gazetteer": decision.gazetteer, "previous": decision.previous, "hash": decision.hash,
    }


def decision_of(record: Mapping[str, Any]) -> Decision:
    """The decision of a record.

    Raises
    ------
    ValueError
        If a verdict, kind or position is none.
    """
    verdict = Verdict(record["verdict"])
    return Decision(
        number=record["number"], at=record["at"], who=record["who"], verdict=verdict,
        asked=NameAsked(record["name"], record["admin"], record["country"], record["report"]),
        place=_place_of(record) if verdict in WITH_PLACE else None, candidates=tuple(record["candidates"]),
        undoes=record["undoes"], why=record["why"], gazetteer=record["gazetteer"], previous=record["previous"],
        hash=record["hash"],
    )


def sealed(decision: Decision) -> Decision:
    """The decision with the hash that belongs to it."""
    return replace(decision, hash=seal_of(record_of(decision)))


def check_chain(decisions: Iterable[Decision], name: Callable[[int], str] = "decision {}".format) -> None:
    """Refuse the first decision that does not follow from those before it; `name` is what messages call that of a number.

    Raises
    ------
    BadValue
        Naming the decision, the field, its value and what belongs there.
    """
    whole = tuple(decisions)
    check_links(map(record_of, whole), name, told=_told, check=lambda number, where: check_decision(whole[number - 1], where))


def check_decision(decision: Decision, where: str = "decision") -> None:
    """Refuse a decision that says nothing, contradicts itself or cannot be kept.

    Raises
    ------
    BadValue
        Naming the field, its value and what was allowed.
    """
    place, undoes = decision.place, decision.undoes
    rules = (
        ("who", decision.who, bool(decision.who.strip()), "the name of the person who decides"),
        ("name", decision.asked.name, bool(decision.asked.name.strip()), "a place name"),
        ("at", decision.at, bool(TIME.fullmatch(decision.at)), "a time in UTC such as 2026-11-22T19:05:00Z"),
        ("place_id", place.id if place else "", bool(place and place.id) == (decision.verdict in WITH_PLACE),
         "the id of a place for pick and override, else nothing"),
        ("undoes", undoes, (undoes is not None) == (decision.verdict is Verdict.UNDO), "a number for an undo, else nothing"),
        ("candidates", decision.candidates, all(decision.candidates), "ids that are not empty"),
        ("radius_km", place and place.radius_km, place is None or 0 < place.radius_km < math.inf, "km above 0"),
        ("population", place and place.population, place is None or 0 <= (place.population or 0) <= _MOST, "a whole number"),
    )
    for field, value, holds, allowed in rules:
        if not holds:
            raise BadValue(f"{where}: {field}", value, allowed)
    check_text(record_of(decision), where)


def _told(record: Record) -> str:
    return f"{record['verdict']} {record['name']!r} by {record['who']!r}"


def _place_record(place: Place | None) -> Record:
    if place is None:
        return dict.fromkeys(_PLACE)
    return {
        "place_id": place.id, "place_name": place.name, "kind": place.kind.value,
        "lon": _number(place.position.lon), "lat": _number(place.position.lat), "radius_km": _number(place.radius_km),
        "place_country": place.country, "admin1": place.admin1, "admin2": place.admin2, "population": place.population,
        "source": place.source, "area_id": place.area_id, "note": place.note,
    }


def _place_of(record: Mapping[str, Any]) -> Place:
    return Place(
        id=record["place_id"], name=record["place_name"], kind=PlaceKind(record["kind"]),
        position=Position(record["lon"], record["lat"]), radius_km=record["radius_km"], country=record["place_country"],
        admin1=record["admin1"], admin2=record["admin2"], population=record["population"], source=record["source"],
        area_id=record["area_id"], note=record["note"],
    )


def _number(value: float) -> float:
    """A float even where a whole number stands, without the minus of -0.0, which SQLite does not keep."""
    return float(value) + 0.0
