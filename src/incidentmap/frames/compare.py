"""Two tables of flat records (:mod:`.flat`) compared by id: whole columns at once, and only what differs one by one."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from pandas.util import hash_array
from pyproj import Geod

from incidentmap.frames.flat import FLAT
from incidentmap.model import Aspect, FieldChange, RecordChange, RecordChanges, RecordState

MOVED_KM = 0.05
"""A shorter way is no move: the same place, written with other digits."""
FIELDS = {
    Aspect.DATED: ("date_start", "date_end", "date_precision"),
    Aspect.ATTRIBUTED: ("actor1", "actor2", "actor1_id", "actor2_id", "side_roles", "actors"),
    Aspect.CASUALTIES: tuple(name for name in FLAT.names if name.endswith(("_low", "_best", "_high"))),
    Aspect.TYPED: ("event_type", "sub_event_type"),
    Aspect.STATUS: ("status",),
}
"""The columns of each aspect; what is in none of these, nor a position, is told otherwise."""
POSITION = ("lon", "lat", "area_id", "anchor")
_NOT_COMPARED = frozenset({
    "id", "record", "geometry", "inside_region", "review", "located", "type_crosswalk", "warnings", "pcode_date", "source_id",
})
"""What says how a record was made, or follows from the workspace's region."""
_COMPARED = tuple(name for name in FLAT.names if name not in _NOT_COMPARED)
_ASPECT = {name: aspect for aspect, names in FIELDS.items() for name in names}
_ROUND_KM = 1
_WGS84 = Geod(ellps="WGS84")
_ODD = 0x9E3779B97F4A7C15
"""Each column's numbers are weighted by another odd number, so that values that change places are seen."""
Row = Mapping[str, Any]
Batches = Callable[[], Iterable[pa.RecordBatch]]
"""Reads flat records from their beginning, each time that it is called."""


def compare_records(before: pa.Table, after: pa.Table, names: tuple[str, str]) -> RecordChanges:
    """How the records of `after` differ from those of `before`.

    Parameters
    ----------
    before, after
        Columns of :data:`incidentmap.frames.flat.FLAT`, ids once each; a column that is missing is null throughout.
    names
        What the two are called.
    """
    old, new = _whole(before), _whole(after)
    places = pc.index_in(new["id"], value_set=old["id"].combine_chunks())
    shared = np.flatnonzero(places.is_valid().to_numpy(zero_copy_only=False))
    of_old = pc.drop_null(places).to_numpy(zero_copy_only=False)
    differ = _differing(old.take(of_old), new.take(shared))
    at = np.flatnonzero(differ)
    pairs = zip(old.take(of_old[at]).to_pylist(), new.take(shared[at]).to_pylist(), strict=True)
    changed = [each for one, other in pairs if (each := _changed(one, other))]
    gone = _lacking(old, new)
    fresh = _lacking(new, old)
    into, out_of = _parts(new), _parts(old)
    lost = [_lost(row, into.get(row["id"], "")) for row in gone]
    found = [_found(row, out_of.get(row["id"], "")) for row in fresh]
    ranked = sorted([*changed, *lost, *found], key=lambda each: each.id)
    return RecordChanges(*names, (before.num_rows, after.num_rows), len(shared) - len(changed), tuple(ranked))


def compare_batches(before: Batches, after: Batches, names: tuple[str, str]) -> RecordChanges:
    """As :func:`compare_records`, of records that need not fit into memory: each side is read twice.

    The first time a number for each record is kept, the second time the records whose numbers differ.
    """
    (old, old_marks), (new, new_marks) = _marked(before), _marked(after)
    places = pc.index_in(new, value_set=old)
    shared, of_old = np.flatnonzero(places.is_valid().to_numpy(zero_copy_only=False)), pc.drop_null(places).to_numpy()
    same = new_marks[shared] == old_marks[of_old]
    old_left, new_left = _left(old, of_old[same]), _left(new, shared[same])
    found = compare_records(_only(before, old_left), _only(after, new_left), names)
    return replace(found, sizes=(len(old), len(new)), unchanged=found.unchanged + int(same.sum()))


def _marked(batches: Batches) -> tuple[pa.Array, NDArray[np.uint64]]:
    """The ids, and a number for each that is the same where all compared columns are."""
    ids, marks = [pa.array([], pa.string())], [np.zeros(0, np.uint64)]
    for batch in batches():
        ids.append(batch["id"].cast(pa.string()))
        marks.append(_marks(batch))
    return pa.concat_arrays(ids), np.concatenate(marks)


def _marks(batch: pa.RecordBatch) -> NDArray[np.uint64]:
    found = np.zeros(batch.num_rows, np.uint64)
    for place, name in enumerate(_COMPARED):
        if name in batch.schema.names and batch[name].null_count < batch.num_rows:
            found += _numbers(batch[name].cast(FLAT.field(name).type)) * np.uint64(2 * place + _ODD)
    return found


def _numbers(column: pa.Array) -> NDArray[np.uint64]:
    """A number for each value, 0 for none."""
    coded = column.dictionary_encode()
    texts = coded.dictionary.cast(pa.string()).to_numpy(zero_copy_only=False)
    numbers = np.append(hash_array(texts, categorize=False), np.uint64(0))
    found: NDArray[np.uint64] = numbers[pc.fill_null(coded.indices, len(texts)).to_numpy(zero_copy_only=False)]
    return found


