"""Imports: what is written is read, an import of the same changes nothing, and what goes wrong leaves what was there."""

import sqlite3
from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import h3
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.events.conftest import batch_of, record_of

from incidentmap.model import BadValue, Changes, ImportProgress, RowCounts, Stopped, UnwritablePlace
from incidentmap.store.events import Events, open_events, write_events
from incidentmap.store.events.place_rows import UNITS
from incidentmap.store.events.room import import_lock
from incidentmap.tables.schema import EVENT_SCHEMA

Row = dict[str, Any]
A: Row = {"source_id": "1", "date_start": date(2012, 4, 1), "place": "Niafunké", "country": "ML", "lon": -3.99, "lat": 15.93}
B: Row = {"source_id": "2", "date_start": date(2013, 1, 10), "place": "Konna", "country": "ML", "lon": -3.88, "lat": 14.95}
C: Row = {"source_id": "3", "place": "Bamba", "country": "ML"}
COMPARED = [name for name in EVENT_SCHEMA.names if name not in {"snapshot", "place_key", "h3", "file_row"}]
TEXT = st.none() | st.text(st.characters(codec="utf-8"), max_size=8)
COUNT = st.none() | st.integers(0, 2**31 - 1)
POINTS = st.none() | st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    """Rows of one source with anything in them that the schema allows."""
    made = []
    for source_id in draw(st.lists(st.text("ab1-é'", min_size=1, max_size=4), min_size=1, max_size=8, unique=True)):
        lon, lat = draw(POINTS) or (None, None)
        made.append({
            "source_id": source_id, "date_start": draw(st.none() | st.dates(date(1, 1, 1), date(2030, 1, 1))),
            "place": draw(TEXT), "admin1": draw(TEXT), "lon": lon, "lat": lat, "killed_best": draw(COUNT), "notes": draw(TEXT),
            "warnings": draw(st.lists(st.sampled_from(["figures_order", "date_missing"]), max_size=2, unique=True)),
            "radius_km": draw(st.none() | st.floats(0, 1000, width=32)), "where_prec": draw(st.none() | st.integers(1, 7)),
        })
    return made


def kept(events: Events, snapshot: int | None = None) -> list[Row]:
    """What stands, by id, without what the store adds and the number in the file."""
    found = [row for batch in events.rows(snapshot) for row in batch.select(COMPARED).to_pylist()]
    return sorted(found, key=lambda row: str(row["event_id"]))


def told(rows: list[Row]) -> list[Row]:
    """The same of rows that are not written yet."""
    return sorted(batch_of(rows).select(COMPARED).to_pylist(), key=lambda row: str(row["event_id"]))


def wrote(events: Events, *rows: Row, **more: Any) -> Changes:
    """What an import of rows changed."""
    snapshot = write_events(events, [batch_of(rows)], record_of(**more))
    assert snapshot
    assert snapshot.run
    return snapshot.run.changes


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows(), rows(), st.randoms())
def test_laws(first: list[Row], second: list[Row], random: Any) -> None:
    with TemporaryDirectory() as folder:
        events = open_events(Path(folder) / "case.sqlite")
        assert wrote(events, *first) == Changes(len(first), 0, 0, 0)
        assert kept(events) == told(first)
        parts = events.current().paths
        shuffled = random.sample(first, len(first))
        assert wrote(events, *shuffled) == Changes(0, 0, 0, len(first))
        assert (kept(events), events.current().paths) == (told(first), parts)
        changes = wrote(events, *second)
        assert kept(events) == told(second)
        assert kept(events, 1) == told(first)
        assert changes == told_apart(first, second)
        assert events.compare(2, 3) == Changes(changes.new, changes.changed, changes.gone, fields=changes.fields)
        back = events.compare(3, 1)
        assert (back.new, back.changed, back.gone, back.fields) == (changes.gone, changes.changed, changes.new, changes.fields)
        assert events.compare(3, 3) == Changes(0, 0, 0)
        for batch in events.rows():
            check_cells(batch)


