import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.reports.clitics import NO_CLITICS, Clitics
from incidentmap.reports.tokens import cut_clitics, tokenise

JOINED = Clitics(("w", "b", "al"), frozenset({"book", "wolf", "album", "alley"}))


@pytest.mark.parametrize(("word", "cuts"), [
    ("wbook", (1,)),
    ("wbalbook", (1, 2, 4)),
    ("albook", (2,)),
    ("wolf", ()),
    ("album", ()),
    ("walley", (1,)),
    ("wstone", ()),
    ("wwwwbook", ()),
    ("wbook" * 20, ()),
])
def test_a_word_is_cut_where_a_known_one_is_left(word: str, cuts: tuple[int, ...]) -> None:
    assert JOINED.cuts(word) == cuts


def test_a_language_without_clitics_cuts_nothing() -> None:
    tokens = tokenise("wbook")
    assert cut_clitics("wbook", tokens, NO_CLITICS) is tokens


@given(st.text(alphabet="wbalok İﬁ-'", max_size=60))
def test_cut_words_cover_the_same_text(text: str) -> None:
    whole = tokenise(text)
    parts = cut_clitics(text, whole, JOINED)
    assert {index for token in parts for index in range(token.start, token.end)} == \
        {index for token in whole for index in range(token.start, token.end)}
    assert [token.start for token in parts] == sorted(token.start for token in parts)
