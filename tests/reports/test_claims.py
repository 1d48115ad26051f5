"""Who says what in a sentence, and who goes on saying it in the next one."""

from datetime import date

import pytest
from tests.reports.conftest import FewPlaces

from incidentmap.model import PartialDate, Report
from incidentmap.reports import read_report

FINDER = FewPlaces()


def told(text: str, language: str) -> list[tuple[str, str, int | None]]:
    """Claimant, field and lowest number of all figures of a report."""
    reading = read_report(Report("0" * 16, "", "", language, PartialDate.day(date(2023, 11, 25)), "", text, ""), FINDER, "mali")
    return [(one.claimant, one.field.value, one.low) for incident in reading.incidents for one in incident.claims
            if one.low is not None]


@pytest.mark.parametrize(("text", "language", "claimant"), [
    ("Deux soldats ont été tués jeudi dans une attaque à Gao, a déclaré un officier malien.", "fr", "fama"),
    ("Deux civils ont été tués jeudi dans une attaque à Gao, ont indiqué des habitants.", "fr", "local_sources"),
    ("Deux civils ont été tués jeudi dans une attaque à Gao, avait affirmé l'armée malienne.", "fr", "fama"),
    ("Deux civils ont été tués jeudi dans une attaque à Gao, rapporte une source hospitalière.", "fr", "local_sources"),
    ("Une attaque a fait deux morts jeudi à Gao, de l'aveu de l'armée malienne.", "fr", "fama"),
    ("Two civilians were killed in an attack in Gao on Thursday, residents said.", "en", "local_sources"),
    ("Two soldiers were killed in an attack in Gao on Thursday, the Malian army has said.", "en", "fama"),
    ("Two civilians were killed in an attack in Gao on Thursday, hospital officials reported.", "en", "local_sources"),
    ("According to JNIM, two soldiers were killed in an attack in Gao on Thursday.", "en", "jnim"),
    ("An attack in Gao on Thursday left two soldiers dead, two security sources said on Friday.", "en", "local_sources"),
])
def test_who_closes_a_sentence_tells_it(text: str, language: str, claimant: str) -> None:
    assert {(who, low) for who, _, low in told(text, language)} == {(claimant, 2)}


@pytest.mark.parametrize(("text", "language", "claimants"), [
    ("Deux civils ont été tués jeudi dans une attaque à Gao, selon des habitants. Trois enfants ont été blessés.", "fr",
     {"local_sources"}),
    ("Deux civils ont été tués jeudi dans une attaque à Gao, a annoncé l'armée malienne. Cinq autres sont portés disparus.",
     "fr", {"fama"}),
    ("Deux civils ont été tués jeudi dans une attaque à Gao, selon des habitants.\n\nTrois enfants ont été blessés.", "fr",
     {"local_sources", "report"}),
    ("Two civilians were killed in an attack in Gao on Thursday, residents said. Six children were wounded.", "en",
     {"local_sources"}),
    ("Two civilians were killed in an attack in Gao on Thursday, residents said.\n\nSix children were wounded.", "en",
     {"local_sources", "report"}),
])
def test_who_told_all_of_a_sentence_goes_on_within_the_paragraph(text: str, language: str, claimants: set[str]) -> None:
    assert {who for who, _, _ in told(text, language)} == claimants


@pytest.mark.parametrize(("text", "language"), [
    ("Gunmen attacked the gendarmerie in Gao on Thursday; one gendarme was reported missing.", "en"),
    ("Gunmen attacked the army in Gao on Thursday; two soldiers are reported dead.", "en"),
    ("Gunmen attacked the camp in Gao on Thursday; five soldiers were said to be wounded.", "en"),
    ("Des hommes armés ont attaqué jeudi la gendarmerie à Gao ; un gendarme est signalé disparu.", "fr"),
    ("Des hommes armés ont attaqué jeudi l'armée à Gao ; deux soldats sont annoncés morts.", "fr"),
])
def test_those_of_whom_it_is_said_do_not_say_it(text: str, language: str) -> None:
    assert {who for who, _, _ in told(text, language)} == {"report"}


@pytest.mark.parametrize(("text", "language", "claimant"), [
    ("JNIM gives news of its raids. On Thursday we attacked the camp in Gao. We killed six soldiers.", "en", "jnim"),
    ("Communiqué of the FLA. On Thursday our fighters attacked the camp in Gao. We captured six soldiers.", "en", "fla"),
    ("JNIM speaks. On Thursday its men attacked the camp in Gao. We have killed six soldiers.", "en", "jnim"),
    ("Communiqué du Jnim. Jeudi, une attaque a visé le camp de Gao. Nous avons tué six soldats.", "fr", "jnim"),
    ("L'armée malienne informe. Jeudi, une attaque a visé le camp de Gao. Nous avons abattu six assaillants.", "fr", "fama"),
    ("The Malian army reports. On Thursday an attack hit the camp in Gao. A witness says he saw us. Six soldiers were killed.",
     "en", "report"),
    ("Le Jnim a frappé. Jeudi, une attaque a visé le camp de Gao. Nous avons interrogé des témoins : six soldats ont été tués.",
     "fr", "report"),
])
def test_we_is_the_author_where_it_tells_of_deeds(text: str, language: str, claimant: str) -> None:
    assert {who for who, _, low in told(text, language) if low == 6} == {claimant}
