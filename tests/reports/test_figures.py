import pytest

from incidentmap.model import Report
from incidentmap.reports.figures import find_figures
from incidentmap.reports.numbers import read_number
from incidentmap.reports.page import Page, prepare


def page(text: str, language: str) -> Page:
    return prepare(Report("0" * 16, "", "", language, None, "", text, ""))


def read(text: str, language: str = "fr") -> list[tuple[str, str, int | None, int | None, int | None]]:
    return [(str(one.field), one.subject, one.quantity.low, one.quantity.best, one.quantity.high)
            for one in find_figures(page(text, language), frozenset())]


@pytest.mark.parametrize(("text", "figures"), [
    ("plusieurs dizaines de soldats tués", [("killed", "soldiers", 20, None, None)]),
    ("une cinquantaine de soldats tués", [("killed", "soldiers", 45, 50, 55)]),
    ("une dizaine de blessés", [("wounded", "", 9, 10, 11)]),
    ("au moins 12 civils tués", [("killed", "civilians", 12, None, None)]),
    ("entre deux et six morts", [("killed", "", 2, None, 6)]),
    ("15 à 24 morts", [("killed", "", 15, None, 24)]),
    ("jusqu'à vingt morts", [("killed", "", None, None, 20)]),
    ("aucun mort", [("killed", "", 0, 0, 0)]),
    ("soixante et onze morts", [("killed", "", 71, 71, 71)]),
    ("quatre-vingt-dix-sept morts", [("killed", "", 97, 97, 97)]),
    ("1 200 déplacés", [("displaced", "", 1200, 1200, 1200)]),
    ("vingt soldats tués et deux faits prisonniers", [("killed", "soldiers", 20, 20, 20), ("captured", "soldiers", 2, 2, 2)]),
    ("dix soldats et trois civils ont été tués", [("killed", "soldiers", 10, 10, 10), ("killed", "civilians", 3, 3, 3)]),
    ("Ils ont tué dix soldats", [("killed", "soldiers", 10, 10, 10)]),
    ("tuant quatre gendarmes et en blessant cinq", [("killed", "gendarmes", 4, 4, 4), ("wounded", "gendarmes", 5, 5, 5)]),
    ("3 morts (soldats)", [("killed", "soldiers", 3, 3, 3)]),
    ("Cinq voitures et des armes lourdes ont été pillées",
     [("materiel", "vehicles", 5, 5, 5), ("materiel", "heavy_weapons", None, None, None)]),
    ("deux camps militaires et trois réunions", []),
    ("un communiqué de deux phrases", []),
])
def test_french_figures(text: str, figures: list[tuple[str, str, int | None, int | None, int | None]]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(("text", "figures"), [
    ("killing at least six gendarmes", [("killed", "gendarmes", 6, None, None)]),
    ("more than a dozen soldiers had died", [("killed", "soldiers", 12, None, None)]),
    ("between four and seven dead", [("killed", "", 4, None, 7)]),
    ("dozens of civilians were killed", [("killed", "civilians", 24, None, None)]),
    ("about 50 people were injured", [("wounded", "persons", 45, 50, 55)]),
    ("nobody was killed", [("killed", "", 0, 0, 0)]),
    ("twenty-three villagers were abducted", [("captured", "civilians", 23, 23, 23)]),
    ("up to 200 families fled", [("displaced", "families", None, None, 200)]),
    ("two statements were read", []),
])
def test_english_figures(text: str, figures: list[tuple[str, str, int | None, int | None, int | None]]) -> None:
    assert read(text, "en") == figures


@pytest.mark.parametrize(("text", "language", "number"), [
    ("deux cent trente-quatre", "fr", 234), ("trois mille deux cents", "fr", 3200), ("quatre-vingts", "fr", 80),
    ("one hundred and five", "en", 105), ("deux trois", "fr", 2), ("12,500", "en", 12500), ("bonjour", "fr", None),
])
def test_numbers(text: str, language: str, number: int | None) -> None:
    here = page(text, language)
    read_here = read_number(here.text, here.tokens, 0, here.lexicon)
    assert (read_here[0] if read_here else None) == number
