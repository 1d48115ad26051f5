"""`incidentmap import --watch URL-or-folder`: what is new there, now and then, until it is told to stop."""

import argparse
import json
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from incidentmap.cli.stopping import Stop, told_to_stop
from incidentmap.model import BadValue, ImportProgress, Stopped
from incidentmap.tables.feeds.address import EVERY_MINUTES, EXAMPLES, Feed, is_address, read_feed
from incidentmap.tables.feeds.fetch import Fetcher
from incidentmap.tables.feeds.tokens import credentials
from incidentmap.tables.feeds.wire import LOOPBACK, Pace, Wire
from incidentmap.walks.decide import utc_now
from incidentmap.walks.import_asked import ImportAsked, ImportDone
from incidentmap.walks.import_watch import Looked, look_at_feed, watch_tables
from incidentmap.walks.watch import look
from incidentmap.words import say_reason

DONE, REFUSED, SOME_REFUSED = 0, 1, 3
_LANGUAGE = "en"
_FOLDER_MINUTES = 0.1
_LEAST = 15.0
"""Minutes between two looks at a public server."""
_TOLD = "\n".join((
    "New or changed tables of a folder, or what a service publishes, become snapshots. A URL is asked over the network, with",
    "your filters and login; nothing else leaves this machine. For ACLED and UCDP log in first: incidentmap login. Files of",
    "one source in a folder are parts of one table: none makes the rows of another go. URLs, for example:",
    *(f"  {example}" for example in EXAMPLES.values()),
))
_ONCE_S = 1.0
"""Between the two looks at a folder that tell whether a file is whole."""


class Stages(AbstractContextManager["Stages"], Protocol):
    """Shows how far an import is."""

    def tell(self, far: ImportProgress) -> None:
        """Show how far it is now."""
        ...


def add_watch_options(command: argparse.ArgumentParser) -> None:
    """Add the options to the command."""
    group = command.add_argument_group("watching (off unless asked for)", _TOLD)
    group.add_argument("--watch", metavar="URL-or-folder", help="instead of FILE")
    minutes = ", ".join(f"{service} {every:g}" for service, every in EVERY_MINUTES.items())
    told = f"between two looks; default: folder {_FOLDER_MINUTES:g}, {minutes}; at least {_LEAST:g} for a public server"
    group.add_argument("--every", type=float, metavar="MINUTES", help=told)
    group.add_argument("--once", action="store_true", help="one look, for a timer of the system's own")
    command.set_defaults(refuse=command.error)


def run_watch(
    options: argparse.Namespace, asked: ImportAsked, stages: Callable[[], Stages],
    said: Callable[[ImportDone], Iterable[str]], record: Callable[[ImportDone], dict[str, object]],
) -> int:
    """Watch until told to stop; a file or page that is being read is read to its end.

    Parameters
    ----------
    options
        Of the command line.
    asked
        How to import what comes.
    stages
        Makes what shows how far an import is.
    said, record
        What came of an import, for a person and as JSON.

    Returns
    -------
    int
        Exit code: with ``--once`` whether anything failed, else 0.
    """
    codes = [DONE]
    with told_to_stop() as stopped, stages() as shown:
        for each in _looks(options, asked, stopped, shown):
            if each.is_news or options.once:
                _say(_as_json(each, record) if options.json else _lines(each, said))
            if each.failure:
                print(f"incidentmap import: {each.what}: {each.failure}", file=sys.stderr, flush=True)
            codes.append(_code(each))
            if stopped.is_set():
                break
    return _worst(codes) if options.once else DONE


def _looks(options: argparse.Namespace, asked: ImportAsked, stopped: Stop, shown: Stages) -> Iterator[Looked]:
    if is_address(options.watch):
        return _looks_at_feed(options, read_feed(options.watch), asked, stopped, shown)
    folder = Path(options.watch)
    look(folder)  # before anything is made
    every_s = _every_s(options.every, _FOLDER_MINUTES, 0)
    wait = _wait_once(stopped) if options.once else lambda: not stopped.wait(every_s)
    _greet(options, str(folder))
    return watch_tables(folder, asked, shown.tell, wait)


def _looks_at_feed(
    options: argparse.Namespace, feed: Feed, asked: ImportAsked, stopped: Stop, shown: Stages,
) -> Iterator[Looked]:
    usual = EVERY_MINUTES[feed.service]
    every_s = _every_s(options.every, usual, 0 if _is_here(feed) else _LEAST)
    wire = Wire(Pace(wait=lambda seconds: not stopped.wait(seconds)))
    fetcher = Fetcher(wire, credentials(feed, wire), utc_now, _tell_pages)
    _greet(options, feed.address)
    while True:
        try:
            yield look_at_feed(feed, fetcher, asked, shown.tell)
        except Stopped as error:
            print(f"incidentmap import: {error}", file=sys.stderr, flush=True)
            return
        if options.once or stopped.wait(every_s):
            return


def _tell_pages(pages: int, rows: int) -> None:
    print(f"fetched page {pages:,} ({rows:,} rows)", file=sys.stderr, flush=True)


def _is_here(feed: Feed) -> bool:
    return urlsplit(feed.server).hostname in LOOPBACK


def _every_s(asked: float | None, usual: float, least: float) -> float:
    minutes = usual if asked is None else asked
    if not max(least, 1e-6) <= minutes < threading.TIMEOUT_MAX / 60:
        raise BadValue("--every", asked, f"a number of minutes, at least {least:g}" if least else "a number of minutes above 0")
    return minutes * 60


def _wait_once(stopped: Stop) -> Callable[[], bool]:
    left = iter((True,))
    return lambda: next(left, False) and not stopped.wait(_ONCE_S)


def _greet(options: argparse.Namespace, what: str) -> None:
    if not options.once and not options.json:
        _say([f"watching {what}  (stop: Ctrl+C)"])


def _lines(each: Looked, said: Callable[[ImportDone], Iterable[str]]) -> Iterator[str]:
    if each.done:
        yield from said(each.done)
    if each.removed and each.removed.run:
        yield f"snapshot {each.removed.number}: {each.removed.run.changes.gone:,} events gone that the source has deleted"
    yield from (f"  note: {say_reason(_LANGUAGE, note)}" for note in each.notes)
    if not each.is_news:
        yield f"{each.what}: nothing new"


def _as_json(each: Looked, record: Callable[[ImportDone], dict[str, object]]) -> Iterator[str]:
    removed = each.removed
    told: dict[str, object] = {
        "watched": each.what, "failure": each.failure or None, "import": record(each.done) if each.done else None,
        "removed": {"snapshot": removed.number, "gone": removed.run.changes.gone} if removed and removed.run else None,
        "notes": [say_reason(_LANGUAGE, note) for note in each.notes],
    }
    yield json.dumps(told, ensure_ascii=False)


def _code(each: Looked) -> int:
    if each.failure:
        return REFUSED
    return SOME_REFUSED if each.done and each.done.refused else DONE


def _worst(codes: Iterable[int]) -> int:
    found = set(codes)
    return REFUSED if REFUSED in found else max(found)


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
    sys.stdout.flush()
