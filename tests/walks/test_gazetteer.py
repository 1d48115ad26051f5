import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentmap.gazetteer import open_gazetteer
from incidentmap.gazetteer.layers import layers_of, stage_geonames
from incidentmap.model import BadValue
from incidentmap.walks.find_place import find
from incidentmap.walks.gazetteer import add, attributions, build, check, remove, shelves_of, sources

WriteDump = Callable[..., Path]
ROW = (5, "Tin Essai", "", 16.2, -1.5, "P", "PPL", "ML")
KILLED_AT = """
import os, signal, sys
from pathlib import Path
from incidentmap.gazetteer.layers import stage_geonames
from incidentmap.walks.gazetteer import add

def tell(stage, done, total):
    if stage == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)

add(lambda shelf, told: stage_geonames(shelf, Path(sys.argv[2]), told=told), progress=tell)
"""


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is compiled yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def _add(dump: Path, workspace: Path | None = None) -> str:
    return add(lambda shelf, told: stage_geonames(shelf, dump, told=told), workspace).record.id


def test_what_is_added_counts_and_what_is_removed_does_not(write_dump: WriteDump, tmp_path: Path) -> None:
    before = open_gazetteer().version
    own = _add(write_dump(tmp_path / "ML.txt", ROW))
    assert [each.place.id for each in find("Tin Essai")] == ["geonames:5"]
    remove(own)
    assert find("Tin Essai") == ()
    assert open_gazetteer().version == before


def test_a_workspace_has_a_shelf_of_its_own(write_dump: WriteDump, tmp_path: Path) -> None:
    workspace = tmp_path / "case"
    _add(write_dump(tmp_path / "ML.txt", ROW), workspace)
    assert find("Tin Essai") == ()
    assert find("Tin Essai", workspace)
    assert [layer.shelf for layer in layers_of(shelves_of(workspace))] == [workspace / "gazetteer"]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.usefixtures("empty_cache")
@pytest.mark.parametrize("stage", ["read", "places", "names"])
def test_a_killed_addition_leaves_the_old_gazetteer_in_force(write_dump: WriteDump, tmp_path: Path, stage: str) -> None:
    dump = write_dump(tmp_path / "ML.txt", ROW)
    before = open_gazetteer().version
    done = subprocess.run([sys.executable, "-c", KILLED_AT, stage, str(dump)], env=dict(os.environ), check=False)
    assert done.returncode == -9
    assert open_gazetteer().version == before
    assert find("Tin Essai") == ()
    _add(dump)
    assert find("Tin Essai")


def test_a_refused_addition_leaves_nothing_behind(write_dump: WriteDump, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="no row taken"):
        _add(write_dump(tmp_path / "ML.txt", (5, "Nulle part", "", 0, 0, "P", "PPL", "ML")))
    assert list((tmp_path / "data" / "incidentmap" / "gazetteer").iterdir()) == []


@pytest.mark.usefixtures("empty_cache")
def test_an_interrupted_compilation_leaves_nothing_behind(write_dump: WriteDump, tmp_path: Path) -> None:
    def stop(stage: str, done: int, total: int) -> None:
        if stage == "places":
            raise KeyboardInterrupt

    dump = write_dump(tmp_path / "ML.txt", ROW)
    with pytest.raises(KeyboardInterrupt):
        add(lambda shelf, told: stage_geonames(shelf, dump, told=told), progress=stop)
    assert list((tmp_path / "data" / "incidentmap" / "gazetteer").iterdir()) == []


def test_sources_stand_in_their_order_with_licence_and_date(write_dump: WriteDump, tmp_path: Path) -> None:
    _add(write_dump(tmp_path / "ML.txt", (*ROW, 0, "2023-10-22")))
    found = sources()
    assert [source.id for source in found] == ["localities", "ml", "cities500", "areas"]
    assert (found[1].places, found[1].date, found[1].licence) == (1, "2023-10-22", "CC BY 4.0")
    assert all(source.licence and source.attribution for source in found)
    assert "GeoNames (geonames.org), CC BY 4.0" in attributions()
    assert len(set(attributions())) == len(attributions())


def test_check_finds_changed_data(write_dump: WriteDump, tmp_path: Path) -> None:
    _add(write_dump(tmp_path / "ML.txt", ROW, (6, "École", "", 15, -1, "S", "SCH", "ML")))
    checked = check()
    assert checked.problems == ()
    assert dict(checked.countries)["ML"] > 100
    assert checked.refused[0][1][0][1] == 1
    (layer,) = layers_of(shelves_of(None))
    content = bytearray(layer.data.read_bytes())
    content[-1] ^= 1
    layer.data.write_bytes(content)
    assert "is not what was added" in check().problems[0]


@pytest.mark.usefixtures("empty_cache")
def test_check_finds_damage_and_a_build_mends_it() -> None:
    path = build().path
    content = bytearray(path.read_bytes())
    half = len(content) // 2
    content[half : half + 32768] = b"\xff" * 32768
    path.write_bytes(content)
    assert "the compiled gazetteer is damaged" in check().problems[0]
    build(anew=True)
    assert check().problems == ()


def test_build_again_gives_the_same(tmp_path: Path) -> None:
    first = build()
    content = first.path.read_bytes()
    assert build(anew=True) == first
    assert first.path.read_bytes() == content


def test_an_unknown_layer_is_told() -> None:
    with pytest.raises(BadValue, match="layer: 'x' is not allowed; expected one of none: nothing was added"):
        remove("x")
