"""Places: one key, cell and point each, the same wherever and whenever they are made."""

import struct
from typing import Any

import h3
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.model import BadValue
from incidentmap.store.events.place_rows import NAMED_BY, PLACES, UNITS, place_key, place_rows

POINT = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
NAME = st.none() | st.text(st.characters(codec="utf-8"), max_size=5)


def distinct(*rows: tuple[Any, ...]) -> pa.Table:
    schema = pa.schema([PLACES.field(name) for name in NAMED_BY])
    return pa.Table.from_pylist([dict(zip(NAMED_BY, row, strict=True)) for row in rows], schema=schema)


def test_the_key_never_changes() -> None:
    """Parts on people's disks name places by it."""
    assert place_key((-3.99, 15.93, "Niafunké", "ML", "Tombouctou", None, None)) == 8010811027786183681
    assert place_key((None, None, None, None, None, None, None)) == 5816760214713757164
    assert place_key((-0.0, 0.0, "", None, None, None, None)) == place_key((0.0, 0.0, "", None, None, None, None))


@given(st.lists(st.tuples(POINT, NAME, NAME), min_size=1, max_size=6))
def test_each_place_has_its_cell_and_point(found: list[tuple[tuple[float, float], str | None, str | None]]) -> None:
    rows = place_rows(distinct(*((*point, name, None, admin, None, None) for point, name, admin in found)), None).to_pylist()
    for row, (point, name, admin) in zip(rows, found, strict=True):
        assert row["h3"] == h3.str_to_int(h3.latlng_to_cell(point[1], point[0], 7))
        assert struct.unpack("<BIdd", row["geometry"]) == (1, 1, *point)
        assert (row["place"], row["admin1"]) == (name, admin)
        assert 0 <= row["place_key"] < 2**63


def test_names_without_a_point_have_no_cell_and_no_units() -> None:
    def units(lon: np.ndarray[Any, Any], lat: np.ndarray[Any, Any]) -> pa.Table:
        return pa.table({name: [f"{x} {y}" for x, y in zip(lon, lat, strict=True)] for name in UNITS})

    found = place_rows(distinct((None, None, "Bamba", "ML", None, None, None), (1.0, 2.0, "X", None, None, None, None)), units)
    assert [(row["h3"] is None, row["geometry"] is None, row["unit_admin2"]) for row in found.to_pylist()] == [
        (True, True, None), (False, False, "1.0 2.0"),
    ]


@pytest.mark.parametrize("point", [(180.1, 0.0), (0.0, -90.5), (float("inf"), 0.0)])
def test_points_off_the_globe_are_refused(point: tuple[float, float]) -> None:
    with pytest.raises(BadValue, match="on the globe"):
        place_rows(distinct((*point, None, None, None, None, None)), None)


def test_no_place_is_no_row() -> None:
    assert place_rows(distinct(), None).schema == PLACES
