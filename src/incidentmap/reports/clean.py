"""A composed copy of a report's text to read in, with the way back to the text as it came."""

import re
import unicodedata
from dataclasses import dataclass

from incidentmap.model import Span

_DIGITS = {zero + digit: str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)}
"""Arabic and Persian digits."""
_SAME_LENGTH = _DIGITS | str.maketrans({
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\r": " ",
    "’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "—": "-",
    "\u060c": ",", "\u061b": ";", "\u061f": "?",
})
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class CleanText:
    """A text to read in and the offsets that lead back.

    Parameters
    ----------
    text
        Composed (NFC for Latin script), one space and one apostrophe only, Arabic commas and digits as their Latin twins.
    source
        The text as it came.
    starts, ends
        For each character of `text`, where its source begins and ends; both empty when the offsets are the same.
    """

    text: str
    source: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The source's own words for a piece of the clean text."""
        if self.starts:
            start, end = self.starts[start], self.ends[end - 1] if end > start else self.starts[start]
        return Span(start, end, self.source[start:end])


def clean(source: str) -> CleanText:
    """Compose accents and even out spaces, apostrophes and dashes, without losing where each character came from."""
    if unicodedata.is_normalized("NFC", source):
        return CleanText(source.translate(_SAME_LENGTH), source, (), ())
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(source):
        composed = unicodedata.normalize("NFC", cluster.group())
        letters.append(composed)
        starts.extend([cluster.start()] * len(composed))
        ends.extend([cluster.end()] * len(composed))
    return CleanText("".join(letters).translate(_SAME_LENGTH), source, tuple(starts), tuple(ends))
