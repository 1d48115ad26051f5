"""Which date of a report is that of an event that its own sentence does not date."""

from datetime import date

import pytest
from tests.reports.conftest import FewPlaces

from incidentmap.model import PartialDate, Reading, Report
from incidentmap.reports import read_report

PUBLISHED = PartialDate.day(date(2023, 11, 25))


def read(text: str, language: str = "fr", published: PartialDate | None = PUBLISHED) -> Reading:
    return read_report(Report("0" * 16, "", "", language, published, "", text, ""), FewPlaces(), None)


def days(text: str, language: str = "fr") -> list[tuple[str, str]]:
    """The place and first day of each incident."""
    return [(one.location.name if one.location else "", str(one.date.start) if one.date else "")
            for one in read(text, language).incidents]


@pytest.mark.parametrize(("text", "language", "expected"), [
    ("LUNDI 20 NOVEMBRE\n\nDes combats ont éclaté à Kidal.\n\nMARDI 21 NOVEMBRE\n\nDes obus sont tombés sur Gao. "
     "À Ansongo, une mine a explosé.", "fr", [("Kidal", "2023-11-20"), ("Gao", "2023-11-21"), ("Ansongo", "2023-11-21")]),
    ("Monday 20 November\n\nGunmen attacked Kidal.\n\nTuesday 21 November\n\nA mine exploded in Gao.", "en",
     [("Kidal", "2023-11-20"), ("Gao", "2023-11-21")]),
    ("LUNDI 20 NOVEMBRE\n\nVendredi 17 novembre, des combats ont éclaté à Kidal. Trois soldats ont été tués.", "fr",
     [("Kidal", "2023-11-17")]),
    ("Monday, 20 November 2023: Gunmen attacked Kidal.\nTuesday, 21 November 2023: A mine exploded in Gao.", "en",
     [("Kidal", "2023-11-20"), ("Gao", "2023-11-21")]),
    ("Des combats ont éclaté lundi à Kidal. Mardi, le JNIM a revendiqué l'attaque. Le lendemain de l'attaque, rien.", "fr",
     [("Kidal", "2023-11-20")]),
    ("Lundi 20 novembre. Des combats ont éclaté à Kidal.", "fr", [("Kidal", "2023-11-20")]),
    ("- 20/11, Kidal : attaque du camp\n- 21/11, Gao : une mine explose", "fr",
     [("Kidal", "2023-11-20"), ("Gao", "2023-11-21")]),
    ("Des combats ont éclaté lundi à Kidal. L'avant-veille, des obus sont tombés sur Gao.", "fr",
     [("Kidal", "2023-11-20"), ("Gao", "2023-11-18")]),
    ("Des combats ont éclaté lundi à Kidal. Le surlendemain, des obus sont tombés sur Gao.", "fr",
     [("Kidal", "2023-11-20"), ("Gao", "2023-11-22")]),
    ("Gunmen attacked Kidal on Monday. The day after the attack, a mine exploded in Gao.", "en",
     [("Kidal", "2023-11-20"), ("Gao", "2023-11-21")]),
    ("La veille, des obus sont tombés sur Gao.", "fr", [("Gao", "2023-11-24")]),
    ("Le gouverneur s'y rendait mardi. Le lendemain, des obus sont tombés sur Gao.", "fr", [("Gao", "2023-11-22")]),
    ("Il vit ici depuis 2009. Le lendemain, des obus sont tombés sur Gao.", "fr", [("Gao", "")]),
])
def test_dates_beyond_the_sentence(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert days(text, language) == expected


def test_a_date_above_is_doubted() -> None:
    (incident,) = read("LUNDI 20 NOVEMBRE\n\nDes combats ont éclaté à Kidal.").incidents
    assert "date_carried" in {each.code for each in incident.review}
    assert incident.date_span
    assert incident.date_span.quote == "LUNDI 20 NOVEMBRE"


@pytest.mark.parametrize(("text", "published"), [
    ("Des obus sont tombés sur Gao.", None),
    ("Des obus sont tombés sur Gao.", PUBLISHED),
    ("Des obus sont tombés hier sur Gao. Une mine a explosé à Kidal le 3 mars 2023.", None),
    ("Trois hommes ont été exécutés à Gao, à une date inconnue. Une mine a explosé lundi à Kidal.", PUBLISHED),
])
def test_a_day_that_cannot_be_known_stays_unknown(text: str, published: PartialDate | None) -> None:
    incident = next(one for one in read(text, published=published).incidents if one.location and one.location.name == "Gao")
    assert incident.date is None
    assert "no_date" in {each.code for each in incident.review}
