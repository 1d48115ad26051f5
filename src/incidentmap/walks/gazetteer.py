"""Layers into the gazetteer and out of it, and what it is made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from incidentmap.gazetteer.check import Checked
from incidentmap.gazetteer.check import check as check_all
from incidentmap.gazetteer.compile import Progress, silent
from incidentmap.gazetteer.index import content_hash, index_path, open_index
from incidentmap.gazetteer.layers import Layer, discard, in_order, layers_of, put, take_out
from incidentmap.model import BadValue
from incidentmap.paths import cache_folder, shelf_folder, shipped

Stage = Callable[[Path, Callable[[int, int], None]], Layer]
"""Reads a source into the data files of a shelf, telling how much is done and how much there is."""
_SHIPPED = ("localities.csv", "cities500.csv", "areas.csv")


@dataclass(frozen=True, slots=True)
class Source:
    """A source of the gazetteer, shipped or added.

    Parameters
    ----------
    where
        `shipped`, or the folder of the shelf.
    """

    id: str
    kind: str
    title: str
    places: int
    refused: int
    countries: tuple[str, ...]
    date: str
    licence: str
    attribution: str
    where: str


@dataclass(frozen=True, slots=True)
class Built:
    """A compiled gazetteer; `size` in bytes, 0 where it could only be held in memory."""

    version: str
    path: Path
    size: int


def shelves_of(workspace: Path | None) -> tuple[Path, ...]:
    """The user's shelf, and after it the one of a workspace."""
    return (shelf_folder(), workspace / "gazetteer") if workspace else (shelf_folder(),)


def add(stage: Stage, workspace: Path | None = None, progress: Progress = silent) -> Layer:
    """Add a layer to the workspace's shelf, else to the user's.

    It is in force only once the gazetteer that holds it is compiled: whatever stops this before leaves the old one in force.

    Raises
    ------
    BadValue, MissingGround, UnwritablePlace
        If the source cannot be read or not one row of it be taken; if the shelf cannot be written.
    """
    shelves = shelves_of(workspace)
    layer = stage(shelves[-1], lambda done, total: progress("read", done, total))
    others = (each for each in layers_of(shelves) if each.record.id != layer.record.id)
    try:
        open_index(shipped("geo"), cache_folder(), in_order([*others, layer]), progress).close()
        put(layer)
    finally:
        discard(layer)  # does nothing once it is in force
    return layer


def remove(layer_id: str, workspace: Path | None = None) -> Layer:
    """Take a layer out of the workspace's shelf, else out of the user's.

    Raises
    ------
    BadValue
        If there is none of that id; the message lists those there are.
    """
    there = {layer.record.id: layer for layer in layers_of(shelves_of(workspace)[-1:])}
    if layer_id not in there:
        raise BadValue("layer", layer_id, "one of " + (", ".join(there) or "none: nothing was added"))
    take_out(there[layer_id])
    return there[layer_id]


def build(workspace: Path | None = None, progress: Progress = silent, *, anew: bool = False) -> Built:
    """Compile the gazetteer if it is not there yet, with `anew` in any case."""
    ground, cache, layers = shipped("geo"), cache_folder(), layers_of(shelves_of(workspace))
    open_index(ground, cache, layers, progress, anew=anew).close()
    digest = content_hash(ground, layers)
    path = index_path(cache, digest)
    return Built(digest[:16], path, path.stat().st_size if path.is_file() else 0)


def check(workspace: Path | None = None) -> Checked:
    """Whether the compiled gazetteer and every layer are whole, and what they hold."""
    return check_all(shipped("geo"), cache_folder(), layers_of(shelves_of(workspace)))


def sources(workspace: Path | None = None) -> tuple[Source, ...]:
    """What the gazetteer is made of, in order of precedence.

    A judged place stands above all; what a user decided (the workspace's record, told by `decisions list`) comes next; then
    users' tables, dumps, towns, and last the units, countries and waters.
    """
    shipped_ones = {str(entry["file"]): _shipped(entry) for entry in _ground_record() if entry["file"] in _SHIPPED}
    curated, towns, areas = (shipped_ones[name] for name in _SHIPPED)
    return (curated, *map(_added, layers_of(shelves_of(workspace))), towns, areas)


def attributions(workspace: Path | None = None) -> tuple[str, ...]:
    """Lines that must stand beside anything made with the gazetteer, each once, in order of precedence."""
    return tuple(dict.fromkeys(source.attribution for source in sources(workspace) if source.attribution))


def added_attributions(workspace: Path) -> tuple[str, ...]:
    """The lines of those sources alone that were added to the user's shelf or to the workspace's, each once."""
    layers = layers_of(shelves_of(workspace))
    return tuple(dict.fromkeys(layer.record.attribution for layer in layers if layer.record.attribution))


def _added(layer: Layer) -> Source:
    record = layer.record
    return Source(
        record.id, record.kind, record.title, record.kept, record.refused, record.countries, record.date, record.licence,
        record.attribution, str(layer.shelf),
    )


def _shipped(entry: dict[str, Any]) -> Source:
    with shipped("geo", "gazetteer", entry["file"]).open(encoding="utf-8") as file:
        places = sum(1 for _ in file) - 1
    return Source(
        entry["file"].removesuffix(".csv"), "shipped", entry["origin"], places, 0, (), str(entry["date"]), entry["licence"],
        entry["attribution"], "shipped",
    )


def _ground_record() -> Sequence[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load(shipped("geo", "gazetteer", "SOURCE.yaml").read_text("utf-8"))
    return entries
