import json
import re

import pytest

from incidentmap.gazetteer import Gazetteer, resolution_record
from incidentmap.gazetteer.kinds import Asked
from incidentmap.model import BadValue
from incidentmap.words import LANGUAGES, keys, say


def test_record_of_a_found_place(gazetteer: Gazetteer) -> None:
    record = resolution_record(gazetteer.resolve("Kidal", region="tombouctou"), "en")
    assert (record["query"], record["status"], record["name"], record["inside"]) == ("Kidal", "found", "Kidal", False)
    assert (record["lon"], record["lat"], record["radius_km"]) == (1.41, 18.44, 3)
    assert record["regions"] == ["kidal", "mali"]
    assert [rival["id"] for rival in record["rivals"]] == ["admin:ML/kidal"]
    assert "lies 307 km from the region of interest (tombouctou)" in record["reasons"]
    assert json.loads(json.dumps(record)) == record


def test_record_of_a_miss(gazetteer: Gazetteer) -> None:
    record = resolution_record(gazetteer.resolve("Xyzzyx", region="tombouctou"), "fr")
    assert (record["status"], record["lon"], record["inside"], record["nearest"]) == ("miss", None, None, [])
    assert record["reasons"] == ["le répertoire ne connaît pas ce nom"]


def test_an_unknown_language_is_told(gazetteer: Gazetteer) -> None:
    with pytest.raises(BadValue, match="language: 'xx'"):
        resolution_record(gazetteer.resolve("Kidal", region=None), "xx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_the_gazetteer_has_words(language: str) -> None:
    codes = {
        "match_exact", "match_folded", "match_squashed", "source_curated", "source_admin", "source_geonames", "region_in",
        "region_at", "same_country", "together", "unlikely_far", "ambiguous", "miss_no_entry", "miss_empty", "miss_nearest",
        *(f"kind_{met}_{asked}" for met in ("asked", "unmet") for asked in Asked),
    }
    assert {f"reason.{code}" for code in codes} <= keys(language)


def test_both_languages_fill_the_same_placeholders() -> None:
    own = [key for key in keys("fr") if key.startswith(("reason.match", "reason.region", "reason.miss", "reason.kind"))]
    holes = [{tuple(sorted(re.findall(r"{\w+}", say(language, key)))) for language in LANGUAGES} for key in own]
    assert all(len(each) == 1 for each in holes)
