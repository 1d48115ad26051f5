"""A text file as a stream of bytes in UTF-8, whatever its encoding, from a given byte on."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from incidentmap.model import UnreadableTable
from incidentmap.tables.text_bytes import opened

_CHUNK = 1 << 20


@contextmanager
def utf8(path: Path, encoding: str, skipped: int = 0) -> Iterator["io.BufferedReader[Any]"]:
    """Open a file, packed or not.

    Parameters
    ----------
    path
        The file; one whose name ends in .gz is packed.
    encoding
        Of the file; a byte-order mark is taken off.
    skipped
        Bytes of the text in UTF-8 to leave out at the beginning.

    Raises
    ------
    UnreadableTable
        While reading, if a byte is none of the encoding.
    """
    name = codecs.lookup(encoding).name
    with opened(path) as file:
        plain = cast("io.BufferedReader[Any]", file)  # as is one of gzip: both can be peeked into
        recoded: io.BufferedReader[Any] = io.BufferedReader(_Recoded(path, file, name), _CHUNK)
        stream = plain if name in {"utf-8", "utf-8-sig", "ascii"} else recoded
        if name == "utf-8-sig" and stream.peek(3).startswith(codecs.BOM_UTF8):
            skipped += 3
        while skipped > 0 and (chunk := stream.read(min(skipped, _CHUNK))):
            skipped -= len(chunk)
        yield stream


class WholeLineEnds(io.RawIOBase):
    """A stream whose reads never end between CR and LF.

    Arrow takes an LF at the beginning of a block for the rest of a line end, and drops it even inside a quoted cell.
    """

    def __init__(self, stream: "io.BufferedReader[Any]") -> None:
        self._stream, self._held = stream, b""

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes; none at the end."""
        chunk = self._held + self._stream.read(size - len(self._held))
        self._held = b"\r" if len(chunk) > 1 and chunk.endswith(b"\r") else b""
        return chunk[:-1] if self._held else chunk


class _Recoded(io.RawIOBase):
    """Bytes of another encoding, made UTF-8 as they are read."""

    def __init__(self, path: Path, file: IO[bytes], encoding: str) -> None:
        self._path, self._file, self._encoding = path, file, encoding
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and not self._ended:
            self._ready = self._next()
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _next(self) -> bytes:
        chunk = self._file.read(_CHUNK)
        self._ended = not chunk
        try:
            return self._decoder.decode(chunk, final=self._ended).encode()
        except UnicodeError as error:
            todo = "Name the encoding it was saved in, or save it again as UTF-8."
            raise UnreadableTable(f"{self._path}: a byte is no {self._encoding} ({error}). {todo}") from error
