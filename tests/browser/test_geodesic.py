"""Lengths on the ellipsoid, against the library that computes them elsewhere."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page
from pyproj import Geod

from incidentmap.maps import STATIC

WGS84 = Geod(ellps="WGS84")
LATITUDES, LONGITUDES = st.floats(-89, 89), st.floats(-180, 180)
PAIRS = st.lists(st.tuples(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES), min_size=1, max_size=60)
ALL = "(pairs) => pairs.map(([a, b, c, d]) => incidentmap.geodesicKm([a, b], [c, d]))"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    made = context.new_page()
    made.set_content("<!doctype html><title>plain</title>")
    for name in ("symbols.js", "geodesic.js"):
        made.add_script_tag(path=STATIC / name)
    yield made
    context.close()


@given(pairs=PAIRS)
@settings(max_examples=20)
def test_lengths_are_those_of_the_ellipsoid(page: Page, pairs: list[tuple[float, float, float, float]]) -> None:
    for (lat, lon, to_lat, to_lon), km in zip(pairs, page.evaluate(ALL, pairs), strict=True):
        expected = WGS84.inv(lon, lat, to_lon, to_lat)[2] / 1000
        if km is None:
            assert expected > 19_900  # almost opposite, where the formula finds no end
        else:
            assert km == pytest.approx(expected, rel=1e-6, abs=1e-5)


@pytest.mark.parametrize(("pair", "km"), [
    ((15.9322, -3.9906, 16.4144, -3.6708), 63.4), ((12.0, 0.0, 22.0, 0.0), 1106.5), ((1.0, 1.0, 1.0, 1.0), 0.0),
])
def test_known_lengths(page: Page, pair: tuple[float, ...], km: float) -> None:
    assert page.evaluate(ALL, [pair])[0] == pytest.approx(km, rel=2e-3)
