import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.reports.sentences import split_sentences
from incidentmap.reports.tokens import tokenise


def split(text: str) -> list[tuple[str, int]]:
    return [(text[one.start:one.end], one.paragraph) for one in split_sentences(text, tokenise(text), frozenset({"gén", "lt"}))]


@pytest.mark.parametrize(("text", "sentences"), [
    ("Un mort. Deux blessés.", ["Un mort.", "Deux blessés."]),
    ("Ils parlent d'« une attaque. » Le camp est pris.", ["Ils parlent d'« une attaque. »", "Le camp est pris."]),
    ("Le gén. Tiani est venu. M. Keïta aussi.", ["Le gén. Tiani est venu.", "M. Keïta aussi."]),
    ("Un titre sans point\n\nUne phrase.", ["Un titre sans point", "Une phrase."]),
    ("À 3.5 km de Gao. Fin", ["À 3.5 km de Gao.", "Fin"]),
])
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [words for words, _ in split(text)] == sentences


def test_an_empty_line_begins_a_paragraph() -> None:
    assert [paragraph for _, paragraph in split("Un. Deux.\n\nTrois. Quatre.\n\nCinq")] == [0, 0, 1, 1, 2]


@given(st.text(st.sampled_from("aB.!?\n «»\"'(9"), max_size=200))
def test_every_word_is_in_one_sentence(text: str) -> None:
    tokens = tokenise(text)
    covered = [index for one in split_sentences(text, tokens, frozenset()) for index in range(one.first, one.last)]
    assert covered == list(range(len(tokens)))
