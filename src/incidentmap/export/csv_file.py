"""CSV (RFC 4180, UTF-8): one record a row, what is unknown empty, coordinates as columns.

A text that a spreadsheet would run as a formula, or that begins with an apostrophe, has an apostrophe before it; whoever takes
one apostrophe off again has the text to the letter. Numbers, days and truths are never touched: -3.99 is a number.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from incidentmap.export.head import Head

_RISKY = r"^(?:[=+\-@\t\r\n＝＋－＠']|\s+[=+\-@＝＋－＠])"
"""How a formula begins, or a text that would be taken for a made-safe one. Some programs pass over blanks before it."""


def write_csv(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], head: Head) -> None:  # noqa: ARG001 - told beside
    """Records alone, one a row under the names of the columns."""
    write_rows(path, schema, batches, ())


def write_rows(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch], above: Sequence[Sequence[str]]) -> None:
    """Records under the names of the columns, with further rows between the two."""
    names = [name for name in schema.names if name != "geometry"]
    with path.open("wb") as file:
        file.writelines((",".join(f'"{cell}"' for cell in row) + "\r\n").encode() for row in (names, *above))
        options = csv.WriteOptions(include_header=False, quoting_style="needed")
        with csv.CSVWriter(file, pa.schema([schema.field(name) for name in names]), write_options=options) as rows:
            for batch in batches:
                rows.write_batch(pa.RecordBatch.from_arrays([safe(batch[name]) for name in names], names=names))


def safe(column: pa.Array) -> pa.Array:
    """A column whose texts no spreadsheet runs."""
    if column.type != pa.string():
        return column
    risky = pc.match_substring_regex(column, _RISKY)
    if not pc.any(risky).as_py():
        return column
    return pc.if_else(risky, pc.binary_join_element_wise("'", column, ""), column)
