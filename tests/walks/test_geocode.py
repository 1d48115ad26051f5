from pathlib import Path

import pytest

from incidentmap.model import ResolutionStatus, UnknownRegion
from incidentmap.walks.geocode import geocode, region_of
from incidentmap.walks.workspace import open_workspace


def test_names_become_places_in_their_order() -> None:
    found = geocode(["Niafounké", "Kidal", "Xyzzyx"], "tombouctou")
    assert [each.asked.name for each in found] == ["Niafounké", "Kidal", "Xyzzyx"]
    assert [each.main.chosen.place.name if each.main.chosen else None for each in found] == ["Niafunké", "Kidal", None]
    assert [each.main.inside for each in found] == [True, False, None]
    assert found[2].status is ResolutionStatus.MISS


def test_a_phrase_becomes_a_point_away_from_its_name() -> None:
    (found,) = geocode(["à 37 km au nord de Kidal"], "kidal")
    assert found.situation
    assert found.main.chosen
    assert found.situation.position.lat - found.main.chosen.place.position.lat == pytest.approx(37 / 110.8, abs=0.01)


def test_a_unit_and_a_country_told_for_all_are_asked_with_each_name() -> None:
    (found,) = geocode(["Kidal"], None, admin="région de Kidal", country="ml")
    assert (found.asked.admin, found.asked.country) == ("région de Kidal", "ML")


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(UnknownRegion, match="atlantis"):
        geocode(["Kidal"], "atlantis")


def test_the_region_of_a_workspace_is_the_default(tmp_path: Path) -> None:
    assert region_of(None) is None
    assert region_of(tmp_path) is None
    assert [*tmp_path.iterdir()] == []
    open_workspace(tmp_path, "kidal")
    assert region_of(tmp_path) == "kidal"
