"""An export read back: the flat records that were written, to the letter, from any of the formats."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.export.xlsx import SHEETS
from incidentmap.export.xml_text import from_xml
from incidentmap.frames.flat import FLAT, is_json
from incidentmap.model import BadValue
from incidentmap.tables.formats import open_source
from incidentmap.tables.source import RawBatch, Source

_BARE = {".csv": lambda text: text.removeprefix("'"), ".kml": from_xml}
"""What undoes what a format makes of a text, by the ending of the file's name; readers of XLSX undo it themselves."""
_NESTED = frozenset({".geojson", ".geojsonl", ".ndjson", ".json"})
"""Formats that hold lists and objects as such; whoever reads them lays them out anew."""


def read_back(path: Path) -> pa.Table:
    """The records of an export, without their geometries; columns that its format leaves out where empty are not there.

    Raises
    ------
    BadValue
        If the file is no export of ours, or a cell holds no value of its column.
    UnreadableTable
        If it cannot be read.
    """
    source = open_source(path, sheet=SHEETS[0] if path.suffix == ".xlsx" else None)
    names = [name for name in FLAT.names if name in source.columns]
    if not {"id", "record"} <= set(names):
        raise BadValue(str(path), ", ".join(source.columns)[:80], "an export of incidentmap, with the columns id and record")
    schema = pa.schema([FLAT.field(name) for name in names]).remove_metadata()
    beyond = _continued(path) if path.suffix == ".xlsx" else {}
    return pa.Table.from_batches([_batch(path, source, batch, schema, beyond) for batch in source.read()], schema)


def as_written(source: Source) -> Iterator[RawBatch]:
    """The rows of an open export with its texts as they were before the format made them safe; cells stay texts."""
    bare = _BARE.get(source.path.suffix, str)
    beyond = _continued(source.path) if source.path.suffix == ".xlsx" else {}
    texts = {field.name for field in FLAT if field.type == pa.string()}
    nested = {field.name for field in FLAT if is_json(field)} if source.path.suffix in _NESTED else set()
    for batch in source.read():
        columns = [
            _plain(column, batch, name, _json if name in nested else bare, beyond) if name in texts else column
            for name, column in zip(source.columns, batch.table.columns, strict=True)
        ]
        yield RawBatch(batch.first_row, pa.RecordBatch.from_arrays(columns, list(source.columns)), batch.marks)


def _plain(
    column: pa.Array, batch: RawBatch, name: str, bare: Callable[[str], str | None], beyond: Mapping[tuple[int, str], str],
) -> pa.Array:
    if bare is str and not beyond:
        return column
    cells = _numbered(batch, column.to_pylist())
    return pa.array([None if cell is None else bare(cell + beyond.get((row, name), "")) for row, cell in cells], pa.string())


def _batch(
    path: Path, source: Source, batch: RawBatch, schema: pa.Schema, beyond: Mapping[tuple[int, str], str],
) -> pa.RecordBatch:
    bare = _BARE.get(path.suffix, str)
    columns = []
    for field in schema:
        cells = batch.table.column(source.columns.index(field.name)).to_pylist()
        texts = [None if cell is None else cell + beyond.get((row, field.name), "") for row, cell in _numbered(batch, cells)]
        columns.append(_column(path, FLAT.field(field.name), texts, bare))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _numbered(batch: RawBatch, cells: list[str | None]) -> Iterator[tuple[int, str | None]]:
    """Cells with the number of their row in a sheet: the header is row 1."""
    return enumerate(cells, batch.first_row + 1)


def _column(path: Path, field: pa.Field, texts: list[str | None], bare: Callable[[str], str]) -> pa.Array:
    if field.type == pa.string():
        told = [None if text is None else bare(text) for text in texts]
        return pa.array([_json(text) for text in told] if is_json(field) else told, pa.string())
    try:
        if pa.types.is_integer(field.type):  # a reader that knows no whole numbers has 3.0
            return pc.cast(pa.array(texts, pa.string()).cast(pa.float64()), field.type)
        return pa.array(texts, pa.string()).cast(field.type)
    except pa.ArrowInvalid as error:
        raise BadValue(f"{path}: {field.name}", str(error), f"values of {field.type}") from error


def _json(text: str | None) -> str | None:
    """As it was written: nested values are laid out by whoever read them."""
    value = json.loads(text) if text else None
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else None


def _continued(path: Path) -> Mapping[tuple[int, str], str]:
    """What did not fit into cells, by row and column."""
    found: dict[tuple[int, str], str] = {}
    for batch in open_source(path, sheet=SHEETS[2]).read():
        for row, name, text in zip(*(column.to_pylist() for column in batch.table.columns), strict=True):
            found[int(row), name] = found.get((int(row), name), "") + (text or "")
    return found
