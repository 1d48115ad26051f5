"""Which column of a user's table holds what, and what its words for kinds mean (`data/lexicons/place_columns.yaml`)."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import yaml

from incidentmap.gazetteer.names import fold_name, squash
from incidentmap.model import BadValue, PlaceKind
from incidentmap.paths import shipped

OURS = ("name", "lon", "lat", "variants", "kind", "country", "admin1", "admin2", "pcode", "population", "radius_km", "id")


def columns_of(
    there: Sequence[str], given: Mapping[str, str], required: Sequence[str], file: str,
) -> tuple[tuple[str, str], ...]:
    """Pairs of our column and the table's: those given, then those guessed by usual names.

    Parameters
    ----------
    there, file
        The table's columns, and its name for messages.
    given
        Ours to theirs; an empty one of theirs leaves ours out.
    required
        Ours that must be found.

    Raises
    ------
    BadValue
        If a given column is not there, ours is unknown, or a required one is neither given nor guessed; the message lists the
        columns that there are.
    """
    listed = ", ".join(there)
    for ours, theirs in given.items():
        if ours not in OURS:
            raise BadValue("--map", ours, "one of " + ", ".join(OURS))
        if theirs and theirs not in there:
            raise BadValue(f"{file}: --map {ours}", theirs, f"one of its columns: {listed}")
    found = {ours: theirs for ours in OURS if (theirs := given.get(ours, _guess(ours, there)))}
    missing = [ours for ours in required if ours not in found]
    if missing:
        todo = " ".join(f"--map {ours}=COLUMN" for ours in missing)
        raise BadValue(f"{file}: columns", listed, "columns for " + ", ".join(missing), f"Say which they are: {todo}.")
    return tuple(found.items())


def kind_of(text: str) -> PlaceKind | None:
    """The kind that a table's word means, None for an unknown one; no word is a village."""
    return _kinds().get(fold_name(text)) if text else PlaceKind.VILLAGE


def _guess(ours: str, there: Sequence[str]) -> str:
    by_key = {squash(fold_name(theirs)): theirs for theirs in reversed(there)}
    return next((by_key[usual] for usual in _lexicon()["columns"][ours] if usual in by_key), "")


@cache
def _kinds() -> Mapping[str, PlaceKind]:
    words = {word: PlaceKind(kind) for kind, listed in _lexicon()["kinds"].items() for word in listed}
    return words | {kind.value: kind for kind in PlaceKind}


@cache
def _lexicon() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(shipped("data", "lexicons", "place_columns.yaml").read_text("utf-8"))
    return loaded
