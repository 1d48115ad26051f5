import pytest
from tests.maps.conftest import MakeView

from incidentmap.maps import rule_words, toll_words, totals_words
from incidentmap.model import ClaimField, Total, TotalRule


@pytest.mark.parametrize(("low", "high", "open_high", "french", "english"), [
    (12, 12, False, "12", "12"),
    (0, 0, False, "0", "0"),
    (12, 12, True, "au moins 12", "at least 12"),
    (50, 60, False, "50 – 60", "50 – 60"),
    (50, 60, True, "50 – 60 ou plus", "50 – 60 or more"),
])
def test_an_open_end_is_said(low: int, high: int, open_high: bool, french: str, english: str) -> None:
    assert toll_words(low, high, "fr", open_high=open_high) == french
    assert toll_words(low, high, "en", open_high=open_high) == english


@pytest.mark.parametrize(("rule", "french", "english"), [
    ("all", "toutes les sources", "all sources"),
    ("lowest", "chiffre le plus bas", "lowest figure"),
    ("highest", "chiffre le plus haut", "highest figure"),
    ("source:jnim", "Jnim seulement", "JNIM only"),
    ("source:report", "les rapports eux-mêmes seulement", "the reports themselves only"),
    ("source:0011", "0011 seulement", "0011 only"),
])
def test_a_rule_has_a_name(rule: str, french: str, english: str) -> None:
    assert rule_words(TotalRule.parse(rule), "fr").lower() == french.lower()
    assert rule_words(TotalRule.parse(rule), "en").lower() == english.lower()


def test_a_view_tells_its_totals_and_their_rule(make_view: MakeView) -> None:
    assert totals_words(make_view().totals, "fr") == (
        "Tués 20 – 55 ou plus (3 incidents sans bilan) · 1 bilan cumulé, non ajouté · règle : toutes les sources"
    )
    alone = make_view(rule=TotalRule.parse("source:local_sources"), language="en")
    assert totals_words(alone.totals, "en").startswith("Killed 45 – 55 (3 incidents without a toll) · rule: ")


def test_what_is_hidden_counts_nowhere(make_view: MakeView) -> None:
    view = make_view(hidden=frozenset({"jnim"}))
    assert totals_words(view.totals, "fr") == "Aucun bilan chiffré · règle : toutes les sources"
    assert totals_words(make_view(hidden=frozenset({"jnim", "fama", "cnsp"})).totals, "fr") == ""


def test_the_first_field_that_is_told_says_what_is_missing() -> None:
    rule = TotalRule.parse("highest")
    killed = Total(ClaimField.KILLED, rule, None, None, None, False, 0, 3, 0, (), 0)
    captured = Total(ClaimField.CAPTURED, rule, 2, 2, 2, False, 2, 1, 1, ("deux", "trois"), 1)
    assert totals_words((killed, captured), "fr") == (
        "Capturés 2 (1 incident sans bilan, 1 bilan contesté) · 2 bilans cumulés, non ajoutés · règle : chiffre le plus haut"
    )
