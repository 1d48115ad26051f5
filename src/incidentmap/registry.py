"""The actor registry, `data/lexicons/actors.yaml`: who acts, under which names, drawn in which colour and shape.

A workspace has one of its own: the shipped one with what its people decided about unknown names (:func:`with_namings`). It is
in force where a workspace's walks run (:func:`in_force`); everywhere else, and with no naming, the shipped one is.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

import yaml

from incidentmap.model import OWN, Actor, BadValue, Naming, NamingVerdict, OwnActor, name_key, namings_in_force
from incidentmap.paths import shipped

UNREGISTERED = "unregistered:"
"""What the id of an actor begins with that a report names and the registry lacks: `unregistered:brigade-du-vent-rouge`."""
SHAPES = ("circle", "square", "triangle", "diamond", "cross", "star", "hexagon", "bar")


_OWN_COLOUR, _OWN_SHAPES = "#999999", {1: "square", 2: "triangle", 3: "hexagon", 4: "cross", 5: "star", 8: "square"}


@dataclass(frozen=True, eq=False)
class Registry:
    """Actors by id, in the order of their file, own ones last. Equal to itself alone, so that what is made of one can be kept.

    Parameters
    ----------
    never
        Keys of names (:func:`incidentmap.model.name_key`) that a person said are no actors.
    """

    actors: Mapping[str, Actor]
    never: frozenset[str] = frozenset()


_IN_FORCE: ContextVar[Registry | None] = ContextVar("registry", default=None)


def registry() -> Registry:
    """The registry in force."""
    return _IN_FORCE.get() or shipped_registry()


def actors() -> Mapping[str, Actor]:
    """All actors of the registry in force by id."""
    return registry().actors


@contextmanager
def in_force(one: Registry) -> Iterator[None]:
    """Within the block, and in this thread alone, all that asks for actors is told those of a registry."""
    before = _IN_FORCE.set(one)
    try:
        yield
    finally:
        _IN_FORCE.reset(before)


def put_in_force(one: Registry) -> None:
    """As :func:`in_force`, for the rest of what runs in this thread: a command of the command line, a run of a page."""
    _IN_FORCE.set(one)


def with_namings(base: Registry, namings: Iterable[Naming]) -> Registry:
    """A registry with what people decided: names that mean a known actor, actors of their own, names of nobody.

    A naming that means an actor which is no longer there waits until it is again.
    """
    names = namings_in_force(namings)
    own = {each.own.id: _own_actor(each.own) for each in names.values() if each.own}
    found = {**base.actors, **{key: actor for key, actor in own.items() if key not in base.actors}}
    for each in names.values():
        if each.verdict is not NamingVerdict.NOT_AN_ACTOR and each.actor in found:
            found[each.actor] = _also_named(found[each.actor], each.name)
    never = frozenset(key for key, each in names.items() if each.verdict is NamingVerdict.NOT_AN_ACTOR)
    return Registry(MappingProxyType(found), never)


def _own_actor(own: OwnActor) -> Actor:
    names = (("fr", own.name), ("en", own.name))
    shape = _OWN_SHAPES.get(own.inter, "circle")
    return Actor(own.id, names, names, own.inter, own.parent, own.valid_from, own.valid_to, _OWN_COLOUR, shape)


def _also_named(actor: Actor, name: str) -> Actor:
    known = {name_key(alias) for _, alias in actor.aliases}
    return actor if name_key(name) in known else replace(actor, aliases=(*actor.aliases, ("", name)))


@cache
def shipped_registry() -> Registry:
    """The registry before anybody decided anything.

    Raises
    ------
    BadValue
        If an entry cannot be read, or names a parent or successor that is unknown or leads back to it; the message names it.
    """
    entries: list[dict[str, Any]] = yaml.safe_load(shipped("data", "lexicons", "actors.yaml").read_text("utf-8"))
    read = {entry["id"]: _actor(entry) for entry in entries}
    for actor in read.values():
        _check(actor, read)
    return Registry(MappingProxyType(read))


def actor_name(actor_id: str, language: str, written: str = "") -> str:
    """Short name of an actor in a language; one that the registry lacks keeps its name as written, else that in its id."""
    actor = actors().get(actor_id)
    return actor.name(language) if actor else written or actor_id.removeprefix(UNREGISTERED).removeprefix(OWN).replace("-", " ")


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
        country=entry.get("country", ""),
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
