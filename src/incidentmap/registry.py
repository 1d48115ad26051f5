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
        If an entry cannot be read; the message names it.
    """
    entries: list[dict[str, Any]] = yaml.safe_load(shipped("data", "lexicons", "actors.yaml").read_text("utf-8"))
    read = [_actor(entry) for entry in entries]
    return MappingProxyType({actor.id: actor for actor in read})


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
    )


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
