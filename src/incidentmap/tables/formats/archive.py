"""A zip file: the one table in it is unpacked beside nobody's files, within limits, and goes when it is no longer needed."""

import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile, ZipInfo

from incidentmap.model import SeveralTables, UnreadableTable

_MOST_MEMBERS = 1_000
_LARGEST = 8_000_000_000
"""Bytes that the table may unpack to."""
_MOST_RATIO = 200
_FREE = 10_000_000
"""Bytes that may be packed as tightly as they like."""
_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_PACKED = (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar")
_CHUNK = 1 << 20


def unpack(path: Path, folder: TemporaryDirectory[str], endings: Sequence[str], member: str | None) -> tuple[Path, str]:
    """Unpack the one table of a zip file, a shapefile with all its parts.

    Parameters
    ----------
    path
        The zip file.
    folder
        Where to; names in the archive never become paths.
    endings
        Of the files that are tables.
    member
        Name of the table in the archive; needed where there are several. Where there is one, it may name a part of that.

    Returns
    -------
    tuple of Path and str
        The file, and its name in the archive.

    Raises
    ------
    SeveralTables
        If there are several tables and none was named.
    UnreadableTable
        If it is no zip file, holds no table, has a password, or is too large.
    """
    try:
        with ZipFile(path) as archive:
            chosen = _pick(path, archive.infolist(), endings, member)
            parts = _parts(archive.infolist(), chosen)
            _check(path, parts)
            files = [_extract(path, archive, part, Path(folder.name)) for part in parts]
    except (BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise UnreadableTable(f"{path}: no zip file, or one that breaks off ({error}). Download or pack it again.") from error
    except OSError as error:
        raise UnreadableTable(f"{path}: {error.strerror or error}. Check that it exists and that there is room.") from error
    return files[0], chosen.filename


def _pick(path: Path, members: Sequence[ZipInfo], endings: Sequence[str], member: str | None) -> ZipInfo:
    if len(members) > _MOST_MEMBERS:
        todo = f"At most {_MOST_MEMBERS:,} are looked at; unpack it yourself."
        raise UnreadableTable(f"{path}: {len(members):,} files in it. {todo}")
    tables = [each for each in members if not each.is_dir() and _is_table(each.filename, endings)]
    names = tuple(each.filename for each in tables)
    if member is not None and (len(tables) != 1 or member in names):
        if member not in names:
            raise UnreadableTable(f"{path}: no table in it is called {member!r}. The tables are: {', '.join(names)}.")
        return tables[names.index(member)]
    if len(tables) > 1:
        raise SeveralTables(f"{path}: {len(names)} tables in it. Name the one to read: {', '.join(names[:20])}.", names)
    if not tables:
        nested = any(each.filename.lower().endswith(_PACKED) for each in members)
        todo = "It holds packed files; unpack it once yourself." if nested else f"Expected one of {', '.join(endings)}."
        raise UnreadableTable(f"{path}: no table in it. {todo}")
    return tables[0]


def _is_table(name: str, endings: Sequence[str]) -> bool:
    part = PurePosixPath(name)
    hidden = part.name.startswith(".") or "__MACOSX" in part.parts
    return not hidden and not name.lower().endswith(_PACKED) and name.lower().endswith(tuple(endings))


def _parts(members: Sequence[ZipInfo], chosen: ZipInfo) -> list[ZipInfo]:
    """The member, and the other files of a shapefile."""
    name = PurePosixPath(chosen.filename)
    if name.suffix.lower() != ".shp":
        return [chosen]
    stem = str(name.with_suffix("")).lower()
    return [chosen, *(
        each for each in members if each is not chosen
        and PurePosixPath(each.filename).suffix.lower() in _SHAPEFILE
        and str(PurePosixPath(each.filename).with_suffix("")).lower() == stem
    )]


def _check(path: Path, parts: Sequence[ZipInfo]) -> None:
    for part in parts:
        if part.flag_bits & 1:
            raise UnreadableTable(f"{path}: {part.filename!r} has a password. Pack it without one.")
        if part.file_size > _LARGEST or part.file_size > max(_FREE, part.compress_size * _MOST_RATIO):
            said = f"{part.filename!r} unpacks from {part.compress_size:,} to {part.file_size:,} bytes"
            raise UnreadableTable(f"{path}: {said}. Unpack it yourself if you trust it.")


def _extract(path: Path, archive: ZipFile, part: ZipInfo, folder: Path) -> Path:
    """Write a member under a name of our own; no more bytes than the archive told."""
    target = folder / f"table{PurePosixPath(part.filename).suffix.lower()}"
    left = part.file_size
    with archive.open(part) as packed, target.open("wb") as file:
        while chunk := packed.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise UnreadableTable(f"{path}: {part.filename!r} is longer than the archive tells. Download it again.")
            file.write(chunk)
    return target
