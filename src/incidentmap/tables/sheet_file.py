"""The zip file around a spreadsheet: whether it is one, and not a bomb; which of its formulas were never computed."""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from incidentmap.model import UnreadableTable

LARGEST_UNPACKED = 4_000_000_000
LARGEST_STRINGS = 400_000_000
"""Bytes of the parts that are held in memory at once (shared strings, styles)."""
_LOCKED = b"\xd0\xcf\x11\xe0"


def check_sheet_file(path: Path) -> None:
    """Refuse what is no spreadsheet, and one that would fill the memory.

    Raises
    ------
    UnreadableTable
        With what to do.
    """
    try:
        with path.open("rb") as file:
            head = file.read(4)
        if not head:
            raise UnreadableTable(f"{path}: the file is empty. Save or download it again.")
        if head == _LOCKED:
            raise UnreadableTable(f"{path}: it has a password or is an old .xls file. Save it as .xlsx without a password.")
        with ZipFile(path) as archive:
            sizes = {part.filename: part.file_size for part in archive.infolist()}
    except BadZipFile as error:
        raise UnreadableTable(f"{path}: no XLSX file, or a damaged one. Save or download it again.") from error
    except OSError as error:
        todo = "Check that it exists and that you may read it."
        raise UnreadableTable(f"{path}: {error.strerror or error}. {todo}") from error
    held = sum(size for name, size in sizes.items() if "/worksheets/" not in name)
    if sum(sizes.values()) > LARGEST_UNPACKED or held > LARGEST_STRINGS:
        raise UnreadableTable(f"{path}: unpacks to {sum(sizes.values()) / 1e9:.1f} GB. Save the sheet as CSV and read that.")


_FORMULA = re.compile(rb"<f[ >/][^<]*(?:</f>)?(?P<bare><v ?/>|<v></v>|</c>)?")
_CHUNK = 1 << 20
_OVERLAP = 20_000
"""Bytes; no formula is longer than 8,192 characters."""


def formulas(path: Path, part: str) -> tuple[int, int]:
    """How many cells of a sheet (a part of the zip file) hold a formula, and how many of these no computed value."""
    total = bare = 0
    kept = b""
    with ZipFile(path) as archive, archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            text = kept + chunk
            end = len(text) if len(chunk) < _CHUNK else max(0, text.rfind(b"<c ", 0, len(text) - 1))
            for match in _FORMULA.finditer(text, 0, end):
                total, bare = total + 1, bare + bool(match["bare"])
            kept = text[end:]
    return total, bare
