import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
TABLE = "Localité;Longitude;Latitude;Pays;PCode\nTin Essai;-1,5;16,2;Mali;ML0101\nZéro;0;0;Mali;ML0102\n"


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "lieux.csv"
    path.write_text(TABLE, "cp1252")
    return path


def test_a_table_is_added_listed_found_checked_and_removed(run: Run, table: Path) -> None:
    code, said, complaint = run("gazetteer", "add", "csv", table, "--title", "OCHA", "--valid-from", "2021-12-20")
    assert (code, complaint) == (0, "")
    assert "encoding cp1252, columns parted by ';'" in said
    assert "columns taken: name=Localité, lon=Longitude, lat=Latitude, country=Pays, pcode=PCode" in said
    assert "lieux: 1 of 2 rows kept, 1 refused; ML" in said
    listed = json.loads(run("gazetteer", "list", "--json")[1])
    assert [(source["id"], source["date"]) for source in listed][1] == ("lieux", "2021-12-20")
    (found,) = json.loads(run("gazetteer", "find", "ML0101", "--json")[1])
    assert (found["id"], found["position"]) == ("table:lieux/ML0101", [-1.5, 16.2])
    code, said, _ = run("gazetteer", "check")
    assert code == 0
    assert "lieux: 1 rows refused; the rule: coordinates are not both 0" in said
    assert run("gazetteer", "remove", "lieux") == (0, "lieux: taken out, 1 place\n", "")
    assert run("gazetteer", "find", "ML0101")[0] == 3


def test_given_columns_and_geojson(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "l.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"n": "Tin Essai"}, "geometry": {"type": "Point", "coordinates": [-1.5, 16.2]}},
    ]}), "utf-8")
    assert run("gazetteer", "add", "geojson", path, "--map", "name=n")[0] == 0
    assert "country" not in run("gazetteer", "find", "Tin Essai")[1].splitlines()[0]
    assert ", ML)" in run("gazetteer", "find", "Tin Essai")[1]


def test_a_dump_for_one_workspace(run: Run, write_dump: Callable[..., Path], tmp_path: Path) -> None:
    dump = write_dump(tmp_path / "ML.txt", (5, "Tin Essai", "", 16.2, -1.5, "P", "PPL", "ML"))
    assert run("gazetteer", "add", "geonames", dump, "--workspace", tmp_path / "case", "--name", "mali")[0] == 0
    assert run("gazetteer", "find", "Tin Essai")[0] == 3
    assert run("gazetteer", "find", "Tin Essai", "--workspace", tmp_path / "case")[0] == 0
    assert "mali " in run("gazetteer", "list", "--workspace", tmp_path / "case")[1]


def test_nearest_first(run: Run) -> None:
    far = json.loads(run("gazetteer", "find", "Bamba", "--json", "--near=13.0,8.0")[1])
    near = json.loads(run("gazetteer", "find", "Bamba", "--json", "--near=17.0,-1.4")[1])
    assert {place["id"] for place in far} == {place["id"] for place in near}
    assert near[0]["country"] == "ML"


@pytest.mark.parametrize(("words", "told"), [
    (("add", "geonames", "nowhere.txt"), "expected a file that is there and not empty"),
    (("add", "csv", "{table}", "--map", "name"), "expected OURS=COLUMN, for example --map name=Localité"),
    (("add", "csv", "{table}", "--map", "name=Nom"), "expected one of its columns: Localité, Longitude"),
    (("add", "csv", "{table}", "--valid-from", "hier"), "--valid-from: 'hier' is not allowed; expected a day such as"),
    (("find", "Gao", "--near", "here"), "expected degrees as LAT,LON"),
    (("remove", "x"), "layer: 'x' is not allowed"),
])
def test_what_is_refused_is_told(run: Run, table: Path, words: tuple[str, ...], told: str) -> None:
    code, _, complaint = run("gazetteer", *(word.format(table=table) for word in words))
    assert code == 1
    assert told in complaint


def test_build_tells_version_and_file(run: Run) -> None:
    code, said, _ = run("gazetteer", "build", "--force")
    assert code == 0
    assert said.startswith("gazetteer version ")
