from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.reports.calendar import Now
from incidentmap.reports.dates import find_dates
from incidentmap.reports.lexicon import lexicon
from incidentmap.reports.publication import publication_day

SATURDAY = Now(date(2023, 11, 25), 2023)


def read(text: str, language: str, now: Now = SATURDAY) -> list[tuple[str, str, str] | None]:
    dates = [mention.date for mention in find_dates(text, lexicon(language), now)]
    return [(str(one.start), str(one.end), str(one.precision)) if one else None for one in dates]


@pytest.mark.parametrize(("text", "start", "end", "precision"), [
    ("ce samedi 25 novembre", "2023-11-25", "2023-11-25", "day"),
    ("vendredi 24 novembre", "2023-11-24", "2023-11-24", "day"),
    ("le 1er décembre 2022", "2022-12-01", "2022-12-01", "day"),
    ("le 28 décembre", "2022-12-28", "2022-12-28", "day"),
    ("dans la nuit du 23 au 24 novembre", "2023-11-23", "2023-11-24", "range"),
    ("dans la nuit du jeudi 30 novembre au vendredi 1er décembre 2023", "2023-11-30", "2023-12-01", "range"),
    ("dans la nuit de jeudi à vendredi", "2023-11-23", "2023-11-24", "range"),
    ("du 3 au 5 novembre", "2023-11-03", "2023-11-05", "range"),
    ("il y a dix jours", "2023-11-14", "2023-11-16", "about"),
    ("il y a une semaine", "2023-11-15", "2023-11-21", "about"),
    ("vendredi dernier", "2023-11-24", "2023-11-24", "day"),
    ("samedi", "2023-11-25", "2023-11-25", "day"),
    ("samedi dernier", "2023-11-18", "2023-11-18", "day"),
    ("hier", "2023-11-24", "2023-11-24", "day"),
    ("avant-hier", "2023-11-23", "2023-11-23", "day"),
    ("mi-novembre", "2023-11-11", "2023-11-20", "about"),
    ("fin février 2022", "2022-02-21", "2022-02-28", "about"),
    ("début 2012", "2012-01-01", "2012-04-30", "about"),
    ("2023-11", "2023-11-01", "2023-11-30", "month"),
    ("2023-11-24", "2023-11-24", "2023-11-24", "day"),
    ("24/11/2023", "2023-11-24", "2023-11-24", "day"),
    ("en octobre", "2023-10-01", "2023-10-31", "month"),
    ("en 2012", "2012-01-01", "2012-12-31", "year"),
    ("la semaine dernière", "2023-11-13", "2023-11-19", "about"),
])
def test_french_dates(text: str, start: str, end: str, precision: str) -> None:
    assert read(f"Attaque, {text}, à Gao", "fr") == [(start, end, precision)]


@pytest.mark.parametrize(("text", "start", "end", "precision"), [
    ("on Friday 24 November", "2023-11-24", "2023-11-24", "day"),
    ("November 24, 2023", "2023-11-24", "2023-11-24", "day"),
    ("on Nov 24", "2023-11-24", "2023-11-24", "day"),
    ("the 24th of November", "2023-11-24", "2023-11-24", "day"),
    ("last Friday", "2023-11-24", "2023-11-24", "day"),
    ("yesterday", "2023-11-24", "2023-11-24", "day"),
    ("ten days ago", "2023-11-14", "2023-11-16", "about"),
    ("mid-November", "2023-11-11", "2023-11-20", "about"),
    ("in November 2022", "2022-11-01", "2022-11-30", "month"),
    ("the night of 23 to 24 November", "2023-11-23", "2023-11-24", "range"),
    ("from November 3 to 5", "2023-11-03", "2023-11-05", "range"),
])
def test_english_dates(text: str, start: str, end: str, precision: str) -> None:
    assert read(f"An attack, {text}, in Gao", "en") == [(start, end, precision)]


@pytest.mark.parametrize("text", ["Sept militaires tués", "le 31 février", "2023-13", "12345-11", "un an", "un mai tendu"])
def test_no_dates(text: str) -> None:
    assert read(text, "fr") == []


def test_a_wrong_weekday_is_marked() -> None:
    (mention,) = find_dates("vendredi 25 novembre 2023", lexicon("fr"), SATURDAY)
    assert mention.mismatch
    assert mention.date
    assert mention.date.start == date(2023, 11, 25)


def test_the_weekday_finds_the_year() -> None:
    (mention,) = find_dates("jeudi 24 mars", lexicon("fr"), SATURDAY)
    assert mention.date
    assert mention.date.start.year == 2022


def test_what_cannot_be_reckoned_stays_unknown() -> None:
    assert read("vendredi dernier", "fr", Now(None, None)) == [None]
    assert read("le 24 novembre", "fr", Now(None, None)) == [None]
    back = find_dates("la veille, puis deux jours plus tard", lexicon("fr"), SATURDAY)
    assert [(one.back, one.date) for one in back] == [("before", None), ("2", None)]
    assert [one.future for one in find_dates("la semaine prochaine", lexicon("fr"), SATURDAY)] == [True]


@pytest.mark.parametrize(("text", "language", "day"), [
    ("date 2023-11 Au Mali, ce samedi 25 novembre, l'armée", "fr", "2023-11-25"),
    ("Publié le 25/11/2023\n\nUne attaque le 24 novembre 2023.", "fr", "2023-11-25"),
    ("Date: 2024-05-21\n\nOn 19 May gunmen attacked.", "en", "2024-05-21"),
    ("Un communiqué publié vendredi 24 novembre, lu ce samedi 25 novembre 2023", "fr", "2023-11-25"),
    ("date 2023-11 Une attaque le 24 novembre.", "fr", None),
    ("Rien du tout", "fr", None),
])
def test_publication_day(text: str, language: str, day: str | None) -> None:
    when = publication_day(text, lexicon(language))
    assert (str(when.start) if when else None) == day


@given(st.text(max_size=120), st.sampled_from(["fr", "en"]), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_no_text_raises_and_none_overlap(text: str, language: str, day: date) -> None:
    found = find_dates(text, lexicon(language), Now(day, day.year))
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(("text", "language", "expected"), [
    ("Bulletin hebdomadaire - semaine du 10 au 16 juin 2019\n\nLundi, une attaque a visé Gao.", "fr", date(2019, 6, 16)),
    ("Weekly report no. 4 (13 to 19 November 2023)\n\nOn Monday gunmen attacked Gao.", "en", date(2023, 11, 19)),
    ("Communiqué n° 12 du 4 mai 2021 de l'état-major\n\nHier, une attaque a visé Gao.", "fr", date(2021, 5, 4)),
])
def test_a_title_tells_the_day_of_publication_where_nothing_else_does(text: str, language: str, expected: date) -> None:
    found = publication_day(text, lexicon(language))
    assert found
    assert found.start == found.end == expected
