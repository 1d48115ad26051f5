"""What is written comes back to the letter, from every format: parse of write is identity."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.export.conftest import ODD, flat

from incidentmap.export import FORMATS
from incidentmap.export.read_back import read_back
from incidentmap.frames.flat import FLAT, is_json
from incidentmap.model import BadValue

Write = Callable[..., Path]
TRAPS = st.sampled_from(["=1+1", "@x", "'", "''=", "-", "+1", "\t=1", " =1", "_x0041_", "_x", "\r", "\n", "\r\n", "NA",
                         "null", "1e5", "2024-01-02", "true", '"', ",", ";", "]]>", "<b>", "&amp;", "\x07", ODD, "＝1"])
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff")
TEXTS = st.one_of(TRAPS, st.text(LETTERS, min_size=1, max_size=12))
DAYS = st.dates(date(1800, 1, 1), date(2100, 1, 1))
ROW = st.fixed_dictionaries({"source_id": st.uuids().map(str)}, optional={
    "notes": TEXTS, "place": TEXTS, "actor1": TEXTS, "url": TEXTS, "admin1": TEXTS, "date_start": DAYS, "pcode_date": DAYS,
    "killed_low": st.integers(0, 2**31 - 1), "where_prec": st.integers(1, 7), "geo_precision": st.integers(1, 3),
    "radius_km": st.floats(0, 1e6, width=32), "warnings": st.lists(TEXTS, max_size=3),
    "extra": st.dictionaries(TEXTS, TEXTS, min_size=1).map(lambda told: json.dumps(told, ensure_ascii=False)),
})
POINT = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


def parsed(table: pa.Table) -> list[dict[str, Any]]:
    """Records without geometry and without what is unknown; JSON by its values."""
    return [
        {name: json.loads(value) if is_json(FLAT.field(name)) else value for name, value in row.items()
         if value is not None and name != "geometry"}
        for row in table.to_pylist()
    ]


@pytest.mark.parametrize("format_id", FORMATS)
def test_records_of_every_kind_come_back(format_id: str, write: Write, records: pa.Table) -> None:
    assert parsed(read_back(write(format_id, records))) == parsed(records)


@pytest.mark.parametrize("format_id", FORMATS)
@given(rows=st.lists(st.tuples(ROW, st.none() | POINT), min_size=1, max_size=5))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_table_holds_comes_back(format_id: str, write: Write, rows: list[Any]) -> None:
    table = flat((), [row | ({"lon": point[0], "lat": point[1]} if point else {}) for row, point in rows])
    assert parsed(read_back(write(format_id, table))) == parsed(table)


@pytest.mark.parametrize("format_id", FORMATS)
def test_the_same_input_gives_the_same_bytes(format_id: str, write: Write, records: pa.Table) -> None:
    assert write(format_id, records, "one").read_bytes() == write(format_id, records, "two").read_bytes()


def test_a_long_text_goes_on_beyond_its_cell(write: Write) -> None:
    table = flat((), [{"source_id": "1", "notes": "𐍈é" * 30_000 + "_x000D_\r"}, {"source_id": "2", "notes": "short"}])
    assert parsed(read_back(write("xlsx", table))) == parsed(table)


def test_what_is_no_export_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(BadValue, match="an export of incidentmap"):
        read_back(path)
