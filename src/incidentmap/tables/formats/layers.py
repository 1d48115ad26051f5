"""GeoPackage, KML and Shapefile: one layer, read through GDAL as columns of text and positions."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from incidentmap.model import SeveralTables, UnreadableTable, reason
from incidentmap.tables.column import unlike_names
from incidentmap.tables.formats.geometry import POSITION_COLUMNS, Ground, count_kinds, ground_of, positions, shape_notes
from incidentmap.tables.formats.grid import BATCH_ROWS, blank_rows
from incidentmap.tables.formats.typed import text_column
from incidentmap.tables.source import RawBatch, Source

_STARTS = {".gpkg": b"SQLite format 3\x00", ".shp": b"\x00\x00\x27\x0a"}
"""How a file must begin: GDAL itself goes by the content, and would follow one that names other files or addresses."""
_GEOPACKAGES = (b"GPKG", b"GP10", b"GP11")
"""What a GeoPackage says of itself at byte 68."""
ENDINGS = (*_STARTS, ".kml")
_GEOMETRY = "wkb_geometry"
_DAMAGE = (DataSourceError, DataLayerError, pa.ArrowException, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class _Layer:
    """A layer of a file."""

    path: Path
    name: str
    own: tuple[str, ...]
    ground: Ground


def open_layer_source(path: Path, *, layer: str | None = None) -> Source:
    """Open a layer.

    Parameters
    ----------
    path
        A .gpkg, .kml or .shp file.
    layer
        Its name; the one that is not empty when there is just one.

    Raises
    ------
    SeveralTables
        If several layers hold features and none was named.
    UnreadableTable
        If it is none of these formats, a damaged one, has no such layer, or its reference system is not known.
    """
    _check(path)
    with _readable(path), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        name = _pick(path, layer)
        info = pyogrio.read_info(path, layer=name, force_feature_count=True)
    own = tuple(str(field) for field in info["fields"])
    ground = ground_of(info["crs"])
    if ground is None:
        raise UnreadableTable(f"{path}: its coordinate reference system cannot be understood. Save it in EPSG:4326.")
    opened = _Layer(path, name, own, ground)
    counts: dict[str, int] = {}
    rows = sum(_count(batch, counts) for batch in _batches(opened))
    missing = () if info["crs"] else (reason("table_crs_missing"),)
    return Source(
        path=path,
        told=reason("table_layer", layer=name),
        columns=tuple(unlike_names([*own, *POSITION_COLUMNS])),
        rows=rows,
        read=lambda: _batches(opened),
        notes=(*shape_notes(counts, ground), *missing),
        sheet=name,
        positions=True,
    )


def _check(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise UnreadableTable(f"{path}: {error.strerror or error}. Check that it exists and that you may read it.") from error
    if not head:
        raise UnreadableTable(f"{path}: the file is empty. Save or download it again.")
    start = _STARTS.get(path.suffix.lower())
    if start is None and (b"<kml" not in head or b"<!DOCTYPE" in head or b"<!ENTITY" in head):
        raise UnreadableTable(f"{path}: no KML file, or one with a document type of its own. Save it again as KML.")
    odd = path.suffix.lower() == ".gpkg" and head[68:72] not in _GEOPACKAGES
    if start is not None and (odd or not head.startswith(start)):
        raise UnreadableTable(f"{path}: no {path.suffix} file, or a damaged one. Save or download it again.")
    beside = [path.with_suffix(ending) for ending in (".shx", ".dbf")] if path.suffix.lower() == ".shp" else []
    gone = [each.name for each in beside if not each.exists() and not each.with_suffix(each.suffix.upper()).exists()]
    if gone:
        todo = "Put it there, or zip all of them."
        raise UnreadableTable(f"{path}: a shapefile is several files, and {', '.join(gone)} is not beside it. {todo}")


def _pick(path: Path, layer: str | None) -> str:
    names = [str(name) for name, _ in pyogrio.list_layers(path)]
    if layer is not None and layer not in names:
        raise UnreadableTable(f"{path}: no layer is called {layer!r}. The layers are: {', '.join(names)}.")
    full = [name for name in names if pyogrio.read_info(path, layer=name, force_feature_count=True)["features"] > 0]
    if layer is None and len(full) > 1:
        raise SeveralTables(f"{path}: {len(full)} layers hold something. Name the one to read: {', '.join(full)}.", tuple(full))
    if not full:
        raise UnreadableTable(f"{path}: no layer holds a feature. Name a file that is not empty.")
    return layer or full[0]


def _count(batch: RawBatch, counts: dict[str, int]) -> int:
    count_kinds(batch.table.columns[-1].to_pylist(), counts)
    return int(batch.table.num_rows)


def _batches(layer: _Layer) -> Iterator[RawBatch]:
    first, columns = 1, unlike_names([*layer.own, *POSITION_COLUMNS])
    with _readable(layer.path), pyogrio.open_arrow(
        layer.path, layer=layer.name, batch_size=BATCH_ROWS, use_pyarrow=True,
    ) as (meta, reader):
        geometry = meta["geometry_name"] or _GEOMETRY
        for batch in _quietly(reader):
            arrays = [text_column(batch.column(name)) for name in layer.own]
            table = pa.RecordBatch.from_arrays([*arrays, *positions(_shapes(batch, geometry), layer.ground)], names=columns)
            yield RawBatch(first, table, blank_rows(table))
            first += table.num_rows


def _quietly(batches: Iterable[Any]) -> Iterator[Any]:
    """The batches; GDAL's remarks about fields and rings are no news for a user."""
    waiting = iter(batches)
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            batch = next(waiting, None)
        if batch is None:
            return
        yield batch


def _shapes(batch: Any, geometry: str) -> "np.typing.NDArray[np.object_]":
    if geometry not in batch.schema.names:
        return np.full(batch.num_rows, None, object)
    return np.asarray(shapely.from_wkb(batch.column(geometry).to_numpy(zero_copy_only=False), on_invalid="ignore"), object)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        if isinstance(error, UnreadableTable):
            raise
        said = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
        raise UnreadableTable(f"{path}: it cannot be read ({said}). Save or download it again.") from error
