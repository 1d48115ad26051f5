"""Refused rows in the hands of a person: where some wait, what their file holds, and a mended file to be imported again."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa

from incidentmap.fresh_file import fresh_file
from incidentmap.model import BadValue, Snapshot, UnreadableTable
from incidentmap.tables.guards import guarded, without_guards
from incidentmap.tables.mapping import REFUSAL_COLUMNS
from incidentmap.walks.import_mapping import is_refused_again

MENDED = "mended"
"""The folder of a workspace where rows are mended."""
MOST = 500
"""Rows that are mended on a screen; more are mended in their file."""
_APART = " | "
_LONGEST_CELL = 10_000_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """An import of which refused rows still wait to be mended."""

    number: int
    source: str
    file: Path
    rows: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was refused.

    Parameters
    ----------
    place
        Its number in the file of refused rows, from 0.
    row
        Its number in the table as a spreadsheet shows it.
    columns, rules
        What is wrong with it: columns of the table (empty: the whole row) and rules, side by side.
    message
        What was found, what is allowed, what to do.
    cells
        As they stood in the table, side by side with its columns.
    """

    place: int
    row: str
    columns: tuple[str, ...]
    rules: tuple[str, ...]
    message: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RefusedSheet:
    """The first rows of a refused.csv.

    Parameters
    ----------
    columns
        Of the table, those before it that tell the reasons left out.
    rows
        At most :data:`MOST`.
    more
        Whether there are others.
    """

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Refused, ...]
    more: bool


def waiting(log: Sequence[Snapshot]) -> tuple[Waiting, ...]:
    """The imports whose refused rows were never imported again, the newest first.

    Left out are imports that were undone, and those before a newer import of all of their source.
    """
    standing, found = _standing(log), []
    tried = {each.run.record.file_name for each in standing if each.run}
    replaced: set[str] = set()
    for each in reversed(standing):
        if each.run is None or each.source in replaced:
            continue
        file = Path(each.run.counts.refused_file or "")
        if each.run.counts.refused_file and file.name not in tried:
            found.append(Waiting(each.number, each.source, file, each.run.counts.refused))
        if not each.run.record.partial:
            replaced.add(each.source)
    return tuple(found)


def _standing(log: Sequence[Snapshot]) -> tuple[Snapshot, ...]:
    """The records that nobody took back; an undoing that was undone takes nothing back."""
    undone: set[int] = set()
    for each in reversed(log):
        if each.undoes is not None and each.number not in undone:
            undone.add(each.undoes)
    return tuple(each for each in log if each.number not in undone)


def read_refused(path: Path) -> RefusedSheet:
    """What a file of refused rows holds.

    Raises
    ------
    UnreadableTable
        If it cannot be read, or is no refused.csv.
    """
    csv.field_size_limit(_LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file)
            header = _header(path, next(lines, []))
            first = list(islice(lines, MOST + 1))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableTable(f"{path}: cannot be read ({error}). Import the table again.") from error
    rows = tuple(_refused(place, cells, len(header)) for place, cells in enumerate(first[:MOST]))
    return RefusedSheet(path, header[len(REFUSAL_COLUMNS):], rows, len(first) > MOST)


def write_mended(sheet: RefusedSheet, cells: Mapping[int, Sequence[str]], folder: Path) -> Path:
    """A file of the same name with some rows mended, the others as they were: those still wrong are refused again.

    Parameters
    ----------
    sheet
        As it was read.
    cells
        By place of the row in the file, its cells side by side with the columns.
    folder
        Of the workspace.

    Raises
    ------
    BadValue
        If there is no such row, or it has another number of cells.
    UnreadableTable
        As :func:`read_refused`.
    """
    known = {row.place for row in sheet.rows}
    for place, mended in cells.items():
        if place not in known or len(mended) != len(sheet.columns):
            raise BadValue("mended row", place, f"one of {len(known)} rows, with {len(sheet.columns)} cells")
    (folder / MENDED).mkdir(parents=True, exist_ok=True)
    path = folder / MENDED / sheet.path.name
    with (
        sheet.path.open(encoding="utf-8-sig", newline="") as old, fresh_file(path) as fresh,
        fresh.open("w", encoding="utf-8-sig", newline="") as new,
    ):
        lines, written = csv.reader(old), csv.writer(new)
        written.writerow(_header(sheet.path, next(lines, [])))
        for place, line in enumerate(lines):
            written.writerow([*line[: len(REFUSAL_COLUMNS)], *_guarded(cells[place])] if place in cells else line)
    return path


def _header(path: Path, line: Sequence[str]) -> tuple[str, ...]:
    if not is_refused_again(line):
        raise UnreadableTable(f"{path}: no file of refused rows; it begins with the columns {', '.join(REFUSAL_COLUMNS)}.")
    return tuple(line)


def _guarded(cells: Sequence[str]) -> list[str]:
    """The cells as the file has them, which a spreadsheet may open too."""
    guards: list[str] = guarded(pa.array(cells, pa.string())).to_pylist()
    return guards


def _refused(place: int, line: Sequence[str], width: int) -> Refused:
    bare = without_guards(pa.array([*line, *[""] * (width - len(line))][:width], pa.string())).to_pylist()
    row, column, _, rule, message, *cells = bare
    return Refused(place, row, tuple(column.split(_APART)), tuple(rule.split(_APART)), message, tuple(cells))
