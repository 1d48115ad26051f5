"""Whether the gazetteer and its layers are whole, and what they hold."""

import csv
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from incidentmap.gazetteer.index import open_index
from incidentmap.gazetteer.layers.shelf import Layer, file_sha256

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found.

    Parameters
    ----------
    problems
        What is damaged or changed, in words; empty where all is well.
    places, spellings
        How many there are.
    kinds, countries
        Pairs of kind or country and how many places, most first.
    twins
        How many places stand more than once (same source, kind, name, hundredth of a degree), and the first as (name, ids).
    refused
        For each layer its id and pairs of rule and how many rows met it, most first.
    """

    version: str
    problems: tuple[str, ...]
    places: int
    spellings: int
    kinds: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]
    twins: tuple[int, tuple[tuple[str, str], ...]]
    refused: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


def check(ground: Path, cache: Path, layers: Sequence[Layer]) -> Checked:
    """Read the whole compiled gazetteer, and hold every layer's data against its record. Nothing is mended.

    Raises
    ------
    MissingGround, BadValue
        If it must be compiled first and a source cannot be read.
    """
    connection = open_index(ground, cache, layers)
    try:
        return _checked(connection, layers)
    finally:
        connection.close()


def _checked(connection: sqlite3.Connection, layers: Sequence[Layer]) -> Checked:
    damage = _damage(connection)
    problems = (*damage, *(told for layer in layers for told in _changed(layer)))
    refused = tuple((layer.record.id, _refused(layer)) for layer in layers)
    if damage:
        return Checked("", problems, 0, 0, (), (), (0, ()), refused)
    (version,) = connection.execute("SELECT hash FROM made_from").fetchone()
    return Checked(
        version[:16], problems, _count(connection, "place"), _count(connection, "spelling"), _by(connection, "kind"),
        _by(connection, "country"), _twins(connection), refused,
    )


def _damage(connection: sqlite3.Connection) -> tuple[str, ...]:
    try:
        rows = connection.execute(f"PRAGMA quick_check({_MOST_TOLD})").fetchall()
    except sqlite3.DatabaseError as error:
        rows = [(str(error),)]
    todo = "Compile it again with: incidentmap gazetteer build --force"
    return tuple(f"the compiled gazetteer is damaged: {row[0]}. {todo}" for row in rows if row[0] != "ok")


def _changed(layer: Layer) -> tuple[str, ...]:
    if file_sha256(layer.data) == layer.record.data_sha256:
        return ()
    return (f"layer {layer.record.id}: {layer.data} is not what was added. Add {layer.record.file} again.",)


def _refused(layer: Layer) -> tuple[tuple[str, int], ...]:
    if not layer.refused.is_file():
        return ()
    with layer.refused.open(encoding="utf-8", newline="") as file:
        return _most_first(Counter(row["rule"] for row in csv.DictReader(file)))


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - own words


def _by(connection: sqlite3.Connection, column: str) -> tuple[tuple[str, int], ...]:
    counted: list[tuple[str, int]] = connection.execute(f"SELECT {column}, count(*) FROM place GROUP BY 1").fetchall()  # noqa: S608
    return _most_first(Counter(dict(counted)))


def _twins(connection: sqlite3.Connection) -> tuple[int, tuple[tuple[str, str], ...]]:
    rows = connection.execute(
        "SELECT name, group_concat(id, ' ') FROM place GROUP BY source, kind, name, round(lon, 2), round(lat, 2) "
        "HAVING count(*) > 1 ORDER BY 1, 2"
    ).fetchall()
    return len(rows), tuple((str(name), str(ids)) for name, ids in rows[:_MOST_TOLD])


def _most_first(counter: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])))
