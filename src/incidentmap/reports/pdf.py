"""A PDF becomes text: its own text layer, page by page, in the order in which the file draws it.

What comes out is the source text: offsets point into it, not into the file. Lines that the page's width broke are joined,
words divided at a line's end are one word again, and running heads and feet are left out.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from incidentmap.model import Reason, reason

_BROKEN = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, ArithmeticError)
"""What pypdf raises on damaged files, which reach into its insides as built-in errors."""
_FULL_LINE = 0.6
"""A line shorter than this share of the page's longest one ends a paragraph or is a title."""
_MARGIN = 2
"""Lines at the top and at the bottom of a page among which its running head and foot are looked for."""
_FEWEST_PAGES = 3
"""Two pages may begin alike by chance."""
_DIVIDED = re.compile(r"(\w[\w-]*)[-\u2010\u00ad]$")
_WORD = re.compile(r"\w+(?:-\w+)*")
_LONGEST_NOTE = 200
_SOFT = "\u00ad"
_Page = tuple[str, ...]


class LockedPdf(Exception):
    """It takes a password to open the file."""


class DamagedPdf(Exception):
    """The file is no PDF, or is damaged."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """Text of a PDF, empty if it holds pictures only, the title that it states, and what was left out or is missing."""

    text: str
    title: str
    notes: tuple[Reason, ...]


def read_pdf(data: bytes) -> PdfText:
    """Text layer of a PDF; see the module for what is done to its lines.

    Raises
    ------
    LockedPdf, DamagedPdf
    """
    try:
        return _text(_open(data))
    except (DependencyError, FileNotDecryptedError) as error:  # the first: a cipher that needs a library we do not have
        raise LockedPdf from error
    except _BROKEN as error:
        raise DamagedPdf from error


def _open(data: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        reader.decrypt("")  # many are locked against printing only, and open with an empty password
    return reader


def _text(reader: PdfReader) -> PdfText:
    pages = [tuple(line.strip() for line in page.extract_text().splitlines()) for page in reader.pages]
    running = _running(pages)
    words = frozenset(word.lower() for page in pages for line in page for word in _WORD.findall(line))
    bodies = [_unwrap(_without(page, number, running), words) for number, page in enumerate(pages)]
    title = str(reader.metadata.title or "") if reader.metadata else ""
    text = "\n\n".join(filter(None, bodies)).replace(_SOFT, "").strip()
    return PdfText(text, " ".join(title.split()), tuple(_notes(pages, running)))


def _notes(pages: Sequence[_Page], running: Collection[str]) -> Iterator[Reason]:
    empty = [str(number) for number, page in enumerate(pages, 1) if not any(page)]
    if running:
        cut = max((_cut(page, number, running) for number, page in enumerate(pages)), key=len)
        yield reason("running_lines_left_out", words="; ".join(cut.values())[:_LONGEST_NOTE])
    if empty and len(empty) < len(pages):
        yield reason("pages_without_text", pages=", ".join(empty)[:_LONGEST_NOTE])


def _running(pages: Sequence[_Page]) -> frozenset[str]:
    """What stands at the top or bottom of every page that has text; the first may be a cover."""
    seen = Counter(key for number, page in enumerate(pages) for key in {
        key for line in _margins(page).values() for key in _keys(line, number)
    })
    most = max(_FEWEST_PAGES, sum(any(page) for page in pages) - 1)
    return frozenset(key for key, count in seen.items() if count >= most)


def _margins(page: _Page) -> dict[int, str]:
    """The lines of a page's top and bottom by their number."""
    told = [(number, line) for number, line in enumerate(page) if line]
    return dict(told[:_MARGIN] + told[-_MARGIN:])


def _keys(line: str, page: int) -> Iterator[str]:
    """A running line as it stands, or without the number in it that counts the pages (a row of a table does not count)."""
    yield line
    if found := re.search(r"\d{1,4}(?!\d)", line):
        yield f"{line[:found.start()]}#{int(found[0]) - page}#{line[found.end():]}"


def _cut(page: _Page, number: int, running: Collection[str]) -> dict[int, str]:
    """The running lines of a page."""
    return {at: line for at, line in _margins(page).items() if any(key in running for key in _keys(line, number))}


def _without(page: _Page, number: int, running: Collection[str]) -> _Page:
    cut = _cut(page, number, running)
    return tuple(line for at, line in enumerate(page) if at not in cut)


def _unwrap(lines: Sequence[str], words: Collection[str]) -> str:
    longest = max((len(line) for line in lines), default=0)
    pieces: list[str] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=False):
        divided = _DIVIDED.search(line) if after[:1].isalnum() else None
        if divided:
            pieces.append(line if _keeps_hyphen(divided[0], after, words) else line[:-1])
        else:
            pieces += [line, " " if len(line) >= _FULL_LINE * longest else "\n"]
    return "".join(pieces).strip()


def _keeps_hyphen(before: str, after: str, words: Collection[str]) -> bool:
    """Whether a hyphen at a line's end is the word's own: "Tin-Zaouaten", or one that the file has elsewhere within a line."""
    if before.endswith(_SOFT):
        return False
    rest = "".join(_WORD.findall(after)[:1])
    return not after[0].islower() or f"{before[:-1]}-{rest}".lower() in words
