"""Report files become :class:`Report` values: plain text, Markdown, a saved web page, a PDF, or a feed with an entry each."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from textwrap import shorten

from incidentmap.encodings import decode
from incidentmap.model import PartialDate, Reason, Report, UnreadableReport, reason
from incidentmap.reports.feeds import Entry, NoFeed, read_feed
from incidentmap.reports.language import detect_language
from incidentmap.reports.markup import declared_charset, read_page
from incidentmap.reports.pdf import DamagedPdf, LockedPdf, read_pdf

FEEDS = (".xml", ".rss", ".atom")
FORMATS = (".txt", ".md", ".html", ".htm", ".pdf", *FEEDS)
LARGEST_BYTES = 20_000_000
"""A book of 3,000 pages has about 6 MB of text; above this a file is an archive of many reports, or no report."""
FILE_NOTES = frozenset({"page_kept_whole", "pages_without_text", "running_lines_left_out"})
"""Codes of the notes about a report's file. They cannot be told from its text again, and stay when it is read again."""
_LISTED = ", ".join(FORMATS)
_KNOWN = {
    b"%PDF": "it is a PDF under another name",
    b"PK\x03\x04": "it is an archive or an office document",
    b"\xd0\xcf\x11\xe0": "it is an old office document",
    b"\x89PNG": "it is a picture",
    b"\xff\xd8\xff": "it is a picture",
}
_HEADER_LINE = re.compile(r"(source|url|lien|link|date|titre|title)\s*:\s*(\S.*)", re.IGNORECASE)
_HEADER_LINES = 12
_SAME = {"lien": "url", "link": "url", "titre": "title"}
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T\s])")


@dataclass(frozen=True, slots=True)
class _Content:
    """What a file holds, whatever its format; everything but the text may be empty."""

    text: str
    title: str = ""
    source: str = ""
    url: str = ""
    published: str = ""
    number: int = 0
    """Of the entry, in a feed."""
    notes: tuple[Reason, ...] = ()


def read_report_file(path: Path) -> Report:
    """Read the report of a file that holds one; of a feed, its first entry. As :func:`read_reports_file` otherwise."""
    found = read_reports_file(path)[0]
    if isinstance(found, UnreadableReport):
        raise found
    return found


