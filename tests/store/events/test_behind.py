import threading
from collections.abc import Iterator

import pytest

from incidentmap.store.events.behind import behind


def _numbers(most: int, made: list[int]) -> Iterator[int]:
    for number in range(most):
        made.append(number)
        yield number


@pytest.mark.parametrize("most", [0, 1, 2, 7])
def test_all_are_used_once_and_given_on_in_order(most: int) -> None:
    used: list[int] = []
    assert list(behind(_numbers(most, []), used.append)) == list(range(most))
    assert used == list(range(most))


def test_the_next_is_made_while_one_is_in_use() -> None:
    made: list[int] = []
    second = threading.Event()

    def numbers() -> Iterator[int]:
        for number in _numbers(2, made):
            if number == 1:
                second.set()
            yield number

    def use(number: int) -> None:
        assert number or second.wait(10), "the second item is made only after the first was used"

    assert list(behind(numbers(), use)) == [0, 1]


def test_at_most_one_waits_for_its_use() -> None:
    made: list[int] = []
    for number in behind(_numbers(9, made), lambda _: None):
        assert len(made) <= number + 2


def test_what_using_raises_ends_it() -> None:
    def use(number: int) -> None:
        if number == 2:
            raise ValueError(number)

    with pytest.raises(ValueError, match="2"):
        list(behind(_numbers(9, []), use))


def test_closed_half_way_nothing_is_left_running() -> None:
    used: list[int] = []
    before = threading.active_count()
    items = behind(_numbers(9, []), used.append)
    assert next(items) == 0
    items.close()
    assert threading.active_count() == before
    assert used == [0]
