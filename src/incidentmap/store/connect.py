"""Connections to the case file, and what can be wrong with it in words for its owner.

Each call of the store has its own connection: threads and processes share nothing but the file. WAL lets them read while one
writes.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from incidentmap.model import BrokenStore, UnwritablePlace
from incidentmap.store.migrate import migrate, newest

APPLICATION_ID = 0x494D4150
"""Marks a file as ours ("IMAP"), in the header field that SQLite keeps for this."""
_BUSY_TIMEOUT_S = 30.0
_BETWEEN_TRIES_S = 0.02
_SQLITE_HEADER = b"SQLite format 3\x00"
_PLACE_AT_FAULT = {"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_PERM", "SQLITE_AUTH"}
_SPARE = "Move it away and ingest the reports again, or put a backup in its place; nothing was changed in it."


def prepare(path: Path) -> None:
    """Create the file if there is none, check it if there is one, and bring it to the newest version.

    Raises
    ------
    BrokenStore
        If it is damaged, newer than this program or not a case file. It is left as it is.
    UnwritablePlace
        If its folder cannot be made or written.
    """
    _make_folder(path.parent)
    with _told(path):
        _refuse_other_formats(path)
        with closing(_open(path)) as connection:
            version = _checked_version(path, connection)
            if version < newest():
                _keep_write_ahead_log(connection)
                migrate(connection, APPLICATION_ID)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that sees one state of the file throughout."""
    with _told(path), closing(_open(path)) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        yield connection


@contextmanager
def writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection in a write transaction: all of it is kept, or nothing."""
    with _told(path), closing(_open(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")  # closing without it rolls back


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _keep_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Make the file keep a WAL. For this one switch SQLite does not wait where another process makes it too: we do."""
    give_up = time.monotonic() + _BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(_BETWEEN_TRIES_S)
        else:
            return


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritablePlace(f"{folder}: the folder cannot be made ({error.strerror}). Name another one.") from error


def _refuse_other_formats(path: Path) -> None:
    """An empty file is a new one: SQLite leaves it when a first writer is stopped early."""
    if path.is_dir():
        raise BrokenStore(f"{path}: is a folder, expected a case file. {_SPARE}")
    if not path.exists():
        return
    with path.open("rb") as file:
        head = file.read(len(_SQLITE_HEADER))
    if head and head != _SQLITE_HEADER:
        raise BrokenStore(f"{path}: is no case file (no SQLite file at all) or its start is damaged. {_SPARE}")


def _checked_version(path: Path, connection: sqlite3.Connection) -> int:
    version, owner, empty = _marks(connection)
    if owner != APPLICATION_ID and not (empty and owner == 0 and version == 0):
        raise BrokenStore(f"{path}: is an SQLite file of another program, not a case file. Choose another workspace folder.")
    if version > newest():
        raise BrokenStore(
            f"{path}: was written by a newer incidentmap (case version {version}, this one knows {newest()}). "
            "Update incidentmap."
        )
    found: str = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise BrokenStore(f"{path}: the case file is damaged ({found}). {_SPARE}")
    return version


def _marks(connection: sqlite3.Connection) -> tuple[int, int, bool]:
    """Version, owner, and whether there is nothing in the file, all of one moment: another process may be making it."""
    connection.execute("BEGIN")
    try:
        empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        owner = connection.execute("PRAGMA application_id").fetchone()[0]
    finally:
        connection.execute("ROLLBACK")
    return int(version), int(owner), empty


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """SQLite's and the system's errors as ours."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # the values' fault, not the file's
    except sqlite3.DatabaseError as error:
        name: str = getattr(error, "sqlite_errorname", "")
        code = "_".join(name.split("_")[:2])
        if code in _PLACE_AT_FAULT:
            todo = "Check the rights of file and folder, and the free space."
            raise UnwritablePlace(f"{path}: cannot be opened or written ({error}). {todo}") from error
        if code in {"SQLITE_BUSY", "SQLITE_LOCKED"}:
            raise UnwritablePlace(f"{path}: another program keeps the case file locked. Close it and try again.") from error
        raise BrokenStore(f"{path}: the case file is damaged ({error}). {_SPARE}") from error
    except PermissionError as error:
        raise UnwritablePlace(f"{path}: cannot be opened ({error.strerror}). Check the rights of file and folder.") from error
