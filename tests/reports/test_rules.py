"""What the rules make of sentences: kinds of events, roles, tolls, voices and datelines, in both languages."""

from datetime import date

import pytest
from tests.reports.conftest import FewPlaces

from incidentmap.model import Incident, PartialDate, Reading, Report
from incidentmap.reports import read_report
from incidentmap.words import say_reason

DAY = PartialDate.day(date(2023, 11, 25))
FINDER = FewPlaces()


def read(text: str, language: str = "fr", published: PartialDate | None = DAY) -> Reading:
    return read_report(Report("0" * 16, "", "", language, published, "", text, ""), FINDER, "mali")


def only(text: str, language: str = "fr") -> Incident:
    (incident,) = read(text, language).incidents
    return incident


def roles(incident: Incident) -> set[tuple[str, str]]:
    return {(actor.id, actor.role.value) for actor in incident.actors}


def counts(incident: Incident) -> list[tuple[str, str, int | None, int | None]]:
    counted = [one for one in incident.claims if (one.low, one.high) != (None, None)]
    return [(one.claimant, one.field.value, one.low, one.high) for one in counted]


@pytest.mark.parametrize(("text", "kind"), [
    ("Jeudi, des roquettes ont été tirées sur le camp de Gao.", "Shelling/artillery/missile attack"),
    ("Un tir de drone a touché un campement près de Gao jeudi.", "Air/drone strike"),
    ("Une charrette a roulé sur un engin explosif à Gao jeudi.", "Remote explosive/landmine/IED"),
    ("Un homme s'est fait exploser jeudi à Gao.", "Suicide bomb"),
    ("Jeudi à Gao, un voleur présumé a été lynché par la foule.", "Mob violence"),
    ("À Gao, la police a dispersé jeudi une marche à coups de gaz lacrymogène.", "Protest with intervention"),
    ("Jeudi, des inconnus ont mis le feu au poste de péage de Gao.", "Looting/property destruction"),
    ("L'armée a découvert jeudi une cache d'armes à Gao.", "Disrupted weapons use"),
    ("La gendarmerie a arrêté jeudi trois suspects à Gao.", "Arrests"),
    ("Des hommes armés ont enlevé jeudi un enseignant à Gao.", "Abduction/forced disappearance"),
    ("Le maire de Gao a été assassiné jeudi par des hommes armés.", "Attack"),
])
def test_french_kinds(text: str, kind: str) -> None:
    assert only(text).sub_event_type == kind


@pytest.mark.parametrize(("text", "kind"), [
    ("Army jets bombed a camp near Gao on Thursday.", "Air/drone strike"),
    ("A drone fired on a market in Gao on Thursday.", "Air/drone strike"),
    ("A bomb went off in Gao on Thursday when a mine exploded.", "Remote explosive/landmine/IED"),
    ("A grenade was thrown at a bar in Gao on Thursday.", "Grenade"),
    ("On Thursday, a man was beaten to death by a crowd in Gao.", "Mob violence"),
    ("Youths threw stones at shops in Gao on Thursday.", "Violent demonstration"),
    ("Police used tear gas to disperse protesters in Gao on Thursday.", "Protest with intervention"),
    ("Troops fired on protesters in Gao on Thursday.", "Excessive force against protesters"),
    ("The army set up a new military post in Gao on Thursday.", "Headquarters or base established"),
    ("The army withdrew from Gao on Thursday without a fight.", "Non-violent transfer of territory"),
    ("On Thursday, the army deployed more troops in Gao.", "Change to group/activity"),
    ("Rebels captured Gao on Thursday.", "Non-state actor overtakes territory"),
])
def test_english_kinds(text: str, kind: str) -> None:
    assert only(text, "en").sub_event_type == kind


@pytest.mark.parametrize(("text", "language"), [
    ("À Gao, un car s'est renversé jeudi : six morts dans l'accident.", "fr"),
    ("Les inondations ont fait douze morts jeudi à Gao.", "fr"),
    ("Le procès de dix hommes accusés d'une attaque s'est ouvert jeudi à Gao.", "fr"),
    ("Une cérémonie s'est tenue à Gao à la mémoire de trois soldats tués il y a cinq ans.", "fr"),
    ("A bus overturned near Gao on Thursday and five people died.", "en"),
    ("A court in Gao sentenced two men on Thursday for an attack.", "en"),
    ("The verdict fell in Gao two years to the day after the attack on a hotel.", "en"),
])
def test_accidents_trials_and_memories_are_no_incidents(text: str, language: str) -> None:
    assert read(text, language).incidents == ()


@pytest.mark.parametrize(("text", "language", "expected"), [
    ("Jeudi, une position de la Minusma a été attaquée à Gao par le Jnim.", "fr",
     {("minusma", "target"), ("jnim", "attacker")}),
    ("La Minusma a été attaquée jeudi à Gao.", "fr", {("minusma", "target")}),
    ("MINUSMA was attacked in Gao on Thursday by JNIM.", "en", {("minusma", "target"), ("jnim", "attacker")}),
    ("Jeudi, le Jnim a attaqué les chasseurs dozos à Gao.", "fr", {("jnim", "attacker"), ("dozo", "target")}),
    ("Affrontements jeudi à Gao entre le GATIA et la CMA.", "fr", {("gatia", "attacker"), ("cma", "target")}),
    ("GATIA and CMA fighters clashed in Gao on Thursday.", "en", {("gatia", "attacker"), ("cma", "target")}),
    ("Un raid aérien de l'armée malienne a visé un campement à Gao jeudi.", "fr",
     {("fama", "attacker"), ("civilians", "target")}),
])
def test_roles(text: str, language: str, expected: set[tuple[str, str]]) -> None:
    assert roles(only(text, language)) == expected


