"""A whole file at once: its reader meets the old one or the new one."""

from pathlib import Path

from incidentmap.fresh_file import fresh_file


def write_file(path: Path, content: bytes) -> None:
    """Write beside the target, flush to disk, rename.

    Raises
    ------
    UnwritablePlace
        If the folder is not there or cannot be written, or the target is a folder.
    """
    with fresh_file(path) as fresh:
        fresh.write_bytes(content)
