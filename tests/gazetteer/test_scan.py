import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentmap.gazetteer import Gazetteer, open_gazetteer
from incidentmap.model import Span


@pytest.mark.parametrize(("text", "names"), [
    ("attaques à Niafunké et Goundam, dans la région de Tombouctou.", ["Niafunké", "Goundam", "région de Tombouctou"]),
    ("NIAFUNKÉ ATTAQUÉE", ["NIAFUNKÉ"]),
    ("niafunké en minuscules, kidal aussi", []),
    ("les Forces armées maliennes (Fama) et l'armée malienne", []),
    ("Fama est un village", []),
    ("Si la route est coupée. Si le pont... La Sila", ["Sila"]),
    ("au Mali, au Niger et sur le fleuve Niger", ["Mali", "Niger", "fleuve Niger"]),
    ("la reconquête de Kidal, il y a dix jours", ["Kidal"]),
    ("l'axe Goundam-Niafunké", ["Goundam", "Niafunké"]),
    ("d’Aguel’hoc à In Delimane", ["Aguel’hoc", "In Delimane"]),
    ("à I-n-Délimane", ["I-n-Délimane"]),
    ("Mali's army near Kidal region", ["Mali", "Kidal region"]),
    ("la région de\nTombouctou", ["région de\nTombouctou"]),
    ("la sous-région de Tombouctou", ["région de Tombouctou"]),
    ("Kidalien, Malien, nigérien, Bamakois", []),
    ("les combats de تمبكتو أمس", ["تمبكتو"]),
    ("République du Mali", ["République du Mali"]),
    ("TAWA, selon l'ONU", []),
    ("vers Tawa Haram et le chef Moussa-Tawa", []),
    ("vers Tawa. Haram, à Tawa", ["Tawa", "Tawa"]),
    ("l'axe Niafunké-Soumpi, Kidal Nord", ["Niafunké", "Kidal"]),
    ("LA SI LA ROUTE", []),
    ("", []),
    ("\x00💥\ud800", []),
])
def test_names_in_a_text(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    assert [span.quote for span in gazetteer.mentions(text, ())] == names


def test_what_is_taken_is_left_alone(gazetteer: Gazetteer) -> None:
    text = "Le général Bamba est à Bamba, région de Kidal"
    person = Span(3, 16, text[3:16])
    unit = Span(30, 36, text[30:36])
    assert [span.quote for span in gazetteer.mentions(text, (unit, person))] == ["Bamba", "Kidal"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["Kidal", " ", "région de ", "Niger", "-", "fleuve ", "Si la ", "Mali", "'", "\n", "é", "."])))
def test_spans_slice_back_to_their_quotes_and_never_overlap(gazetteer: Gazetteer, parts: list[str]) -> None:
    text = unicodedata.normalize("NFC", "".join(parts))
    spans = gazetteer.mentions(text, ())
    assert all(text[span.start : span.end] == span.quote for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize("text", [
    "Kidal" + " " * 1_000_000, "K" * 1_000_000, "Kidal " * 100_000, "région de " * 100_000, "A-" * 200_000, "Mali\n" * 100_000,
    "\u0301" * 500_000, "Tin'" * 100_000,
], ids=["blanks", "one word", "names", "type words", "hyphens", "lines", "marks", "apostrophes"])
def test_a_monstrous_text_is_read_in_linear_time(gazetteer: Gazetteer, text: str) -> None:
    assert len(gazetteer.mentions(text, [Span(0, 0, "")] * 1_000)) in {0, 1, 100_000}


def test_a_type_word_of_the_next_name_is_left_to_it(gazetteer: Gazetteer) -> None:
    text = "commune de Goundam cercle de Niafunké"
    assert [span.quote for span in gazetteer.mentions(text, ())] == ["Goundam", "cercle de Niafunké"]


def test_small_unjudged_places_of_far_countries_are_words_there(ground: Path, tmp_path: Path) -> None:
    with (ground / "gazetteer" / "cities500.csv").open("a", encoding="utf-8") as file:
        file.write("900010,Xaraxa,,20.0,12.0,P,TD,01,5000\n900011,Zorozo,,20.0,12.0,P,TD,01,500000\n")
        file.write("900012,Yaraya,,5.0,14.0,P,NE,01,500\n")
    gazetteer = open_gazetteer(ground, tmp_path / "other", ())
    text = "Xaraxa, Zorozo, Yaraya et Kidal"
    assert [span.quote for span in gazetteer.mentions(text, (), "kidal")] == ["Zorozo", "Yaraya", "Kidal"]


def test_every_mention_resolves(gazetteer: Gazetteer) -> None:
    text = "À Niafunké, dans la région de Kidal, sur le fleuve Niger, à In Delimane et Aguel'hoc, au Mali et au Niger."
    resolved = [gazetteer.resolve(span.quote, region="tombouctou") for span in gazetteer.mentions(text, ())]
    assert [each.chosen.place.kind.value for each in resolved if each.chosen] == [
        "town", "area", "natural", "village", "town", "country", "country",
    ]
