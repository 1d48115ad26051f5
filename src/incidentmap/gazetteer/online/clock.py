"""Time as online geocoding sees it, in one place, so that waiting can be handed in."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """Functions of time.

    Parameters
    ----------
    now
        Seconds since 1970 (UTC): ages of kept answers, dates in headers.
    steady
        Seconds that never jump: intervals between requests.
    sleep
        Waits for seconds.
    """

    now: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


SYSTEM = Clock()
