import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.gazetteer import Gazetteer, open_gazetteer
from incidentmap.gazetteer.index import open_index
from incidentmap.gazetteer.layers import put, stage_geonames
from incidentmap.gazetteer.lookup import Lookup
from incidentmap.model import BrokenGazetteer


@pytest.mark.parametrize(("name", "match"), [
    ("Niafunké", "exact"), ("Niafunke\u0301", "exact"), ("NIAFUNKE", "folded"), ("Nia-funké", "squashed"), ("Niafounquet", ""),
    ("In Délimane", "squashed"), ("Agelhok", "phonetic"), ("Kidhal", "phonetic"), ("", ""), ("...", ""),
])
def test_how_closely_a_name_met(gazetteer: Gazetteer, name: str, match: str) -> None:
    found = {hit.match for hit in gazetteer.lookup.hits(name)}
    assert found == ({match} if match else set())


def test_keys_and_spellings_of_some_countries(gazetteer: Gazetteer) -> None:
    everywhere, niger = set(gazetteer.lookup.keys()), set(gazetteer.lookup.keys(["NE"]))
    assert ("niger", "niger", True) in niger
    assert ("tawa", "tawa", False) in niger
    assert {key[0] for key in niger} < {key[0] for key in everywhere}
    assert {own for _, _, own in gazetteer.lookup.spellings(["NE"])} == {
        "admin:NE", "geonames:900001", "geonames:900002", "geonames:900003",
    }


def test_a_place_by_its_id(gazetteer: Gazetteer) -> None:
    kidal = gazetteer.lookup.place("curated:kidal")
    assert kidal is not None
    assert kidal.name == "Kidal"
    assert gazetteer.lookup.place("curated:nowhere") is None


def test_damage_inside_the_file_is_told_with_its_remedy(ground: Path, tmp_path: Path) -> None:
    open_index(ground, tmp_path / "cache").close()
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\xff" * (len(content) - 4096 * 3)
    path.write_bytes(content)
    with pytest.raises(BrokenGazetteer, match=r"incidentmap gazetteer build --force"):
        _ = [Lookup(sqlite3.connect(path)).hits(name) for name in ("Kidal", "Niafunké", "Bamba")]


@pytest.fixture(scope="module")
def shipped_gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return open_gazetteer(cache=tmp_path_factory.mktemp("cache"), shelves=())


@given(st.text())
def test_any_text_can_be_looked_up(shipped_gazetteer: Gazetteer, text: str) -> None:
    assert isinstance(shipped_gazetteer.lookup.hits(text), tuple)


def test_a_layer_adds_its_names(write_dump: Callable[..., Path], ground: Path, tmp_path: Path) -> None:
    dump = write_dump(
        tmp_path / "ML.txt", (2449067, "Tombouctou", "Tumbutu", 16.77, -3.0, "P", "PPLA", "ML", 0),
        (5, "Tin Zawaten", "تين زاوتين", 19.95, 2.97, "H", "WLL", "ML"), (6, "Republic of Mali", "", 17, -4, "A", "PCLI", "ML"),
    )
    put(stage_geonames(tmp_path / "shelf", dump))
    gazetteer = open_gazetteer(ground, tmp_path / "cache", [tmp_path / "shelf"])
    (well,) = gazetteer.lookup.hits("تين زاوتين")
    assert (well.place.id, well.place.kind, well.place.admin1) == ("geonames:5", "well", "Kidal")
    assert gazetteer.lookup.regions_of("geonames:5") == ("kidal", "mali")
    merged = [hit.place for hit in gazetteer.lookup.hits("Tumbutu")]
    assert [(place.id, place.name, place.population) for place in merged] == [("geonames:2449067", "Tombouctou", 32460)]
    assert "geonames:2449067" in {hit.place.id for hit in gazetteer.lookup.hits("Timbuktu")}
    assert gazetteer.lookup.place("geonames:6") is None
