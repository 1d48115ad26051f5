"""Being told to stop: Ctrl+C, `kill` or a closed terminal, heard between two pieces of work."""

import os
import select
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop:
    """Whether the process was told to stop, and waiting for it.

    A signal comes in the middle of anything, also of a wait. So it only writes a byte into a pipe: a `threading.Event`, whose
    lock the wait may hold at that moment, would wait for itself for ever.
    """

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        self._told = False

    def set(self) -> None:
        """Tell it; from a signal's handler too."""
        self._told = True
        os.write(self._write, b"\0")

    def is_set(self) -> bool:
        """Whether it was told."""
        return self._told

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; whether it was told."""
        if not self._told:
            select.select([self._read], [], [], seconds)
        return self._told

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._read)
        os.close(self._write)


@contextmanager
def told_to_stop(signals: Sequence[signal.Signals] = _STOPS) -> Iterator[Stop]:
    """Set once the process is told to end by one of these signals; told again, it ends at once."""
    stopped = Stop()

    def stop(number: int, _: FrameType | None) -> None:
        stopped.set()
        signal.signal(number, before[signal.Signals(number)])

    before = {number: signal.signal(number, stop) for number in signals}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        stopped.close()
