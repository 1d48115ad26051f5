import threading
from collections.abc import Generator, Iterator

import pytest

from incidentmap.tables.ahead import ahead


def names() -> set[str]:
    return {thread.name for thread in threading.enumerate()}


def test_items_come_in_their_order() -> None:
    assert list(ahead(iter(range(1000)))) == list(range(1000))
    assert list(ahead(iter([]))) == []


def test_no_more_than_so_many_are_made_beforehand() -> None:
    made: list[int] = []
    asked = threading.Event()

    def items() -> Iterator[int]:
        for number in range(50):
            made.append(number)
            if number == 4:
                asked.set()
            yield number

    found = ahead(items(), 3)
    assert next(found) == 0
    assert asked.wait(10)  # 0 is out, 1 to 3 wait, 4 is made and waits for room
    assert made == [0, 1, 2, 3, 4]
    found.close()
    assert "read-ahead" not in names()


def test_what_making_raises_is_raised_after_what_was_made() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken off")

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(ValueError, match="broken off"):
        next(found)
    assert "read-ahead" not in names()


def test_whoever_stops_asking_stops_the_making() -> None:
    closed = threading.Event()

    def items() -> Generator[int, None, None]:
        try:
            yield from range(1_000_000)
        finally:
            closed.set()

    for item in ahead(source := items()):
        if item == 3:
            break
    source.close()
    assert closed.wait(10)
