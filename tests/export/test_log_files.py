"""Logs as CSV and JSON Lines: what was written comes back to the letter, and what was damaged is named by row or line."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentmap.export.log_files import MERGES_FILE, REVIEWS_FILE
from incidentmap.model import BadValue
from incidentmap.store import Record

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
PLAIN = st.none() | TEXT | st.integers(-5, 5) | st.floats(allow_nan=False, allow_infinity=False)
CELLS = st.recursive(PLAIN, st.lists, max_leaves=5)
RECORDS = st.lists(st.builds(
    lambda number, undoes, words, changes, based: dict(
        zip(REVIEWS_FILE.columns, (number, *words[:5], changes, based, undoes, *words[5:]), strict=True)),
    st.integers(1, 9), st.none() | st.integers(1, 9), st.lists(TEXT, min_size=8, max_size=8), st.lists(CELLS), st.lists(CELLS),
), max_size=3)
ROW: Record = {
    "number": 1, "at": "2026-11-22T19:05:00Z", "who": "anna", "verdict": "same",
    "incidents": [["a", "r", 1, 2], ["b", "s", 3, 4]], "undoes": None, "why": "=1+1", "previous": "0", "hash": "f",
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records=RECORDS)
def test_reading_is_the_inverse_of_writing(tmp_path: Path, records: list[Record]) -> None:
    for name, text in (("log.csv", REVIEWS_FILE.csv_text(records)), ("log.jsonl", REVIEWS_FILE.jsonl_text(records))):
        path = tmp_path / name
        path.write_bytes(text.encode())
        assert REVIEWS_FILE.read(path) == records


def test_no_cell_is_a_formula() -> None:
    assert MERGES_FILE.csv_text([ROW]).splitlines()[1].split(",")[-3] == "'=1+1"


@pytest.mark.parametrize(("name", "text", "told"), [
    ("log.csv", "a,b\n", "row 1"), ("log.csv", "", "row 1"),
    ("log.csv", MERGES_FILE.csv_text([ROW]).replace("\n1,", "\none,"), "row 2: number: 'one'"),
    ("log.csv", MERGES_FILE.csv_text([ROW]) + "1,2\n", "row 3: .* 9 cells, and there are 2"),
    ("log.csv", MERGES_FILE.csv_text([{**ROW, "incidents": {}}]), "row 2: incidents: .* a JSON list"),
    ("log.csv", MERGES_FILE.csv_text([ROW]).replace('"[[', '"[[['), r"row 2: incidents: .* JSON \("),
    ("log.jsonl", "{}\n", "line 1: .* the columns number,at"), ("log.jsonl", "[]\n", "line 1: .* a JSON object"),
    ("log.jsonl", MERGES_FILE.jsonl_text([ROW]) + "{", r"line 2: '\{' .* JSON \("),
    ("log.jsonl", json.dumps({**ROW, "number": "1"}), "line 1: number: '1' .* a whole number"),
])
def test_what_is_damaged_is_named(tmp_path: Path, name: str, text: str, told: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(BadValue, match=told):
        MERGES_FILE.read(path)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes(b"\xe9")
    with pytest.raises(BadValue, match=r"byte 0: .* duplicates export"):
        MERGES_FILE.read(tmp_path / "latin.csv")
    with pytest.raises(BadValue, match=r"merges file: .*gone\.csv"):
        MERGES_FILE.read(tmp_path / "gone.csv")
