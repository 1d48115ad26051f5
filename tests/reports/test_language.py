from datetime import date

import pytest
from tests.reports.conftest import FewPlaces

from incidentmap.model import PartialDate, Report
from incidentmap.reports import read_report
from incidentmap.reports.language import detect_language, guess_language
from incidentmap.reports.tokens import tokenise
from incidentmap.words import LANGUAGES, say_reason

FRENCH = "Des hommes armés ont attaqué le village dans la nuit."
ENGLISH = "Gunmen attacked the village during the night and killed two of them."


@pytest.mark.parametrize(("text", "language"), [
    (FRENCH, "fr"),
    (ENGLISH, "en"),
    ("", "fr"),
    ("12 34", "fr"),
])
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(("text", "sure"), [
    (FRENCH, True),
    (ENGLISH, True),
    ("", False),
    ("12 34", False),
    ("Napastnicy zabili trzech żołnierzy w mieście Gao w piątek rano.", False),
    ("le the", False),
])
def test_a_guess_says_whether_it_is_sure(text: str, sure: bool) -> None:
    guess = guess_language(tokenise(text))
    assert guess.sure is sure
    assert 0 <= guess.lead <= guess.share <= 1


@pytest.mark.parametrize(("text", "told", "warned"), [
    (FRENCH, "", False),
    (ENGLISH, "en", False),
    ("Napastnicy zabili trzech żołnierzy w mieście Gao w piątek rano.", "", True),
    ("Napastnicy zabili trzech żołnierzy w mieście Gao w piątek rano.", "en", True),
    ("", "", True),
])
def test_a_text_of_no_known_language_is_read_with_a_warning(text: str, told: str, warned: bool) -> None:
    report = Report("0" * 16, "", "", told, PartialDate.day(date(2023, 11, 25)), "", text, "")
    found = [why for why in read_report(report, FewPlaces(), None).warnings if why.code == "language_unsure"]
    assert [dict(why.values) for why in found] == ([{"read_as": told or "fr"}] if warned else [])
    assert all(told in say_reason(language, why) for language in LANGUAGES for why in found)
