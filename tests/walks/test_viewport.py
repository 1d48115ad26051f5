import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.walks.viewport import viewport, viewport_of

LATS, LONS = st.floats(-85, 85), st.floats(-180, 180)


@pytest.mark.parametrize(("lat", "lon", "zoom", "bbox"), [
    (0, 0, 0, (-180.0, -90.0, 180.0, 90.0)),
    (16, -4, 6.5, (-16.875, 5.6160, 11.25, 21.9430)),
])
def test_the_box_is_of_whole_tiles(lat: float, lon: float, zoom: float, bbox: tuple[float, ...]) -> None:
    seen = viewport(lat, lon, zoom)
    assert seen.bbox == pytest.approx(bbox, abs=1e-3)
    assert seen.zoom == int(zoom)


@given(LATS, LONS, st.floats(0, 18))
def test_the_middle_is_in_view(lat: float, lon: float, zoom: float) -> None:
    west, south, east, north = viewport(lat, lon, zoom).bbox
    assert -180 <= west <= lon <= east <= 180
    assert -90 <= south <= lat <= north <= 90


@given(LATS, LONS, st.floats(2, 16))
def test_moving_by_a_pixel_mostly_asks_nothing_anew(lat: float, lon: float, zoom: float) -> None:
    steps = [viewport(lat, max(-180.0, min(180.0, lon + k * 360 / 256 / 2**zoom)), zoom) for k in range(20)]
    assert len(set(steps)) <= 3


@given(st.tuples(LONS, LONS).map(sorted), st.tuples(LATS, LATS).map(sorted))
def test_a_box_is_in_the_view_of_it(lons: list[float], lats: list[float]) -> None:
    west, south, east, north = viewport_of((lons[0], lats[0], lons[1], lats[1])).bbox
    assert west <= lons[0] + 1e-9
    assert south <= lats[0] + 1e-9
    assert lons[1] - 1e-9 <= east
    assert lats[1] - 1e-9 <= north
