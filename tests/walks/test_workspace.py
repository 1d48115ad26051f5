from pathlib import Path

import pytest

from incidentmap.model import UnknownRegion
from incidentmap.walks.workspace import has_case, open_workspace


def test_the_region_of_interest_is_kept(tmp_path: Path) -> None:
    assert open_workspace(tmp_path).region_id is None
    assert open_workspace(tmp_path, "kidal").region_id == "kidal"
    assert open_workspace(tmp_path).region_id == "kidal"
    assert open_workspace(tmp_path, "tombouctou").region_id == "tombouctou"
    assert open_workspace(tmp_path).region_id == "tombouctou"


def test_an_unknown_region_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnknownRegion, match=r"atlantis.*tombouctou"):
        open_workspace(tmp_path / "case", "atlantis")
    assert not (tmp_path / "case").exists()


def test_a_case_is_there_once_opened(tmp_path: Path) -> None:
    assert not has_case(tmp_path)
    open_workspace(tmp_path)
    assert has_case(tmp_path)
