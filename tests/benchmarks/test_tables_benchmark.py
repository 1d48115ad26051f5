"""The made-up event rows of the benchmark are rows of the schema, in the order of parts, and the same each time."""

from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from benchmarks.tables.rows import YEARS, slices, write_csv, write_parts

from incidentmap.tables.schema import EVENT_SCHEMA, checked_rows


def test_rows_are_of_the_schema_and_the_same_each_time() -> None:
    once, again = (pa.concat_tables(table for _, table in slices(2_000)) for _ in range(2))
    assert once.equals(again)
    assert (len(once), len(set(once["event_id"].to_pylist()))) == (2_000, 2_000)
    assert checked_rows(once).schema.names == EVENT_SCHEMA.names


def test_parts_are_by_year_and_cell(tmp_path: Path) -> None:
    paths, places = write_parts(tmp_path, 2_000)
    assert len(paths) == YEARS
    for path in paths:
        table = pq.read_table(path)
        assert table["h3"].to_pylist() == sorted(table["h3"].to_pylist())
        assert {str(day.year) for day in table["date_start"].to_pylist()} == {path.stem.removeprefix("part-")}
    assert write_parts(tmp_path, 2_000) == (paths, places)  # kept


def test_a_sheet_has_the_same_rows(tmp_path: Path) -> None:
    write_csv(tmp_path / "events.csv", 500)
    table = pa_csv.read_csv(tmp_path / "events.csv")
    assert (len(table), table["place"].null_count) == (500, 0)
