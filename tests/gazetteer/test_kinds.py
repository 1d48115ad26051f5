import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.gazetteer.kinds import Asked, asked_kind


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
