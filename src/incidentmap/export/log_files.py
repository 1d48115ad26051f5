"""Logs as files to read, compare, keep under version control and replay elsewhere.

CSV: RFC 4180 with LF, UTF-8 without a byte order mark, one row a record. A number is as Python writes it; the ids of a joined
list have a blank between them (a blank within one is `%20`, `%` is `%25`), any other list is JSON. A text that a spreadsheet
would run as a formula, or that begins with an apostrophe, has an apostrophe before it, which reading takes off again: what was
written comes back to the letter, and is written the same.

JSON Lines: one record a line, its columns in order, no blanks. Both hold the same.
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from incidentmap.model import BadValue
from incidentmap.store import MERGE_COLUMNS, REVIEW_COLUMNS, Record

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_SPECIAL = re.compile(r'[",\r\n]')
_WIDEST_CELL = 1 << 26  # characters; a review of a long incident goes beyond Python's own limit


@dataclass(frozen=True, slots=True)
class LogFile:
    """The columns of a log's file, and what stands in them.

    Parameters
    ----------
    what
        What messages call the file.
    todo
        What to do about a damaged one.
    whole, decimal
        Columns of numbers. `may_be_empty`: those of them that are null where the cell is empty.
    joined, as_json
        Columns of lists: of ids, and any other.
    """

    what: str
    todo: str
    columns: tuple[str, ...]
    whole: frozenset[str] = frozenset({"number", "undoes"})
    decimal: frozenset[str] = frozenset()
    may_be_empty: frozenset[str] = frozenset({"undoes"})
    joined: frozenset[str] = frozenset()
    as_json: frozenset[str] = frozenset()

    def csv_text(self, records: Iterable[Mapping[str, Any]]) -> str:
        """Records as CSV."""
        rows = ([self._cell(column, each[column]) for column in self.columns] for each in records)
        return "".join(f"{','.join(row)}\n" for row in (self.columns, *rows))

    def jsonl_text(self, records: Iterable[Mapping[str, Any]]) -> str:
        """Records as JSON Lines."""
        return "".join(f"{_compact({column: each[column] for column in self.columns})}\n" for each in records)

    def read(self, path: Path) -> list[Record]:
        """The records of a file, by its ending: JSON Lines for `.jsonl`, else CSV. Nothing of their chain is checked.

        Raises
        ------
        BadValue
            If it cannot be read, or a cell holds no value of its column; the message names row (the header of a CSV is row 1)
            or line, column and value.
        """
        if path.suffix.lower() == ".jsonl":
            text = self._text(path)
            lines = text.removesuffix("\n").split("\n") if text else []
            return [self._of_line(self.where(path, n), line) for n, line in enumerate(lines, 1)]
        return [{column: self.value(where, column, row[column]) for column in self.columns} for where, row in self.rows(path)]

    @staticmethod
    def where(path: Path, number: int) -> str:
        """What messages call the record of a number: its row or its line."""
        return f"{path}: line {number}" if path.suffix.lower() == ".jsonl" else f"{path}: row {number + 1}"

    def rows(self, path: Path) -> list[tuple[str, Mapping[str, str]]]:
        """The rows of a CSV, each with what messages call it. Raises `BadValue`."""
        csv.field_size_limit(_WIDEST_CELL)
        try:
            cells: Sequence[Sequence[str]] = list(csv.reader(StringIO(self._text(path), newline=""), strict=True))
        except csv.Error as error:
            raise BadValue(self.what, str(path), f"comma-separated values ({error})", self.todo) from error
        if not cells or tuple(cells[0]) != self.columns:
            raise BadValue(f"{path}: row 1", ",".join(cells[0]) if cells else "", f"the columns {','.join(self.columns)}")
        return [(self.where(path, n), self._row(self.where(path, n), each)) for n, each in enumerate(cells[1:], 1)]

    def value(self, where: str, column: str, cell: str) -> object:
        """What a cell of a column holds. Raises `BadValue`."""
        if column in self.whole | self.decimal:
            return self._number(f"{where}: {column}", column, cell)
        if column in self.joined:
            return [each.replace("%20", " ").replace("%25", "%") for each in _bare(cell).split(" ")] if cell else []
        if column in self.as_json:
            return _parsed(f"{where}: {column}", _bare(cell), list)
        return _bare(cell)

    def _text(self, path: Path) -> str:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                return file.read()
        except OSError as error:
            raise BadValue(self.what, str(path), f"a file that can be read ({error.strerror})") from error
        except UnicodeDecodeError as error:
            bad = error.object[error.start:error.start + 4]
            raise BadValue(f"{path}: byte {error.start}", bad, "UTF-8", self.todo) from error

    def _row(self, where: str, cells: Sequence[str]) -> Mapping[str, str]:
        if len(cells) != len(self.columns):
            raise BadValue(where, ",".join(cells), f"{len(self.columns)} cells, and there are {len(cells)}")
        return dict(zip(self.columns, cells, strict=True))

    def _of_line(self, where: str, line: str) -> Record:
        record: Record = _parsed(where, line, dict)
        if tuple(record) != self.columns:
            raise BadValue(where, ",".join(record), f"the columns {','.join(self.columns)}")
        for column in self.whole:
            if not (isinstance(record[column], int) or (record[column] is None and column in self.may_be_empty)):
                raise BadValue(f"{where}: {column}", record[column], "a whole number")
        return record

    def _number(self, where: str, column: str, cell: str) -> float | int | None:
        if not cell and column in self.may_be_empty:
            return None
        try:
            return int(cell) if column in self.whole else float(cell)
        except ValueError as error:
            raise BadValue(where, cell, "a whole number" if column in self.whole else "a number with a point") from error

    def _cell(self, column: str, value: object) -> str:
        if value is None:
            return ""
        if column in self.whole | self.decimal:
            return repr(value)
        if column in self.joined and isinstance(value, list):
            value = " ".join(each.replace("%", "%25").replace(" ", "%20") for each in value)
        if column in self.as_json:
            value = _compact(value)
        return _quoted(f"'{value}" if str(value).startswith(_FORMULA) else str(value))


REVIEWS_FILE = LogFile(
    what="reviews file", todo="Export it again with: incidentmap review export", columns=REVIEW_COLUMNS,
    as_json=frozenset({"changes", "based_on"}),
)
MERGES_FILE = LogFile(
    what="merges file", todo="Export it again with: incidentmap duplicates export", columns=MERGE_COLUMNS,
    as_json=frozenset({"incidents"}),
)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _parsed(where: str, text: str, kind: type) -> Any:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise BadValue(where, text[:80], f"JSON ({error})") from error
    if not isinstance(found, kind):
        raise BadValue(where, text[:80], "a JSON list" if kind is list else "a JSON object")
    return found


def _quoted(text: str) -> str:
    """As RFC 4180 asks. Python's own writer leaves a lone carriage return bare where lines end with a line feed."""
    return '"{}"'.format(text.replace('"', '""')) if _SPECIAL.search(text) else text


def _bare(cell: str) -> str:
    return cell.removeprefix("'")
