"""Reports in as lines of JSON, what they tell of out: one line for every line, in order, nothing kept in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from incidentmap import export
from incidentmap.gazetteer import boundary, open_gazetteer
from incidentmap.gazetteer import region as known_region
from incidentmap.gazetteer.hinted import HintedGazetteer
from incidentmap.model import BadValue, PlaceFinder
from incidentmap.reports import read_report
from incidentmap.reports.lines import LONGEST_LINE, BrokenLine, read_line
from incidentmap.walks.countries import country_code
from incidentmap.walks.workspace import Workspace

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class LineRead:
    """What became of a line.

    Parameters
    ----------
    output
        A JSON object in UTF-8, without a line end.
    size
        Bytes of the line that came in.
    refused
        Whether it held no report that could be read; `output` says why then.
    """

    output: bytes
    size: int
    incidents: int
    refused: bool


@dataclass(frozen=True, slots=True)
class LineReader:
    """What lines are read with: the same lines, gazetteer and decisions give the same bytes.

    Parameters
    ----------
    mentions
        Whether every marked piece of a text is written too.
    """

    finder: PlaceFinder
    region_id: str | None
    mentions: bool


def open_line_reader(
    *, region: str | None = None, country: str | None = None, workspace: Workspace | None = None, mentions: bool = False,
) -> LineReader:
    """A reader for lines.

    Parameters
    ----------
    region
        Region of interest: a hint for names, and what `inside_region` refers to; that of the workspace by default.
    country
        Where there is no region: the country that the reports speak of, a code or a name. A hint, no limit.
    workspace
        Its gazetteer and the decisions in force now count; it is only read.
    mentions
        Whether every marked piece of a text is written too.

    Raises
    ------
    UnknownRegion, BadValue
        If the region or country is not known.
    """
    if region:
        known_region(region)
    gazetteer = workspace.gazetteer if workspace else open_gazetteer()
    code = country_code(country, gazetteer) if country else None
    if country and not code:
        raise BadValue("--country", country, "a country: its ISO 3166-1 code (ML, MLI) or its name in English or French")
    own = region or (workspace.region_id if workspace else None)
    return LineReader(HintedGazetteer(gazetteer, code) if code and not own else gazetteer, own, mentions)


def read_lines(reader: LineReader, lines: BinaryIO) -> Iterator[LineRead]:
    """Read reports, a line at a time. A line that holds none is answered with its `id` (or number) and an `error`.

    Parameters
    ----------
    reader
        As :func:`open_line_reader` makes it.
    lines
        A JSON object a line, as :func:`incidentmap.reports.lines.read_line` takes it.

    Yields
    ------
    LineRead
        One for each line, in order, as soon as it is read.
    """
    for number, (line, size) in enumerate(_lines(lines), 1):
        yield _read(reader, line, size, number)


def _read(reader: LineReader, line: bytes, size: int, number: int) -> LineRead:
    try:
        told = read_line(line, number)
    except BrokenLine as error:
        return LineRead(_encoded(export.refusal_line(error.id, str(error))), size, 0, refused=True)
    reading = read_report(told.report, reader.finder, reader.region_id)
    output = export.reading_line(
        told.id, reading, region=reader.region_id, boundary=boundary, warnings=told.warnings, mentions=reader.mentions,
    )
    return LineRead(_encoded(output), size, len(reading.incidents), refused=False)


def _encoded(text: str) -> bytes:
    """UTF-8; halves of surrogate pairs, which only JSON's escapes can bring in, go out as the same escapes."""
    return text.encode("utf-8", "backslashreplace")


def _lines(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Lines without their ends, each with its size; of one that is too long only the beginning is kept."""
    while line := stream.readline(LONGEST_LINE + 1):
        size, last = len(line), line
        while not last.endswith(b"\n") and (last := stream.readline(_CHUNK)):
            size += len(last)
        yield line.rstrip(b"\r\n"), size