def _left(ids: pa.Array, without: NDArray[np.int64]) -> pa.Array:
    """The ids but for some, by their places."""
    kept = np.ones(len(ids), bool)
    kept[without] = False
    return ids.filter(pa.array(kept))


def _only(batches: Batches, ids: pa.Array) -> pa.Table:
    """The records with these ids."""
    found = (batch.filter(pc.is_in(batch["id"], value_set=ids)) for batch in batches())
    tables = (_whole(pa.Table.from_batches([each])) for each in found if each.num_rows)
    return pa.concat_tables([_whole(FLAT.empty_table()), *tables])


def _whole(table: pa.Table) -> pa.Table:
    """All columns that are compared, and the id."""
    names, rows = table.column_names, table.num_rows
    columns = {
        name: table[name].cast(FLAT.field(name).type) if name in names else pa.nulls(rows, FLAT.field(name).type)
        for name in ("id", *_COMPARED)
    }
    return pa.table(columns)


def _differing(old: pa.Table, new: pa.Table) -> NDArray[np.bool_]:
    """Whether any compared column differs, row by row."""
    found = np.zeros(old.num_rows, bool)
    for name in _COMPARED:
        one, other = old[name], new[name]
        unequal = pc.fill_null(pc.not_equal(one, other), fill_value=False)
        found |= pc.or_(unequal, pc.xor(one.is_null(), other.is_null())).to_numpy(zero_copy_only=False)
    return found


def _lacking(table: pa.Table, other: pa.Table) -> list[Row]:
    """The rows whose ids another table lacks."""
    rows: list[Row] = table.filter(pc.invert(pc.is_in(table["id"], value_set=other["id"].combine_chunks()))).to_pylist()
    return rows


def _parts(table: pa.Table) -> dict[str, str]:
    """The record that each part belongs to, by the part's id, where that is another one."""
    merged = table.filter(table["parts"].is_valid())
    told = zip(merged["id"].to_pylist(), merged["parts"].to_pylist(), strict=True)
    return {part["id"]: whole for whole, parts in told for part in json.loads(parts) if part["id"] != whole}


def _lost(row: Row, into: str) -> RecordChange:
    return RecordChange(row["id"], (Aspect.MERGED if into else Aspect.GONE,), _state(row), None, other=into)


def _found(row: Row, out_of: str) -> RecordChange:
    return RecordChange(row["id"], (Aspect.PARTED if out_of else Aspect.NEW,), None, _state(row), other=out_of)


def _changed(old: Row, new: Row) -> RecordChange | None:
    """What differs; None where that is no more than the digits of a position."""
    before, after = _state(old), _state(new)
    km = _km(before, after)
    moved = _moved(old, new, before, after, km)
    differ = [name for name in _COMPARED if old[name] != new[name] and (moved or name not in POSITION)]
    if not differ:
        return None
    told = {Aspect.MOVED} if moved else set()
    told |= {_ASPECT.get(name, Aspect.TOLD) for name in differ if name not in (*POSITION, "claims")}
    if "claims" in differ and Aspect.CASUALTIES not in told:  # other figures come of other claims
        told.add(Aspect.TOLD)
    return RecordChange(
        new["id"], tuple(aspect for aspect in Aspect if aspect in told), before, after, km if moved else None,
        fields=tuple(FieldChange(name, _text(old[name]), _text(new[name])) for name in differ),
    )


def _moved(old: Row, new: Row, before: RecordState, after: RecordState, km: float | None) -> bool:
    if (before.lon is None) != (after.lon is None) or old["area_id"] != new["area_id"]:
        return True
    return km is not None and km >= MOVED_KM


def _km(before: RecordState, after: RecordState) -> float | None:
    ends = (before.lon, before.lat, after.lon, after.lat)
    if any(degrees is None for degrees in ends):
        return None
    _, _, metres = _WGS84.inv(*ends)
    return round(float(metres) / 1000, 3 if metres < 1000 else _ROUND_KM)


def _state(row: Row) -> RecordState:
    lon, lat = row["lon"], row["lat"]
    if lon is None and row["anchor"]:
        anchor = json.loads(row["anchor"])
        lon, lat = anchor["lon"], anchor["lat"]
    return RecordState(
        start=_text(row["date_start"]) or "", end=_text(row["date_end"]) or "", place=row["place"] or "", lon=lon, lat=lat,
        event_type=" / ".join(filter(None, (row["event_type"], row["sub_event_type"]))),
        actors=" / ".join(filter(None, (row["actor1"], row["actor2"]))), killed=_range(row),
    )


def _range(row: Row) -> str:
    """The killed as figures; without an upper end they may be more."""
    low, best, high = (row[f"killed_{bound}"] for bound in ("low", "best", "high"))
    least = best if low is None else low
    if high is None:
        return "" if least is None else f"{least}+"
    return str(high) if least in {None, high} else f"{least}-{high}"


def _text(value: object) -> str | None:
    return None if value is None else str(value)
