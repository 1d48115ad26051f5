import pyarrow as pa
import pytest

from incidentmap.model import BadValue
from incidentmap.paths import shipped
from incidentmap.tables.schema import EVENT_SCHEMA, SCHEMA_VERSION, checked_rows, columns_told, event_rows, version_of
from incidentmap.tables.schema_table import schema_table

ROW = {"event_id": ["a:1"], "source": ["a"], "source_id": ["1"], "file_row": [1]}


def rows(**more: list[object]) -> pa.RecordBatch:
    return event_rows({name: pa.array(values) for name, values in (ROW | more).items()}, 1)


def test_the_schema_says_its_version_and_describes_every_column() -> None:
    assert version_of(EVENT_SCHEMA) == SCHEMA_VERSION
    assert version_of(pa.schema([])) is None
    assert [told.name for told in columns_told()] == EVENT_SCHEMA.names
    assert all(told.told for told in columns_told())


def test_what_is_not_known_is_null_and_never_zero() -> None:
    row, = rows().to_pylist()
    assert {name for name, value in row.items() if value is not None} == {*ROW, "warnings"}
    assert row["warnings"] == []


@pytest.mark.parametrize(("column", "value"), [
    ("where_prec", 8), ("where_prec", 0), ("geo_precision", 4), ("ucdp_date_prec", 6), ("country", "Mali"), ("country", "ml"),
    ("located", "somebody"), ("date_precision", "week"), ("killed_best", -1), ("radius_km", -1.0), ("file_row", 0),
    ("inter1", 9), ("lon", 1.0),
])
def test_a_row_outside_the_schema_is_told(column: str, value: object) -> None:
    with pytest.raises(BadValue, match=column):
        checked_rows(rows(**{column: [value]}))


def test_the_page_about_the_schema_is_of_this_schema() -> None:
    assert shipped("data", "schemas", "event_rows.md").read_text("utf-8") == schema_table()


def test_columns_in_another_order_are_told() -> None:
    batch = rows()
    with pytest.raises(BadValue, match="columns of event rows"):
        checked_rows(batch.select(batch.schema.names[::-1]))
    with pytest.raises(BadValue, match="deaths"):
        event_rows({"deaths": pa.array([1])}, 1)


def test_sound_rows_come_back_as_they_are() -> None:
    batch = rows(lon=[-3.99], lat=[15.93], where_prec=[1], killed_low=[5], killed_best=[2])
    assert checked_rows(batch) is batch
