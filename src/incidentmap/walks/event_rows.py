"""The imported rows of a workspace, open for questions: one reader a process, whatever the number of visitors.

Rows that were just imported are answered from their parts, while another process makes the cache of them that answers sooner:
its memory is not the pages', and it ends with them. As a snapshot never changes, each answer is kept until it makes room for
later ones, or the next snapshot is there.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from subprocess import Popen
from threading import Lock

import pyarrow as pa

from incidentmap.store.events import Events, open_events
from incidentmap.store.events.asked import Question
from incidentmap.store.events.cache import EventFiles, EventReader, is_cached, open_cached, open_parts
from incidentmap.walks.cache_maker import start_making, stop_making
from incidentmap.walks.import_tables import CACHE, inside
from incidentmap.walks.workspace import Workspace

_MEMORY = "400MB"
"""That asking may take of a process that also serves pages: with thirty million rows it stays under a gigabyte."""
_KEPT_BYTES = 64_000_000
"""Of answers that are kept."""


class OpenRows:
    """Answers questions about the rows of one snapshot, from several threads at once."""

    def __init__(self, files: EventFiles, reader: EventReader) -> None:
        self.files = files
        self._reader = reader
        self._answers: OrderedDict[Question, pa.Table] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    @property
    def rolled(self) -> bool:
        """Whether the cache answers: rows by actor and month were counted beforehand."""
        return self._reader.rolled

    def ask(self, question: Question) -> pa.Table:
        """The answer to a question, from the last time if it is still there."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                return self._answers[question]
        answer = self._reader.ask(question)
        self._keep(question, answer)
        return answer

    def prepare_region(self, region: str) -> None:
        """See that the places of a region are known."""
        self._reader.prepare_region(region)

    def prepare_word(self, word: str) -> bool:
        """Whether the rows with a word are known."""
        return self._reader.prepare_word(word)

    def close(self) -> None:
        """Give back memory and files."""
        self._reader.close()

    def _keep(self, question: Question, answer: pa.Table) -> None:
        with self._lock:
            if question not in self._answers:
                self._answers[question] = answer
                self._bytes += answer.nbytes
            while self._bytes > _KEPT_BYTES:
                self._bytes -= self._answers.popitem(last=False)[1].nbytes


class _Shelf:
    """What is open of one workspace in this process. The reader of an earlier snapshot closes once nobody asks it any more."""

    def __init__(self, events: Events, folder: Path) -> None:
        self._events = events
        self._folder = folder
        self._rows: OpenRows | None = None
        self._maker: Popen[bytes] | None = None
        self._lock = Lock()

    def rows(self) -> OpenRows | None:
        files = self._events.current()
        with self._lock:
            if not files.paths:
                self._rows = None
            elif self._rows is None or self._rows.files != files:
                self._rows = self._opened(files)
            elif self._maker and self._maker.poll() is not None:
                self._maker = None
                self._rows = self._opened(files, make=False)
            return self._rows

    def _opened(self, files: EventFiles, *, make: bool = True) -> OpenRows:
        if self._maker:  # of an earlier snapshot: when it was done it would sweep this one's cache away
            stop_making(self._maker)
            self._maker = None
        if is_cached(files, self._folder):
            return OpenRows(files, open_cached(files, self._folder, inside=inside, memory=_MEMORY))
        if make:
            self._maker = start_making(self._events.case, files.snapshot, self._folder)
        return OpenRows(files, open_parts(files, inside=inside, memory=_MEMORY))


def open_rows(workspace: Workspace) -> OpenRows | None:
    """The rows that all sources show now, None if there are none. For a process that stays: it makes the cache of them."""
    return _shelf(workspace.store.path).rows()


@contextmanager
def opened_rows(workspace: Workspace) -> Iterator[OpenRows | None]:
    """The same for a command that ends soon: the cache answers if there is one, else the parts."""
    files, folder = open_events(workspace.store.path).current(), workspace.folder / CACHE
    if not files.paths:
        yield None
        return
    cached = is_cached(files, folder)
    rows = OpenRows(files, open_cached(files, folder, inside=inside) if cached else open_parts(files, inside=inside))
    try:
        yield rows
    finally:
        rows.close()


@lru_cache(maxsize=32)
def _shelf(case: Path) -> _Shelf:
    return _Shelf(open_events(case), case.parent / CACHE)
