import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reports.conftest import FewPlaces

from incidentmap.model import PartialDate, PlaceFinder, Reading, Report, Role
from incidentmap.paths import shipped
from incidentmap.reports import read_report
from incidentmap.words import say_reason

DAY = PartialDate.day(date(2023, 11, 25))
FINDER = FewPlaces()
WORDS = (
    "le Jnim", "l'armée malienne", "affirme", "a tué", "dix soldats", "à Goundam", "à Niafunké", "selon", "des habitants",
    "vendredi", ". ", "\n\n", "« ", " »", "attaque", "aucun bilan", "entre", "et", "au moins", "il y a dix jours",
    "auraient", "km de", "(", ")", "e\u0301", "the army said", "12",
)


def read(text: str, language: str = "fr", finder: PlaceFinder = FINDER) -> Reading:
    return read_report(Report("0" * 16, "", "", language, DAY, "", text, ""), finder, "tombouctou")


def told(text: str, language: str = "fr") -> list[tuple[str, str, str]]:
    return [(one.sub_event_type, one.location.name if one.location else "", str(one.date.start) if one.date else "")
            for one in read(text, language).incidents]


@pytest.mark.parametrize(("text", "incidents"), [
    ("Embuscade contre une patrouille de l'armée à Hombori, jeudi. Un mort et deux blessés.",
     [("Armed clash", "Hombori", "2023-11-23")]),
    ("Un convoi a sauté sur une mine entre Gao et Ansongo hier.",
     [("Remote explosive/landmine/IED", "Gao - Ansongo", "2023-11-24")]),
    ("Jeudi, des hommes armés ont attaqué un village près de Bandiagara. Trois civils ont été tués.",
     [("Attack", "Bandiagara", "2023-11-23")]),
    ("Des combats ont éclaté jeudi à Kidal. La veille, des obus sont tombés sur Gao.",
     [("Armed clash", "Kidal", "2023-11-23"), ("Shelling/artillery/missile attack", "Gao", "2023-11-22")]),
    ("L'armée a annoncé samedi avoir repris Kidal.", [("Government regains territory", "Kidal", "")]),
    ("Une attaque a fait deux morts jeudi.", [("Armed clash", "", "2023-11-23")]),
    ("Un exercice militaire simulera une attaque à Gao.", []),
    ("Le ministre doit se rendre à Gao. Une offensive est prévue à Kidal.", []),
    ("Aucune attaque n'a eu lieu à Gao.", []),
    ("Dix ans après l'attaque du 17 janvier 2013 à Gao, on se souvient.", []),
    ("", []),
])
def test_french_incidents(text: str, incidents: list[tuple[str, str, str]]) -> None:
    assert told(text) == incidents


@pytest.mark.parametrize(("text", "incidents"), [
    ("Gunmen ambushed an army patrol near Hombori on Thursday, killing two soldiers.",
     [("Armed clash", "Hombori", "2023-11-23")]),
    ("Protesters rallied in Gao on Friday.", [("Peaceful protest", "Gao", "2023-11-24")]),
    ("A military exercise in Gao will simulate an attack.", []),
])
def test_english_incidents(text: str, incidents: list[tuple[str, str, str]]) -> None:
    assert told(text, "en") == incidents


def test_voices_are_told_apart() -> None:
    text = ("Le Jnim affirme avoir tué dix soldats jeudi dans une attaque à Goundam. "
            "Selon l'armée malienne, deux soldats ont été tués.")
    (incident,) = read(text).incidents
    assert [(one.claimant, one.low, one.high, one.hedged) for one in incident.claims if one.field == "killed"] == [
        ("jnim", 10, 10, False), ("fama", 2, 2, True)]
    assert "rival_figures" in {why.code for why in incident.review}
    assert ("jnim", Role.ATTACKER) in {(actor.id, actor.role) for actor in incident.actors}


def test_doubts_are_given_as_reasons_in_both_languages() -> None:
    reading = read("Il y a dix jours, une attaque a visé un camp dans la région de Tombouctou. "
                   "Une attaque a fait un mort jeudi.")
    codes = {why.code for one in reading.incidents for why in one.review}
    assert {"date_about", "area_only"} <= codes
    assert all(say_reason(language, why) for language in ("fr", "en") for one in reading.incidents for why in one.review)


def test_an_area_is_no_dot() -> None:
    (incident,) = read("Jeudi, des hommes armés ont attaqué un convoi de l'armée dans la région de Tombouctou.").incidents
    assert incident.location
    assert (incident.location.area_id, incident.location.where_prec, incident.location.geo_precision) == ("ML/tombouctou", 4, 3)


def test_the_same_report_gives_the_same_ids_and_decomposed_text_its_own_words() -> None:
    text = shipped("data", "reports", "2023-11-25-tombouctou-niafunke-goundam.txt").read_text("utf-8")
    plain, decomposed = read(text), unicodedata.normalize("NFD", text)
    assert read(text) == plain
    other = read(decomposed)
    names = [[one.location.name for one in each.incidents if one.location] for each in (plain, other)]
    assert names[0] == names[1]
    assert all(decomposed[one.span.start:one.span.end] == one.span.quote for one in other.mentions)
    assert [len(one.claims) for one in other.incidents] == [len(one.claims) for one in plain.incidents]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60), st.sampled_from(["fr", "en"]))
