from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.reports.calendar import Now
from incidentmap.reports.dates import find_dates
from incidentmap.reports.lexicon import lexicon
from incidentmap.reports.publication import mark_dateline, publication_day

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
    ("le 24/11", "2023-11-24", "2023-11-24", "day"),
    ("24/11", "2023-11-24", "2023-11-24", "day"),
    ("le 3/11", "2023-11-03", "2023-11-03", "day"),
    ("lundi 20/11", "2023-11-20", "2023-11-20", "day"),
    ("24.11.23", "2023-11-24", "2023-11-24", "day"),
    ("24-11-2023", "2023-11-24", "2023-11-24", "day"),
    ("2023/11/24", "2023-11-24", "2023-11-24", "day"),
    ("le 28/12", "2022-12-28", "2022-12-28", "day"),
    ("lundi 20", "2023-11-20", "2023-11-20", "day"),
    ("le 20", "2023-11-20", "2023-11-20", "day"),
    ("le 28", "2023-10-28", "2023-10-28", "day"),
    ("dans la nuit du mardi au mercredi", "2023-11-21", "2023-11-22", "range"),
    ("dans la nuit du 21 au 22", "2023-11-21", "2023-11-22", "range"),
    ("de jeudi à samedi", "2023-11-23", "2023-11-25", "range"),
    ("les 20-21 novembre", "2023-11-20", "2023-11-21", "range"),
    ("les 20 et 21 novembre", "2023-11-20", "2023-11-21", "range"),
    ("cette semaine", "2023-11-20", "2023-11-25", "about"),
    ("en début de semaine", "2023-11-20", "2023-11-21", "about"),
    ("ce week-end", "2023-11-25", "2023-11-26", "about"),
    ("le week-end dernier", "2023-11-18", "2023-11-19", "about"),
    ("ce mois-ci", "2023-11-01", "2023-11-25", "about"),
    ("au début du mois", "2023-11-01", "2023-11-10", "about"),
    ("jeudi de la semaine dernière", "2023-11-16", "2023-11-16", "day"),
    ("au cours de la première semaine d'octobre", "2023-10-01", "2023-10-07", "about"),
    ("la seconde quinzaine de février", "2023-02-16", "2023-02-28", "about"),
    ("la dernière semaine de février", "2023-02-22", "2023-02-28", "about"),
    ("la semaine du 13 novembre", "2023-11-13", "2023-11-19", "about"),
    ("vers le 10 novembre", "2023-11-09", "2023-11-11", "about"),
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
    ("on 24/11", "2023-11-24", "2023-11-24", "day"),
    ("on the 20th", "2023-11-20", "2023-11-20", "day"),
    ("on Monday the 20th", "2023-11-20", "2023-11-20", "day"),
    ("on the night of the 21st to the 22nd", "2023-11-21", "2023-11-22", "range"),
    ("overnight Wednesday", "2023-11-22", "2023-11-23", "range"),
    ("from Monday to Wednesday", "2023-11-20", "2023-11-22", "range"),
    ("10 – 16 November 2023", "2023-11-10", "2023-11-16", "range"),
    ("on 20 and 21 November", "2023-11-20", "2023-11-21", "range"),
    ("a week ago", "2023-11-15", "2023-11-21", "about"),
    ("earlier this week", "2023-11-20", "2023-11-25", "about"),
    ("earlier this month", "2023-11-01", "2023-11-25", "about"),
    ("last weekend", "2023-11-18", "2023-11-19", "about"),
    ("on Wednesday of last week", "2023-11-15", "2023-11-15", "day"),
    ("in the first week of May", "2023-05-01", "2023-05-07", "about"),
    ("the week of 13 November", "2023-11-13", "2023-11-19", "about"),
    ("around 10 November", "2023-11-09", "2023-11-11", "about"),
    ("24/11 2023", "2023-11-24", "2023-11-24", "day"),
])
def test_english_dates(text: str, start: str, end: str, precision: str) -> None:
    assert read(f"An attack, {text}, in Gao", "en") == [(start, end, precision)]


@pytest.mark.parametrize("text", ["Sept militaires tués", "le 31 février", "2023-13", "12345-11", "un an", "un mai tendu",
                                  "45/13", "192.168.10.12", "le 12e régiment", "le 3 par 3", "24/24", "1/ réveillés"])
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
    ("Attaque\n(Lundi 29 juillet 2024. Le texte est de nous.)\n\nDes hommes", "fr", "2024-07-29"),
    ("Attaque\n13.06.22. D'après le gouvernement.\n\nTout le week-end", "fr", "2022-06-13"),
    ("BAMAKO, June 12 (Wire) - Gunmen attacked. Raids doubled in 2024.", "en", "2024-06-12"),
    ("BAMAKO, June 12 (Wire) - Gunmen attacked.", "en", None),
    ("SAFETY CELL - from 29 April to 5 May 2024 (sent 6 May)\n\nNiono", "en", "2024-05-06"),
    ("Flash (Desk, FICTIONAL), Tuesday 27 April 2021, with new toll: two missing", "en", "2021-04-27"),
    ("A long title of a report that is told (by one, in the manner of others). 28 December 2016\n\nII.", "en", "2016-12-28"),
    ("SITREP 12-18 février 2024\n\nRégion de Gao\n12/02 : attaque du poste", "fr", "2024-02-18"),
    ("Update\n\nMonday, 12 February 2024: Gunmen came.\nTuesday, 13 February 2024: They left.", "en", None),
    ("À Gao, mardi 27 avril 2021, des hommes armés ont attaqué le camp.", "fr", None),
])
def test_publication_day(text: str, language: str, day: str | None) -> None:
    when = publication_day(text, lexicon(language))
    assert (str(when.start) if when else None) == day


def test_two_days_of_a_list_are_two_dates() -> None:
    assert read("les 3 et 5 novembre", "fr") == [("2023-11-03", "2023-11-03", "day"), ("2023-11-05", "2023-11-05", "day")]
    assert read("on 3 and 5 November", "en") == [("2023-11-03", "2023-11-03", "day"), ("2023-11-05", "2023-11-05", "day")]


def test_what_follows_a_day_after_is_of_another_day() -> None:
    days = [("2023-11-22", "2023-11-22", "day"), ("2023-11-20", "2023-11-20", "day")]
    assert read("The mayor spoke on Wednesday, two days after gunmen attacked", "en") == days
    assert read("Le maire a parlé mercredi, deux jours après l'attaque", "fr") == days


def test_a_dateline_dates_the_report_and_no_event() -> None:
    text = "Deuil après deux attaques\n8 septembre 2023 – de nos correspondants.\n\nJeudi 7 septembre, des obus sont tombés."
    marked = mark_dateline(text, lexicon("fr"), find_dates(text, lexicon("fr"), SATURDAY))
    assert [one.of_report for one in marked] == [True, False]
    spoken = "Au Mali, ce samedi 25 novembre 2023, des obus sont tombés sur Gao."
    marked = mark_dateline(spoken, lexicon("fr"), find_dates(spoken, lexicon("fr"), SATURDAY))
    assert [one.of_report for one in marked] == [False]


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
