"""A shelf: a folder of layers. A layer is there once its record is, and records are only ever replaced whole."""

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from incidentmap.fresh_file import fresh_file
from incidentmap.gazetteer.entry import Entry
from incidentmap.gazetteer.layers.record import KINDS, LayerRecord, read_record, record_text
from incidentmap.gazetteer.layers.rows import read_places
from incidentmap.model import MissingGround

_RECORD, _DATA, _REFUSED = ".yaml", ".csv.gz", ".refused.csv"
_LEFT_BEHIND_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer in its shelf."""

    record: LayerRecord
    shelf: Path

    @property
    def data(self) -> Path:
        """The normalised places."""
        return self.shelf / self.record.data

    @property
    def refused(self) -> Path:
        """The rows that were not taken: line, value, rule."""
        return self.shelf / self.record.data.replace(_DATA, _REFUSED)


def layers_of(shelves: Sequence[Path]) -> tuple[Layer, ...]:
    """The layers of some shelves, in order of precedence; of one id in two shelves the later shelf's.

    The order is that of kind, date (youngest first) and hash: never that in which they were added.

    Raises
    ------
    BadValue
        If a record cannot be read.
    MissingGround
        If a layer's data file is not there or not of its size.
    """
    found: dict[str, Layer] = {}
    for shelf in shelves:
        for path in sorted(shelf.glob(f"*{_RECORD}")):
            layer = Layer(read_record(path), shelf)
            _check_there(layer)
            found[layer.record.id] = layer
    return in_order(found.values())


def in_order(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """Layers in order of precedence."""
    by_hash = sorted(layers, key=lambda layer: (layer.record.data_sha256, layer.record.id))
    by_date = sorted(by_hash, key=lambda layer: layer.record.date, reverse=True)
    return tuple(sorted(by_date, key=lambda layer: KINDS.index(layer.record.kind)))


def read_layer(layer: Layer) -> Iterator[Entry]:
    """The places of a layer."""
    return read_places(layer.data)


def put(layer: Layer) -> None:
    """Write a layer's record, which puts the layer in force in place of the one of its id."""
    path = _record_path(layer)
    before = Layer(read_record(path), layer.shelf) if path.is_file() else layer
    with fresh_file(path) as fresh:
        fresh.write_text(record_text(layer.record), "utf-8")
    if before.record.data != layer.record.data:
        _drop_data(before)
    _sweep(layer.shelf)


def take_out(layer: Layer) -> None:
    """Remove a layer: first its record, then its data."""
    _record_path(layer).unlink()
    _drop_data(layer)
    _sweep(layer.shelf)


def discard(layer: Layer) -> None:
    """Remove the data of a layer that did not come into force; those of one that is in force stay."""
    if all(read_record(path).data != layer.record.data for path in layer.shelf.glob(f"*{_RECORD}")):
        _drop_data(layer)


def file_sha256(path: Path, read: Callable[[int], None] = lambda _: None) -> str:
    """SHA-256 (hex) of a file, read in pieces."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            whole.update(piece)
            read(len(piece))
    return whole.hexdigest()


def _check_there(layer: Layer) -> None:
    size = layer.data.stat().st_size if layer.data.is_file() else -1
    if size != layer.record.data_bytes:
        raise MissingGround(
            f"Layer {layer.record.id}: {layer.data} is missing or not whole. Add {layer.record.file} again, or take the layer "
            f"out with: incidentmap gazetteer remove {layer.record.id}"
        )


def _record_path(layer: Layer) -> Path:
    return layer.shelf / f"{layer.record.id}{_RECORD}"


def _drop_data(layer: Layer) -> None:
    layer.data.unlink(missing_ok=True)
    layer.refused.unlink(missing_ok=True)


def _sweep(shelf: Path) -> None:
    """Remove what interrupted additions left behind; what is younger than a day may belong to one that is still going on."""
    named = {Layer(read_record(path), shelf) for path in shelf.glob(f"*{_RECORD}")}
    kept = {path for layer in named for path in (layer.data, layer.refused)}
    left = (path for pattern in (f"*{_DATA}", f"*{_REFUSED}", "*.part") for path in shelf.glob(pattern) if path not in kept)
    for path in left:
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _LEFT_BEHIND_S:
                path.unlink()
