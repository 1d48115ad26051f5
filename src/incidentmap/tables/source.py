"""What a file of events is once it is open: named columns of text, in batches, with the numbers of their rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from incidentmap.model import Reason


@dataclass(frozen=True, slots=True)
class RawBatch:
    """Some rows of a source, one after another, as they stand in the file.

    Parameters
    ----------
    first_row
        Number of the first of them in the file, from 1; header, titles and HXL tags are not counted.
    table
        A column of strings for each column of the source, in its order; null is an empty cell.
    marks
        By index in `table`: what is wrong with the form of a row (``row_uneven``, ``row_blank``).
    """

    first_row: int
    table: pa.RecordBatch
    marks: Mapping[int, Reason] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """An open file of events; nothing of it is in memory but this.

    Parameters
    ----------
    path
        The file, as the user named it.
    told
        What was found out about it: format, encoding, delimiter, sheet, member of a zip file.
    columns
        Names in order, none empty and no two alike; where the file has no header: their numbers, ``"1"``, ``"2"``...
    rows
        How many there are; None if only reading can tell. Blank rows at the end are none.
    read
        Gives the rows from the first on, each time it is called; :class:`UnreadableTable` if the file has changed meanwhile.
    notes
        What a user should know about how the file was read.
    tags
        HXL tags by column name; empty without a tag row.
    above
        Rows of the file above row 1: titles, header, tags. `first_row + above` is the number that a spreadsheet shows.
    headerless
        Whether the first row holds data (GDELT's own files).
    sheet
        Name of the sheet, layer or member of a zip file that was read.
    positions
        Whether the last three columns, `_lon`, `_lat`, `_geometry_type`, were made from geometries (WGS84 degrees).
    """

    path: Path
    told: Reason
    columns: tuple[str, ...]
    rows: int | None
    read: Callable[[], Iterator[RawBatch]]
    notes: tuple[Reason, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    above: int = 0
    headerless: bool = False
    sheet: str | None = None
    positions: bool = False
