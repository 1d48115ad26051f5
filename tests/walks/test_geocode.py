from pathlib import Path

import pytest

from incidentmap.model import ResolutionStatus, UnknownRegion
from incidentmap.walks.geocode import geocode, region_of
from incidentmap.walks.workspace import open_workspace


def test_names_become_places_in_their_order() -> None:
    found = geocode(["Niafounké", "Kidal", "Xyzzyx"], "tombouctou")
    assert [each.query for each in found] == ["Niafounké", "Kidal", "Xyzzyx"]
    assert [each.chosen.place.name if each.chosen else None for each in found] == ["Niafunké", "Kidal", None]
    assert [each.inside for each in found] == [True, False, None]
    assert found[2].status is ResolutionStatus.MISS


def test_an_unknown_region_is_refused() -> None:
    with pytest.raises(UnknownRegion, match="atlantis"):
        geocode(["Kidal"], "atlantis")


def test_the_region_of_a_workspace_is_the_default(tmp_path: Path) -> None:
    assert region_of(None) is None
    assert region_of(tmp_path) is None
    assert [*tmp_path.iterdir()] == []
    open_workspace(tmp_path, "kidal")
    assert region_of(tmp_path) == "kidal"
