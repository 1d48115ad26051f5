from pathlib import Path

import pytest

from incidentmap.model import MissingGround
from incidentmap.paths import cache_folder, shipped


def test_the_shipped_folders_are_there() -> None:
    assert [shipped(name).is_dir() for name in ("geo", "data", "dashboard")] == [True] * 3


def test_a_missing_file_says_that_the_installation_is_incomplete() -> None:
    with pytest.raises(MissingGround, match="Install incidentmap again"):
        shipped("geo", "atlantis.geojson")


def test_the_cache_follows_the_users_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "incidentmap"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert cache_folder() == Path.home() / ".cache" / "incidentmap"
