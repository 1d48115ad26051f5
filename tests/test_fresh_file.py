from pathlib import Path

import pytest

from incidentmap.fresh_file import fresh_file
from incidentmap.model import UnreadableTable, UnwritablePlace


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ZeroDivisionError, UnreadableTable])
def test_a_block_that_stops_leaves_what_was_there(tmp_path: Path, stop: type[BaseException]) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(stop), fresh_file(path) as fresh:
        _half(fresh, stop)
    assert path.read_text() == "old"
    assert [*tmp_path.iterdir()] == [path]


def _half(fresh: Path, stop: type[BaseException]) -> None:
    fresh.write_text("half")
    raise stop


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnwritablePlace, match="missing"), fresh_file(tmp_path / "missing" / "out.csv"):
        pass