def read_reports_file(path: Path) -> tuple[Report | UnreadableReport, ...]:
    """Read the reports of a file.

    Parameters
    ----------
    path
        A `.txt`, `.md`, `.html`, `.htm` or `.pdf` file, or a feed saved to disk (RSS or Atom: `.xml`, `.rss`, `.atom`), of at
        most 20 MB, in any encoding that can be told.

    Returns
    -------
    tuple of Report or UnreadableReport
        As :func:`read_reports`.

    Raises
    ------
    UnreadableReport
        If there is no text to be had; the message names the file, what is wrong with it and what to do.
    """
    _check_ending(path)
    try:
        _check_kind(path)
        _check_size(path, path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableReport(f"{path}: {error.strerror or error}. Check that it exists and that you may read it.") from error
    return read_reports(path, data)


def read_reports(path: Path, data: bytes) -> tuple[Report | UnreadableReport, ...]:
    """Read the reports of a file's bytes.

    Parameters
    ----------
    path
        Its name, of which the ending tells the format; nothing is opened.
    data
        What it holds.

    Returns
    -------
    tuple of Report or UnreadableReport
        One, or of a feed one an entry, in its order: an entry without text is refused alone. `text` is as decoded: line ends
        and decomposed accents stay. Lines `Source:`, `URL:`, `Date:` and `Title:` at its start (or what a web page, feed or PDF
        says of itself) give source, address, day of publication and title. Only a whole day counts as day of publication here;
        what the text says otherwise is for the reader of the text.

    Raises
    ------
    UnreadableReport
        As :func:`read_reports_file`.
    """
    _check_ending(path)
    _check_size(path, len(data))
    evidence = hashlib.sha256(data).hexdigest()
    if path.suffix.lower() in FEEDS:
        return tuple(_report(path, entry, evidence) for entry in _from_feed(path, data))
    found = _report(path, _content(path, data), evidence)
    if isinstance(found, UnreadableReport):
        raise found
    return (found,)


def text_id(text: str) -> str:
    """Id of a report: the same text is the same report, whatever its file."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _report(path: Path, content: "_Content", evidence: str) -> Report | UnreadableReport:
    if not content.text.strip():
        where = f"{path}, entry {content.number}" if content.number else f"{path}"
        return UnreadableReport(f"{where}: there is no text in it, only white space. Check that the right file was saved.")
    return Report(
        id=text_id(content.text), source=content.source or path.name, url=content.url, language=detect_language(content.text),
        published=_day(content.published), title=content.title or path.stem, text=content.text, sha256=evidence,
        notes=content.notes,
    )


def _check_ending(path: Path) -> None:
    if path.suffix.lower() not in FORMATS:
        kind = f"{path.suffix!r} files" if path.suffix else "files without an ending"
        raise UnreadableReport(f"{path}: {kind} are not read as reports; expected {_LISTED}. Save it as one of these.")


def _check_kind(path: Path) -> None:
    if path.is_dir():
        raise UnreadableReport(f"{path}: is a folder. Name the files in it, e.g. {path / '*.txt'}.")
    path.stat()  # says why, where there is nothing
    if not path.is_file():
        raise UnreadableReport(f"{path}: is no ordinary file. Save its content to a file first.")


def _check_size(path: Path, size: int) -> None:
    if not size:
        raise UnreadableReport(f"{path}: the file is empty (0 bytes). Save or download it again.")
    if size > LARGEST_BYTES:
        raise UnreadableReport(
            f"{path}: the file has {size / 1e6:.1f} MB, the limit is {LARGEST_BYTES / 1e6:.0f} MB. "
            "Split it into one file a report, or save the text without pictures."
        )


def _content(path: Path, data: bytes) -> _Content:
    kind = path.suffix.lower()
    if kind == ".pdf":
        return _from_pdf(path, data)
    text = decode(data, declared_charset(data) if kind in {".html", ".htm"} else "")
    if text is None or data.startswith(tuple(_KNOWN)):
        raise UnreadableReport(f"{path}: this is no text: {_looks_like(data)}. Save it again as {_LISTED}, text in UTF-8.")
    return _from_page(text) if kind in {".html", ".htm"} else _from_plain(text)


def _looks_like(data: bytes) -> str:
    return next((words for start, words in _KNOWN.items() if data.startswith(start)), "its encoding cannot be told")


def _from_pdf(path: Path, data: bytes) -> _Content:
    try:
        found = read_pdf(data)
    except LockedPdf as error:
        raise UnreadableReport(f"{path}: the PDF is encrypted. Save it without a password and read that file.") from error
    except DamagedPdf as error:
        raise UnreadableReport(f"{path}: no PDF, or a damaged one. Download it again, or save its text as .txt.") from error
    if not found.text:
        raise UnreadableReport(
            f"{path}: the PDF holds pictures but no text, as a scan does. Run text recognition on it (such as ocrmypdf)."
        )
    return replace(_from_plain(found.text, title=found.title), notes=found.notes)


def _from_page(markup: str) -> _Content:
    page = read_page(markup)
    return _Content(page.text, page.title, page.site or _host(page.url), page.url, page.published, notes=_whole(page.whole))


def _from_feed(path: Path, data: bytes) -> tuple[_Content, ...]:
    try:
        entries = read_feed(data)
    except NoFeed as error:
        raise UnreadableReport(f"{path}: {error}") from error
    return tuple(_from_entry(entry, number) for number, entry in enumerate(entries, 1))


def _from_entry(entry: Entry, number: int) -> _Content:
    source = entry.source or _host(entry.url)
    return _Content(entry.text, entry.title, source, entry.url, entry.published, number, _whole(entry.whole))


def _whole(whole: bool) -> tuple[Reason, ...]:  # noqa: FBT001 (no other argument to take it for)
    return (reason("page_kept_whole"),) if whole else ()


def _from_plain(text: str, title: str = "") -> _Content:
    header, first_line = _header(text)
    return _Content(
        text=text,
        title=header.get("title") or title or first_line,
        source=header.get("source", ""),
        url=_address(header.get("url", "")),
        published=header.get("date", ""),
    )


def _header(text: str) -> tuple[Mapping[str, str], str]:
    """What the first block of lines says as `Name: value`, and the first line of the text after it, shortened."""
    lines = [line.strip() for line in text.lstrip().splitlines()]
    end = next((number for number, line in enumerate(lines[:_HEADER_LINES]) if not line or (number and line == "---")), 0)
    found = {
        _SAME.get(match[1].lower(), match[1].lower()): match[2].strip().strip("\"'")
        for line in lines[:end] if (match := _HEADER_LINE.fullmatch(line))
    }
    body = lines[end:] if found else lines
    first = next((line.strip("# ") for line in body if line.strip("#- ")), "")
    return found, shorten(first, 120, placeholder="…")


def _host(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?|[/?#].*", "", address, flags=re.IGNORECASE)


def _address(text: str) -> str:
    return text if re.fullmatch(r"https?://\S+", text, re.IGNORECASE) else ""


def _day(text: str) -> PartialDate | None:
    stated = _ISO_DAY.match(text.strip())
    if not stated:
        return None
    try:
        return PartialDate.day(date.fromisoformat(stated[0]))
    except ValueError:
        return None
