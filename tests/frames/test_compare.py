"""Two versions compared by id: every record once, each with what differs, and nothing for the digits of a position."""

import json
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.frames.compare import compare_batches, compare_records
from incidentmap.frames.flat import FLAT
from incidentmap.model import Aspect, RecordChange, RecordChanges

PLAIN: dict[str, Any] = {
    "record": "event", "status": "imported", "date_start": date(2023, 11, 24), "date_end": date(2023, 11, 24),
    "date_precision": "day", "event_type": "Battles", "place": "Niafunké", "lon": -3.9906, "lat": 15.9322, "actor1": "JNIM",
    "actor1_id": "jnim", "killed_low": 2, "killed_best": 3, "killed_high": 5,
}
NAMES = ("old", "new")


def table(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist([{**PLAIN, **row} for row in rows], schema=FLAT)


def only(before: pa.Table, after: pa.Table) -> RecordChange:
    (change,) = compare_records(before, after, NAMES).changes
    return change


@pytest.mark.parametrize(("change", "aspects", "km"), [
    ({"lon": -3.9903}, None, None), ({"lat": 16.9322}, {Aspect.MOVED}, 110.7),
    ({"lon": None, "lat": None}, {Aspect.MOVED}, None), ({"area_id": "ML/tombouctou"}, {Aspect.MOVED}, 0.0),
    ({"place": "Niafounké"}, {Aspect.TOLD}, None), ({"date_end": date(2023, 11, 26)}, {Aspect.DATED}, None),
    ({"actor2": "FAMa"}, {Aspect.ATTRIBUTED}, None), ({"killed_high": None}, {Aspect.CASUALTIES}, None),
    ({"event_type": "Riots", "status": "confirmed"}, {Aspect.TYPED, Aspect.STATUS}, None),
    ({"notes": "x"}, {Aspect.TOLD}, None), ({"claims": "[1]"}, {Aspect.TOLD}, None),
    ({"claims": "[1]", "killed_high": 9}, {Aspect.CASUALTIES}, None),
    ({"warnings": '["x"]', "inside_region": True}, None, None),
])
def test_each_difference_is_of_its_kind(change: dict[str, Any], aspects: set[Aspect] | None, km: float | None) -> None:
    found = compare_records(table({"id": "a"}, {"id": "b"}), table({"id": "a", **change}, {"id": "b"}), NAMES)
    assert found.unchanged == 2 - len(found.changes)
    assert {aspect for each in found.changes for aspect in each.aspects} == (aspects or set())
    if aspects:
        (each,) = found.changes
        assert each.km == (pytest.approx(km, abs=0.1) if km is not None else None)
        assert {field.field for field in each.fields} == set(change)


def test_an_area_moves_with_its_anchor() -> None:
    def area(lat: float) -> dict[str, Any]:
        anchor = json.dumps({"name": "Gao", "lon": 0.0, "lat": lat})
        return {"id": "a", "lon": None, "lat": None, "area_id": "ML/gao", "anchor": anchor}

    change = only(table(area(16.0)), table(area(17.0)))
    assert change.aspects == (Aspect.MOVED,)
    assert change.km == pytest.approx(110.7, abs=0.1)


def test_what_was_merged_or_parted_says_with_what() -> None:
    parts = json.dumps([{"id": "a"}, {"id": "b"}])
    single, merged = table({"id": "a"}, {"id": "b"}), table({"id": "a", "parts": parts})
    to, fro = (compare_records(*each, NAMES) for each in ((single, merged), (merged, single)))
    told = [{each.id: (each.aspects, each.other) for each in found.changes} for found in (to, fro)]
    assert told[0] == {"a": ((Aspect.TOLD,), ""), "b": ((Aspect.MERGED,), "a")}
    assert told[1] == {"a": ((Aspect.TOLD,), ""), "b": ((Aspect.PARTED,), "a")}


def test_columns_that_one_side_lacks_are_empty_there() -> None:
    lean = table({"id": "a", "killed_best": None}).drop_columns(["killed_best", "notes", "parts", "anchor", "geometry"])
    assert compare_records(lean, table({"id": "a", "killed_best": None}), NAMES).unchanged == 1
    assert compare_records(FLAT.empty_table(), FLAT.empty_table(), NAMES) == RecordChanges(*NAMES, (0, 0), 0, ())


_ROW = st.fixed_dictionaries({"id": st.sampled_from("abcdefgh")}, optional={
    "lon": st.sampled_from([None, -3.9906, 2.0]), "lat": st.sampled_from([15.9322, 16.0]),
    "killed_best": st.sampled_from([None, 3, 4]), "event_type": st.sampled_from([None, "Battles", "Riots"]),
    "notes": st.sampled_from([None, "x"]),
})
_TABLE = st.lists(_ROW, max_size=8, unique_by=lambda row: row["id"]).map(lambda rows: table(*rows))


@given(_TABLE, _TABLE)
def test_nothing_is_lost_and_both_ways_tell_the_same(before: pa.Table, after: pa.Table) -> None:
    assert compare_records(before, before, NAMES) == RecordChanges(*NAMES, (len(before),) * 2, len(before), ())
    to, fro = compare_records(before, after, NAMES), compare_records(after, before, NAMES)
    ids = [each.id for each in to.changes]
    assert ids == sorted(set(ids)) == [each.id for each in fro.changes]
    gone, fresh = to.counts.get(Aspect.GONE, 0), to.counts.get(Aspect.NEW, 0)
    assert (gone, fresh) == (fro.counts.get(Aspect.NEW, 0), fro.counts.get(Aspect.GONE, 0))
    assert len(before) == to.unchanged + len(ids) - fresh
    assert len(after) == to.unchanged + len(ids) - gone
    for one, other in zip(to.changes, fro.changes, strict=True):
        assert (one.before, one.after, one.km) == (other.after, other.before, other.km)


@given(_TABLE, _TABLE, st.integers(1, 4))
def test_records_read_in_batches_differ_as_they_do_whole(before: pa.Table, after: pa.Table, rows: int) -> None:
    whole = compare_records(before, after, NAMES)
    assert compare_batches(lambda: before.to_batches(rows), lambda: after.to_batches(rows), NAMES) == whole


def test_values_that_change_places_are_seen() -> None:
    before, after = table({"id": "a", "admin1": "x", "admin2": "y"}), table({"id": "a", "admin1": "y", "admin2": "x"})
    assert len(compare_batches(before.to_batches, after.to_batches, NAMES).changes) == 1
