"""The named weights by which incidents of different reports are compared, read from `data/lexicons/duplicates.yaml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import yaml

from incidentmap.model import BadValue
from incidentmap.paths import shipped

Weights = Mapping[str, float]
_FIGURE = ("same", "touch", "near", "apart", "far", "lone", "silent")
_TABLES: Mapping[str, tuple[str, ...]] = {
    "place": ("same", "near", "within", "area", "beyond", "unknown"),
    "date": ("same", "equal", "touch", "wide", "near", "unknown"),
    "actors": ("all", "some", "kin", "kind", "differ", "unknown"),
    "kinds": ("same", "type", "akin", "differ", "unknown"),
    "killed": _FIGURE, "wounded": _FIGURE, "captured": _FIGURE,
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """Weights and limits; the file says what each is for. `akin` holds the pairs of kinds in both orders."""

    likely: float
    possible: float
    start: float
    place: Weights
    slack_km: float
    wide_km: float
    widest_km: float
    date: Weights
    slack_days: float
    wide_days: float
    longest_days: float
    actors: Weights
    kinds: Weights
    killed: Weights
    wounded: Weights
    captured: Weights
    tenfold: float
    near_ratio: float
    far_ratio: float
    twin: float
    crowd: float
    third: float
    third_most: float
    akin: frozenset[tuple[str, str]]


@cache
def likeness() -> Likeness:
    """The weights as shipped.

    Raises
    ------
    BadValue
        If a weight is missing, unknown or no number; the message names it.
    """
    return read_likeness(yaml.safe_load(shipped("data", "lexicons", "duplicates.yaml").read_text("utf-8")))


def read_likeness(entries: Mapping[str, Any]) -> Likeness:
    """Check a loaded file and make it a :class:`Likeness`."""
    names = {field.name for field in fields(Likeness)}
    _check_keys("keys", entries, names)
    numbers: dict[str, Any] = {name: _number(name, entries[name]) for name in names - _TABLES.keys() - {"akin"}}
    tables: dict[str, Any] = {name: _table(name, entries[name], keys) for name, keys in _TABLES.items()}
    if numbers["possible"] > numbers["likely"]:
        raise BadValue("duplicates.yaml: possible", numbers["possible"], f"at most likely, {numbers['likely']}")
    return Likeness(**numbers, **tables, akin=_akin(entries["akin"]))


def _table(name: str, table: Mapping[str, Any], keys: Sequence[str]) -> dict[str, float]:
    _check_keys(f"{name}: keys", table, set(keys))
    return {key: _number(f"{name}.{key}", value) for key, value in table.items()}


def _check_keys(where: str, table: Mapping[str, Any], keys: set[str]) -> None:
    if set(table) != keys:
        odd = ", ".join(sorted(set(table) ^ keys))
        raise BadValue(f"duplicates.yaml, {where}", odd, "exactly " + ", ".join(sorted(keys)))


def _akin(rows: Sequence[Sequence[str]]) -> frozenset[tuple[str, str]]:
    for row in rows:
        if len(row) != 2 or not all(isinstance(kind, str) and kind for kind in row):
            raise BadValue("duplicates.yaml, akin", row, "two kinds in ACLED's words")
    return frozenset((one, other) for row in rows for one, other in (tuple(row), tuple(row)[::-1]))


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadValue(f"duplicates.yaml: {name}", value, "a number")
    return value
