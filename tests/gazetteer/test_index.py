import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from incidentmap.gazetteer import open_gazetteer
from incidentmap.gazetteer.index import content_hash, open_index
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
