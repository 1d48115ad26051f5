"""What `data/tables/columns.yaml` says: names of columns, HXL tags, words for the unknown and for about how many."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import yaml

from incidentmap.paths import shipped
from incidentmap.tables.header import fold
from incidentmap.tables.mapping import FIELDS


@cache
def _loaded() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(shipped("data", "tables", "columns.yaml").read_text("utf-8"))
    return loaded


@cache
def names_of() -> Mapping[str, tuple[str, ...]]:
    """By target field, the names under which people keep it, folded, the surest first.

    The field's own name in the schema is one of them, unless people mean another field by it ("day" is a date).
    """
    listed: dict[str, list[str]] = {field: [fold(str(name)) for name in names] for field, names in _loaded()["names"].items()}
    taken = {name for names in listed.values() for name in names}
    own = {field: [name] for field in FIELDS if (name := fold(field)) not in taken}
    return {field: (*listed.get(field, ()), *own.get(field, ())) for field in dict.fromkeys([*listed, *own])}


def tag_targets() -> Mapping[str, str]:
    """By HXL tag with its attributes, the target field."""
    tags: Mapping[str, str] = _loaded()["tags"]
    return tags


@cache
def unknown_words() -> tuple[str, ...]:
    """Cells that say nothing: empty, NA, inconnu..."""
    return tuple(map(str, _loaded()["unknown"]))


@cache
def words_for_figures() -> Mapping[str, tuple[str, ...]]:
    """By what they do to a number: at_least, at_most, about, to, between, none, people."""
    return {kind: tuple(str(word).casefold() for word in words) for kind, words in _loaded()["figures"].items()}
