from datetime import date

import pytest

from incidentmap.model import Report
from incidentmap.registry import actors
from incidentmap.reports.actors import find_actors
from incidentmap.reports.lexicon import states
from incidentmap.reports.page import prepare
from incidentmap.reports.settling import main_country, settle_actors


def read(text: str, language: str = "fr", day: date | None = date(2023, 11, 25)) -> list[str]:
    page = prepare(Report("0" * 16, "", "", language, None, "", text, ""))
    return [one.id for one in settle_actors(page, find_actors(page), main_country(page), day)]


@pytest.mark.parametrize(("text", "ids"), [
    ("Le Groupe de soutien à l'islam et aux musulmans attaque", ["jnim"]),
    ("le JNIM et la Fama", ["jnim", "fama"]),
    ("l'armée malienne", ["fama"]),
    ("des soldats nigériens", ["fan"]),
    ("Au Mali, l'armée", ["fama"]),
    ("la partie nigérienne", ["cnsp"]),
    ("les autorités maliennes de transition", ["mali_transition"]),
    ("la Brigade du Vent rouge", ["unregistered:brigade-du-vent-rouge"]),
    ("Le Jnim frappe. Les jihadistes se replient.", ["jnim", "jnim"]),
    ("Le Jnim, lié à al-Qaïda, frappe. Le groupe se replie.", ["jnim", "al_qaeda", "jnim"]),
    ("félicité le Mali", ["mali_transition"]),
    ("à Bamako, au Mali", []),
    ("des sources locales", ["local_sources"]),
])
def test_french_actors(text: str, ids: list[str]) -> None:
    assert read(text) == ids


@pytest.mark.parametrize(("text", "ids"), [
    ("Malian troops and Nigerien soldiers", ["fama", "fan"]),
    ("the Amber Dune Brigade said its fighters", ["unregistered:amber-dune-brigade", "unregistered:amber-dune-brigade"]),
    ("unidentified gunmen", ["unidentified_armed_group"]),
    ("In Mali, the army", ["fama"]),
])
def test_english_actors(text: str, ids: list[str]) -> None:
    assert read(text, "en") == ids


def test_a_government_is_that_of_the_day() -> None:
    assert read("les autorités nigériennes", day=date(2022, 1, 1)) == ["niger_government"]
    assert read("les autorités nigériennes", day=date(2024, 1, 1)) == ["cnsp"]


@pytest.mark.parametrize(("text", "day", "ids"), [
    ("le CNSP", date(2020, 9, 9), ["mali_cnsp"]),
    ("le CNSP", date(2024, 9, 9), ["cnsp"]),
    ("Au Mali, le CNSP", None, ["mali_cnsp"]),
    ("Au Niger, le CNSP", None, ["cnsp"]),
    ("Au Niger, la gendarmerie nationale", date(2024, 9, 9), ["niger_gendarmerie"]),
    ("Au Burkina Faso, la police nationale", date(2024, 9, 9), ["burkina_police"]),
    ("Au Bénin, la police nationale", date(2024, 9, 9), ["benin_army"]),
    ("Au Mali, la police nationale", None, ["mali_police"]),
    ("des soldats ivoiriens", None, ["ivory_coast_army"]),
    ("l'armée camerounaise et des soldats togolais", None, ["cameroon_army", "togo_army"]),
    ("des soldats tchadiens", None, ["chad_army"]),
])
def test_of_several_of_one_name_the_day_and_then_the_country_decide(text: str, day: date | None, ids: list[str]) -> None:
    assert read(text, day=day) == ids


@pytest.mark.parametrize(("text", "language", "ids"), [
    ("Au Mali, le poste de gendarmerie", "fr", ["mali_gendarmerie"]),
    ("Au Burkina Faso, des gendarmes", "fr", ["burkina_gendarmerie"]),
    ("Au Niger, des policiers", "fr", ["niger_police"]),
    ("des gendarmes nigériens", "fr", ["niger_gendarmerie"]),
    ("Au Mali, un camp de la garde nationale", "fr", ["mali_national_guard"]),
    ("Au Bénin, des douaniers", "fr", ["benin_army"]),
    ("In Mali, the gendarmerie post", "en", ["mali_gendarmerie"]),
    ("Burkinabe police", "en", ["burkina_police"]),
    ("In Niger, the national guard", "en", ["niger_national_guard"]),
    ("In Togo, police officers", "en", ["togo_army"]),
    ("In Mali, government troops", "en", ["fama"]),
])
def test_a_state_has_more_forces_than_its_army(text: str, language: str, ids: list[str]) -> None:
    assert read(text, language) == ids


@pytest.mark.parametrize(("text", "language", "last"), [
    ("Le Jnim accuse l'armée malienne. Celle-ci dément.", "fr", "fama"),
    ("L'armée malienne a frappé le FLA. Ce dernier riposte.", "fr", "fla"),
    ("Le MNLA et la Minusma se parlent. Celle-ci se tait.", "fr", "minusma"),
    ("JNIM blamed the Malian army. The latter kept silent.", "en", "fama"),
    ("The Malian army pursued JNIM. The latter fled.", "en", "jnim"),
])
def test_the_latter_is_the_last_one_named(text: str, language: str, last: str) -> None:
    assert read(text, language)[-1] == last


@pytest.mark.parametrize(("words", "language"), [
    *((words, "fr") for words in (
        "des hommes lourdement armés", "des individus en tenue militaire", "des HANI", "des motards armés", "des malfaiteurs",
        "des terroristes présumés", "des assaillants non identifiés", "des tireurs")),
    *((words, "en") for words in (
        "heavily armed men", "men in turbans", "unidentified perpetrators", "suspected jihadist fighters", "cattle rustlers",
        "gunmen on motorbikes", "an unidentified armed group", "masked men")),
])
def test_the_unidentified_have_many_names(words: str, language: str) -> None:
    assert read(words, language) == ["unidentified_armed_group"]


@pytest.mark.parametrize(("text", "language", "ids"), [
    ("Au Mali, le gouvernement compte les morts", "fr", ["mali_transition"]),
    ("Au Niger, les autorités se taisent", "fr", ["cnsp"]),
    ("Au Burkina Faso, la junte dément", "fr", ["mpsr"]),
    ("Au Mali, une délégation est arrivée", "fr", []),
    ("In Mali, the government denied everything", "en", ["mali_transition"]),
    ("In Niger, the authorities are silent", "en", ["cnsp"]),
    ("In Mali, a delegation arrived", "en", []),
])
def test_the_government_is_that_of_the_country_spoken_of(text: str, language: str, ids: list[str]) -> None:
    assert read(text, language) == ids


def test_the_registry_holds_together() -> None:
    registry = actors()
    assert len(registry) >= 45
    assert all(not actor.parent or actor.parent in registry for actor in registry.values())
    assert all({"fr", "en"} <= dict(actor.names).keys() for actor in registry.values())
    assert all(state.army in registry and set(state.governments) <= registry.keys() for state in states().values())
