"""The folder of the tables: one writes at a time, and what cannot be written is told."""

from pathlib import Path

import pytest

from incidentmap.model import MissingGround, UnwritablePlace
from incidentmap.store.events.room import import_lock, parts_folder, settle, sweep, work_folder


def test_the_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), import_lock(tmp_path / "tables", 0):
        raise ZeroDivisionError
    with import_lock(tmp_path / "tables", 0), pytest.raises(UnwritablePlace, match="another import"), \
            import_lock(tmp_path / "tables", 0):
        pass


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "tables").touch()
    with pytest.raises(UnwritablePlace, match="tables: cannot be written"), import_lock(tmp_path / "tables", 0):
        pass


def test_a_full_disk_is_told_and_other_errors_keep_their_words(tmp_path: Path) -> None:
    with pytest.raises(UnwritablePlace, match="No space left"), work_folder(tmp_path):
        raise OSError(28, "No space left on device")
    with pytest.raises(MissingGround, match="regions"), work_folder(tmp_path):
        raise MissingGround("regions")
    assert list(tmp_path.iterdir()) == []


def test_what_is_settled_stays_and_the_rest_is_swept(tmp_path: Path) -> None:
    with work_folder(tmp_path) as work:
        (parts_folder(work) / "part-2020.parquet").write_text("rows")
        (parts_folder(work) / "part-2021.parquet").write_text("rows")
        settle(work, tmp_path / "1")
    (tmp_path / ".work-old").mkdir()
    (tmp_path / "notes.txt").write_text("a user's own")
    sweep(tmp_path, {"1/part-2020.parquet"})
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == ["1", "1/part-2020.parquet", "notes.txt"]
