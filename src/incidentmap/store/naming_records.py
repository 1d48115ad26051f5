"""Namings as records of their log: flat, with the columns of `namings.csv`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from incidentmap.model import OWN, BadValue, Naming, NamingVerdict, OwnActor
from incidentmap.store.chain import TIME, Record, check_links, check_text, seal_of

NAMING_COLUMNS = (
    "number", "at", "who", "verdict", "name", "actor", "actor_name", "inter", "parent", "valid_from", "valid_to", "undoes",
    "why", "previous", "hash",
)
"""Of a record, in the order of `namings.csv`."""
_OWN = NAMING_COLUMNS[NAMING_COLUMNS.index("actor_name"):NAMING_COLUMNS.index("undoes")]
_NAMES_AN_ACTOR = frozenset({NamingVerdict.SAME_AS, NamingVerdict.NEW})
_INTER = range(1, 9)


def naming_record(naming: Naming) -> Record:
    """The record of a naming, its columns in order."""
    return {
        "number": naming.number, "at": naming.at, "who": naming.who, "verdict": naming.verdict.value, "name": naming.name,
        "actor": naming.actor, **_own_record(naming.own), "undoes": naming.undoes, "why": naming.why,
        "previous": naming.previous, "hash": naming.hash,
    }


def naming_of(record: Mapping[str, Any]) -> Naming:
    """The naming of a record. Raises `ValueError` if a verdict or day is none."""
    verdict = NamingVerdict(record["verdict"])
    return Naming(
        number=record["number"], at=record["at"], who=record["who"], verdict=verdict, name=record["name"],
        actor=record["actor"], own=_own_of(record) if verdict is NamingVerdict.NEW else None, undoes=record["undoes"],
        why=record["why"], previous=record["previous"], hash=record["hash"],
    )


def sealed_naming(naming: Naming) -> Naming:
    """The naming with the hash that belongs to it."""
    return replace(naming, hash=seal_of(naming_record(naming)))


def check_namings(namings: Iterable[Naming], name: Callable[[int], str] = "naming {}".format) -> None:
    """Refuse the first naming that does not follow from those before it; `name` is what messages call that of a number.

    Raises
    ------
    BadValue
        Naming the record, the field, its value and what belongs there.
    """
    whole = tuple(namings)
    check_links(map(naming_record, whole), name, told=_told, check=lambda number, where: check_naming(whole[number - 1], where))


def check_naming(naming: Naming, where: str = "naming") -> None:
    """Refuse a naming that says nothing, contradicts itself or cannot be kept. Raises `BadValue`."""
    own, verdict = naming.own, naming.verdict
    rules = (
        ("who", naming.who, bool(naming.who.strip()), "the name of the person who decides"),
        ("name", naming.name, bool(naming.name.strip()), "the name that was decided about"),
        ("at", naming.at, bool(TIME.fullmatch(naming.at)), "a time in UTC such as 2026-11-22T19:05:00Z"),
        ("actor", naming.actor, bool(naming.actor) == (verdict in _NAMES_AN_ACTOR), "the id of an actor for same_as and new, "
         "else nothing"),
        ("actor", naming.actor, (own is not None) == (verdict is NamingVerdict.NEW) and (own is None or own.id == naming.actor),
         "for new, the id of the actor that it adds"),
        ("undoes", naming.undoes, (naming.undoes is not None) == (verdict is NamingVerdict.UNDO), "a number for an undo, else "
         "nothing"),
    )
    for field, value, holds, allowed in rules:
        if not holds:
            raise BadValue(f"{where}: {field}", value, allowed)
    if own:
        _check_own(own, where)
    check_text(naming_record(naming), where)


def _check_own(own: OwnActor, where: str) -> None:
    days = own.valid_from is None or own.valid_to is None or own.valid_from <= own.valid_to
    rules = (
        ("actor", own.id, own.id.startswith(OWN) and len(own.id) > len(OWN), f"an id such as {OWN}vent-rouge"),
        ("actor_name", own.name, bool(own.name.strip()), "the name of the actor"),
        ("inter", own.inter, own.inter in _INTER, "an ACLED interaction code, 1 to 8"),
        ("parent", own.parent, own.parent != own.id, "the id of another actor, or nothing"),
        ("valid_to", own.valid_to, days, f"a day from {own.valid_from} on"),
    )
    for field, value, holds, allowed in rules:
        if not holds:
            raise BadValue(f"{where}: {field}", value, allowed)


def _told(record: Record) -> str:
    return f"{record['verdict']} {record['name']!r} by {record['who']!r}"


def _own_record(own: OwnActor | None) -> Record:
    if own is None:
        return dict.fromkeys(_OWN)
    return {
        "actor_name": own.name, "inter": own.inter, "parent": own.parent,
        "valid_from": own.valid_from.isoformat() if own.valid_from else None,
        "valid_to": own.valid_to.isoformat() if own.valid_to else None,
    }


def _own_of(record: Mapping[str, Any]) -> OwnActor:
    first, last = (date.fromisoformat(record[each]) if record[each] else None for each in ("valid_from", "valid_to"))
    return OwnActor(record["actor"], record["actor_name"], record["inter"], record["parent"] or "", first, last)
