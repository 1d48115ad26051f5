import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.reports.clean import clean

ACCENTED = st.text(st.sampled_from("aeéèçÉ\u0301\u0327 '’\u00a0xN\n"), max_size=80)


@pytest.mark.parametrize(("source", "text"), [
    ("l’armée", "l'armée"),
    ("1\u00a0200 morts", "1 200 morts"),
    ("Niafunke\u0301", "Niafunké"),
    ("٢٤ نوفمبر، ۲۰۲۳؟", "24 نوفمبر, 2023?"),
    ("", ""),
])
def test_clean_composes_and_evens_out(source: str, text: str) -> None:
    assert clean(source).text == text


@given(ACCENTED)
def test_spans_lead_back_to_the_source(source: str) -> None:
    cleaned = clean(source)
    for start in range(len(cleaned.text)):
        span = cleaned.span(start, len(cleaned.text))
        assert source[span.start:span.end] == span.quote
    assert clean(cleaned.text).text == cleaned.text


def test_a_decomposed_name_keeps_its_source_words() -> None:
    source = unicodedata.normalize("NFD", "à Niafunké, l'armée")
    cleaned = clean(source)
    start = cleaned.text.index("Niafunké")
    assert cleaned.span(start, start + 8).quote == unicodedata.normalize("NFD", "Niafunké")
