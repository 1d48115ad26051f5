"""A line of JSON becomes a :class:`Report`: the door for reports that come from another program."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from incidentmap.model import PartialDate, Reason, Report, UnreadableReport, reason
from incidentmap.reports.files import LARGEST_BYTES, text_id
from incidentmap.reports.language import detect_language
from incidentmap.reports.lexicon import LANGUAGES

LONGEST_LINE = 2 * LARGEST_BYTES
"""Bytes of a line; JSON that escapes every letter beyond ASCII takes up to three times those of its text."""
FIELDS = ("id", "text", "published", "language", "title", "source", "url")
LineId = str | int


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report that came as a line.

    Parameters
    ----------
    id
        As the line gives it, or the number of the line.
    report
        Its own id is made of its text, as everywhere: the same text is the same report.
    warnings
        What the line asks for and cannot have.
    """

    id: LineId
    report: Report
    warnings: tuple[Reason, ...]


class BrokenLine(UnreadableReport):
    """A line that holds no report that can be read; `id` is what the line gives, or its number."""

    def __init__(self, line_id: LineId, message: str) -> None:
        super().__init__(message)
        self.id = line_id


def read_line(line: bytes, number: int) -> ReportLine:
    """The report of a line: a JSON object with `text`, and `id`, `published`, `language`, `title`, `source`, `url` if known.

    Parameters
    ----------
    line
        UTF-8; of a line above `LONGEST_LINE` bytes, its beginning is enough.
    number
        Of the line, from 1; its id where it gives none.

    Returns
    -------
    ReportLine
        With the given day of publication and language. Other members of the object are not read.

    Raises
    ------
    BrokenLine
        If it is no JSON object in UTF-8, has no text, a value of the wrong type or a day that is none, or is too long.
    """
    members = _members(line, number)
    own = _id(members, number)
    text = _text(members, "text", own)
    if not text.strip():
        raise BrokenLine(own, "text: is missing or empty; expected the report's text.")
    language, warnings = _language(_text(members, "language", own), text)
    report = Report(
        id=text_id(text), source=_text(members, "source", own), url=_address(_text(members, "url", own)), language=language,
        published=_day(_text(members, "published", own), own), title=_text(members, "title", own), text=text,
        sha256=hashlib.sha256(line).hexdigest(),
    )
    return ReportLine(own, report, warnings)


def _members(line: bytes, number: int) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise BrokenLine(number, f"line {number}: is longer than {LONGEST_LINE / 1e6:.0f} MB. Send one report a line.")
    if not line.strip():
        raise BrokenLine(number, f"line {number}: is empty; expected a JSON object with at least \"text\".")
    try:
        loaded = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise BrokenLine(number, f"line {number}: is not UTF-8 (from byte {error.start} on). Write it in UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise BrokenLine(number, f"line {number}: is no JSON ({_short(error)}). Write one JSON object a line.") from error
    if not isinstance(loaded, dict):
        kind = type(loaded).__name__
        raise BrokenLine(number, f"line {number}: is JSON, but no object ({kind}); expected an object with at least \"text\".")
    return loaded


def _short(error: Exception) -> str:
    return str(error).split(":")[0][:80]


def _id(members: dict[str, Any], number: int) -> LineId:
    own = members.get("id")
    if own is None or own == "":
        return number
    if isinstance(own, bool) or not isinstance(own, str | int):
        raise BrokenLine(number, f"line {number}: id: a {type(own).__name__} is not allowed; expected text or a whole number.")
    return own


def _text(members: dict[str, Any], name: str, own: LineId) -> str:
    value = members.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BrokenLine(own, f"{name}: a {type(value).__name__} is not allowed; expected text.")
    return value if name == "text" else value.strip()


def _day(text: str, own: LineId) -> PartialDate | None:
    if not text:
        return None
    stated = re.match(r"\d{4}-\d{2}-\d{2}(?=$|[T\s])", text)
    try:
        return PartialDate.day(date.fromisoformat(stated[0] if stated else text[:40]))
    except ValueError as error:
        raise BrokenLine(own, f"published: {text[:40]!r} is not allowed; expected an ISO day such as 2023-11-25.") from error


def _language(told: str, text: str) -> tuple[str, tuple[Reason, ...]]:
    code = re.split(r"[-_]", told.lower())[0]
    if code in LANGUAGES:
        return code, ()
    found = detect_language(text)
    return found, (reason("language_unread", asked=told[:40], read_as=found),) if told else ()


def _address(text: str) -> str:
    return text if re.fullmatch(r"https?://\S+", text, re.IGNORECASE) else ""
