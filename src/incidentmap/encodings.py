"""Bytes become text: strict rules first, statistics only where they all fail."""

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = frozenset("àâäáãåçéèêëîïìíñôöòóõùûüúÿœæšžßøÀÂÄÁÃÅÇÉÈÊËÎÏÌÍÑÔÖÒÓÕÙÛÜÚŸŒÆØ«»‹›“”„‘’‚–—…•·°º²³½€£§%©®\u00a0\u00ad")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.01
"""Share of control characters above which bytes are no text; print and office formats stand above 5 %."""
_SAMPLE = 1_000_000


def decode(data: bytes, declared: str = "") -> str | None:
    """Text of the bytes, byte-order mark removed, otherwise untouched (line ends and decomposed accents included).

    Parameters
    ----------
    data
        Bytes of a whole file.
    declared
        Name of an encoding that the file itself states, which may be wrong or unknown.

    Returns
    -------
    str or None
        None if the bytes are no text.
    """
    encoding = encoding_of(data, declared)
    return None if encoding is None else data.decode(encoding)


def encoding_of(data: bytes, declared: str = "") -> str | None:
    """The encoding in which bytes are text, as Python names it; None if there is none. One that has a mark takes it off.

    Rules in order: byte-order mark; strict UTF-8; the declared encoding; UTF-16 without a mark, known by its zero bytes;
    Windows-1252, of which Latin-1 is a part, where nearly all it yields are letters and signs of western languages; what
    charset-normalizer finds.

    Parameters
    ----------
    data
        Bytes of a whole file, or of a stretch of it that does not cut a character.
    declared
        Name of an encoding that the file itself states, which may be wrong or unknown.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _if_text(data, encoding)
    if b"\x00" in data:
        return _utf16(data)
    return _if_text(data, "utf-8") or _if_text(data, declared) or _western(data) or _detected(data)


def _if_text(data: bytes, encoding: str) -> str | None:
    """The encoding again, if the bytes are text in it."""
    text = _text(data, encoding)
    return encoding if text is not None and _is_text(text) else None


def _text(data: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return text if isinstance(text, str) else None


def _is_text(text: str) -> bool:
    return len(_CONTROL.findall(text[:_SAMPLE])) <= _MOST_CONTROL * min(len(text), _SAMPLE)


def _utf16(data: bytes) -> str | None:
    """Text in a Latin script has a zero in every other byte: the second of each pair is little-endian."""
    sample = data[:_SAMPLE]
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and second > 0.7 * half and first < 0.05 * half:
        return _if_text(data, "utf-16-le")
    if half and first > 0.7 * half and second < 0.05 * half:
        return _if_text(data, "utf-16-be")
    return None


def _western(data: bytes) -> str | None:
    text = _text(data, "cp1252")
    if text is None or not _is_text(text):
        return None
    foreign = [character for character in text[:_SAMPLE] if not character.isascii()]
    return "cp1252" if sum(character in _WESTERN for character in foreign) >= 0.95 * len(foreign) else None


def _detected(data: bytes) -> str | None:
    best = from_bytes(data[:_SAMPLE]).best()
    text = _text(data, best.encoding) if best else None
    return best.encoding if best and text and _is_text(text) and _is_prose(text[:_SAMPLE]) else None


def _is_prose(text: str) -> bool:
    """Whether it is letters and spaces for the most part: random bytes do get a guess now and then."""
    return sum(character.isspace() or unicodedata.category(character)[0] in "LM" for character in text) >= 0.6 * len(text)
