"""A report and the places in its text."""

from dataclasses import dataclass

from incidentmap.model.dates import PartialDate
from incidentmap.model.reason import Reason


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a report's text: ``report.text[start:end] == quote`` always holds (offsets in code points)."""

    start: int
    end: int
    quote: str

    def covers(self, other: "Span") -> bool:
        """Whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Report:
    """A text that tells of incidents, as it came.

    Parameters
    ----------
    id
        First 16 hex digits of the SHA-256 of the NFC form of the text: the same text is the same report, whatever its file.
    source
        Publisher or, where none is known, the file's name.
    url
        Address actually read, or empty.
    language
        ISO 639-1, ``fr`` or ``en``.
    published
        Day of publication found in the text or given by the user, None if unknown.
    text
        Text as it was decoded; every span points into it.
    sha256
        Of the file's bytes, as evidence of what was read.
    notes
        What a person should know of how the text was won from its file; kept among the warnings of its reading.
    """

    id: str
    source: str
    url: str
    language: str
    published: PartialDate | None
    title: str
    text: str
    sha256: str
    notes: tuple[Reason, ...] = ()
