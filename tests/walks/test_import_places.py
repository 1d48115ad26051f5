"""Names without points, points with names; and that no row is lost, moved or changed where nothing was found."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentmap.gazetteer import open_gazetteer
from incidentmap.gazetteer.decided import NOTHING
from incidentmap.tables.schema import EVENT_SCHEMA, checked_rows, event_rows
from incidentmap.walks.import_places import FAR, UNKNOWN, PlaceNames

SET_HERE = {"located", "place_id", "lon", "lat", "radius_km", "where_prec", "geo_precision", "warnings"}
NAMES = (None, "Niafunké", "Gao", "Nulle-Part-du-Tout", "  ", "cercle de Niafunké")
WARNINGS = st.lists(st.sampled_from(["date_missing", "figures_order"]), max_size=2)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(NAMES), st.sampled_from([None, "ML", "FR"]), st.sampled_from([None, (-3.991, 15.932), (2.35, 48.85)]),
        st.sampled_from([None, 1, 6]), WARNINGS,
    ),
    max_size=12,
)
Row = tuple[str | None, str | None, tuple[float, float] | None, int | None, list[str]]


def batch_of(rows: list[Row]) -> pa.RecordBatch:
    count = len(rows)
    points = [row[2] for row in rows]
    return event_rows({
        "event_id": pa.array([f"a:{number}" for number in range(count)], pa.string()),
        "source": pa.array(["a"] * count, pa.string()), "source_id": pa.array(map(str, range(count)), pa.string()),
        "file_row": pa.array(range(1, count + 1), pa.int64()), "place": pa.array([row[0] for row in rows], pa.string()),
        "country": pa.array([row[1] for row in rows], pa.string()),
        "lon": pa.array([point and point[0] for point in points], pa.float64()),
        "lat": pa.array([point and point[1] for point in points], pa.float64()),
        "located": pa.array(["given" if point else None for point in points], pa.string()),
        "where_prec": pa.array([row[3] for row in rows], pa.int8()),
        "warnings": pa.array([row[4] for row in rows], pa.list_(pa.string())),
    }, count)


@pytest.fixture(scope="module")
def names() -> PlaceNames:
    return PlaceNames(open_gazetteer(), NOTHING, "mali")


@settings(deadline=None, max_examples=60)
@given(rows=ROWS)
def test_rows_stay_as_they_are_but_for_their_places(names: PlaceNames, rows: list[Row]) -> None:
    before = batch_of(rows)
    after = names.placed(before)
    assert after.schema.equals(EVENT_SCHEMA)
    assert after.num_rows == before.num_rows
    for name in set(EVENT_SCHEMA.names) - SET_HERE:
        assert after[name].equals(before[name])
    if rows:
        checked_rows(after)
    for old, new in zip(before.to_pylist(), after.to_pylist(), strict=True):
        assert new["warnings"][: len(old["warnings"])] == old["warnings"]
        assert len(new["warnings"]) <= len(old["warnings"]) + 1
        if old["lon"] is not None or old["place"] is None:
            assert {**new, "warnings": None} == {**old, "warnings": None}
        elif new["lon"] is not None:
            assert (new["located"], bool(new["place_id"])) == ("geocoded", True)
            assert new["where_prec"] >= (old["where_prec"] or 1)


@settings(deadline=None, max_examples=30)
@given(rows=ROWS)
def test_rows_are_answered_alike_whatever_stands_beside_them(names: PlaceNames, rows: list[Row]) -> None:
    together = names.placed(batch_of(rows)).to_pylist()
    alone = [names.placed(batch_of([row])).to_pylist()[0] for row in rows]
    same = ("event_id", "source_id", "file_row")
    for one, other in zip(together, alone, strict=True):
        assert {key: value for key, value in one.items() if key not in same} == {
            key: value for key, value in other.items() if key not in same
        }


@pytest.mark.parametrize(
    ("row", "warnings"),
    [
        (("Niafunké", "ML", (-3.991, 15.932), None, []), []),
        (("Niafunké", "ML", (-3.61, 14.35), None, ["date_missing"]), ["date_missing", FAR]),
        (("Niafunké", "FR", (2.35, 48.85), None, []), []),  # no place of that name is known there: nothing can be said
        (("Nulle-Part-du-Tout", "ML", (-3.61, 14.35), None, []), []),
        (("Mali", "ML", (-3.61, 14.35), None, []), []),
        (("Nulle-Part-du-Tout", "ML", None, None, []), [UNKNOWN]),
        (("Niafunké", "ML", None, None, []), []),
        ((None, "ML", None, None, []), []),
    ],
)
def test_what_is_told(names: PlaceNames, row: Row, warnings: list[str]) -> None:
    assert names.placed(batch_of([row]))["warnings"].to_pylist() == [warnings]


def test_each_name_is_looked_up_once() -> None:
    fresh = PlaceNames(open_gazetteer(), NOTHING, None)
    rows: list[Row] = [("Nulle-Part-du-Tout", "ML", None, None, []), ("Gao", "ML", None, None, [])] * 50
    for _ in range(3):
        fresh.placed(batch_of(rows))
    assert fresh.tally.names == 2
    assert fresh.tally.by_rule[UNKNOWN] == 150
    assert sum(1 for _ in fresh.tally.doubts()) == 150
