"""A PDF becomes text: its own text layer, page by page."""

from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

_BROKEN = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, ArithmeticError)
"""What pypdf raises on damaged files, which reach into its insides as built-in errors."""
_FULL_LINE = 0.6
"""A line shorter than this share of the page's longest one ends a paragraph or is a title."""


class LockedPdf(Exception):
    """It takes a password to open the file."""


class DamagedPdf(Exception):
    """The file is no PDF, or is damaged."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """Text of a PDF, empty if it holds pictures only, and the title that it states."""

    text: str
    title: str


def read_pdf(data: bytes) -> PdfText:
    """Text layer of a PDF; lines that the page's width broke are joined again.

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
    pages = [_unwrap(page.extract_text()) for page in reader.pages]
    title = str(reader.metadata.title or "") if reader.metadata else ""
    return PdfText("\n\n".join(page for page in pages if page).strip(), " ".join(title.split()))


def _unwrap(page: str) -> str:
    lines = [line.strip() for line in page.splitlines()]
    longest = max((len(line) for line in lines), default=0)
    pieces: list[str] = []
    for line in lines:
        pieces += [line, " " if len(line) >= _FULL_LINE * longest else "\n"]
    return "".join(pieces).strip()
