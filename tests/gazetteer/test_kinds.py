import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.gazetteer.kinds import Asked, asked_kind, said_of, without_tail
from incidentmap.model import PlaceKind


@pytest.mark.parametrize(("name", "bare", "asked"), [
    ("région de Kidal", "Kidal", Asked.AREA),
    ("Région de l’Est", "Est", Asked.AREA),
    ("la région du Centre-Nord", "Centre-Nord", Asked.AREA),
    ("cercle d'Ansongo", "Ansongo", Asked.AREA),
    ("commune rurale de Ber", "Ber", Asked.SETTLEMENT),
    ("Kidal Region", "Kidal", Asked.AREA),
    ("region of Gao", "Gao", Asked.AREA),
    ("village de Farabougou", "Farabougou", Asked.SETTLEMENT),
    ("camp militaire de Niafunké", "Niafunké", Asked.SETTLEMENT),
    ("le fleuve Niger", "Niger", Asked.NATURAL),
    ("Niger River", "Niger", Asked.NATURAL),
    ("lac Faguibine", "Faguibine", Asked.NATURAL),
    ("République du Mali", "Mali", Asked.COUNTRY),
    ("Tombouctou", "Tombouctou", None),
    ("région", "région", None),
    ("La région", "La région", None),
    ("", "", None),
    ("- - 💥", "- - 💥", None),
])
def test_type_words_are_split_off(name: str, bare: str, asked: Asked | None) -> None:
    assert asked_kind(name) == (bare, asked)


@given(st.lists(st.sampled_from(["région", "de", "l'", "Kidal", "region", " ", "-", "½", "camp militaire"])))
def test_the_bare_name_is_part_of_the_name(parts: list[str]) -> None:
    name = " ".join(parts)
    assert asked_kind(name)[0] in name


@pytest.mark.parametrize(("name", "bare", "asked", "kinds"), [
    ("puits de Tagharan", "Tagharan", Asked.SETTLEMENT, {PlaceKind.WELL}),
    ("point d'eau de Tagharan", "Tagharan", Asked.SETTLEMENT, {PlaceKind.WELL}),
    ("Tagharan well", "Tagharan", Asked.SETTLEMENT, {PlaceKind.WELL}),
    ("l'aéroport de Gao", "Gao", Asked.SETTLEMENT, {PlaceKind.SITE}),
    ("Gao airport", "Gao", Asked.SETTLEMENT, {PlaceKind.SITE}),
    ("mine d'or d'Intahaka", "Intahaka", Asked.SETTLEMENT, {PlaceKind.SITE}),
    ("poste de Labbezanga", "Labbezanga", Asked.SETTLEMENT, {PlaceKind.SITE}),
    ("campement d’Inkalafane", "Inkalafane", Asked.SETTLEMENT, {PlaceKind.CAMP}),
    ("quartier Missabougou", "Missabougou", Asked.SETTLEMENT, set()),
    ("forêt du Wagadou", "Wagadou", Asked.NATURAL, set()),
    ("île de Kourzoul", "Kourzoul", Asked.NATURAL, set()),
    ("village of Boni", "Boni", Asked.SETTLEMENT, set()),
    ("Homs governorate", "Homs", Asked.AREA, set()),
    ("Gao", "Gao", None, set()),
])
def test_kinds_that_are_meant_more_closely(name: str, bare: str, asked: Asked | None, kinds: set[PlaceKind]) -> None:
    said = said_of(name)
    assert (said.bare, said.asked, set(said.kinds)) == (bare, asked, kinds)


@pytest.mark.parametrize(("name", "level"), [("région de Mopti", 1), ("cercle de Mopti", 2), ("Mopti region", 1), ("Mopti", 0)])
def test_levels_of_units(name: str, level: int) -> None:
    assert said_of(name).level == level


@pytest.mark.parametrize(("name", "rest"), [
    ("Talo Peulh", "Talo"), ("Karakindé-Dogon", "Karakindé"), ("Baguinéda-Camp", "Baguinéda"), ("Talo", ""), ("Peulh", ""),
    ("", ""), ("Gao Kidal", ""),
])
def test_words_at_the_end_that_tell_namesakes_apart(name: str, rest: str) -> None:
    assert without_tail(name) == rest


@given(st.text())
def test_any_text_says_something(name: str) -> None:
    assert said_of(name).bare in name
    assert without_tail(name) in name