def test_who_denies_is_no_attacker() -> None:
    incident = only("Jeudi, des hommes armés ont attaqué une pinasse à Gao. Le Jnim a nié, vendredi, toute responsabilité.")
    assert ("jnim", "attacker") not in roles(incident)
    assert ("jnim", "denier") in roles(incident)


@pytest.mark.parametrize(("text", "language", "expected"), [
    ("Jeudi, l'attaque de Gao : le bilan passe de 8 à 12 morts.", "fr", [("report", "killed", 12, 12)]),
    ("The toll of Thursday's attack in Gao rose from 8 to 12 dead.", "en", [("report", "killed", 12, 12)]),
    ("Gunmen attacked Gao on Thursday; one soldier is missing and six others were wounded.", "en",
     [("report", "missing", 1, 1), ("report", "wounded", 6, 6)]),
    ("A mine exploded in Gao on Thursday. 2 passengers killed, 9 injured (hospital source).", "en",
     [("local_sources", "killed", 2, 2), ("local_sources", "wounded", 9, 9)]),
    ("Six herders were killed in an attack in Gao on Thursday, residents said.", "en", [("local_sources", "killed", 6, 6)]),
    ("Jeudi, attaque à Gao. 14 morts (5 militaires, 4 assaillants et 5 civils).", "fr", [("report", "killed", 14, 14)]),
    ("Jeudi, attaque à Gao. Aucun mort.", "fr", [("report", "killed", 0, 0)]),
])
def test_figures_and_who_gives_them(text: str, language: str, expected: list[tuple[str, str, int | None, int | None]]) -> None:
    assert counts(only(text, language)) == expected


def test_who_fled_fled_from_the_event_wherever_to() -> None:
    (incident,) = read("Jeudi, des hommes armés ont attaqué Ansongo. 3 200 personnes ont fui vers Gao.").incidents
    assert incident.location
    assert incident.location.name == "Ansongo"
    assert ("report", "displaced", 3200, 3200) in counts(incident)


@pytest.mark.parametrize(("text", "language", "day"), [
    ("Mopti, 12 juin 2022. Une attaque a visé Gao hier.", "fr", "2022-06-11"),
    ("GAO, 25 févr. 2013 (Agence) – Une attaque a visé Gao hier.", "fr", "2013-02-24"),
    ("(Bamako, 4 mai 2021) - Une attaque a visé Gao hier.", "fr", "2021-05-03"),
    ("GAO, Mali — 5 March 2024 — Gunmen attacked Gao yesterday.", "en", "2024-03-04"),
    ("Radio du Fleuve, journal du mercredi 12 octobre 2016\n\nUne attaque a visé Gao hier.", "fr", "2016-10-11"),
    ("River Radio, evening bulletin, Thursday 24 September 2015\n\nGunmen attacked Gao yesterday.", "en", "2015-09-23"),
    ("Bulletin. Period: 10 to 16 June 2019 - issued 17 June 2019, 08:30\n\nGunmen attacked Gao yesterday.", "en", "2019-06-16"),
])
def test_datelines_date_what_happened_yesterday(text: str, language: str, day: str) -> None:
    incidents = read(text, language, None).incidents
    assert [str(one.date.start) for one in incidents if one.date] == [day]


def test_two_events_of_one_sentence_share_the_eve() -> None:
    text = ("Des obus sont tombés vendredi sur Gao. La veille, une mine avait explosé à Ansongo et une attaque avait visé "
            "Bourem.")
    found = {one.location.name: str(one.date.start) for one in read(text).incidents if one.location and one.date}
    assert found == {"Gao": "2023-11-24", "Ansongo": "2023-11-23", "Bourem": "2023-11-23"}


def test_what_was_not_read_is_said() -> None:
    text = "Gunmen attacked Gao on Thursday and three soldiers were hit; a source in town spoke of seven."
    codes = {why.code for one in read(text, "en").incidents for why in one.review}
    assert codes & {"unread_number", "unsure_voice"}
    reasons = [why for one in read(text, "en").incidents for why in one.review]
    assert all(say_reason(language, why) for language in ("fr", "en") for why in reasons)


@pytest.mark.parametrize(("text", "told"), [
    ("No civilians were killed in the attack on Gao on Thursday.", [("report", "killed", 0, 0)]),
    ("Gunmen attacked Gao on Thursday; no soldiers were wounded.", [("report", "wounded", 0, 0)]),
])
def test_no_counts_as_none(text: str, told: list[tuple[str, str, int | None, int | None]]) -> None:
    assert counts(only(text, "en")) == told


def test_what_did_not_happen_is_no_incident() -> None:
    assert read("There was no attack in Gao on Thursday.", "en").incidents == ()
