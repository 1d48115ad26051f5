"""`decisions.csv`: the decision log as a file to read, compare, keep under version control and replay elsewhere.

RFC 4180 with LF, UTF-8 without a byte order mark, one row a decision, columns as :data:`incidentmap.store.COLUMNS`. A number
is as Python writes it; the ids of `candidates` have a blank between them (a blank within one is `%20`, `%` is `%25`).
A text that a spreadsheet would run as a formula, or that begins with an apostrophe, has an apostrophe before it, which reading
takes off again: what was written comes back to the letter, and is written the same.
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from incidentmap.export.files import write_file
from incidentmap.model import BadValue, Decision, PlaceKind, Verdict
from incidentmap.store import COLUMNS, WITH_PLACE, check_chain, decision_of, record_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_SPECIAL = re.compile(r'[",\r\n]')
_WHOLE = frozenset({"number", "population", "undoes"})
_DECIMAL = frozenset({"lon", "lat", "radius_km"})
_MAY_BE_EMPTY = frozenset({"population", "undoes"})
_WIDEST_CELL = 1 << 24  # characters; a name of thousands of candidates goes beyond Python's own limit
_PLACE = COLUMNS[COLUMNS.index("place_id"):COLUMNS.index("candidates")]


def decisions_text(decisions: Iterable[Decision]) -> str:
    """The file's text."""
    rows = ([_cell(column, value) for column, value in record_of(each).items()] for each in decisions)
    return "".join(f"{','.join(row)}\n" for row in (COLUMNS, *rows))


def write_decisions(decisions: Iterable[Decision], path: Path) -> None:
    """Write the file, whole or not at all. Raises `UnwritablePlace` where it cannot be written."""
    write_file(path, decisions_text(decisions).encode())


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, its chain checked from the first row to the last.

    Raises
    ------
    BadValue
        If the file cannot be read, or a row was damaged, edited, dropped or moved; the message names row, column and value.
        The header is row 1.
    """
    rows = _rows(path)
    if not rows or tuple(rows[0]) != COLUMNS:
        raise BadValue(f"{path}: row 1", ",".join(rows[0]) if rows else "", f"the columns {','.join(COLUMNS)}")
    decisions = tuple(_decision(f"{path}: row {number}", cells) for number, cells in enumerate(rows[1:], 2))
    check_chain(decisions, name=lambda number: f"{path}: row {number + 1}")
    return decisions


def _rows(path: Path) -> Sequence[Sequence[str]]:
    csv.field_size_limit(_WIDEST_CELL)
    todo = "Export it again with: incidentmap decisions export"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file, strict=True))
    except OSError as error:
        raise BadValue("decisions file", str(path), f"a file that can be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise BadValue(f"{path}: byte {error.start}", error.object[error.start:error.start + 4], "UTF-8", todo) from error
    except csv.Error as error:
        raise BadValue("decisions file", str(path), f"comma-separated values ({error})", todo) from error


def _decision(where: str, cells: Sequence[str]) -> Decision:
    if len(cells) != len(COLUMNS):
        raise BadValue(where, ",".join(cells), f"{len(COLUMNS)} cells, and there are {len(cells)}")
    row = dict(zip(COLUMNS, cells, strict=True))
    verdict = _one_of(f"{where}: verdict", row["verdict"], [each.value for each in Verdict])
    empty = set() if verdict in WITH_PLACE else set(_PLACE)
    if verdict in WITH_PLACE:
        _one_of(f"{where}: kind", row["kind"], [each.value for each in PlaceKind])
    filled = next((column for column in _PLACE if column in empty and row[column]), None)
    if filled:
        raise BadValue(f"{where}: {filled}", row[filled], f"an empty cell in a row with the verdict {verdict}")
    try:
        return decision_of({column: None if column in empty else _value(where, column, row) for column in COLUMNS})
    except BadValue as error:
        raise BadValue(f"{where}: lon, lat", f"{row['lon']}, {row['lat']}", f"a position on Earth. {error}") from error


def _value(where: str, column: str, row: Mapping[str, str]) -> object:
    cell = row[column]
    if column in _WHOLE | _DECIMAL:
        return _number(f"{where}: {column}", column, cell)
    if column == "candidates":
        return [each.replace("%20", " ").replace("%25", "%") for each in _bare(cell).split(" ")] if cell else []
    return _bare(cell)


def _number(where: str, column: str, cell: str) -> float | int | None:
    if not cell and column in _MAY_BE_EMPTY:
        return None
    try:
        return int(cell) if column in _WHOLE else float(cell)
    except ValueError as error:
        raise BadValue(where, cell, "a whole number" if column in _WHOLE else "a number with a point") from error


def _one_of(where: str, cell: str, allowed: Sequence[str]) -> str:
    if cell not in allowed:
        raise BadValue(where, cell, f"one of {', '.join(allowed)}")
    return cell


def _cell(column: str, value: object) -> str:
    if value is None:
        return ""
    if column in _WHOLE | _DECIMAL:
        return repr(value)
    if isinstance(value, list):
        value = " ".join(each.replace("%", "%25").replace(" ", "%20") for each in value)
    return _quoted(f"'{value}" if str(value).startswith(_FORMULA) else str(value))


def _quoted(text: str) -> str:
    """As RFC 4180 asks. Python's own writer leaves a lone carriage return bare where lines end with a line feed."""
    return '"{}"'.format(text.replace('"', '""')) if _SPECIAL.search(text) else text


def _bare(cell: str) -> str:
    return cell.removeprefix("'")
