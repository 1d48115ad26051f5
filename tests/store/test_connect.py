import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from incidentmap.model import BrokenStore, IncidentQuery, Reading, Report, UnwritablePlace
from incidentmap.store import connect, open_store


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE places (name TEXT)")


def newer(path: Path) -> None:
    open_store(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")


def damaged(path: Path) -> None:
    open_store(path)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)


def cut(path: Path) -> None:
    open_store(path)
    path.write_bytes(path.read_bytes()[:5000])


def miscounted(path: Path) -> None:
    """Still readable, but its header counts free pages that are not there."""
    open_store(path)
    content = bytearray(path.read_bytes())
    content[36:40] = (5).to_bytes(4, "big")
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_text("Au Mali, le Jnim revendique..."), "no SQLite file at all"),
        (foreign, "of another program"),
        (newer, "case version 999.*Update incidentmap"),
        (damaged, "is damaged"),
        (cut, "is damaged"),
        (miscounted, "is damaged"),
        (lambda path: path.mkdir(), "is a folder"),
    ],
)
def test_a_bad_file_is_named_and_left_as_it_is(tmp_path: Path, spoil: Callable[[Path], object], said: str) -> None:
    path = tmp_path / "case.sqlite"
    spoil(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(BrokenStore, match=said) as caught:
        open_store(path)
    assert str(path) in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "case.sqlite"
    path.touch()
    assert open_store(path).incidents(IncidentQuery()) == ()


def test_many_who_make_the_same_file_at_once_all_get_it(tmp_path: Path) -> None:
    """SQLite refuses two switches to its write-ahead log at once without waiting: one in seventy tries fell to it."""
    together = Barrier(6)

    def make(path: Path) -> None:
        together.wait()
        connect.prepare(path)

    with ThreadPoolExecutor(6) as pool:
        for number in range(40):
            path = tmp_path / f"{number}.sqlite"
            for made in [pool.submit(make, path) for _ in range(6)]:
                made.result()
            assert open_store(path).incidents(IncidentQuery()) == ()


def test_a_folder_under_a_file_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnwritablePlace, match="Name another"):
        open_store(tmp_path / "file" / "case.sqlite")


def test_a_file_system_without_new_files_cannot_be_written() -> None:
    with pytest.raises(UnwritablePlace, match=r"/proc/case\.sqlite"):
        open_store(Path("/proc/case.sqlite"))


def test_a_file_that_another_program_keeps_locked_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first_report: Report, first_reading: Reading,
) -> None:
    monkeypatch.setattr(connect, "_BUSY_TIMEOUT_S", 0.05)
    store = open_store(tmp_path / "case.sqlite")
    with closing(sqlite3.connect(store.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UnwritablePlace, match="locked"):
            store.add(first_report, first_reading)
        assert store.incidents(IncidentQuery()) == ()  # reading goes on
    assert store.add(first_report, first_reading).new_incidents == 4


def test_a_file_that_breaks_while_in_use_is_told_too(tmp_path: Path, first_report: Report, first_reading: Reading) -> None:
    store = open_store(tmp_path / "case.sqlite")
    store.add(first_report, first_reading)
    store.path.write_bytes(b"no longer a case file at all" * 400)
    with pytest.raises(BrokenStore, match="is damaged"):
        store.incidents(IncidentQuery())
