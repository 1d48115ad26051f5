"""One limiter for each server host, shared by all threads and geocoders of the process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from incidentmap.gazetteer.online.clock import Clock


class Limiter:
    """Lets one request at a time through, each no sooner than the interval after the one before was answered."""

    def __init__(self, interval_s: float, clock: Clock) -> None:
        self._interval_s = interval_s
        self._clock = clock
        self._lock = threading.Lock()
        self._free_at = 0.0

    @property
    def turn(self) -> threading.Lock:
        """Held by the one thread that may send."""
        return self._lock

    @contextmanager
    def request(self) -> Iterator[None]:
        """Inside a turn: around one request. The interval runs from its end, so the server sees no two closer than it."""
        while (left := self.left_s()) > 0:
            self._clock.sleep(left)
        try:
            yield
        finally:
            self.pause(self._interval_s)

    def left_s(self) -> float:
        """Seconds until a request may be sent; 0 or less for now."""
        return self._free_at - self._clock.steady()

    def pause(self, seconds: float) -> None:
        """Let nothing through for some seconds from now, for no thread."""
        self._free_at = max(self._free_at, self._clock.steady() + seconds)

    def slow_down(self, interval_s: float) -> None:
        """Of several intervals asked for, the longest counts."""
        self._interval_s = max(self._interval_s, interval_s)


_KNOWN: dict[tuple[str, Clock], Limiter] = {}
_KNOWN_LOCK = threading.Lock()


def limiter_of(host: str, interval_s: float, clock: Clock) -> Limiter:
    """The limiter of a host, the same for all who ask; the longest interval asked for counts."""
    with _KNOWN_LOCK:
        limiter = _KNOWN.setdefault((host, clock), Limiter(interval_s, clock))
    limiter.slow_down(interval_s)
    return limiter
