from dataclasses import replace
from datetime import date

import pytest
from tests.conftest import location

from incidentmap.maps.wording import date_words, day_words, figure_words, relation_words, short_span, slug, span_words, term
from incidentmap.model import Relation
from incidentmap.words import keys


@pytest.mark.parametrize(("start", "end", "language", "expected"), [
    ("2023-11-24", "2023-11-24", "fr", "24 novembre 2023"),
    ("2023-12-01", "2023-12-01", "fr", "1er décembre 2023"),
    ("2023-12-01", "2023-12-01", "en", "1 December 2023"),
    ("2023-11-14", "2023-11-16", "fr", "14 – 16 novembre 2023"),
    ("2023-11-30", "2023-12-02", "en", "30 November – 2 December 2023"),
    ("2023-12-31", "2024-01-02", "fr", "31 décembre 2023 – 2 janvier 2024"),
])
def test_spans_say_month_and_year_once(start: str, end: str, language: str, expected: str) -> None:
    assert span_words(date.fromisoformat(start), date.fromisoformat(end), language) == expected


@pytest.mark.parametrize(("start", "end", "precision", "expected"), [
    ("2023-11-24", "2023-11-24", "day", "24 novembre 2023"),
    ("2023-11-23", "2023-11-24", "range", "23 – 24 novembre 2023"),
    ("2023-11-14", "2023-11-16", "about", "vers le 14 – 16 novembre 2023"),
    (None, None, None, "date inconnue"),
])
def test_dates_say_their_doubt(start: str | None, end: str | None, precision: str | None, expected: str) -> None:
    assert date_words(start, end, precision, "fr") == expected


@pytest.mark.parametrize(("start", "end", "expected"), [
    ("2023-11-14", "2023-11-16", "14–16 nov."), ("2023-11-30", "2023-12-01", "30 nov. – 1 déc."),
    ("2023-11-24", "2023-11-24", "24 nov."),
])
def test_labels_have_short_dates(start: str, end: str, expected: str) -> None:
    assert short_span(date.fromisoformat(start), date.fromisoformat(end), "fr") == expected


@pytest.mark.parametrize(("low", "best", "high", "value", "expected"), [
    (20, None, None, "", "20 ou plus"),
    (45, 50, 55, "", "45 – 55"),
    (2, 2, 2, "", "2"),
    (0, 0, 0, "", "0"),
    (None, None, 200, "", "jusqu'à 200"),
    (None, 7, None, "", "7 ou plus"),
    (None, None, None, "unknown", "inconnu, pas zéro"),
    (None, None, None, "taken", "pris"),
    (None, None, None, "", "sans chiffre"),
])
def test_figures_in_words(low: int | None, best: int | None, high: int | None, value: str, expected: str) -> None:
    assert figure_words(low, best, high, value, "fr") == expected


def test_terms_without_words_stand_for_themselves() -> None:
    assert term("fr", "event", "Armed clash") == "Affrontement armé"
    assert term("fr", "value", "something_new") == "something new"
    assert slug("Explosions/Remote violence") == "explosions_remote_violence"


def test_days_may_leave_out_their_year() -> None:
    assert day_words(date(2024, 3, 5), "fr", year=False) == "5 mars"


def test_both_languages_have_the_same_words() -> None:
    assert {key for key in keys("fr") if key.startswith("screen.")} == {key for key in keys("en") if key.startswith("screen.")}


@pytest.mark.parametrize(("language", "expected"), [
    ("fr", "point calculé : « Goundam »"), ("en", "computed point: “Goundam”"),
])
def test_a_relation_says_what_the_dot_is(language: str, expected: str) -> None:
    where = replace(location("Goundam", -3.67, 16.41, "Tombouctou", ()), relation=Relation.DISTANCE)
    assert relation_words(where, language) == expected
    assert all(f"screen.relation.{relation.value}" in keys(language) for relation in Relation)