def test_no_mixture_of_known_words_raises_and_spans_hold(words: list[str], language: str) -> None:
    text = " ".join(words)
    reading = read(text, language)
    spans = [one.span for one in reading.mentions] + [claim.span for one in reading.incidents for claim in one.claims]
    spans += [one.trigger for one in reading.incidents] + [one.claim.span for one in reading.report_claims]
    assert all(text[span.start:span.end] == span.quote for span in spans)
    assert len({one.id for one in reading.incidents}) == len(reading.incidents)


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(["fr", "en", "ar"]))
def test_no_text_raises(text: str, language: str) -> None:
    reading = read(text, language)
    assert all(text[one.span.start:one.span.end] == one.span.quote for one in reading.mentions)


def test_a_country_before_an_area_does_not_hide_it() -> None:
    text = (
        "At least 23 people were killed on Sunday when gunmen attacked a village in Mali's Bourem cercle, officials said. "
        "JNIM said it had seized an army base in Goundam on Tuesday."
    )
    found = {one.location.name: one for one in read(text, "en").incidents if one.location}
    tolls = {name: [claim.low for claim in one.claims if claim.low] for name, one in found.items()}
    assert tolls == {"cercle of Bourem": [23], "Goundam": []}


def test_a_dateline_is_no_place_of_an_event_and_an_article_counts_nobody() -> None:
    text = (
        "Niamey, 16 August 2023 (own correspondent) - At least 17 Nigerien soldiers were killed and 20 wounded in an ambush "
        "near Ansongo on Tuesday, the defence ministry said."
    )
    (ambush,) = read(text, "en").incidents
    assert ambush.location
    assert ambush.location.name == "Ansongo"
    assert [(claim.field.value, claim.subject, claim.low, claim.high) for claim in ambush.claims if claim.low] == [
        ("killed", "soldiers", 17, None), ("wounded", "soldiers", 20, 20),
    ]


def test_a_distance_is_drawn_where_the_words_put_it_and_keeps_its_anchor() -> None:
    (incident,) = read("Une embuscade a visé l'armée jeudi à 40 km au nord de Kidal. Deux soldats ont été tués.").incidents
    where = incident.location
    assert where
    assert (where.name, where.relation.value, where.span.quote) == ("Kidal", "distance", "à 40 km au nord de Kidal")
    assert (where.anchor.lon, where.anchor.lat) == (1.41, 18.44)
    assert where.position.lon == pytest.approx(1.41)
    assert where.position.lat == pytest.approx(18.44 + 40 / 110.7, abs=0.01)
    assert 15 < where.radius_km < 25


def test_an_axis_is_a_line_and_a_border_too() -> None:
    text = "Jeudi, un convoi de l'armée a sauté sur une mine sur l'axe Gao-Ansongo."
    (axis,) = read(text).incidents
    assert axis.location
    assert (axis.location.name, axis.location.relation.value, axis.location.where_prec) == ("Gao - Ansongo", "between", 5)
    assert len(axis.location.line) > 1
    told_of = "Jeudi, des hommes armés ont attaqué un poste de l'armée à la frontière entre le Mali et le Niger."
    (border,) = read(told_of).incidents
    assert border.location
    assert (border.location.name, border.location.relation.value) == ("Mali - Niger", "border")
    assert len(border.location.line) > 1


def test_where_a_convoy_came_from_is_no_place_of_an_event() -> None:
    (mine,) = read("Jeudi, un convoi de l'armée en provenance de Gao a sauté sur une mine à Ansongo.").incidents
    assert mine.location
    assert mine.location.name == "Ansongo"


def test_unknown_names_are_doubts_with_their_sentence_and_unit() -> None:
    text = "Calme à Gao. Jeudi, une attaque a visé le village de Xaraxa (cercle de Ménaka). Deux civils ont été tués à Xaraxa."
    reading = read(text)
    found = [(each.asked.name, each.asked.admin, each.asked.report, each.status.value) for each in reading.doubts]
    assert found == [("village de Xaraxa", "cercle de Ménaka", "0" * 16, "miss"), ("Xaraxa", "", "0" * 16, "miss")]
    first = reading.doubts[0]
    assert text[first.span.start:first.span.end] == first.span.quote == "village de Xaraxa"
    assert first.sentence.quote.startswith("Jeudi, une attaque")
    (incident,) = reading.incidents
    assert incident.location
    assert incident.location.area_id == "ML/gao/menaka"


def test_an_unknown_place_lies_where_its_description_puts_it() -> None:
    (incident,) = read("Jeudi, une attaque a visé l'armée à Xaraxa, à 30 km de Gao.").incidents
    assert incident.location
    assert (incident.location.name, incident.location.relation.value) == ("Gao", "distance")
