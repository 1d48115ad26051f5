from pathlib import Path

import pytest

from incidentmap.export import write_file
from incidentmap.model import UnwritablePlace


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.geojson"
    path.write_bytes(b"old and longer")
    write_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert [*tmp_path.iterdir()] == [path]
    assert path.stat().st_mode & 0o400


@pytest.mark.parametrize("name", ["missing/out.png", "file/out.png", "folder"])
def test_what_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnwritablePlace, match=name):
        write_file(tmp_path / name, b"content")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]
