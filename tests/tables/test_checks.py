"""Laws of the check: rows in = accepted + merged + refused, whatever the cells; batches make no difference."""

import json
from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentmap.model import BadValue, Reason
from incidentmap.paths import shipped
from incidentmap.tables.checks import Checker, check, check_all
from incidentmap.tables.extra import as_objects
from incidentmap.tables.ground import no_ground, open_ground
from incidentmap.tables.guards import guarded, without_guards
from incidentmap.tables.mapping import Mapping
from incidentmap.tables.presets import presets
from incidentmap.tables.schema import EVENT_SCHEMA, checked_rows
from incidentmap.tables.seen import Seen
from incidentmap.tables.source import RawBatch
from incidentmap.tables.verdicts import RULES, Level

TODAY = date(2026, 11, 22)
CELLS = st.none() | st.text(max_size=12) | st.sampled_from([
    "2023-11-24", "24/11/2023", "11/24/23", "45254", "2023", "12", "-3", "10-15", "au moins 5", "Mali", "ML", "NA", "15.9",
    "-3,9", "0", "999", "Battles", "<b>x</b>", "=1+1", "\x00", "a" * 40_000, "1e400", "nan",
])
FIELDS = (
    "source_id", "date_start", "date_end", "country", "place", "lon", "lat", "killed", "killed_low", "killed_high",
    "event_type", "sub_event_type", "where_prec", "inter1", "actor1", "pcode_date", "radius_km",
)


@dataclass(frozen=True)
class Rows:
    first_row: int
    table: pa.RecordBatch
    marks: Pairs[int, Reason] = field(default_factory=dict)


def rows(columns: Pairs[str, list[str | None]], first_row: int = 1) -> Rows:
    return Rows(first_row, pa.RecordBatch.from_pydict({name: pa.array(cells, pa.string()) for name, cells in columns.items()}))


def plain(*fields: str) -> Mapping:
    return Mapping("csv", "made", {name: (name,) for name in fields})


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_no_cell_raises_and_no_row_is_lost(data: st.DataObject) -> None:
    fields = data.draw(st.lists(st.sampled_from(FIELDS), min_size=1, unique=True))
    size = data.draw(st.integers(0, 6))
    column = st.lists(CELLS, min_size=size, max_size=size)
    cells: dict[str, list[str | None]] = {name: data.draw(column) for name in [*fields, "other"]}
    done = check(rows(cells), plain(*fields), open_ground(shipped("geo")), TODAY)
    assert done.rows == size == done.accepted.num_rows + done.merged + done.refused.num_rows
    checked_rows(done.accepted)
    refused = {finding.file_row for finding in done.findings if finding.level is Level.REFUSED}
    assert refused == set(done.refused_rows.tolist())
    warned = {(finding.file_row, finding.rule) for finding in done.findings if finding.level is Level.WARNING}
    kept = {(row["file_row"], rule) for row in done.accepted.to_pylist() for rule in row["warnings"]}
    assert kept == {pair for pair in warned if pair[0] not in refused}
    assert all(RULES[finding.rule] is finding.level for finding in done.findings)


@given(st.lists(st.sampled_from(["1", "2", "3", "4", ""]), max_size=12), st.integers(1, 5))
@settings(deadline=None)
def test_batches_make_no_difference(ids: list[str], size: int) -> None:
    whole: dict[str, list[str | None]] = {
        "source_id": [each or None for each in ids], "place": ["Gao"] * len(ids), "actor1": [*map(str, range(len(ids)))],
    }
    mapping = plain("source_id", "place", "actor1")
    cut = [rows({name: cells[at: at + size] for name, cells in whole.items()}, at + 1) for at in range(0, len(ids), size)]
    parts = [*check_all(cut, Checker(mapping, no_ground(), TODAY))]
    done = check(rows(whole), mapping, no_ground(), TODAY)
    assert [event for part in parts for event in part.accepted.to_pylist()] == done.accepted.to_pylist()
    assert [finding for part in parts for finding in part.findings] == [*done.findings]


