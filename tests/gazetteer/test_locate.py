"""The one place that a cell is about."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentmap.gazetteer import Gazetteer
from incidentmap.gazetteer.locate import Located
from incidentmap.model import NameAsked, Relation, ResolutionStatus

FOUND, AMBIGUOUS, MISS = ResolutionStatus


def located(gazetteer: Gazetteer, text: str) -> Located:
    return gazetteer.locate(NameAsked(text), region="mali")


@pytest.mark.parametrize(("text", "relation", "names", "status"), [
    ("Kidal", Relation.IN, ["Kidal"], FOUND),
    ("région de Kidal", Relation.IN, ["Kidal"], FOUND),
    ("à 37 km au nord de Kidal", Relation.DISTANCE, ["Kidal"], FOUND),
    ("Goundam-Niafunké", Relation.BETWEEN, ["Goundam", "Niafunké"], FOUND),
    ("Une mine explose sur l'axe Goundam-Niafunké (région de Tombouctou)", Relation.BETWEEN, ["Goundam", "Niafunké"], FOUND),
    ("Attaque à Goundam (140 km à l'ouest de Kidal)", Relation.IN, ["Goundam"], FOUND),
    ("Un convoi en provenance de Kidal saute sur une mine à Goundam", Relation.IN, ["Goundam"], FOUND),
    ("Un convoi en route pour Kidal tombe dans une embuscade près de Goundam", Relation.NEAR, ["Goundam"], FOUND),
    ("Dans la région de Kidal, attaque à Aguelhoc", Relation.IN, ["Aguelhoc"], FOUND),
    ("Assassinat du maire de Goundam à Kidal", Relation.IN, ["Kidal"], FOUND),
    ("Assassinat du maire de Goundam", Relation.IN, ["Goundam"], FOUND),
    ("Attaque à Xaraxa à 30 km de Kidal", Relation.DISTANCE, ["Kidal"], AMBIGUOUS),
    ("Attaque à Xaraxa (région de Kidal)", Relation.IN, ["Kidal"], AMBIGUOUS),
    ("Des forains se rendant à Goundam sont attaqués (région de Tombouctou)", Relation.NEAR, ["Goundam"], AMBIGUOUS),
    ("Combats dans le nord du Mali", Relation.NEAR, ["Mali"], FOUND),
    ("Attaque à Xaraxa", Relation.IN, [], MISS),
])
def test_the_main_place(
    gazetteer: Gazetteer, text: str, relation: Relation, names: list[str], status: ResolutionStatus,
) -> None:
    found = located(gazetteer, text)
    assert [each.chosen.place.name for each in found.resolutions if each.chosen] == names
    assert found.phrase
    assert (found.phrase.relation, found.status) == (relation, status)
    assert (found.situation is None) is (status is MISS)


@pytest.mark.parametrize("text", ["", " ", "💥", "(((", "une attaque hier", "\ud800"])
def test_a_cell_without_a_place_is_a_miss(gazetteer: Gazetteer, text: str) -> None:
    found = located(gazetteer, text)
    assert (found.status, found.phrase, found.situation) == (MISS, None, None)


def test_what_is_taken_instead_of_an_unknown_scene_is_told(gazetteer: Gazetteer) -> None:
    codes = [[why.code for why in located(gazetteer, text).reasons] for text in (
        "Attaque à Xaraxa à 30 km de Kidal", "Attaque à Xaraxa (région de Kidal)", "Kidal",
    )]
    assert codes == [["situated_instead"], ["situated_in_unit"], []]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(st.text(max_size=60) | st.lists(
    st.sampled_from([
        "Kidal", " à ", "12 km ", "au nord de ", "-", "(", ")", "Goundam", "entre ", " et ", "Niger", "frontière du ",
    ]),
    max_size=15,
).map("".join))
def test_no_string_raises(gazetteer: Gazetteer, text: str) -> None:
    found = located(gazetteer, text)
    assert (found.situation is None) is (found.status is MISS)
    assert all(text[name.start : name.end] == name.quote for name in (found.phrase.names if found.phrase else ()))
