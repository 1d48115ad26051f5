"""Rows put by: all of them, each under its year, in bounded memory."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.events.conftest import batch_of

from incidentmap.model import BadValue
from incidentmap.store.events import stage as staging
from incidentmap.store.events.stage import Stage

YEARS = st.lists(st.lists(st.none() | st.integers(1, 9999), max_size=6), min_size=1, max_size=5)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(YEARS, st.integers(0, 8))
def test_every_row_stands_under_its_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batches: list[list[int | None]], held: int,
) -> None:
    monkeypatch.setattr(staging, "_HELD", held)
    stage, number = Stage(tmp_path, "made"), 0
    expected: dict[int | None, set[str]] = {}
    for years in batches:
        rows = []
        for year in years:
            expected.setdefault(year, set()).add(str(number))
            rows.append({"source_id": str(number), "date_start": year and date(year, 5, 1), "warnings": ["x"] * (number % 2)})
            number += 1
        stage.add(batch_of(rows))
    files = stage.close()
    assert {year: set(pq.read_table(path)["source_id"].to_pylist()) for year, path in files.items()} == expected
    assert (stage.rows, stage.warned) == (number, number // 2)


def test_columns_that_an_event_needs_are_named(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="also event_id, source_id"):
        Stage(tmp_path, "made").add(batch_of([{"source_id": "1"}]).drop_columns(["event_id", "source_id"]))


def test_a_source_that_nobody_names_is_refused(tmp_path: Path) -> None:
    rows = batch_of([{"source_id": "1"}])
    nameless = rows.set_column(1, pa.field("source", pa.string()), pa.array([None], pa.string()))
    with pytest.raises(BadValue, match="source of a row: None"):
        Stage(tmp_path, "made").add(nameless)
