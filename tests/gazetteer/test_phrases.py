"""What a text says about places, over the mini-region and with names that no gazetteer knows."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentmap.gazetteer import Gazetteer
from incidentmap.model import PlacePhrase, Relation, Span

IN, NEAR, BETWEEN, DISTANCE, BORDER = Relation
Told = tuple[Relation, str, list[str]]


def told(gazetteer: Gazetteer, text: str) -> list[Told]:
    return [(each.relation, each.span.quote, [name.quote for name in each.names]) for each in gazetteer.phrases(text, ())]


@pytest.mark.parametrize(("text", "phrase", "km", "bearing"), [
    ("mine à 37 km au nord de Kidal", "à 37 km au nord de Kidal", 37, 0),
    ("à 37 km au nord d'Aguelhoc", "à 37 km au nord d'Aguelhoc", 37, 0),
    ("à une trentaine de kilomètres à l'ouest de Kidal,", "à une trentaine de kilomètres à l'ouest de Kidal", 30, 270),
    ("à environ 12,5 km au sud-est de Kidal", "à environ 12,5 km au sud-est de Kidal", 12.5, 135),
    ("à 20 kilomètres au nord nord-est de Goundam", "à 20 kilomètres au nord nord-est de Goundam", 20, 22.5),
    ("à 10-15 km de Goundam", "à 10-15 km de Goundam", 12.5, None),
    ("à 3 km de Goundam", "à 3 km de Goundam", 3, None),
    ("à 800 mètres de Goundam", "à 800 mètres de Goundam", 0.8, None),
    ("(km 12) 5km de Goundam", "5km de Goundam", 5, None),
    ("à 40 km au nord du camp de la mission à Kidal", "à 40 km au nord du camp de la mission à Kidal", 40, 0),
    ("dix kilomètres de Kidal", "dix kilomètres de Kidal", 10, None),
    ("37 km N of Kidal", "37 km N of Kidal", 37, 0),
    ("12 km SO de Goundam", "12 km SO de Goundam", 12, 225),
    ("about 40 km north-east of Kidal", "about 40 km north-east of Kidal", 40, 45),
    ("12 miles southeast of Kidal", "12 miles southeast of Kidal", 19.312128, 135),
    ("ten kilometres from the town of Kidal", "ten kilometres from the town of Kidal", 10, None),
    ("à 30 km de Xaraxa", "à 30 km de Xaraxa", 30, None),
])
def test_distances(gazetteer: Gazetteer, text: str, phrase: str, km: float, bearing: float | None) -> None:
    (found,) = gazetteer.phrases(text, ())
    assert (found.relation, found.span.quote) == (DISTANCE, phrase)
    assert found.distance_km == pytest.approx(km)
    assert found.bearing_deg == bearing


@pytest.mark.parametrize(("text", "expected"), [
    ("une mine entre Goundam et Niafunké a", [(BETWEEN, "entre Goundam et Niafunké", ["Goundam", "Niafunké"])]),
    ("entre Goundam, Kidal et Niafunké", [(BETWEEN, "entre Goundam, Kidal et Niafunké", ["Goundam", "Kidal", "Niafunké"])]),
    ("entre les localités de Goundam et de Niafunké",
     [(BETWEEN, "entre les localités de Goundam et de Niafunké", ["Goundam", "Niafunké"])]),
    ("between Goundam and Niafunké", [(BETWEEN, "between Goundam and Niafunké", ["Goundam", "Niafunké"])]),
    ("entre Goundam et Tin-Xaraxa", [(BETWEEN, "entre Goundam et Tin-Xaraxa", ["Goundam", "Tin-Xaraxa"])]),
    ("sur l'axe Goundam-Niafunké", [(BETWEEN, "l'axe Goundam-Niafunké", ["Goundam", "Niafunké"])]),
    ("l’axe routier Goundam – Niafunké – Kidal",
     [(BETWEEN, "l’axe routier Goundam – Niafunké – Kidal", ["Goundam", "Niafunké", "Kidal"])]),
    ("la route Goundam-Xaraxa", [(BETWEEN, "route Goundam-Xaraxa", ["Goundam", "Xaraxa"])]),
    ("le tronçon Xaraxa-Zorozo", [(BETWEEN, "tronçon Xaraxa-Zorozo", ["Xaraxa", "Zorozo"])]),
    ("la route de Goundam à Niafunké", [(BETWEEN, "route de Goundam à Niafunké", ["Goundam", "Niafunké"])]),
    ("on the Goundam-Niafunké road", [(BETWEEN, "Goundam-Niafunké road", ["Goundam", "Niafunké"])]),
    ("un convoi en provenance de Goundam vers Kidal", [(BETWEEN, "en provenance de Goundam vers Kidal", ["Goundam", "Kidal"])]),
    ("attaque à Goundam-Niafunké hier", [(BETWEEN, "Goundam-Niafunké", ["Goundam", "Niafunké"])]),
    ("entre Xaraxa et Zorozo", []),
    ("entre lundi et Kidal", [(IN, "Kidal", ["Kidal"])]),
])
def test_axes(gazetteer: Gazetteer, text: str, expected: list[Told]) -> None:
    assert told(gazetteer, text) == expected


@pytest.mark.parametrize(("text", "phrase", "reach", "bearing"), [
    ("près de Kidal", "près de Kidal", None, None),
    ("non loin de Kidal", "non loin de Kidal", None, None),
    ("aux environs de Kidal", "aux environs de Kidal", None, None),
    ("autour de la ville de Kidal", "autour de la ville de Kidal", None, None),
    ("à la sortie est de Kidal", "à la sortie est de Kidal", None, 90),
    ("un convoi vers Kidal", "vers Kidal", 15, None),
    ("à quelques kilomètres de Kidal", "à quelques kilomètres de Kidal", 8, None),
    ("au nord de Kidal", "au nord de Kidal", 20, 0),
    ("à deux heures de route de Kidal", "à deux heures de route de Kidal", 80, None),
    ("near Kidal", "near Kidal", None, None),
    ("just outside Kidal", "just outside Kidal", None, None),
    ("towards Kidal", "towards Kidal", 15, None),
    ("south-west of Kidal", "south-west of Kidal", 20, 225),
    ("près de Xaraxa", "près de Xaraxa", None, None),
])
def test_nearness(gazetteer: Gazetteer, text: str, phrase: str, reach: float | None, bearing: float | None) -> None:
    (found,) = gazetteer.phrases(text, ())
    assert (found.relation, found.span.quote, found.distance_km, found.bearing_deg) == (NEAR, phrase, reach, bearing)


@pytest.mark.parametrize(("text", "phrase", "names"), [
    ("à la frontière du Niger", "frontière du Niger", ["Niger"]),
    ("la frontière entre le Mali et le Niger", "frontière entre le Mali et le Niger", ["Mali", "Niger"]),
    ("frontière Mali-Niger", "frontière Mali-Niger", ["Mali", "Niger"]),
    ("the border with Niger", "border with Niger", ["Niger"]),
    ("the Mali-Niger border", "Mali-Niger border", ["Mali", "Niger"]),
])
def test_borders(gazetteer: Gazetteer, text: str, phrase: str, names: list[str]) -> None:
    assert told(gazetteer, text) == [(BORDER, phrase, names)]


@pytest.mark.parametrize(("text", "name", "unit"), [
    ("Goundam (cercle de Niafunké)", "Goundam", "cercle de Niafunké"),
    ("à Goundam, dans la région de Tombouctou", "Goundam", "région de Tombouctou"),
    ("à Xaraxa (commune de Zorozo; cercle de Goundam; région de Tombouctou)", "Xaraxa",
     "commune de Zorozo; cercle de Goundam; région de Tombouctou"),
    ("dans le cercle de Goundam, à Xaraxa", "Xaraxa", "cercle de Goundam"),
    ("Xaraxa (Goundam)", "", ""),
    ("à Tin-Xaraxa (Goundam)", "Tin-Xaraxa", "Goundam"),
    ("à 3 km de Niafunké (région de Tombouctou)", "Niafunké", "région de Tombouctou"),
    ("à Niafunké et Goundam, dans la région de Tombouctou", "Niafunké", "région de Tombouctou"),
    ("la région de Kidal et à Goundam", "Goundam", ""),
])
def test_units_that_a_place_is_set_in(gazetteer: Gazetteer, text: str, name: str, unit: str) -> None:
    units = {each.names[0].quote: each.admin.quote if each.admin else "" for each in gazetteer.phrases(text, ())}
    assert units.get(name, "") == unit


@pytest.mark.parametrize(("text", "asides"), [
    ("Goundam (140 km à l'ouest de Kidal)", ["140 km à l'ouest de Kidal"]),
    ("vers Goundam (route Kidal-Niafunké).", ["route Kidal-Niafunké"]),
    ("à Goundam, à 30 km de Kidal", ["à 30 km de Kidal"]),
    ("un convoi en route pour Goundam près de Kidal", ["en route pour Goundam"]),
    ("un car en provenance de Goundam", ["en provenance de Goundam"]),
    ("à Goundam (région de Tombouctou). À Kidal", ["région de Tombouctou"]),
    ("à 30 km de Kidal", []),
])
def test_what_only_describes_is_aside(gazetteer: Gazetteer, text: str, asides: list[str]) -> None:
    assert [each.span.quote for each in gazetteer.phrases(text, ()) if each.aside] == asides


@pytest.mark.parametrize(("text", "names"), [
    ("dans le village de Xaraxa", ["village de Xaraxa"]),
    ("la localité de N'Zorozo", ["localité de N'Zorozo"]),
    ("la forêt de Xaraxa", ["forêt de Xaraxa"]),
    ("the village of Xaraxa", ["village of Xaraxa"]),
    ("à Xaraxa hier", ["Xaraxa"]),
    ("près d’Hamxaraxa", ["Hamxaraxa"]),
    ("de Xaraxa (15 km de Kidal)", ["Xaraxa", "Kidal"]),
    ("à Bi (23 km de Kidal)", ["Bi", "Kidal"]),
    ("lié à Xaraxa", []),
    ("le groupe affilié à Ansar Xaraxa", []),
    ("à Moussa", []),
    ("à Amadou Xaraxa", []),
    ("Le porte-parole Xaraxa a dit", []),
    ("à ONU et à Lundi", []),
    ("entre Peuls et Dogons", []),
])
def test_names_that_no_gazetteer_knows(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    assert [name.quote for each in gazetteer.phrases(text, ()) for name in each.names] == names


def test_the_way_that_a_distance_is_told_along(gazetteer: Gazetteer) -> None:
    (found,) = gazetteer.phrases("à 30 km de Goundam sur la route de Niafunké", ())
    assert [name.quote for name in found.names] == ["Goundam", "Niafunké"]
    (both,) = gazetteer.phrases("à 30 km de Goundam sur la route Niafunké-Goundam", ())
    assert [name.quote for name in both.names] == ["Goundam", "Niafunké", "Goundam"]


def test_what_is_taken_is_no_name(gazetteer: Gazetteer) -> None:
    text = "entre Kidal et Goundam"
    assert [each.relation for each in gazetteer.phrases(text, (Span(6, 11, "Kidal"),))] == [IN]


PIECES = (
    "à ", "37 km ", "au nord de ", "Kidal", "Goundam", " et ", "entre ", "axe ", "-", " (", ") ", ", ", "région de ",
    "cercle de ", "frontière ", "du Niger", "Xaraxa", "près de ", "en provenance de ", "vers ", ". ", "\n\n", "é", "’",
    "sur la route de ", "village de ", "near ", "of ", "12 miles ", "SO ", "une trentaine de ", "Mali",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40) | st.lists(st.text(max_size=5), max_size=20))
def test_spans_slice_back_stand_in_order_and_hold_every_mention(gazetteer: Gazetteer, parts: list[str]) -> None:
    text = unicodedata.normalize("NFC", "".join(parts))
    phrases = gazetteer.phrases(text, ())
    spans = [span for each in phrases for span in (each.span, *each.names, *([each.admin] if each.admin else []))]
    assert all(text[span.start : span.end] == span.quote for span in spans)
    assert all(one.span.end <= other.span.start for one, other in pairwise(phrases))
    assert all(each.relation is not BETWEEN or len(each.names) > 1 for each in phrases)
    held = [name for each in phrases for name in each.names]
    assert all(any(name.covers(span) for name in held) for span in gazetteer.mentions(text, ()))


@pytest.mark.parametrize("text", [
    "entre Kidal et " * 20_000, "à 37 km " * 50_000, "Xaraxa-" * 50_000, "(" * 100_000 + "Kidal", "cercle de Kidal; " * 20_000,
], ids=["between", "distances", "dashes", "brackets", "units"])
def test_a_monstrous_text_is_read_in_linear_time(gazetteer: Gazetteer, text: str) -> None:
    found: tuple[PlacePhrase, ...] = gazetteer.phrases(text, ())
    assert len(found) <= len(text)
