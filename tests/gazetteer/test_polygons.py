from pathlib import Path

import pytest

from incidentmap.gazetteer.polygons import neighbours, polygon_in, polygons
from incidentmap.model import BadValue, MissingGround


@pytest.mark.parametrize(("area_id", "bounds"), [
    ("ML", (-12.5, 10, 4, 25)), ("ML/tombouctou", (-6, 15.5, -1.5, 25)), ("ML/tombouctou/goundam", (-4, 16, -3.5, 17)),
])
def test_polygon_of_an_area(ground: Path, area_id: str, bounds: tuple[float, ...]) -> None:
    polygon = polygon_in(ground, area_id)
    assert polygon is not None
    assert polygon.bounds == bounds


@pytest.mark.parametrize("area_id", ["", "XX", "ML/nowhere", "ML/a/b/c", "/", "💥"])
def test_unknown_area_is_none(ground: Path, area_id: str) -> None:
    assert polygon_in(ground, area_id) is None


def test_neighbours_share_a_border(ground: Path) -> None:
    assert neighbours(polygons(ground, "admin0")) == (("ML", "NE"), ("NE", "ML"), ("NE", "TD"), ("TD", "NE"))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"features": [{"properties": {}}]}'])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "boundaries").mkdir()
    (tmp_path / "boundaries" / "admin0.geojson").write_text(text, "utf-8")
    with pytest.raises(BadValue, match=r"admin0\.geojson"):
        polygons(tmp_path, "admin0")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingGround, match=r"admin0\.geojson is missing"):
        polygon_in(tmp_path, "ML")
