import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentmap.gazetteer import open_gazetteer
from incidentmap.gazetteer.index import content_hash, open_index
from incidentmap.gazetteer.layers import layers_of, put, stage_geonames
from incidentmap.model import BadValue, MissingGround, ResolutionStatus


def _only_file(cache: Path) -> Path:
    (path,) = cache.iterdir()
    return path


def test_second_opening_reads_the_file_that_the_first_made(ground: Path, tmp_path: Path) -> None:
    cache = tmp_path / "deep" / "cache"
    open_index(ground, cache).close()
    made = _only_file(cache).stat()
    open_index(ground, cache).close()
    assert _only_file(cache).stat().st_mtime_ns == made.st_mtime_ns


@pytest.mark.parametrize("damage", [
    b"", b"not a database at all", b"SQLite format 3\x00" + b"\xff" * 5000, None,
], ids=["empty", "text", "header only", "truncated"])
def test_damaged_cache_is_made_again(ground: Path, tmp_path: Path, damage: bytes | None) -> None:
    open_index(ground, tmp_path / "cache").close()
    path = _only_file(tmp_path / "cache")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2] if damage is None else damage)
    assert open_gazetteer(ground, tmp_path / "cache").resolve("Kidal", region=None).status is ResolutionStatus.FOUND
    assert path.read_bytes().startswith(b"SQLite format 3\x00")


def test_cache_of_other_content_under_the_same_name_is_not_believed(ground: Path, tmp_path: Path) -> None:
    open_index(ground, tmp_path / "cache").close()
    path = _only_file(tmp_path / "cache")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE made_from SET hash = 'another'")
        connection.execute("DELETE FROM spelling")
    assert open_gazetteer(ground, tmp_path / "cache").resolve("Kidal", region=None).status is ResolutionStatus.FOUND


def test_folder_that_cannot_be_made_means_memory(ground: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    gazetteer = open_gazetteer(ground, tmp_path / "file" / "cache")
    assert gazetteer.resolve("Kidal", region=None).status is ResolutionStatus.FOUND


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that not even root may write into")
def test_folder_that_cannot_be_written_means_memory(ground: Path) -> None:
    assert open_gazetteer(ground, Path("/proc/self")).resolve("Kidal", region=None).status is ResolutionStatus.FOUND


def test_changed_source_is_compiled_anew(ground: Path, tmp_path: Path) -> None:
    before = content_hash(ground)
    open_index(ground, tmp_path / "cache").close()
    table = ground / "gazetteer" / "localities.csv"
    table.write_text(table.read_text("utf-8") + "ber,Ber,,,,-2.53,16.84,4,village,ML,Tombouctou,Tombouctou,\n", "utf-8")
    assert content_hash(ground) != before
    assert open_gazetteer(ground, tmp_path / "cache").resolve("Ber", region="tombouctou").inside is True


def test_nothing_half_made_is_left_behind(ground: Path, tmp_path: Path) -> None:
    (ground / "gazetteer" / "areas.csv").write_text("id,name,lon,lat,kind,country\nX,X,200,0,area,ML\n", "utf-8")
    with pytest.raises(BadValue, match=r"areas.csv, row 2: lon, lat: '200.0, 0.0' is not allowed"):
        open_index(ground, tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_missing_table_is_named(ground: Path, tmp_path: Path) -> None:
    (ground / "gazetteer" / "areas.csv").unlink()
    with pytest.raises(MissingGround, match=r"areas\.csv is missing"):
        open_index(ground, tmp_path / "cache")


DUMPS = (
    ("young", ((1, "Alfa", "Un", 15, -1, "P", "PPL", "ML", 0, "2023-01-01"),
               (2, "Beta", "", 16, 5, "P", "PPL", "NE", 9000))),
    ("old", ((1, "Alpha", "One,Uno", 15.5, -1.5, "P", "PPL", "ML", 7000, "2014-01-01"),
             (3, "Gamma", "", 17, -3, "H", "WLL", "ML", 0, "2012-02-02"))),
    ("older", ((1, "Aleph", "", 14, -2, "P", "PPLQ", "ML", 0, "2010-01-01"),
               (4, "Delta", "", 16, -3, "P", "PPL", "ML", 0, "2010-01-01"))),
)
WriteDump = Callable[..., Path]


def _content(connection: sqlite3.Connection) -> list[object]:
    return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in ("place", "spelling", "sound")]  # noqa: S608


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(DUMPS))
def test_the_order_of_adding_changes_nothing(
    write_dump: WriteDump, ground: Path, order: list[tuple[str, tuple[tuple[object, ...], ...]]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for own, rows in order:
            put(stage_geonames(folder / "shelf", write_dump(folder / f"{own}.txt", *rows)))
        layers = layers_of([folder / "shelf"])
        assert [layer.record.id for layer in layers] == ["young", "old", "older"]
        with closing(open_index(ground, folder / "cache", layers)) as connection:
            content = _content(connection)
        with closing(open_index(ground, folder / "again", layers)) as connection:
            assert content == _content(connection)
            asked = "SELECT spellings, population, lon FROM place WHERE id = 'geonames:1'"
            names, people, lon = connection.execute(asked).fetchone()
    assert (names.split("\n"), people, lon) == (["Alfa", "Un", "Alpha", "One", "Uno", "Aleph"], 7000, -1)


def test_layers_change_the_version(write_dump: WriteDump, ground: Path, tmp_path: Path) -> None:
    put(stage_geonames(tmp_path / "shelf", write_dump(tmp_path / "a.txt", DUMPS[0][1][0])))
    assert content_hash(ground, layers_of([tmp_path / "shelf"])) != content_hash(ground)
    assert open_gazetteer(ground, tmp_path / "cache", []).version == content_hash(ground)[:16]


def test_files_that_nobody_opened_for_a_month_are_removed(ground: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    old, used, left = cache / "gazetteer-1.sqlite", cache / "gazetteer-2.sqlite", cache / "gazetteer-3.part"
    for path, days_written, days_used in ((old, 90, 40), (used, 90, 2), (left, 3, 3)):
        path.touch()
        os.utime(path, (time.time() - days_used * 86400, time.time() - days_written * 86400))
    open_index(ground, cache).close()
    assert not old.exists()
    assert not left.exists()
    assert used.exists()
    assert len(list(cache.iterdir())) == 2


def test_opening_marks_the_use_but_not_the_writing(ground: Path, tmp_path: Path) -> None:
    open_index(ground, tmp_path / "cache").close()
    path = _only_file(tmp_path / "cache")
    os.utime(path, (1, 1_000_000))
    open_index(ground, tmp_path / "cache").close()
    assert path.stat().st_mtime == 1_000_000
    assert path.stat().st_atime > time.time() - 3600
