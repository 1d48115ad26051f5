import sqlite3
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from incidentmap.model import BrokenStore, ScheduleBusy, UnwritablePlace
from incidentmap.store.editions import Edition, Standing, open_editions

FIRST = Edition(date(2026, 11, 16), "{}", "0123456789ab", "a.pdf", 2, 0, 0)
SECOND = Edition(date(2026, 11, 23), "{}", "ba9876543210", "b.pdf", 1, 1, 1)
ONE = Standing("p1", pa.table({"id": ["i1", "i2"], "place": ["Gao", None]}))
OTHER = Standing("p2", pa.table({"id": ["i2", "i3"], "lon": [1.5, None]}))


def test_editions_are_kept_with_what_they_stand_on(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.sqlite"
    with open_editions(path) as editions:
        assert (editions.last(), editions.standing()) == (None, None)
        editions.keep(FIRST, ONE)
    with open_editions(path) as editions:
        assert (editions.last(), editions.standing()) == (FIRST, ONE)
        editions.keep(SECOND, OTHER)
    with open_editions(path) as editions:
        assert (editions.last(), editions.standing()) == (SECOND, OTHER)


def test_a_run_that_fails_leaves_nothing_and_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    def run() -> None:
        with open_editions(path) as editions:
            editions.keep(FIRST, ONE)
            raise KeyError

    with pytest.raises(KeyError):
        run()
    with open_editions(path) as editions:
        assert (editions.last(), editions.standing()) == (None, None)


def test_a_second_run_is_told_that_there_is_one(tmp_path: Path) -> None:
    with open_editions(tmp_path / "public-1.sqlite") as first:
        first.keep(FIRST, ONE)
        with pytest.raises(ScheduleBusy, match=r"public-1: another run .* try again later"), \
                open_editions(tmp_path / "public-1.sqlite"):
            pass
        with open_editions(tmp_path / "public-2.sqlite") as other:
            assert other.last() is None
    with open_editions(tmp_path / "public-1.sqlite") as editions:
        assert editions.last() == FIRST


def test_another_file_is_left_as_it_is(tmp_path: Path) -> None:
    damaged, other, file = tmp_path / "damaged.sqlite", tmp_path / "other.sqlite", tmp_path / "file"
    damaged.write_bytes(b"no database at all" * 100)
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE a (b)")
    connection.close()
    file.write_text("x")
    for path, error in ((damaged, BrokenStore), (other, BrokenStore), (file / "a.sqlite", UnwritablePlace)):
        before = path.read_bytes() if path.exists() else b""
        with pytest.raises(error), open_editions(path):
            pass
        assert (path.read_bytes() if path.exists() else b"") == before
