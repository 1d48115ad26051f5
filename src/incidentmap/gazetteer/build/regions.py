"""`geo/regions/`: the regions of interest, each a dated file of its own, made as `recipes.yaml` says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely
import yaml
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer.build.boundaries import Area, Boundaries
from incidentmap.gazetteer.build.shapes import Feature, polygons_only, without_holes, write_feature

_LANGUAGES = ("fr", "en", "ar")
_NAMES, _LABELS = ([f"{kind}_{each}" for each in _LANGUAGES] for kind in ("name", "label"))
_TOLD = ("id", *_NAMES, "valid_from", "valid_to", *_LABELS, "method")


def write_regions(boundaries: Boundaries, folder: Path) -> tuple[str, ...]:
    """Write one file a recipe; the ids written."""
    recipes: list[dict[str, Any]] = yaml.safe_load((folder / "recipes.yaml").read_text("utf-8"))
    for recipe in recipes:
        write_feature(folder / f"{recipe['id']}.geojson", _region(recipe, boundaries))
    return tuple(recipe["id"] for recipe in recipes)


def _region(recipe: Mapping[str, Any], boundaries: Boundaries) -> Feature:
    joined = _areas(recipe["join"], boundaries)
    sources = dict.fromkeys(f"{area.source}, {area.licence}" for area in joined)
    told = {key: recipe[key] for key in _TOLD if key in recipe or not key.endswith("_ar")} | {"source": "; ".join(sources)}
    within = _areas([recipe["within"]], boundaries)[0].shape if "within" in recipe else None
    return Feature(_shape(recipe, joined, within), told)


def _areas(ids: list[str], boundaries: Boundaries) -> list[Area]:
    known = {area.id: area for area in (*boundaries.admin0, *boundaries.admin1, *boundaries.admin2)}
    return [known[area_id] for area_id in ids]


def _shape(recipe: Mapping[str, Any], joined: list[Area], within: BaseGeometry | None) -> BaseGeometry:
    cuts: Mapping[str, float] = recipe.get("south_of", {})
    shape = without_holes(shapely.union_all([_south(area, cuts.get(area.id, 90.0)) for area in joined]))
    if within is not None:
        shape = polygons_only(shape.intersection(within))
    if "tolerance_deg" in recipe:
        shape = shapely.coverage_simplify([shape], recipe["tolerance_deg"])[0]
    return shape


def _south(area: Area, parallel: float) -> BaseGeometry:
    return polygons_only(area.shape.intersection(shapely.box(-180, -90, 180, parallel)))
