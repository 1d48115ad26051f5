import h3
import pytest

from incidentmap.store.events.outline import cell


@pytest.mark.parametrize(("lat", "lon"), [(15.93, -3.99), (0.0, 179.99), (-16.5, -179.9), (52.0, 0.0)])
def test_a_cell_has_a_small_ring_around_its_middle(lat: float, lon: float) -> None:
    name = h3.latlng_to_cell(lat, lon, 4)
    found = cell(h3.str_to_int(name))
    assert found.name == name
    assert len(found.corners) in {5, 6, 7}
    assert all(abs(east - found.lon) < 1 and abs(north - found.lat) < 1 for east, north in found.corners)
