"""`incidentmap ingest --watch DIR`: until it is told to stop."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from incidentmap.model import BadValue
from incidentmap.walks.ingest import Ingested
from incidentmap.walks.watch import watch
from incidentmap.walks.workspace import Workspace

_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def watch_folder(workspace: Workspace, folder: Path, every_s: float, tell: Callable[[Ingested], None]) -> tuple[int, int]:
    """Read what comes into a folder until Ctrl+C, `kill` or a closed terminal; a file that is being read is read to its end.

    Returns
    -------
    tuple of int
        How many reports were read, and how many files refused.

    Raises
    ------
    BadValue
        If the folder is not there, or the time between two looks is no positive number.
    """
    if not 0 < every_s < threading.TIMEOUT_MAX:
        raise BadValue("--every", every_s, "a number of seconds above 0")
    read = refused = 0
    with told_to_stop() as stopped:
        for done in watch(workspace, folder, lambda: not stopped.wait(every_s)):
            tell(done)
            read, refused = read + (done.report is not None), refused + (done.report is None)
            if stopped.is_set():
                break
    return read, refused


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """Set once the process is told to end; told again, it ends at once."""
    stopped = threading.Event()

    def stop(number: int, _: FrameType | None) -> None:
        stopped.set()
        signal.signal(number, before[signal.Signals(number)])

    before = {number: signal.signal(number, stop) for number in _STOPS}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
