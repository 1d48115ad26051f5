"""The ids of rows; and rows that a file has twice."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from incidentmap.tables.cells_read import Cells, given, without_control
from incidentmap.tables.mapping import refusal_columns
from incidentmap.tables.seen import Hashes, Seen, hashes, joined
from incidentmap.tables.verdicts import Flags, Notebook

Rows = NDArray[np.int64]
_NOWHERE = -1
_WHOLE = r"^(-?\d+)\.0+$"


@dataclass(frozen=True, slots=True)
class Sameness:
    """What the ids of a batch say.

    Parameters
    ----------
    columns
        event_id, source, source_id.
    merged
        Rows that tell an event again, for another of its actors.
    into, added
        Places in the batch: the row of an event, and the row that adds the actor it lacks.
    """

    columns: dict[str, pa.Array]
    merged: Flags
    into: Rows
    added: Rows


class Duplicates:
    """Remembers the ids that a file has shown, and of rows without one all that they say."""

    def __init__(self, source: str, *, mirrored: bool) -> None:
        self._source, self._mirrored = source, mirrored
        self._ids, self._rows = Seen(seconds=mirrored), Seen(seconds=False)

    def check(self, cells: Cells, file_rows: Rows, notebook: Notebook) -> Sameness:
        """The id columns of the rows, and which of them only tell an event again for another of its actors.

        A second row with an id, or without one and alike in every cell, is refused with the number of the first. Rows that are
        refused for another reason claim no id.
        """
        ids = _ids(cells) if "source_id" in cells else pa.nulls(notebook.rows, pa.string())
        known = given(ids)
        merged, into = np.zeros(notebook.rows, bool), np.full(notebook.rows, _NOWHERE)
        asked = np.flatnonzero(known & ~notebook.refused)
        if len(asked):
            sides = _sides(cells)[asked] if self._mirrored else np.zeros(len(asked), np.uint64)
            first, before = self._ids.show(hashes(ids.take(pa.array(asked))), file_rows[asked], sides)
            if self._mirrored:
                into[asked] = _into(cells, first - file_rows[0], asked, before != sides)
                merged[asked] = ((first >= 0) & ((before ^ sides) == 1)) | (into[asked] != _NOWHERE)
            again, firsts = _again(asked, np.where(merged[asked], -1, first), notebook)
            notebook.add("duplicate_id", again, cells.name("source_id"), ids, firsts)
        if not known.all():
            ids = pc.coalesce(ids, self._without_id(cells, np.flatnonzero(~known), file_rows, notebook))
        source = pa.repeat(pa.scalar(self._source), notebook.rows)
        columns = {"source_id": ids, "event_id": pc.binary_join_element_wise(source, ids, ":"), "source": source}
        added = np.flatnonzero(into != _NOWHERE)
        return Sameness(columns, merged, into[added], added)

    def _without_id(
        self, cells: Cells, bare: NDArray[np.intp], file_rows: Rows, notebook: Notebook,
    ) -> pa.Array:
        own_columns = cells.table.columns[len(refusal_columns(cells.names)):]
        content = hashes(joined([column.take(pa.array(bare)) for column in own_columns]))
        own = np.zeros(notebook.rows, np.uint64)
        own[bare] = content
        free = bare[~notebook.refused[bare]]
        if len(free):
            first, _ = self._rows.show(own[free], file_rows[free], np.zeros(len(free), np.uint64))
            again, firsts = _again(free, first, notebook)
            notebook.add("duplicate_row", again, notes=firsts)
        return pc.binary_join_element_wise("~", pa.array(own).cast(pa.string()), "")


def _into(cells: Cells, first: Rows, asked: NDArray[np.intp], differs: Flags) -> Rows:
    """Of rows with one actor each: the place in the batch of the row to which this one adds its actor."""
    lone = ~given(cells.column("actor2")) if "actor2" in cells else np.ones(cells.table.num_rows, bool)
    here = (first >= 0) & differs & lone[asked] & lone[np.maximum(first, 0)]
    return np.where(here, first, _NOWHERE)


def _ids(cells: Cells) -> pa.Array:
    """Ids as text; 36210.0, as programs write whole numbers, is 36210."""
    ids = without_control(cells.column("source_id"))
    return pc.replace_substring_regex(ids, _WHOLE, r"\1") if pc.any(pc.ends_with(ids, ".0")).as_py() else ids


def _sides(cells: Cells) -> Hashes:
    """A number for the pair of actors, the same but for its last bit if they are swapped."""
    one, other = (_actor(cells, field) for field in ("actor1", "actor2"))
    both = one + other
    return (both & ~np.uint64(1)) | (one > other).astype(np.uint64)


def _actor(cells: Cells, field: str) -> Hashes:
    if field not in cells:
        return np.zeros(cells.table.num_rows, np.uint64)
    encoded = cells.column(field).dictionary_encode()
    known = np.append(hashes(encoded.dictionary.cast(pa.string())), np.uint64(0))
    actors: Hashes = known[encoded.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False)]
    return actors


def _again(at: NDArray[np.intp], first: Rows, notebook: Notebook) -> tuple[Flags, pa.Array]:
    """Which rows of the batch come again, and as text the numbers of their first rows as a spreadsheet shows them."""
    found, rows = np.zeros(notebook.rows, bool), np.zeros(notebook.rows, np.int64)
    found[at] = first >= 0
    rows[at] = first + notebook.above
    return found, pa.array(rows).cast(pa.string())
