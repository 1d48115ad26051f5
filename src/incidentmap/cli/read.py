"""`incidentmap read ...`: reports in as lines of JSON, incidents out as lines of JSON; a step of a pipe."""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from incidentmap.cli.cases import opened_case
from incidentmap.cli.progress import progress
from incidentmap.fresh_file import fresh_file
from incidentmap.model import BadValue, UnreadableReport
from incidentmap.reports.lines import FIELDS
from incidentmap.walks.read_lines import LineReader, open_line_reader, read_lines

DONE, REFUSED = 0, 1
_STANDARD = Path("-")
_EPILOG = f"""\
A line in is a JSON object in UTF-8, of which these members count: {", ".join(FIELDS)}. Only text is needed; published
is an ISO day, language is fr or en, and both win over what the text says. A line out is a JSON object, in the same order:
id (or the number of the line), incidents (the features of the GeoJSON export), report_claims (claims that cover several
incidents), warnings (code and words). For a line that cannot be read it is id and error.
Nothing is kept: no workspace is made or changed. The same lines, gazetteer and decisions give the same bytes.

exit codes:
  0  every line was read
  1  at least one line was refused (its line out says why), or the command itself was
  2  the command line could not be understood
"""


@dataclass(slots=True)
class Counted:
    """How many lines came in and went out, and what they held."""

    lines_in: int = 0
    lines_out: int = 0
    refused: int = 0
    incidents: int = 0


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.epilog = _EPILOG
    command.set_defaults(run=run)
    command.add_argument("--jsonl", required=True, type=Path, metavar="IN", help="a report a line; - for standard input")
    command.add_argument("--output", required=True, type=Path, metavar="OUT", help="file to write; - for standard output")
    command.add_argument("--region", metavar="ID", help="region of interest: a hint for names, and what inside refers to")
    command.add_argument("--country", metavar="CODE", help="where there is no region: the country that the reports speak of")
    command.add_argument("--workspace", type=Path, metavar="DIR", help="its region, layers and decisions count; only read")
    command.add_argument("--mentions", action="store_true", help="write every marked piece of each text too")


def run(options: argparse.Namespace) -> int:
    """Read the lines, and tell on stderr what came of them."""
    _check_apart(options.jsonl, options.output)
    workspace = opened_case(options.workspace) if options.workspace else None
    reader = open_line_reader(
        region=options.region, country=options.country, workspace=workspace, mentions=options.mentions,
    )
    if options.country and reader.region_id:
        print(f"note: --country does not count beside a region ({reader.region_id})", file=sys.stderr)
    begun = time.monotonic()
    with _source(options.jsonl) as (lines, size), _target(options.output) as output:
        counted = _read(reader, lines, size, output)
    print(summary(counted, time.monotonic() - begun), file=sys.stderr)
    return REFUSED if counted.refused else DONE


def summary(counted: Counted, seconds: float) -> str:
    """What came of the lines, in one line."""
    speed = f"{counted.lines_out / seconds:,.1f} reports/s" if seconds else ""
    return (
        f"{counted.lines_in:,} lines in, {counted.lines_out:,} lines out, {counted.refused:,} refused; "
        f"{counted.incidents:,} incidents; {seconds:.1f} s ({speed})"
    )


def _read(reader: LineReader, lines: BinaryIO, size: int | None, output: BinaryIO) -> Counted:
    counted = Counted()
    with progress("reading, bytes", size) as advance:
        for each in read_lines(reader, lines):
            counted.lines_in += 1
            counted.incidents += each.incidents
            counted.refused += each.refused
            output.write(each.output + b"\n")
            output.flush()  # whoever reads the other end need not wait for more
            counted.lines_out += 1
            advance(each.size)
    return counted


def _check_apart(source: Path, target: Path) -> None:
    if _STANDARD not in (source, target) and source.exists() and target.exists() and source.samefile(target):
        raise BadValue("--output", str(target), "another file than the input, which is never written over")


@contextmanager
def _source(path: Path) -> Iterator[tuple[BinaryIO, int | None]]:
    """The lines, and how many bytes they are where that can be told."""
    if path == _STANDARD:
        yield sys.stdin.buffer, None
        return
    try:
        file = path.open("rb")
    except OSError as error:
        raise UnreadableReport(f"{path}: {error.strerror or error}. Check that it exists and that you may read it.") from error
    with file:
        yield file, path.stat().st_size if path.is_file() else None


@contextmanager
def _target(path: Path) -> Iterator[BinaryIO]:
    """Standard output, or a file that takes its place when all is written."""
    if path == _STANDARD:
        yield sys.stdout.buffer
        return
    with fresh_file(path) as fresh, fresh.open("wb") as file:
        yield file
