import pytest

from incidentmap.gazetteer import Gazetteer, open_gazetteer
from incidentmap.gazetteer.hinted import HintedGazetteer
from incidentmap.model import Decision, NameAsked, PlaceFinder, ResolutionStatus, Verdict


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    """The shipped one: a country matters where several have names in it."""
    return open_gazetteer()


@pytest.mark.parametrize(("name", "country", "found", "status"), [
    ("Say", "ne", "NE", "found"),
    ("Say", "ML", "NE", "ambiguous"),
    ("Dori", "ML", "BF", "found"),
    ("Koro", "ML", "ML", "found"),
    ("Xyzzyville", "ML", "", "miss"),
])
def test_a_country_helps_its_own_places_and_harms_no_other(
    gazetteer: Gazetteer, name: str, country: str, found: str, status: str,
) -> None:
    finder: PlaceFinder = HintedGazetteer(gazetteer, country)
    told = finder.resolve(name, region=None)
    assert (told.chosen.place.country if told.chosen else "", told.status.value) == (found, status)


def test_a_region_goes_before_the_country(gazetteer: Gazetteer) -> None:
    asked = [NameAsked("Say"), NameAsked("Dori")]
    assert HintedGazetteer(gazetteer, "NE").resolve_all(asked, region="mali") == gazetteer.resolve_all(asked, region="mali")


def test_a_person_goes_before_the_country(gazetteer: Gazetteer) -> None:
    no_place = Decision(1, "2026-11-01T09:00:00Z", "Awa", Verdict.REJECT, NameAsked("Say"), None, (), None, "", "v", "", "")
    decided = HintedGazetteer(gazetteer.with_decisions([no_place]), "NE")
    assert decided.resolve("Say", region=None).status is ResolutionStatus.MISS


def test_words_are_found_as_the_gazetteer_finds_them(gazetteer: Gazetteer) -> None:
    text, hinted = "Une attaque à 12 km au nord de Say.", HintedGazetteer(gazetteer, "NE")
    (phrase,) = hinted.phrases(text, ())
    assert hinted.mentions(text, ()) == gazetteer.mentions(text, ())
    assert (phrase,) == gazetteer.phrases(text, ())
    assert hinted.situate(phrase, [hinted.resolve("Say", region=None)]) is not None
