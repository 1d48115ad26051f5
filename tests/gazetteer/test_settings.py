from typing import Any

import pytest
import yaml

from incidentmap.gazetteer.settings import ranking, read_ranking
from incidentmap.model import BadValue, PlaceKind
from incidentmap.paths import shipped


def _entries() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(shipped("data", "lexicons", "ranking.yaml").read_text("utf-8"))
    return loaded


def test_a_curated_row_outweighs_all_that_can_speak_for_another_settlement() -> None:
    weights = ranking()
    spread = weights.kind[PlaceKind.CITY] - weights.kind[PlaceKind.WELL]
    most = weights.match["exact"] - weights.match["squashed"] + weights.source["admin"] + spread
    most += weights.population * 8 / 6 + weights.region + weights.country + weights.together
    assert weights.source["curated"] > most


def test_a_judged_row_that_only_sounds_alike_outranks_no_place_of_that_very_name() -> None:
    weights = ranking()
    for how in ("part", "phonetic", "fuzzy"):
        assert weights.match[how] + weights.source["curated"] < weights.match["squashed"] + weights.source["admin"]


def test_the_unit_that_a_text_names_outweighs_a_curated_row_elsewhere() -> None:
    weights = ranking()
    assert weights.admin > weights.source["curated"] + weights.match["exact"] - weights.match["squashed"]
    assert weights.country_asked > weights.source["curated"]


def test_what_a_person_set_stands_between_the_curated_rows_and_all_others() -> None:
    source = ranking().source
    assert source["curated"] > source["decided"] > source["table"] > source["admin"] > source["geonames"]


def test_what_the_text_asks_for_outweighs_everything_else() -> None:
    weights = ranking()
    assert weights.kind_asked > weights.kind[PlaceKind.COUNTRY] + weights.source["curated"]


@pytest.mark.parametrize(("change", "told"), [
    ({"region": "far"}, "ranking.yaml: region: 'far' is not allowed; expected a number"),
    ({"region": True}, "ranking.yaml: region: True"),
    ({"colour": 1}, "ranking.yaml: keys: 'colour'"),
    ({"match": {"exact": 1}}, "ranking.yaml, match: keys: 'folded, fuzzy, part, phonetic, squashed'"),
    ({"source": {"curated": 1}}, "ranking.yaml, source: keys: 'admin, decided, geonames, table'"),
    ({"kind": {"city": 1}}, "ranking.yaml, kind: keys"),
])
def test_a_wrong_weight_is_named(change: dict[str, Any], told: str) -> None:
    with pytest.raises(BadValue, match=told):
        read_ranking(_entries() | change)
