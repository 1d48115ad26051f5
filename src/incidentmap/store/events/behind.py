"""Writing beside reading: what is made is used in a thread of its own while the next is made."""

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def behind(items: Iterable[T], use: Callable[[T], None]) -> Generator[T, None, None]:
    """The items in their order, each given on once it was used; what using raises is raised here.

    At most one is in use and one is made. Closed half-way, it waits for the one in use: nothing is left running.
    """
    with ThreadPoolExecutor(1) as worker:
        before: tuple[T, Future[None]] | None = None
        for item in items:
            if before:
                before[1].result()
                yield before[0]
            before = item, worker.submit(use, item)
        if before:
            before[1].result()
            yield before[0]
