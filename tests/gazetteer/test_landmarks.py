import math
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.landmarks import Landmarks, read_telling, telling
from incidentmap.model import BadValue, PlaceKind, Position
from incidentmap.paths import shipped

LON, LAT = st.floats(-180, 180, allow_nan=False), st.floats(-90, 90, allow_nan=False)
KIND, PEOPLE = st.sampled_from(["town", "village", "well"]), st.sampled_from([None, 0, 9000])
POINTS = st.lists(st.tuples(LON, LAT, KIND, PEOPLE), max_size=30)
Row = tuple[int, float, float, str, int | None, str]


def _settings() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(shipped("data", "lexicons", "landmarks.yaml").read_text("utf-8"))
    return loaded


def _near(rows: list[Row], lon: float, lat: float, most: int = 3) -> list[int]:
    return [each.number for each in Landmarks(rows, telling()).near(Position(lon, lat), most)]


@pytest.mark.parametrize(("rows", "first"), [
    ([(1, 0.1, 0, "village", None, "geonames"), (2, 0.11, 0, "village", None, "curated")], 2),  # judged, a little farther
    ([(1, 0.1, 0, "village", None, "geonames"), (2, 0.11, 0, "village", 900, "geonames")], 2),  # known to have people
    ([(1, 0.1, 0, "village", None, "geonames"), (2, 0.2, 0, "city", 900_000, "curated")], 1),  # too far to tell more
    ([(1, 0.1, 0, "well", None, "geonames"), (2, 0.11, 0, "village", None, "geonames")], 2),
    ([(2, 0.1, 0, "town", None, "curated"), (1, 0.1, 0, "town", None, "curated")], 1),  # a tie: the lower number
])
def test_a_known_town_comes_before_a_hamlet_that_is_a_little_nearer(rows: list[Row], first: int) -> None:
    assert _near(rows, 0, 0, 1) == [first]


def test_distance_and_bearing_are_those_of_the_ellipsoid() -> None:
    (mark,) = Landmarks([(5, -3.39, 16.27, "town", None, "curated")], telling()).near(Position(-3.49, 16.17), 3)
    assert mark.number == 5
    assert mark.distance_km == pytest.approx(15.4, abs=0.1)
    assert mark.bearing_deg == pytest.approx(224, abs=1)


@pytest.mark.parametrize(("settlement", "here"), [
    ((179.9, 0.0), (-179.9, 0.0)), ((-179.9, 60.0), (179.9, 60.1)), ((10.0, 89.5), (-170.0, 89.5)),
    ((0.0, -90.0), (77.0, -89.0)), ((180.0, 5.0), (-180.0, 5.0)),
])
def test_the_date_line_and_the_poles_are_no_edge(settlement: tuple[float, float], here: tuple[float, float]) -> None:
    assert _near([(1, *settlement, "town", None, "curated")], *here) == [1]


def test_what_is_far_tells_nothing() -> None:
    assert _near([(1, 3.5, 0, "town", None, "curated")], 0, 0) == [1]
    assert _near([(1, 3.7, 0, "town", None, "curated")], 0, 0) == []
    assert _near([], 0, 0) == []


@given(POINTS, LON, LAT)
def test_it_is_what_measuring_them_all_would_give(
    points: list[tuple[float, float, str, int | None]], lon: float, lat: float,
) -> None:
    rows: list[Row] = [(n, east, north, kind, people, "geonames") for n, (east, north, kind, people) in enumerate(points)]
    here, weights = Position(lon, lat), telling()
    measured = {n: distance_km(here, Position(east, north)) for n, east, north, *_ in rows}
    factors = {n: weights.factor(PlaceKind(kind), people, "geonames") for n, _, _, kind, people, _ in rows}
    near = Landmarks(rows, weights).near(here, 3)
    within = sorted(measured[n] * factors[n] for n in measured if measured[n] <= weights.far_km)
    assert len(near) == min(3, len(within))
    assert all(math.isclose(mark.weighed_km, km, abs_tol=1e-6) for mark, km in zip(near, within, strict=False))


@pytest.mark.parametrize(("change", "told"), [
    ({"unknown": 0.5}, "unknown"), ({"far_km": "wide"}, "far_km"), ({"others": -1}, "others"), ({"extra": 1}, "extra"),
])
def test_settings_are_checked(change: dict[str, Any], told: str) -> None:
    with pytest.raises(BadValue, match=told):
        read_telling({**_settings(), **change})