def told_apart(first: list[Row], second: list[Row]) -> Changes:
    """The changes counted plainly."""
    old, new = ({row["event_id"]: row for row in told(rows)} for rows in (first, second))
    fields: dict[str, int] = {}
    for each in old.keys() & new.keys():
        for name in COMPARED:
            if old[each][name] != new[each][name]:
                fields[name] = fields.get(name, 0) + 1
    changed = sum(old[each] != new[each] for each in old.keys() & new.keys())
    in_order = tuple(sorted(fields.items(), key=lambda item: (-item[1], item[0])))
    both = len(old.keys() & new.keys())
    return Changes(len(new) - both, changed, len(old) - both, both - changed, in_order)


def check_cells(batch: pa.RecordBatch) -> None:
    for row in batch.to_pylist():
        cell = None if row["lon"] is None else h3.str_to_int(h3.latlng_to_cell(row["lat"], row["lon"], 7))
        assert row["h3"] == cell
        assert row["place_key"] >= 0


def test_rows_that_a_partial_import_lacks_stay(events: Events) -> None:
    wrote(events, A, B, C)
    assert wrote(events, {**A, "notes": "new"}, partial=True) == Changes(0, 1, 0, 2, (("notes", 1),))
    assert kept(events) == told([{**A, "notes": "new"}, B, C])
    assert wrote(events, B) == Changes(0, 0, 2, 1)
    assert kept(events) == told([B])


def test_years_without_a_change_are_shared(events: Events) -> None:
    wrote(events, A, B, C)
    wrote(events, A, {**B, "killed_best": 3}, C)
    names = [str(path.relative_to(events.folder)) for path in events.current().paths]
    assert names == ["1/part-2012.parquet", "2/part-2013.parquet", "1/part-undated.parquet"]
    assert [row["snapshot"] for batch in events.rows() for row in batch.to_pylist()] == [1, 2, 1]


def test_an_event_that_moves_to_another_year_stands_once(events: Events) -> None:
    wrote(events, A, B)
    assert wrote(events, {**A, "date_start": B["date_start"]}, B) == Changes(0, 1, 0, 1, (("date_start", 1),))
    assert [path.name for path in events.current().paths] == ["part-2013.parquet"]
    assert len(kept(events)) == 2


def test_sources_stand_side_by_side(events: Events) -> None:
    wrote(events, A, B)
    wrote(events, {**A, "source": "ucdp"}, source="ucdp")
    assert wrote(events, B) == Changes(0, 0, 1, 1)
    assert [row["event_id"] for row in kept(events)] == ["made:2", "ucdp:1"]


def test_parts_are_sorted_geoparquet(events: Events) -> None:
    many = [
        {"source_id": str(number), "date_start": date(2020, 1 + number % 12, 1), "place": f"P{number % 40}",
         "lon": float(number % 40), "lat": float(number % 7)}
        for number in range(500)
    ]
    wrote(events, *many)
    [path] = events.current().paths
    table = pq.read_table(path)
    order = [("h3", "ascending"), ("date_start", "ascending"), ("event_id", "ascending")]
    assert table["event_id"] == table.take(pc.sort_indices(table, order))["event_id"]
    frame = gpd.read_parquet(path)
    assert str(frame.crs) == "OGC:CRS84"
    assert frame.geometry.x.tolist() == table["lon"].to_pylist()
    assert frame.geometry.y.tolist() == table["lat"].to_pylist()
    places = gpd.read_parquet(events.current().places)
    assert len(places) == places["place_key"].nunique() == 280
    assert set(table["place_key"].to_pylist()) == set(places["place_key"])


def test_a_row_without_a_point_has_a_place_and_no_geometry(events: Events) -> None:
    wrote(events, C)
    [place] = pq.read_table(events.current().places).to_pylist()
    assert (place["place"], place["lon"], place["h3"], place["geometry"]) == ("Bamba", None, None, None)
    assert gpd.read_parquet(events.current().paths[0]).geometry.isna().all()


def test_units_are_asked_once_a_place(events: Events) -> None:
    asked: list[tuple[float, float]] = []

    def units(lon: Any, lat: Any) -> pa.Table:
        asked.extend(zip(lon.tolist(), lat.tolist(), strict=True))
        return pa.table({name: [f"{name}:{x:.0f}" for x in lon] for name in UNITS})

    twice = [A, {**A, "source_id": "4"}, C]
    write_events(events, [batch_of(twice)], record_of(), units=units)
    write_events(events, [batch_of([*twice, B])], record_of(), units=units)
    assert asked == [(A["lon"], A["lat"]), (B["lon"], B["lat"])]
    found = {row["place"]: row["unit_admin1"] for row in pq.read_table(events.current().places).to_pylist()}
    assert found == {"Niafunké": "unit_admin1:-4", "Konna": "unit_admin1:-4", "Bamba": None}


