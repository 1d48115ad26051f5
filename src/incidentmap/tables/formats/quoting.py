"""Whether the quotes of a text table follow the rules (RFC 4180), seen in its bytes; two readers agree on one that does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

import numpy as np

_CHUNK = 4 << 20
_QUOTE = ord('"')
_LINE_END = re.compile(rb"\r\n|\r|\n")
_LONGEST_TAIL = 1 << 20


class Quoting(StrEnum):
    """How a text table uses quotes."""

    NONE = "none"
    REGULAR = "regular"
    """Around whole cells only, doubled inside."""
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class Bytes:
    """What the bytes show: use of quotes, and how many rows at the end hold nothing but delimiters (None: they do not tell)."""

    quoting: Quoting
    blank_end: int | None


def look(stream: IO[bytes], delimiter: str) -> Bytes:
    """Look at all bytes of a table in an encoding of which ASCII is a part.

    Parameters
    ----------
    stream
        The table, from its first row of data on.
    delimiter
        One ASCII character.
    """
    empty = delimiter.encode() + b"\r\n"
    beside = np.zeros(256, bool)
    beside[[*empty, _QUOTE]] = True
    before, tail, state, seen, odd = b"", b"", _State(), False, False
    for chunk in _chunks(stream):
        kept = chunk.rstrip(empty)
        before, tail = ((before + kept[-2:])[-2:], chunk[len(kept):]) if kept else (before, (tail + chunk)[:_LONGEST_TAIL])
        if not odd and (state.inside or state.waits or _QUOTE in chunk):
            seen = True
            odd = not state.take(np.frombuffer(chunk, np.uint8), beside)
        state.last = chunk[-1]
    quoting = Quoting.ODD if odd or state.inside else Quoting.REGULAR if seen else Quoting.NONE
    return Bytes(quoting, _blank_end(before, tail))


def _blank_end(before: bytes, tail: bytes) -> int | None:
    """Rows in the tail; it begins inside the last row that holds something, whose last bytes are `before`."""
    if before == b'""' or len(tail) >= _LONGEST_TAIL:
        return None  # perhaps an empty cell in quotes
    parts = _LINE_END.split(tail)
    return max(0, len(parts) - (not parts[-1]) - bool(before))


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(_CHUNK):
        yield chunk


class _State:
    """Where between two chunks the reading stands."""

    def __init__(self) -> None:
        self.inside = False
        self.waits = False
        """Whether the last byte closed a cell, so that the next must be a delimiter, a line end or a quote."""
        self.last = ord("\n")

    def take(self, data: "np.typing.NDArray[np.uint8]", beside: "np.typing.NDArray[np.bool_]") -> bool:
        """Whether every quote of a chunk opens a cell, closes one or is doubled."""
        if self.waits and not beside[data[0]]:
            return False
        at = np.flatnonzero(data == _QUOTE)
        opens, closes = at[int(self.inside)::2], at[1 - int(self.inside)::2]
        before = np.where(opens > 0, data[opens - 1], self.last)
        ends = closes[closes + 1 < len(data)]
        self.waits = len(ends) < len(closes)
        self.inside ^= bool(len(at) % 2)
        return bool(beside[before].all() and beside[data[ends + 1]].all())
