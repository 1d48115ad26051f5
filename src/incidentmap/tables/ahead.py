"""Reading on while what was read is looked at: two threads share the work of an import."""

from collections.abc import Generator, Iterator
from queue import Queue
from threading import Event, Thread
from typing import TypeVar

Item = TypeVar("Item")


class _End:
    """The last thing in the queue: `error` is what ended it, None where there was no more."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def ahead(items: Iterator[Item], most: int = 2) -> Generator[Item, None, None]:
    """The same items in the same order, at most so many made beforehand; what making them raises is raised here.

    Whoever stops asking stops the making: nothing is left running when the generator is closed.
    """
    ready: Queue[Item | _End] = Queue(most)
    stopped = Event()

    def make() -> None:
        error: BaseException | None = None
        try:
            for item in items:
                ready.put(item)
                if stopped.is_set():
                    return
        except BaseException as raised:  # noqa: BLE001 (raised again where the items are asked for)
            error = raised
        finally:
            ready.put(_End(error))

    maker = Thread(target=make, name="read-ahead", daemon=True)
    maker.start()
    try:
        while not isinstance(item := ready.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        stopped.set()
        while maker.is_alive():  # it may wait for room in the queue
            while not ready.empty():
                ready.get()
            maker.join(0.01)
