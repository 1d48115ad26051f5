"""The bytes of a text table: unpacked, limited, and in which encoding."""

import codecs
import gzip
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from incidentmap.encodings import encoding_of
from incidentmap.model import UnreadableTable

LARGEST_UNPACKED = 4_000_000_000
"""Bytes above which a packed table is taken for a bomb."""
_CHUNK = 1 << 20
_MARKED = frozenset({"utf-8-sig", "utf-16", "utf-32"})
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_KNOWN = {
    b"PK\x03\x04": "it is an XLSX or another zip file under another name; name it .xlsx",
    b"PAR1": "it is a Parquet file under another name; name it .parquet",
    b"\x1f\x8b": "it is packed with gzip; name it .csv.gz",
    b"\xd0\xcf\x11\xe0": "it is an old office document; save it as .xlsx or .csv",
    b"%PDF": "it is a PDF; copy its table into a .csv or .xlsx file",
}


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked if its name ends in .gz.

    Raises
    ------
    UnreadableTable
        If it cannot be opened, read or unpacked.
    """
    try:
        with path.open("rb") if path.suffix.lower() != ".gz" else cast(IO[bytes], gzip.open(path)) as file:
            yield file
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise UnreadableTable(f"{path}: no gzip file, or one that breaks off ({error}). Download or pack it again.") from error
    except OSError as error:
        todo = "Check that it exists and that you may read it."
        raise UnreadableTable(f"{path}: {error.strerror or error}. {todo}") from error


def table_encoding(path: Path) -> str:
    """The encoding of a text table, as Python names it; the whole file is looked at, a megabyte at a time.

    Raises
    ------
    UnreadableTable
        If it is empty, no text, or text in UTF-8 with a few other bytes; the message says where and what to do.
    """
    with opened(path) as file:
        head = file.read(_CHUNK)
    _check(path, head)
    sure = encoding_of(head)
    if sure in _MARKED or (sure and sure.startswith("utf-16")):
        return sure
    place = _first_no_utf8(path)
    return "utf-8" if place is None else _other(path, place)


def _check(path: Path, head: bytes) -> None:
    if not head.strip():
        raise UnreadableTable(f"{path}: the file is empty. Save or download it again.")
    for start, what in _KNOWN.items():
        if head.startswith(start):
            raise UnreadableTable(f"{path}: this is no text table: {what}.")


def _first_no_utf8(path: Path) -> int | None:
    """Where the first byte stands that is no UTF-8, None if all are; a packed file is unpacked to its end, for its size."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    found: int | None = None
    size = 0
    for done, chunk in _chunks(path):
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError as error:
            found = done - held + error.start if found is None else found
            decoder.reset()
        size = done + len(chunk)
    cut = len(decoder.getstate()[0])
    return size - cut if found is None and cut else found


def _chunks(path: Path) -> Iterator[tuple[int, bytes]]:
    done = 0
    with opened(path) as file:
        while chunk := file.read(_CHUNK):
            yield done, chunk
            done += len(chunk)
            if done > LARGEST_UNPACKED and path.suffix.lower() == ".gz":
                limit = f"{LARGEST_UNPACKED / 1e9:g} GB"
                raise UnreadableTable(f"{path}: unpacks to more than {limit}. Unpack it yourself if you trust it, or split it.")


def _other(path: Path, place: int) -> str:
    """The encoding of a file that is not in UTF-8, judged by the megabyte around the byte that shows it."""
    line, stretch = _around(path, place)
    high, letters = len(_HIGH.findall(stretch)), sum(map(len, _UTF8_LETTER.findall(stretch)))
    if letters > 0.9 * high:
        raise UnreadableTable(f"{path}, line {line}: a byte is no UTF-8 while the rest is. Mend that line, or save it again.")
    encoding = encoding_of(stretch)
    if encoding is None:
        raise UnreadableTable(f"{path}, line {line}: this is no text, or its encoding cannot be told. Save it as CSV in UTF-8.")
    return encoding


def _around(path: Path, place: int) -> tuple[int, bytes]:
    """The number of the line in which a byte stands, and whole lines of up to two megabytes before and one after it."""
    line, before = 1, b""
    with opened(path) as file:
        while place > 0 and (chunk := file.read(min(_CHUNK, place))):
            line, before, place = line + chunk.count(b"\n"), before[-_CHUNK:] + chunk, place - len(chunk)
        return line, before[before.find(b"\n") + 1:] + file.read(_CHUNK)
