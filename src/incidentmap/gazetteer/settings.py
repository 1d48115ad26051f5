"""The named weights of the ranking, read from `data/lexicons/ranking.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import yaml

from incidentmap.model import BadValue, PlaceKind
from incidentmap.paths import shipped


@dataclass(frozen=True, slots=True)
class Ranking:
    """Weights and limits; the file says what each is for. Lengths are in kilometres."""

    match: Mapping[str, float]
    source: Mapping[str, float]
    kind: Mapping[PlaceKind, float]
    kind_asked: float
    kind_hinted: float
    admin: float
    admin_scale_km: float
    country_asked: float
    population: float
    region: float
    region_scale_km: float
    country: float
    together: float
    together_scale_km: float
    within: float
    decided: float
    ambiguous_within: float
    ambiguous_beyond_km: float
    unlikely_beyond_km: float
    same_place_km: float
    rough_beyond_km: float
    certainty: float
    fuzzy_cutoff: float
    fuzzy_shortest: int
    fuzzy_longest: int
    fuzzy_most: int
    nearest_cutoff: float
    nearest_most: int
    radius_km: Mapping[PlaceKind, float]


@cache
def ranking() -> Ranking:
    """The weights as shipped.

    Raises
    ------
    BadValue
        If a weight is missing, unknown or no number; the message names it.
    """
    return read_ranking(yaml.safe_load(shipped("data", "lexicons", "ranking.yaml").read_text("utf-8")))


def read_ranking(entries: Mapping[str, Any]) -> Ranking:
    """Check a loaded file and make it a :class:`Ranking`."""
    names = {field.name for field in fields(Ranking)}
    if names != entries.keys():
        odd = sorted(names ^ entries.keys())
        raise BadValue("ranking.yaml: keys", ", ".join(odd), "exactly the weights " + ", ".join(sorted(names)))
    checked: dict[str, Any] = {name: _number(name, entries[name]) for name in names - {"match", "source", "kind", "radius_km"}}
    return Ranking(
        match=_weights("match", entries["match"], ("exact", "folded", "squashed", "part", "phonetic", "fuzzy")),
        source=_weights("source", entries["source"], ("curated", "decided", "table", "admin", "geonames")),
        kind=_by_kind("kind", entries["kind"]),
        radius_km=_by_kind("radius_km", entries["radius_km"]),
        **checked,
    )


def _weights(name: str, table: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, float]:
    if set(table) != set(keys):
        raise BadValue(f"ranking.yaml, {name}: keys", ", ".join(sorted(set(table) ^ set(keys))), ", ".join(keys))
    return {str(key): _number(f"{name}.{key}", value) for key, value in table.items()}


def _by_kind(name: str, table: Mapping[str, Any]) -> dict[PlaceKind, float]:
    return {PlaceKind(key): value for key, value in _weights(name, table, tuple(PlaceKind)).items()}


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadValue(f"ranking.yaml: {name}", value, "a number")
    return value
