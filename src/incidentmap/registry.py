"""The actor registry, `data/lexicons/actors.yaml`: who acts, under which names, drawn in which colour and shape."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

import yaml

from incidentmap.model import Actor, BadValue
from incidentmap.paths import shipped

UNREGISTERED = "unregistered:"
"""What the id of an actor begins with that a report names and the registry lacks: `unregistered:brigade-du-vent-rouge`."""
SHAPES = ("circle", "square", "triangle", "diamond", "cross", "star", "hexagon", "bar")


@cache
def actors() -> Mapping[str, Actor]:
    """All actors by id, in the order of the file.

    Raises
    ------
    BadValue
        If an entry cannot be read, or names a parent or successor that is unknown or leads back to it; the message names it.
    """
    entries: list[dict[str, Any]] = yaml.safe_load(shipped("data", "lexicons", "actors.yaml").read_text("utf-8"))
    read = {entry["id"]: _actor(entry) for entry in entries}
    for actor in read.values():
        _check(actor, read)
    return MappingProxyType(read)


def actor_name(actor_id: str, language: str, written: str = "") -> str:
    """Short name of an actor in a language; one that the registry lacks keeps its name as written, else that in its id."""
    actor = actors().get(actor_id)
    return actor.name(language) if actor else written or actor_id.removeprefix(UNREGISTERED).replace("-", " ")


def _actor(entry: Mapping[str, Any]) -> Actor:
    shape = entry.get("shape", "circle")
    if shape not in SHAPES:
        raise BadValue(f"actors.yaml, actor {entry.get('id')}: shape", shape, ", ".join(SHAPES))
    return Actor(
        id=entry["id"],
        names=tuple(entry["names"].items()),
        aliases=tuple((language, alias) for language, aliases in entry.get("aliases", {}).items() for alias in aliases),
        inter=entry.get("inter"),
        parent=entry.get("parent", ""),
        valid_from=_day(entry.get("valid_from")),
        valid_to=_day(entry.get("valid_to")),
        colour=entry.get("colour", "#999999"),
        shape=shape,
        followed_by=tuple(entry.get("followed_by", ())),
        ucdp=(entry["ucdp"]["id"], entry["ucdp"]["name"]) if "ucdp" in entry else None,
    )


def _check(actor: Actor, among: Mapping[str, Actor]) -> None:
    where = f"actors.yaml, actor {actor.id}"
    if actor.valid_from and actor.valid_to and actor.valid_to < actor.valid_from:
        raise BadValue(f"{where}: valid_to", str(actor.valid_to), f"a day from {actor.valid_from} on")
    for key, links in (("parent", _parents), ("followed_by", _successors)):
        reached, ahead = set[str](), list(links(actor))
        while ahead:
            one = ahead.pop()
            if one not in among or one == actor.id:
                raise BadValue(f"{where}: {key}", one, "the id of another actor, in no circle")
            if one not in reached:
                reached.add(one)
                ahead.extend(links(among[one]))


def _parents(actor: Actor) -> tuple[str, ...]:
    return (actor.parent,) if actor.parent else ()


def _successors(actor: Actor) -> tuple[str, ...]:
    return actor.followed_by


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
