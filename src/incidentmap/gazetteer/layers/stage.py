"""Writing a new layer's data into a shelf. It is in force only once :func:`incidentmap.gazetteer.layers.shelf.put` says so."""

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from incidentmap.gazetteer.layers.record import LayerRecord
from incidentmap.gazetteer.layers.rows import Refusal, Taken, entry_row, places_file, refused_file
from incidentmap.gazetteer.layers.shelf import Layer, file_sha256
from incidentmap.gazetteer.names import fold_name
from incidentmap.model import BadValue, UnwritablePlace

Told = Callable[[int, int], None]
"""Told how much is done and how much there is."""
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a source before its rows are read; the fields are those of :class:`LayerRecord`."""

    id: str
    kind: str
    title: str
    file: str
    input_sha256: str
    licence: str
    attribution: str
    date: str = ""
    valid_from: str = ""
    valid_to: str = ""
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Tally:
    kept: int = 0
    refused: int = 0
    changed: str = ""
    countries: set[str] = field(default_factory=set)


def nobody(done: int, total: int) -> None:
    """Tell nobody how far the work is."""


def count_up(told: Told, total: int) -> Callable[[int], None]:
    """A function that takes pieces of work as they are done and tells the sum, a hundred times and a bit at most."""
    done = last = 0

    def count(piece: int) -> None:
        nonlocal done, last
        done += piece
        if done - last >= total / 100 or done >= total:
            last = done
            told(done, total)

    return count


def readable(path: Path) -> Path:
    """The path itself.

    Raises
    ------
    BadValue
        If there is no such file or it is empty.
    """
    if not path.is_file() or not path.stat().st_size:
        raise BadValue("file", str(path), "a file that is there and not empty")
    return path


def layer_id(name: str) -> str:
    """A name as the id of a layer: letters, digits and hyphens.

    Raises
    ------
    BadValue
        If nothing is left of it.
    """
    own = _NOT_IN_IDS.sub("-", fold_name(name)).strip("-")
    if not own:
        raise BadValue("name of a layer", name, "letters or digits")
    return own


def stage(shelf: Path, origin: Origin, rows: Iterable[Taken | Refusal]) -> Layer:
    """Write the rows into data files of a shelf, beside its layers.

    Raises
    ------
    BadValue
        If no row could be taken; the message tells the first refusal.
    UnwritablePlace
        If the shelf cannot be written.
    """
    try:
        shelf.mkdir(parents=True, exist_ok=True)
        with _part(shelf) as data, _part(shelf) as refused:
            tally = _write(data, refused, rows)
            if not tally.kept:
                raise BadValue(origin.file, _first_line(refused), "at least one row with a place")
            layer = Layer(_record(origin, tally, data), shelf)
            data.replace(layer.data)
            refused.replace(layer.refused)
    except OSError as error:
        todo = "Choose another folder or free the disk."
        raise UnwritablePlace(f"{shelf} cannot be written: {error.strerror}. {todo}") from error
    return layer


def _write(data: Path, refused: Path, rows: Iterable[Taken | Refusal]) -> _Tally:
    tally = _Tally()
    with ExitStack() as files:
        places: Any = files.enter_context(places_file(data))
        not_taken: Any = files.enter_context(refused_file(refused))
        for row in rows:
            if isinstance(row, Refusal):
                not_taken.writerow((row.line, row.value, row.rule))
                tally.refused += 1
                continue
            places.writerow(entry_row(row.entry))
            tally.kept += 1
            tally.changed = max(tally.changed, row.changed)
            tally.countries.add(row.entry.place.country)
    return tally


def _record(origin: Origin, tally: _Tally, data: Path) -> LayerRecord:
    sha256 = file_sha256(data)
    return LayerRecord(
        id=origin.id, kind=origin.kind, title=origin.title, file=origin.file, input_sha256=origin.input_sha256,
        data=f"{origin.id}-{sha256[:12]}.csv.gz", data_sha256=sha256, data_bytes=data.stat().st_size,
        date=origin.date or tally.changed, licence=origin.licence, attribution=origin.attribution,
        valid_from=origin.valid_from, valid_to=origin.valid_to, columns=origin.columns,
        read=tally.kept + tally.refused, kept=tally.kept, refused=tally.refused,
        countries=tuple(sorted(tally.countries - {""})),
    )


@contextmanager
def _part(shelf: Path) -> Iterator[Path]:
    """A new file of the shelf, forced to the disk and gone at the end unless it was given its name."""
    handle, name = tempfile.mkstemp(suffix=".part", dir=shelf)
    try:
        yield Path(name)
    finally:
        os.close(handle)
        Path(name).unlink(missing_ok=True)


def _first_line(refused: Path) -> str:
    lines = refused.read_text("utf-8").splitlines()
    return f"no row taken; the first was refused: {lines[1]}" if len(lines) > 1 else "no rows"
