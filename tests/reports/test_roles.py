"""Which part each actor has in an incident."""

from datetime import date

import pytest
from tests.reports.conftest import FewPlaces

from incidentmap.model import PartialDate, Report
from incidentmap.reports import read_report

FINDER = FewPlaces()


def parts(text: str, language: str) -> set[tuple[str, str]]:
    """Attackers and targets of the only incident of a report."""
    report = Report("0" * 16, "", "", language, PartialDate.day(date(2023, 11, 25)), "", text, "")
    (incident,) = read_report(report, FINDER, "mali").incidents
    return {(one.id, one.role.value) for one in incident.actors if one.role.value in {"attacker", "target"}}


@pytest.mark.parametrize(("text", "language"), [
    ("Jeudi à Gao, une patrouille de l'armée malienne est tombée dans une embuscade.", "fr"),
    ("Jeudi à Gao, des soldats maliens ont été pris dans une embuscade.", "fr"),
    ("Jeudi à Gao, l'armée malienne a essuyé une attaque.", "fr"),
    ("Jeudi à Gao, l'armée malienne a été la cible d'une attaque.", "fr"),
    ("On Thursday in Gao, Malian soldiers fell into an ambush.", "en"),
    ("On Thursday in Gao, a Malian army patrol came under attack.", "en"),
    ("On Thursday in Gao, Malian troops were caught in an ambush.", "en"),
    ("On Thursday in Gao, Malian troops walked into an ambush.", "en"),
])
def test_who_undergoes_an_attack_is_its_target(text: str, language: str) -> None:
    assert parts(text, language) == {("fama", "target")}


@pytest.mark.parametrize(("text", "language"), [
    ("Le VDP est tombé jeudi dans une embuscade à Gao.", "fr"),
    ("Des VDP tombent jeudi dans une embuscade à Gao.", "fr"),
    ("VDP fighters ran into an ambush in Gao on Thursday.", "en"),
])
def test_a_group_can_undergo_one_too(text: str, language: str) -> None:
    assert ("vdp", "attacker") not in parts(text, language)


@pytest.mark.parametrize(("text", "language"), [
    ("Jeudi à Gao, des hommes armés non identifiés ont attaqué l'armée malienne. Le Jnim a revendiqué l'attaque.", "fr"),
    ("Jeudi à Gao, des individus armés ont attaqué l'armée malienne. L'attaque a été revendiquée par le Jnim.", "fr"),
    ("Unidentified gunmen attacked the Malian army in Gao on Thursday. JNIM claimed responsibility for the attack.", "en"),
    ("On Thursday, unknown men attacked the Malian army in Gao. The attack was claimed by JNIM.", "en"),
])
def test_who_claims_an_attack_by_unknown_people_is_no_second_attacker(text: str, language: str) -> None:
    assert {actor for actor, part in parts(text, language) if part == "attacker"} == {"unidentified_armed_group"}


@pytest.mark.parametrize(("text", "language"), [
    ("Deux civils ont été tués jeudi à Gao, a annoncé l'armée malienne.", "fr"),
    ("Deux bergers ont été assassinés jeudi à Gao, a indiqué la gendarmerie malienne.", "fr"),
    ("Two herders were killed in Gao on Thursday, said the Malian army.", "en"),
    ("A toll announced by the Malian army speaks of two villagers murdered in Gao on Thursday.", "en"),
])
def test_who_only_tells_of_it_did_not_do_it(text: str, language: str) -> None:
    assert not {part for _, part in parts(text, language)} & {"attacker"}
