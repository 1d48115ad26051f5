"""The shipped ground itself: the names that the first case and its neighbours live by."""

import unicodedata
from pathlib import Path

import pytest

from incidentmap.gazetteer import Gazetteer, boundary, open_gazetteer, region, regions, regions_containing
from incidentmap.model import Position, ResolutionStatus, UnknownRegion


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    cache: Path = tmp_path_factory.mktemp("cache")
    return open_gazetteer(cache=cache)


@pytest.mark.parametrize(("name", "lon", "lat", "inside"), [
    ("Niafunké", -3.99, 15.93, True),
    ("Niafunke", -3.99, 15.93, True),
    ("NIAFUNKÉ", -3.99, 15.93, True),
    (unicodedata.normalize("NFD", "Niafounké"), -3.99, 15.93, True),
    ("Goundam", -3.67, 16.41, True),
    ("Tinbuktu", -3.01, 16.77, True),
    ("Timbuktu", -3.01, 16.77, True),
    ("تمبكتو", -3.01, 16.77, True),
    ("Aguel'hoc", 0.86, 19.46, False),
    ("In Delimane", 1.52, 15.87, False),
    ("Kidal", 1.41, 18.44, False),
    ("Bamako", -8.0, 12.64, False),
    ("Farabougou", -6.1, 14.9, False),
])
def test_settlements(gazetteer: Gazetteer, name: str, lon: float, lat: float, inside: bool) -> None:
    resolution = gazetteer.resolve(name, region="tombouctou")
    assert resolution.status is ResolutionStatus.FOUND
    assert resolution.chosen is not None
    at = resolution.chosen.place.position
    assert at.lon == pytest.approx(lon, abs=0.15)
    assert at.lat == pytest.approx(lat, abs=0.15)
    assert resolution.inside is inside


@pytest.mark.parametrize(("name", "kind", "area_id", "inside"), [
    ("région de Tombouctou", "area", "ML/tombouctou", True),
    ("Timbuktu region", "area", "ML/tombouctou", True),
    ("région de Kidal", "area", "ML/kidal", False),
    ("cercle de Niafunké", "area", "ML/tombouctou/niafunke", True),
    ("Mali", "country", "ML", False),
    ("Niger", "country", "NE", False),
    ("Burkina", "country", "BF", False),
    ("fleuve Niger", "natural", "", True),
])
def test_areas_and_waters(gazetteer: Gazetteer, name: str, kind: str, area_id: str, inside: bool) -> None:
    resolution = gazetteer.resolve(name, region="tombouctou")
    assert resolution.chosen is not None
    place = resolution.chosen.place
    assert (place.kind.value, place.area_id, resolution.inside) == (kind, area_id, inside)
    assert (boundary(area_id) is not None) == bool(area_id)


@pytest.mark.parametrize(("name", "nearest"), [("Tombuktine", "Tombuktu"), ("Xyzzyville", None), ("", None)])
def test_misses(gazetteer: Gazetteer, name: str, nearest: str | None) -> None:
    resolution = gazetteer.resolve(name, region="tombouctou")
    assert resolution.status is ResolutionStatus.MISS
    assert (resolution.nearest[:1] or (None,)) == (nearest,)


def test_names_of_groups_and_common_words_are_no_places_in_a_text(gazetteer: Gazetteer) -> None:
    text = "Si la Fama et le Jnim... Si le Mali, lundi, à Tombouctou, Boko Haram, Selon l'ONU, Mars. La Force."
    assert [span.quote for span in gazetteer.mentions(text, ())] == ["Mali", "Tombouctou"]


def test_regions_of_interest_are_there() -> None:
    assert {"tombouctou", "tombouctou-2016", "kidal", "gao", "mopti", "segou", "menaka", "mali", "sahel"} <= regions().keys()
    assert {"tombouctou", "mali", "sahel"} <= set(regions_containing(Position(-3.01, 16.77)))
    assert "tombouctou" not in regions_containing(Position(1.41, 18.44))
    assert region("tombouctou").label("fr")
    with pytest.raises(UnknownRegion, match="known regions: gao, kidal"):
        region("timbuktu")


def test_taoudenit_is_in_the_old_extent_only() -> None:
    inside = set(regions_containing(Position(-3.98, 22.68)))
    assert "tombouctou" in inside
    assert "tombouctou-2016" not in inside


def test_tinzaouaten_on_the_border_is_in_kidal_by_tolerance() -> None:
    assert "kidal" in regions_containing(Position(2.96, 19.95))
