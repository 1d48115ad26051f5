"""`incidentmap diff`: words, JSON and GeoJSON of the same changes; what is no version is refused."""

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Run


@pytest.fixture
def later(run: Run, case: Path, tmp_path: Path) -> Path:
    """The case with one incident moved and confirmed."""
    folder = tmp_path / "later"
    shutil.copytree(case, folder)
    _, out, _ = run("list", "--workspace", folder, "--json")
    kidal = next(each["id"] for each in json.loads(out) if each["place"] == "Kidal")
    assert run("review", "edit", "--workspace", folder, kidal, "--at=18.2,1.5", "--who", "anna")[0] == 0
    return folder


def test_the_same_changes_in_words_json_and_geojson(run: Run, case: Path, later: Path, tmp_path: Path) -> None:
    path = tmp_path / "changes.geojson"
    code, out, err = run("diff", case, later, "--geojson", path)
    assert (code, err) == (0, "")
    assert out.splitlines()[1].startswith("1 moved, ")
    assert "Kidal (28.5 km)" in out
    told = json.loads(run("diff", case, later, "--json")[1])
    (change,) = told["changes"]
    assert (told["counts"]["moved"], told["unchanged"], change["km"]) == (1, 3, 28.5)
    assert (told["before"]["records"], told["after"]["records"]) == (4, 4)
    (feature,) = json.loads(path.read_text("utf-8"))["features"]
    assert feature["geometry"] == {"type": "LineString", "coordinates": [
        [change["before"]["lon"], change["before"]["lat"]], [1.5, 18.2],
    ]}
    assert feature["properties"]["aspects"].split() == change["aspects"]


def test_in_french_and_with_a_limit(run: Run, case: Path, later: Path) -> None:
    code, out, _ = run("diff", case, later, "--lang", "fr", "--limit", "0")
    assert code == 0
    assert "1 déplacé" in out
    assert "et 1 autres" in out


def test_what_is_no_version_is_refused_and_nothing_is_made(run: Run, case: Path, tmp_path: Path) -> None:
    code, out, err = run("diff", case, tmp_path / "none", "--json", "--geojson", tmp_path / "x.geojson")
    assert (code, out) == (1, "")
    assert "FOLDER@N" in err
    assert not [*tmp_path.iterdir()]
