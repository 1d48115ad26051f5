from datetime import date

import pytest

from incidentmap.model import Report
from incidentmap.registry import actors
from incidentmap.reports.actors import find_actors, main_country, settle_actors
from incidentmap.reports.lexicon import states
from incidentmap.reports.page import prepare


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


def test_the_registry_holds_together() -> None:
    registry = actors()
    assert len(registry) >= 45
    assert all(not actor.parent or actor.parent in registry for actor in registry.values())
    assert all({"fr", "en"} <= dict(actor.names).keys() for actor in registry.values())
    assert all(state.army in registry and set(state.governments) <= registry.keys() for state in states().values())
