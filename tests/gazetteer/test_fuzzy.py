import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.gazetteer.fuzzy import Blocks, nearest_spellings
from incidentmap.gazetteer.settings import ranking

SPELLINGS = [
    ("niafunke", "Niafunké", "a"), ("niafounke", "Niafounké", "a"), ("goundam", "Goundam", "b"), ("gounda", "Gounda", "c"),
    ("gao", "Gao", "d"), ("koubaye kotaba", "Koubaye-Kotaba", "e"), ("qala", "Qala", "f"), ("kalana", "Kalana", "g"),
]
BLOCKS = Blocks(SPELLINGS, ranking())


@pytest.mark.parametrize(("name", "nearest"), [
    ("Niafunque", ("Niafunké",)),
    ("Niafounke", ("Niafounké",)),
    ("Goundamm", ("Goundam", "Gounda")),
    ("Gaoo", ()),
    ("", ()),
    ("Niafunke" * 20, ()),
    ("Xyzzyville", ()),
])
def test_nearest_spellings_one_for_each_place(name: str, nearest: tuple[str, ...]) -> None:
    assert nearest_spellings(name, BLOCKS, ranking()) == nearest


def test_the_same_sound_at_the_beginning_is_enough() -> None:
    assert [each.written for each in BLOCKS.alike("Qalana", 82, 1)] == ["Kalana"]


def test_a_name_of_one_word_more_is_found_by_its_beginning() -> None:
    assert [each.written for each in BLOCKS.longer("Koubaye", 5)] == ["Koubaye-Kotaba"]
    assert BLOCKS.longer("Koub", 5) == ()


@given(st.text(), st.floats(60, 99))
def test_likeness_is_never_below_the_cutoff(name: str, cutoff: float) -> None:
    found = BLOCKS.alike(name, cutoff, 3)
    assert all(each.likeness >= cutoff for each in found)
    assert len({each.place for each in found}) == len(found)
