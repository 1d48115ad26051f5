"""Answers of online geocoders, kept in an SQLite file that several processes share.

A kept answer waits for nothing. What was found is kept for 90 days, that nothing was found for 7; an error never. The file
holds the names that were asked for: it is readable by its owner alone.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from incidentmap.gazetteer.online.clock import Clock
from incidentmap.model import UnwritablePlace

FOUND_DAYS, NOT_FOUND_DAYS = 90.0, 7.0
_DAY_S = 86_400.0
_PATIENCE_S = 10.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answer(
    key TEXT PRIMARY KEY, question TEXT NOT NULL, found INTEGER NOT NULL, body TEXT NOT NULL, kept_at REAL NOT NULL
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whom: the identity of an answer.

    Parameters
    ----------
    call
        The provider's own path: ``/search``, ``/reverse``.
    parameters
        Normalised, in alphabetical order.
    """

    provider: str
    server: str
    call: str
    parameters: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """As one line of JSON, the same for the same question."""
        return json.dumps([self.provider, self.server, self.call, self.parameters])

    def key(self) -> str:
        """Hash of the text."""
        return hashlib.sha256(self.text().encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Answers:
    """The kept answers of one file; safe to share between threads and processes."""

    path: Path
    clock: Clock
    days: Mapping[bool, float]

    def kept(self, question: Question) -> Any | None:
        """The JSON value of an answer that is still young enough, else None."""
        with self._open() as connection:
            row = connection.execute("SELECT found, body, kept_at FROM answer WHERE key = ?", (question.key(),)).fetchone()
        if row is None or not 0 <= self.clock.now() - row[2] <= self.days[bool(row[0])] * _DAY_S:
            return None
        return json.loads(row[1])

    def keep(self, question: Question, body: Any, *, found: bool) -> None:
        """Keep an answer in place of an older one."""
        row = question.key(), question.text(), found, json.dumps(body), self.clock.now()
        with self._open() as connection, connection:
            connection.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", row)

    def forget_old(self) -> None:
        """Delete what is too old to be used."""
        with self._open() as connection, connection:
            for found, days in self.days.items():
                oldest = self.clock.now() - days * _DAY_S
                connection.execute("DELETE FROM answer WHERE found = ? AND kept_at < ?", (found, oldest))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE_S)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise _unusable(self.path, error) from error


def open_answers(folder: Path, clock: Clock, found_days: float = FOUND_DAYS, not_found_days: float = NOT_FOUND_DAYS) -> Answers:
    """The kept answers in a folder; a damaged file is begun anew.

    Raises
    ------
    UnwritablePlace
        If they cannot be kept: asking a public server again and again for the same is not done.
    """
    path = folder / "online.sqlite"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        _prepare(path)
    except sqlite3.OperationalError as error:
        raise _unusable(path, error) from error
    except sqlite3.DatabaseError:
        _begin_anew(path)
    answers = Answers(path, clock, {True: found_days, False: not_found_days})
    answers.forget_old()
    return answers


def _begin_anew(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        each.unlink(missing_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    _prepare(path)


def _prepare(path: Path) -> None:
    with closing(sqlite3.connect(path, timeout=_PATIENCE_S)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(_SCHEMA)
        connection.commit()


def _unusable(path: Path, error: Exception) -> UnwritablePlace:
    return UnwritablePlace(
        f"{path}: answers of online geocoders cannot be kept here ({error}). Make the folder writable, or name another one "
        "with XDG_CACHE_HOME."
    )
