"""What a table is once it is open: column names, and rows in batches."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import pyarrow as pa

from incidentmap.model import Reason, UnreadableTable

BATCH_ROWS = 2_000
"""Rows held in memory at a time."""
_MOST_NAMED = 60


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a table, one after another.

    Parameters
    ----------
    rows
        Each as wide as the table has columns; cells are what Python makes of them, None where there is nothing.
    marks
        By index in `rows`: what is wrong with a row.
    arrow
        The same rows as Arrow columns, where the file has them: they keep their types.
    """

    rows: Sequence[Sequence[object]]
    marks: Mapping[int, Reason] = field(default_factory=dict)
    arrow: pa.RecordBatch | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """An open table; nothing of it is in memory but this.

    Parameters
    ----------
    told
        What was found out about the file: format, encoding, delimiter, sheet.
    columns
        Names in order, as the file has them; they may be empty or stand twice.
    schema
        Arrow types of the columns.
    rows
        How many there are.
    read
        Gives the rows from the first on, each time it is called; :class:`UnreadableTable` if the file has changed meanwhile.
    notes
        What a user should know about how the file was read.
    delimiter, byte_mark
        Of a CSV: what stands between cells; whether it began with a byte-order mark, without which Excel misreads UTF-8.
    """

    path: Path
    told: Reason
    columns: tuple[str, ...]
    schema: pa.Schema
    rows: int
    read: Callable[[], Iterator[Batch]]
    notes: tuple[Reason, ...] = ()
    delimiter: str = ","
    byte_mark: bool = False


def column_index(path: Path, columns: Sequence[str], name: str) -> int:
    """Where a column stands; its name must be as in the file, apart from blanks around it.

    Raises
    ------
    UnreadableTable
        If no column, or more than one, has that name; the message lists the columns there are and the near spellings.
    """
    places = [index for index, column in enumerate(columns) if column.strip() == name.strip()]
    if len(places) == 1:
        return places[0]
    if places:
        raise UnreadableTable(f"{path}: {len(places)} columns are called {name!r}. Give them different names in the file.")
    named = ", ".join(column for column in columns[:_MOST_NAMED] if column.strip())
    more = f" and {len(columns) - _MOST_NAMED} more" if len(columns) > _MOST_NAMED else ""
    near = _near(name, columns)
    meant = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
    raise UnreadableTable(f"{path}: no column is called {name!r}.{meant} The columns are: {named}{more}.")


def has_columns(columns: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether all the wanted columns are there."""
    return {name.strip() for name in wanted} <= {column.strip() for column in columns}


def _near(name: str, columns: Sequence[str]) -> list[str]:
    lowered = {column.strip().lower(): column.strip() for column in columns}
    return [lowered[match] for match in get_close_matches(name.strip().lower(), lowered, n=3, cutoff=0.6)]
