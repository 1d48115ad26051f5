"""Writing a file so that its reader meets the old one or the new one, never half of it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from incidentmap.model import IncidentmapError, UnwritablePlace


@contextmanager
def fresh_file(path: Path) -> Iterator[Path]:
    """A new, empty file beside `path` for the block to fill; at its end it is flushed to disk and takes the place of `path`.

    If the block fails or is stopped the new file is removed and `path` is as it was.

    Raises
    ------
    UnwritablePlace
        If the folder is not there or cannot be written, the disk is full, or the target is a folder.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    os.close(handle)
    fresh = Path(name)
    try:
        yield fresh
        _settle(fresh, path)
    except IncidentmapError:  # some are an OSError too, and have their own words
        raise
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        fresh.unlink(missing_ok=True)


def _settle(fresh: Path, path: Path) -> None:
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.chmod(0o666 & ~_umask())  # mkstemp makes files private
    fresh.replace(path)


def _unwritable(path: Path, error: OSError) -> UnwritablePlace:
    todo = "Name a file in a folder that is there and that you may write."
    return UnwritablePlace(f"{path}: cannot be written ({error.strerror or error}). {todo}")


def _umask() -> int:
    """The mask for new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