@given(st.lists(st.lists(st.integers(0, 9), max_size=8), max_size=8))
def test_seen_gives_the_first_row_of_each_number(batches: list[list[int]]) -> None:
    seen, row = Seen(seconds=True), 0
    first: dict[int, int] = {}
    for batch in batches:
        numbers = np.arange(row, row + len(batch))
        shown, told = seen.show(np.array(batch, np.uint64), numbers, numbers.astype(np.uint64))
        for at, key in enumerate(batch):
            assert shown[at] == first.get(key, -1)
            assert told[at] == first.get(key, told[at])
            first.setdefault(key, row + at)
        row += len(batch)


@given(st.lists(st.text(max_size=8) | st.from_regex("'*[=+@\t\r-].*", fullmatch=True), min_size=1))
def test_guards_are_taken_off_again(cells: list[str]) -> None:
    safe = guarded(pa.array(cells, pa.string()))
    assert without_guards(safe).to_pylist() == cells
    for cell in safe.to_pylist():
        assert not cell.startswith(("=", "@", "\t", "\r"))


@pytest.mark.parametrize(("cell", "safe"), [
    ("=1+1", "'=1+1"), ("-4.25", "-4.25"), ("+3", "+3"), ("-a", "'-a"), ("'=1", "''=1"), ("l'eau", "l'eau"), ("", ""),
    ("-4,2", "-4,2"),
])
def test_formulas_are_guarded_and_numbers_are_not(cell: str, safe: str) -> None:
    assert guarded(pa.array([cell])).to_pylist() == [safe]


@given(st.lists(st.tuples(*[st.none() | st.text(max_size=6)] * 3)))
def test_columns_without_a_field_are_json(cells: list[tuple[str | None, ...]]) -> None:
    names = ("a", 'b"', "c\n")
    columns = {name: pa.array([row[at] for row in cells], pa.string()) for at, name in enumerate(names)}
    told = as_objects(columns, len(cells)).to_pylist()
    assert [json.loads(each) if each else {} for each in told] == [
        {name: cell for name, cell in zip(names, row, strict=True) if cell} for row in cells
    ]


def test_a_country_for_all_rows_must_be_one() -> None:
    mapping = Mapping("csv", "made", {"place": ("place",)}, constants={"country": "Mali"})
    assert check(rows({"place": ["Gao"]}), mapping, no_ground(), TODAY).accepted["country"].to_pylist() == ["ML"]
    broken = Mapping("csv", "made", {"place": ("place",)}, constants={"country": "Wakanda"})
    with pytest.raises(BadValue, match="'Wakanda'"):
        check(rows({"place": ["Gao"]}), broken, no_ground(), TODAY)


def test_points_that_cannot_be_held_against_a_country_are_counted() -> None:
    table = {"country": ["Mali", "Syrie", None, "Mali"], "lon": ["-4", "36", "0", None], "lat": ["15", "34", "15", None]}
    done = check(rows(table), plain("country", "lon", "lat"), open_ground(shipped("geo")), TODAY)
    assert (done.accepted.num_rows, done.unheld) == (4, 2)


def test_a_long_cell_without_a_field_is_kept() -> None:
    table: dict[str, list[str | None]] = {"place": ["Gao"], "outline": ["a" * 40_000]}
    done = check(rows(table), plain("place"), no_ground(), TODAY)
    assert len(done.accepted["extra"][0].as_py()) > 40_000


def test_an_empty_batch_is_checked() -> None:
    done = Checker(presets()["acled"], no_ground(), TODAY).check(RawBatch(1, rows({"event_id_cnty": []}).table))
    assert (done.rows, done.accepted.schema) == (0, EVENT_SCHEMA)


def test_where_points_lie_is_known_as_far_as_polygons_reach() -> None:
    ground = open_ground(shipped("geo"))
    points = np.array([(-8.0, 12.65), (2.11, 13.51), (-19.0, 15.0), (-40.0, 15.0)])
    assert ground.country(points) == ["ML", "NE", None, None]
    assert ground.at_sea(points).tolist() == [False, False, True, False]
    assert no_ground().at_sea(points).tolist() == [False] * 4
