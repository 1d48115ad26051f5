"""An import at work beside the dashboard: how far it is, a way to stop it, and what came of it."""

import contextvars
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

from incidentmap.model import ImportProgress
from incidentmap.walks.import_asked import ImportAsked, ImportDone
from incidentmap.walks.import_table import import_table


class ImportJob:
    """An import in a thread of its own. Who stops it, or the program, leaves what was there before.

    Parameters
    ----------
    asked
        What is imported.
    ended
        Called once it has ended, well or not, from its thread.
    """

    def __init__(self, asked: ImportAsked, ended: Callable[[], None] = lambda: None) -> None:
        self.asked = asked
        self.progress: ImportProgress | None = None
        self._stop, self._ended = Event(), ended
        self._work: Future[ImportDone] | None = None

    def start(self) -> "ImportJob":
        """Begin; the registry of actors in force here is in force there too."""
        pool = ThreadPoolExecutor(1, thread_name_prefix="import")
        self._work = pool.submit(contextvars.copy_context().run, self._run)
        self._work.add_done_callback(lambda _: self._ended())
        pool.shutdown(wait=False)
        return self

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self._work is not None and not self._work.done()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask it to stop at its next batch; :meth:`result` then raises `Stopped`."""
        self._stop.set()

    def result(self, timeout: float | None = None) -> ImportDone:
        """What came of it, waited for.

        Raises
        ------
        IncidentmapError
            What it was refused or stopped with; see :func:`incidentmap.walks.import_table.import_table`.
        """
        if self._work is None:
            raise RuntimeError("the import was never started")
        return self._work.result(timeout)

    def _run(self) -> ImportDone:
        return import_table(self.asked, self._tell, self._stop.is_set)

    def _tell(self, far: ImportProgress) -> None:
        self.progress = far
