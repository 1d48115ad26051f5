"""A file becomes a source, by the ending of its name; the content must agree."""

import re
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from incidentmap.model import SeveralTables, UnreadableTable, reason
from incidentmap.tables.formats import layers, records
from incidentmap.tables.formats import sheet as sheets
from incidentmap.tables.formats.archive import unpack
from incidentmap.tables.formats.columnar import open_columnar_source
from incidentmap.tables.formats.layers import open_layer_source
from incidentmap.tables.formats.records import open_records_source
from incidentmap.tables.formats.sheet import open_sheet_source
from incidentmap.tables.formats.text import open_text_source
from incidentmap.tables.source import RawBatch, Source

_TEXT = (".csv", ".tsv", ".tab", ".txt", ".psv")
_COLUMNAR = (".parquet", ".geoparquet", ".pq")
_PLAIN = (*_TEXT, *sheets.ENDINGS, *records.ENDINGS, *layers.ENDINGS, *_COLUMNAR)
_GZIPPED = tuple(f"{ending}.gz" for ending in (*_TEXT, *records.ENDINGS))
READABLE = (*_PLAIN, *_GZIPPED, ".zip")
"""Endings of the files that can be opened."""


def open_source(path: Path, *, sheet: str | None = None, encoding: str | None = None, delimiter: str | None = None) -> Source:
    """Open a file of events and see that it can be read.

    Parameters
    ----------
    path
        Text with any delimiter, a spreadsheet, JSON, GeoJSON, GeoPackage, KML, Shapefile, Parquet or GeoParquet; text and JSON
        may be packed with gzip, and any of them, one table at a time, in a zip file.
    sheet
        Name of the sheet, layer, or file in a zip file to read; needed where several hold something.
    encoding, delimiter
        Of a text file; found out when not given.

    Raises
    ------
    SeveralTables
        If there are several sheets, layers or files to choose from.
    UnreadableTable
        If it cannot be read; the message says why and what to do.
    BadValue
        If no such encoding or delimiter exists.
    """
    ending = _ending(path)
    if path.is_dir():
        raise UnreadableTable(f"{path}: is a folder. Name one file in it.")
    text = ending.removesuffix(".gz") in _TEXT
    if not text and ending != ".zip" and (encoding or delimiter):
        raise UnreadableTable(f"{path}: only text tables have an encoding and a delimiter to choose. Leave them out.")
    if ending == ".zip":
        return _from_zip(path, sheet, encoding, delimiter)
    if sheet is not None and ending not in {*sheets.ENDINGS, *layers.ENDINGS}:
        raise UnreadableTable(f"{path}: {ending} files have no sheets. Leave out the sheet {sheet!r}.")
    return open_text_source(path, encoding=encoding, delimiter=delimiter) if text else _typed(path, ending, sheet)


def _typed(path: Path, ending: str, sheet: str | None) -> Source:
    if ending in sheets.ENDINGS:
        return open_sheet_source(path, sheet=sheet)
    if ending in layers.ENDINGS:
        return open_layer_source(path, layer=sheet)
    return open_columnar_source(path) if ending in _COLUMNAR else open_records_source(path)


def _from_zip(path: Path, sheet: str | None, encoding: str | None, delimiter: str | None) -> Source:
    """The one table of a zip file, or the one named; unpacked files live as long as the source."""
    folder: TemporaryDirectory[str] = TemporaryDirectory(prefix="incidentmap-")
    try:
        file, member = unpack(path, folder, _PLAIN, sheet)
        inner = open_source(file, sheet=None if sheet == member else sheet, encoding=encoding, delimiter=delimiter)
    except SeveralTables as error:
        folder.cleanup()
        raise SeveralTables(_as_named(error, folder, path), error.names) from error
    except UnreadableTable as error:
        folder.cleanup()
        raise UnreadableTable(_as_named(error, folder, path)) from error
    keep = _Kept(folder)
    return replace(
        inner, path=path, notes=(reason("table_member", member=member), *inner.notes), sheet=inner.sheet or member,
        read=lambda: keep.read(inner),
    )


def _as_named(error: UnreadableTable, folder: TemporaryDirectory[str], path: Path) -> str:
    """What went wrong with an unpacked file, told of the file that the user has."""
    return re.sub(rf"{re.escape(folder.name)}/table(\.\w+)", lambda found: f"{path}, table{found[1]}", str(error))


class _Kept:
    """Unpacked files, removed when nothing reads them any more."""

    def __init__(self, folder: TemporaryDirectory[str]) -> None:
        self._remove = weakref.finalize(self, folder.cleanup)

    def read(self, source: Source) -> Iterator[RawBatch]:
        """Batches of a source whose file is among them."""
        yield from source.read()


def _ending(path: Path) -> str:
    name = path.name.lower()
    fits = [ending for ending in READABLE if name.endswith(ending)]
    if not fits:
        kind = f"{path.suffix!r} files" if path.suffix else "files without an ending"
        allowed = ", ".join(READABLE)
        raise UnreadableTable(f"{path}: {kind} are not read as tables; expected {allowed}. Save it as one of these.")
    return max(fits, key=len)
