"""Reasons to look at a draft for what is told near it and was not read."""

from datetime import date

import pytest
from tests.reports.conftest import FewPlaces

from incidentmap.model import PartialDate, Report
from incidentmap.reports import read_report
from incidentmap.words import say_reason

DAY = PartialDate.day(date(2023, 11, 25))
CODES = {"no_toll", "harm_unread", "told_at_length", "crowded_sentence", "unread_number"}
CALM = " La ville reste calme. Les commerces ont rouvert. Les élèves sont en classe. Le marché se tient."


def codes(text: str, language: str = "fr") -> set[str]:
    report = Report("0" * 16, "", "", language, DAY, "", text, "")
    incidents = read_report(report, FewPlaces(), "mali").incidents
    reasons = [why for one in incidents for why in one.review]
    assert incidents
    assert all(say_reason(language, why) for why in reasons)
    return {why.code for why in reasons} & CODES


@pytest.mark.parametrize(("text", "language", "expected"), [
    ("Jeudi, des hommes armés ont attaqué le camp de Gao.", "fr", {"no_toll"}),
    ("Gunmen attacked the camp of Gao on Thursday.", "en", {"no_toll"}),
    ("Jeudi, des hommes armés ont attaqué le camp de Gao, faisant trois morts.", "fr", set()),
    ("Jeudi, des hommes armés ont attaqué le camp de Gao. Aucun mort.", "fr", set()),
    ("Gunmen attacked the camp of Gao on Thursday. Three soldiers were killed.", "en", set()),
    ("Jeudi, des femmes ont manifesté à Gao.", "fr", set()),
    ("Women demonstrated in Gao on Thursday.", "en", set()),
    ("Jeudi à Gao, des miliciens ont égorgé des bergers.", "fr", {"no_toll", "harm_unread"}),
    ("Militiamen slit the throats of herders in Gao on Thursday.", "en", {"no_toll", "harm_unread"}),
    ("Jeudi, une mine a tué deux soldats à Gao." + CALM + CALM, "fr", set()),
    ("Jeudi, une mine a tué deux soldats à Gao. L'attaque a duré." + CALM, "fr", {"told_at_length"}),
    ("Jeudi, dans la matinée, alors que les habitants se rendaient comme à l'accoutumée au grand marché du quartier du port, "
     "non loin du fleuve et des entrepôts, une mine a tué deux soldats à Gao.", "fr", {"crowded_sentence"}),
])
def test_what_was_not_read_is_a_reason(text: str, language: str, expected: set[str]) -> None:
    assert codes(text, language) == expected


def test_what_is_told_of_another_place_is_not_about_this_one() -> None:
    text = "Jeudi, une mine a tué deux soldats à Gao. Vendredi, des hommes armés ont tué trois bergers à Ansongo." + CALM
    assert codes(text) == set()
