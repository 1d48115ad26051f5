import pytest

from incidentmap.gazetteer.nearest import nearest_spellings
from incidentmap.gazetteer.settings import ranking

SPELLINGS = [
    ("niafunke", "Niafunké", "a"), ("niafounke", "Niafounké", "a"), ("goundam", "Goundam", "b"), ("gounda", "Gounda", "c"),
    ("gao", "Gao", "d"),
]


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
    assert nearest_spellings(name, SPELLINGS, ranking()) == nearest