@pytest.mark.parametrize(("bad", "said"), [
    ([A, {**B, "source_id": "1"}], "event_id of rows 1, 2 of the file: 'made:1'"),
    ([{**A, "source": "ucdp"}], "source of a row: 'ucdp'"),
    ([{**A, "lon": 181.0}], "point of a row"),
])
def test_rows_that_cannot_be_kept_change_nothing(events: Events, bad: list[Row], said: str) -> None:
    wrote(events, C)
    before = sorted(events.folder.rglob("*"))
    with pytest.raises(BadValue, match=said):
        write_events(events, [batch_of(bad)], record_of())
    assert kept(events) == told([C])
    assert sorted(events.folder.rglob("*")) == before


def test_no_row_is_no_import(events: Events) -> None:
    wrote(events, A)
    assert write_events(events, [batch_of([])], record_of()) is None
    assert write_events(events, [], record_of()) is None
    assert len(events.snapshots()) == 1


def test_counts_must_add_up(events: Events) -> None:
    right = RowCounts(3, 2, 0, 1, "refused.csv")
    made = write_events(events, [batch_of([A, B])], record_of(licence="CC BY 4.0", warn_export=True), counts=lambda: right)
    assert made
    assert events.snapshots() == (made,)
    assert made.run
    assert (made.run.counts, made.run.record.licence, made.run.record.warn_export) == (right, "CC BY 4.0", True)
    for wrong in (RowCounts(3, 2, 0, 2), RowCounts(2, 1, 0, 1), RowCounts(2, 2, 3, 0)):
        with pytest.raises(BadValue, match="accepted"):
            write_events(events, [batch_of([A, B])], record_of(), counts=partial(RowCounts, *astuple(wrong)))


def test_rows_are_read_one_batch_after_another_and_told(events: Events) -> None:
    seen: list[ImportProgress] = []
    write_events(events, (batch_of([row]) for row in (A, B)), record_of(), progress=seen.append, expected=2)
    assert [(each.stage, each.done) for each in seen] == [
        ("reading", 1), ("reading", 2), ("comparing", 0), ("writing", 1), ("writing", 2),
    ]
    assert seen[-1].seconds_left == 0
    assert [each.seconds_left is None for each in seen if each.stage == "reading"] == [True, False], "one batch has no pace"


@pytest.mark.parametrize("after", [0, 1, 3, 10])
def test_cancelling_changes_nothing(events: Events, after: int) -> None:
    wrote(events, A)
    asked = iter(range(10_000))

    def rows() -> Iterator[pa.RecordBatch]:
        for number in range(20):
            yield batch_of([{**B, "source_id": str(number)}])

    with pytest.raises(Stopped):
        write_events(events, rows(), record_of(), cancelled=lambda: next(asked) >= after)
    assert kept(events) == told([A])
    assert not list(events.folder.glob(".work-*"))


def test_a_reader_of_rows_that_fails_changes_nothing(events: Events) -> None:
    def rows() -> Iterator[pa.RecordBatch]:
        yield batch_of([A])
        raise BadValue("row", "x", "something else")

    with pytest.raises(BadValue, match="row"):
        write_events(events, rows(), record_of())
    assert events.snapshots() == ()


def test_a_second_import_is_refused_while_one_is_at_work(events: Events) -> None:
    with import_lock(events.folder, 0), pytest.raises(UnwritablePlace, match="another import is writing"):
        write_events(events, [batch_of([A])], record_of(), patience_s=0)
    wrote(events, A)


def test_a_mapping_that_is_no_json_changes_nothing(events: Events) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="json_valid"):
        write_events(events, [batch_of([A])], replace(record_of(), mapping="{"))
    assert (events.snapshots(), events.current().paths) == ((), ())
    assert wrote(open_events(events.case), A).new == 1
