from functools import reduce

import pytest

from incidentmap.reports.counting import COUNTINGS, Counting


def counted(system: str, words: tuple[int, ...]) -> int | None:
    count: Counting = COUNTINGS[system]
    return reduce(lambda current, value: None if current is None else count(current, value), words, 0)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(("system", "words", "number"), [
    ("decimal", (40, 5), 45),
    ("decimal", (2, 100, 40, 5), 245),
    ("decimal", (100, 17), 117),
    ("decimal", (10, 7), None),
    ("decimal", (2, 3), None),
    ("decimal", (20, 10), None),
    ("decimal", (4, 20), None),
    ("vigesimal", (60, 12), 72),
    ("vigesimal", (60, 10, 7), 77),
    ("vigesimal", (4, 20, 10, 7), 97),
    ("vigesimal", (4, 20), 80),
    ("vigesimal", (10, 8), 18),
    ("vigesimal", (4, 100, 4, 20, 1), 481),
    ("vigesimal", (50, 12), None),
    ("vigesimal", (2, 3), None),
    ("units_first", (3, 20), 23),
    ("units_first", (100, 5, 40), 145),
    ("units_first", (20, 3), 23),
    ("units_first", (3, 2), None),
])
def test_number_words_add_up_as_the_language_counts(system: str, words: tuple[int, ...], number: int | None) -> None:
    assert counted(system, words) == number
