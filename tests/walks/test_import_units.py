import numpy as np

from incidentmap.paths import shipped
from incidentmap.walks.import_units import units_in


def test_points_are_told_their_units() -> None:
    lon, lat = np.array([-3.991, 2.11, -30.0]), np.array([15.932, 13.51, 0.0])
    found = units_in(shipped("geo"))(lon, lat).to_pylist()
    assert [each["unit_country"] for each in found] == ["ML", "NE", None]
    assert found[0]["unit_admin1"] == "ML/tombouctou"
    assert found[0]["unit_admin2"] == "ML/tombouctou/niafunke"
    assert found[2] == dict.fromkeys(found[2])


def test_no_point_has_no_unit() -> None:
    assert units_in(shipped("geo"))(np.array([]), np.array([])).num_rows == 0
