"""`incidentmap ingest --watch DIR`: until it is told to stop."""

import threading
from collections.abc import Callable
from pathlib import Path

from incidentmap.cli.stopping import told_to_stop
from incidentmap.model import BadValue
from incidentmap.walks.ingest import Ingested
from incidentmap.walks.watch import watch
from incidentmap.walks.workspace import Workspace


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
