"""GeoNames' feature classes and codes in our terms (`data/lexicons/geonames_features.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from incidentmap.gazetteer.settings import ranking
from incidentmap.gazetteer.sources import size
from incidentmap.model import BadValue, PlaceKind
from incidentmap.paths import shipped

_DEFAULT = "default"
_SIZES = (PlaceKind.VILLAGE, PlaceKind.TOWN, PlaceKind.CITY)
_QUARTER = "PPLX"


@dataclass(frozen=True, slots=True)
class Feature:
    """Kind and radius of a feature code."""

    kind: PlaceKind
    radius_km: float


def feature(feature_class: str, code: str, people: int) -> Feature | None:
    """What a row of GeoNames is; None for features that no report names (roads, hotels, undersea)."""
    found = _features().get((feature_class, code)) or _features().get((feature_class, _DEFAULT))
    if found is None or found.kind not in _SIZES or code == _QUARTER:
        return found
    kind = max(found.kind, size(people), key=_SIZES.index)
    return Feature(kind, ranking().radius_km[kind])


@cache
def _features() -> Mapping[tuple[str, str], Feature]:
    loaded = yaml.safe_load(shipped("data", "lexicons", "geonames_features.yaml").read_text("utf-8"))
    listed = ((name, entry) for name, entries in loaded.items() for entry in entries)
    return {(name, code): _feature(entry) for name, entry in listed for code in entry["codes"].split()}


def _feature(entry: Mapping[str, Any]) -> Feature:
    try:
        kind = PlaceKind(entry["kind"])
    except ValueError as error:
        raise BadValue("geonames_features.yaml: kind", entry["kind"], ", ".join(PlaceKind)) from error
    return Feature(kind, float(entry.get("radius_km") or ranking().radius_km[kind]))
