"""The folder of the tables: who may write in it, what is rubbish in it, and what survives a power cut.

``tables/<import>/part-<year>.parquet`` and ``tables/<import>/places.parquet`` never change. A file that no import in the case
file names is rubbish of one that was stopped. While an import works it holds the lock and a folder ``.work-…`` of its own;
the ``parts`` in it become ``<import>`` by being renamed.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from incidentmap.model import IncidentmapError, UnwritablePlace

_LOCK = ".lock"
_WORK = ".work-"
_PARTS = "parts"


@contextmanager
def import_lock(folder: Path, patience_s: float) -> Iterator[None]:
    """The right to write in the folder, which one process has at a time; it is given back when the process ends, however.

    Raises
    ------
    UnwritablePlace
        If another one still has it after so many seconds, or the folder cannot be written.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / _LOCK, timeout=patience_s, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")  # SQLite's locks are the system's own, and the same on each
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                todo = "Wait until it has ended, or stop it, and try again."
                raise UnwritablePlace(f"{folder}: another import is writing into this workspace. {todo}") from error
            raise UnwritablePlace(f"{folder}: cannot be written ({error}). Check its rights and the free space.") from error
        yield


@contextmanager
def work_folder(folder: Path) -> Iterator[Path]:
    """A folder of this import's own, gone at the end of the block; its ``parts`` are what :func:`settle` makes permanent."""
    with _told(folder):
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=folder))
        (work / _PARTS).mkdir()
    try:
        yield work
    except IncidentmapError:  # some are an OSError too, and have their own words
        raise
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def parts_folder(work: Path) -> Path:
    """Where the files of an import are written before it is kept."""
    return work / _PARTS


def settle(work: Path, target: Path) -> None:
    """Make the files of an import permanent under its number: flushed to disk, then renamed as a whole."""
    parts = parts_folder(work)
    for file in parts.iterdir():
        file.chmod(0o644)
        _flush(file)
    _flush(parts)
    parts.chmod(0o755)
    parts.rename(target)
    _flush(target.parent)


def sweep(folder: Path, named: Collection[str]) -> None:
    """Delete what an import that was stopped left, and what was given up; `named` are the paths to keep. Needs the lock."""
    keep = {folder / name for name in named}
    for each in sorted(folder.iterdir()):
        if each.name.startswith(_WORK):
            shutil.rmtree(each, ignore_errors=True)
        elif each.name.isdigit():
            for file in each.iterdir():
                if file not in keep:
                    file.unlink(missing_ok=True)
            if not any(each.iterdir()):
                each.rmdir()


def _flush(path: Path) -> None:
    """See that a file, or what a folder holds, is on the disk."""
    if os.name == "nt" and path.is_dir():  # Windows has no handle of a folder to flush
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unwritable(folder, error) from error


def _unwritable(folder: Path, error: OSError) -> UnwritablePlace:
    todo = "Check its rights and the free space."
    return UnwritablePlace(f"{folder}: cannot be written ({error.strerror or error}). {todo}")
