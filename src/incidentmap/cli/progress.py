"""How far a long command is: a bar with the time left in a terminal, now and then a line elsewhere; always on stderr."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

Advance = Callable[[int], None]
LINE_EVERY_S = 10.0


@contextmanager
def progress(title: str, total: int | None) -> Iterator[Advance]:
    """Show how far some work is, for as long as the block runs.

    Parameters
    ----------
    title
        What is being done, in a few words.
    total
        How many steps (rows, bytes) there are, None if nobody knows; an estimate is good enough.

    Yields
    ------
    Callable[[int], None]
        To be called with the number of steps done since the last call; cheap enough for every hundred rows.
    """
    console = Console(stderr=True)
    if console.is_terminal:
        with _bar(console) as bar:
            task = bar.add_task(title, total=total)
            yield lambda steps: bar.update(task, advance=steps)
    else:
        yield _Lines(title, total).advance


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        TextColumn("left:"), TimeRemainingColumn(), console=console, transient=True,
    )


class _Lines:
    """Says every ten seconds how far the work is; a short one says nothing."""

    def __init__(self, title: str, total: int | None) -> None:
        self._title, self._total = title, total
        self._done = 0
        self._begun = self._said = time.monotonic()

    def advance(self, steps: int) -> None:
        """Count steps, and say so when it is time."""
        self._done += steps
        now = time.monotonic()
        if now - self._said >= LINE_EVERY_S:
            self._said = now
            print(line(self._title, self._done, self._total, now - self._begun), file=sys.stderr, flush=True)


def line(title: str, done: int, total: int | None, seconds: float) -> str:
    """How far the work is after some seconds, in one line."""
    if not total:
        return f"{title}: {done:,}"
    left = seconds * (total - done) / done if done else 0.0
    about = f", about {left:.0f} s left" if 0 < done < total else ""
    return f"{title}: {done:,} of {total:,} ({min(done / total, 1):.0%}{about})"
