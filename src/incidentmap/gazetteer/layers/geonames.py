"""A GeoNames dump (a country's, or allCountries), also as .zip, read line by line: 19 columns between tabs, never quoted."""

import io
import math
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from incidentmap.gazetteer.entry import GEONAMES, Entry
from incidentmap.gazetteer.layers.features import feature
from incidentmap.gazetteer.layers.rows import Refusal, Taken
from incidentmap.gazetteer.layers.shelf import Layer, file_sha256
from incidentmap.gazetteer.layers.stage import Origin, Told, count_up, layer_id, nobody, readable, stage
from incidentmap.model import BadValue, Place, Position

COLUMNS = 19
_ID, _NAME, _ASCII, _ALTERNATES, _LAT, _LON, _CLASS, _CODE, _COUNTRY = range(9)
_ADMIN1, _ADMIN2, _PEOPLE, _CHANGED = 10, 11, 14, 18
_ADMIN_LEVELS = {"ADM1": 1, "ADM2": 2}
_LONGEST_CODE = 4
_LOOKED_AT = 50
Bytes = Callable[[int], None]
"""Told how many bytes of the (unpacked) file have been read since the last time."""


def dump_bytes(path: Path) -> int:
    """Bytes of the table in a dump, unpacked.

    Raises
    ------
    BadValue
        If the file cannot be read or a .zip holds no table.
    """
    if path.suffix.lower() != ".zip":
        return path.stat().st_size
    with _archive(path) as archive:
        return _member(archive, path).file_size


def read_dump(path: Path, read: Bytes = lambda _: None) -> Iterator[Taken | Refusal]:
    """Every row of a dump: taken, or refused with its line, value and rule.

    Parameters
    ----------
    path
        `ML.txt`, `allCountries.txt`, or the .zip in which GeoNames ships either.
    read
        Called as the reading goes on, over both passes: the first gathers the names of admin units.

    Raises
    ------
    BadValue
        If the file is no dump of GeoNames: the message says what it looks like.
    """
    units: dict[tuple[str, ...], str] = {}
    with _lines(path) as lines:
        for line in lines:
            read(len(line))
            if b"\tADM1\t" in line or b"\tADM2\t" in line:
                _gather(_cells(line), units)
    with _lines(path) as lines:
        for number, line in enumerate(lines, start=1):
            read(len(line))
            cells = _cells(line)
            if number <= _LOOKED_AT and len(cells) != COLUMNS:
                raise _no_dump(path, number, cells)
            yield _row(number, cells, units)


def stage_geonames(shelf: Path, path: Path, name: str = "", title: str = "", told: Told = nobody) -> Layer:
    """Read a dump into the data files of a shelf; not yet in force. Name and title are made from the file's by default.

    Raises
    ------
    BadValue, UnwritablePlace
        As :func:`read_dump` and :func:`incidentmap.gazetteer.layers.stage.stage`.
    """
    size = readable(path).stat().st_size
    done = count_up(told, size + 2 * dump_bytes(path))
    origin = Origin(
        id=layer_id(name or path.stem), kind="geonames", title=title or f"GeoNames, {path.name}", file=path.name,
        input_sha256=file_sha256(path, done), licence="CC BY 4.0", attribution="GeoNames (geonames.org), CC BY 4.0",
    )
    return stage(shelf, origin, read_dump(path, done))


def useful(name: str) -> bool:
    """Whether an alternate is a name rather than a link or an airport's code ("BKO")."""
    return bool(name) and "://" not in name and not (len(name) <= _LONGEST_CODE and name.isascii() and name.isupper())


def _cells(line: bytes) -> list[str]:
    # Quotation marks and backslashes are letters here: no csv dialect is involved.
    return line.decode("utf-8", "replace").rstrip("\r\n").split("\t")


def _row(number: int, cells: list[str], units: Mapping[tuple[str, ...], str]) -> Taken | Refusal:
    broken = _broken(cells)
    if broken:
        return Refusal(number, *broken)
    position, people = _position(cells), _whole(cells[_PEOPLE])
    if position is None:
        return Refusal(number, f"{cells[_LAT]}, {cells[_LON]}", "latitude -90 to 90, longitude -180 to 180, not both 0")
    found = feature(cells[_CLASS], cells[_CODE], people or 0)
    if found is None:
        return Refusal(number, f"{cells[_CLASS]}.{cells[_CODE]}", "a feature that reports name (geonames_features.yaml)")
    place = Place(
        f"{GEONAMES}:{int(cells[_ID])}", cells[_NAME].strip(), found.kind, position, found.radius_km, cells[_COUNTRY],
        units.get((cells[_COUNTRY], cells[_ADMIN1]), ""), units.get((cells[_COUNTRY], cells[_ADMIN1], cells[_ADMIN2]), ""),
        people or None, GEONAMES, note=cells[_CODE],
    )
    names = (place.name, cells[_ASCII].strip(), *filter(useful, map(str.strip, cells[_ALTERNATES].split(","))))
    return Taken(Entry(place, tuple(dict.fromkeys(name for name in names if name))), cells[_CHANGED])


def _broken(cells: list[str]) -> tuple[str, str] | None:
    """The value and the rule that it breaks, None where a row can be read."""
    if len(cells) != COLUMNS:
        return f"{len(cells)} columns", f"a row has {COLUMNS} columns between tabs"
    if "\ufffd" in cells[_NAME]:
        return cells[_NAME], "text is UTF-8"
    if _whole(cells[_ID]) is None:
        return cells[_ID], "geonameid is a whole number"
    return None if cells[_NAME].strip() else (cells[_ID], "a place has a name")


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _position(cells: list[str]) -> Position | None:
    try:
        lat, lon = float(cells[_LAT]), float(cells[_LON])
        return None if lat == lon == 0 or not math.isfinite(lat + lon) else Position(lon, lat)
    except ValueError:
        return None


def _gather(cells: list[str], units: dict[tuple[str, ...], str]) -> None:
    """Names of admin-1 and admin-2 units by (country, code[, code]), for countries whose polygons are not shipped."""
    level = _ADMIN_LEVELS.get(cells[_CODE] if len(cells) == COLUMNS else "")
    if level:
        units.setdefault(tuple(cells[i] for i in (_COUNTRY, _ADMIN1, _ADMIN2)[: level + 1]), cells[_NAME].strip())


@contextmanager
def _lines(path: Path) -> Iterator[IO[bytes]]:
    if path.suffix.lower() == ".zip":
        with _archive(path) as archive, archive.open(_member(archive, path)) as file:
            yield io.BufferedReader(file, 1 << 20)  # type: ignore[type-var]
    else:
        with path.open("rb", 1 << 20) as file:
            yield file


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except zipfile.BadZipFile as error:
        raise BadValue("GeoNames file", path.name, "a .txt dump or a whole .zip of one", "Download it again.") from error


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    tables = [info for info in archive.infolist() if info.filename.endswith(".txt") and "readme" not in info.filename.lower()]
    if len(tables) != 1:
        names = ", ".join(archive.namelist()) or "nothing"
        raise BadValue(f"{path.name} holds", names, "one table such as ML.txt beside readme.txt")
    return tables[0]


def _no_dump(path: Path, number: int, cells: list[str]) -> BadValue:
    told = f"{COLUMNS} columns between tabs, as in a dump of download.geonames.org/export/dump"
    todo = "For another kind of table: incidentmap gazetteer add csv FILE."
    return BadValue(f"{path.name}, line {number}: columns", len(cells), told, todo)
