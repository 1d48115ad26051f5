"""Writing a file so that its reader meets the old one or the new one, never half of it."""

import os
import tempfile
from pathlib import Path

from incidentmap.model import UnwritablePlace


def write_file(path: Path, content: bytes) -> None:
    """Write beside the target, flush to disk, rename.

    Raises
    ------
    UnwritablePlace
        If the folder is not there or cannot be written, or the target is a folder.
    """
    try:
        handle, fresh = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(fresh, 0o666 & ~_umask())  # noqa: PTH101 - mkstemp makes files private
        os.replace(fresh, path)  # noqa: PTH105
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        Path(fresh).unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> UnwritablePlace:
    todo = "Name a file in a folder that is there and that you may write."
    return UnwritablePlace(f"{path}: cannot be written ({error.strerror}). {todo}")


def _umask() -> int:
    """The mask for new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
