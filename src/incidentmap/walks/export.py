"""From a query to a file for other tools: what it selects, as a profile lets it out, in one of the formats."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa

from incidentmap.export import FORMATS, Head, write_export
from incidentmap.frames.flat import flat_schema
from incidentmap.model import ALL_SOURCES, BadValue, IncidentQuery, TotalRule
from incidentmap.publish import INTERNAL, load_profile
from incidentmap.walks.decide import utc_now
from incidentmap.walks.export_records import opened_records
from incidentmap.walks.publishing import check_licences, publication
from incidentmap.walks.workspace import Workspace

DAY = "SOURCE_DATE_EPOCH"
"""The environment variable that says which day it is, for work that is to be repeated (reproducible-builds.org)."""


Progress = Callable[[int, int], None]


def _quiet(_done: int, _total: int) -> None:
    """Nobody looks."""


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """What to export, and how.

    Parameters
    ----------
    format
        One of :data:`incidentmap.export.FORMATS`.
    profile
        A shipped one, or one of the workspace.
    rule
        How the figures of an incident's claims become a range.
    day
        That the file bears and from which an embargo counts; by default that of `SOURCE_DATE_EPOCH`, else today (UTC).
    acknowledged
        Whether the person has looked at the terms of sources that ask for it.
    """

    query: IncidentQuery
    format: str = "geojson"
    profile: str = INTERNAL
    rule: TotalRule = ALL_SOURCES
    day: date | None = None
    acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the files, and what the first of them says of itself."""

    paths: tuple[Path, ...]
    head: Head


def export_incidents(
    workspace: Workspace, asked: ExportAsked, path: Path, progress: Progress = _quiet,
) -> Exported:
    """Write what a query selects; the file is replaced whole or not at all.

    Parameters
    ----------
    workspace, asked, path
        What to write, how, and where.
    progress
        Told after each batch how many records were written in it, and how many there are in all.

    Raises
    ------
    BadValue
        If there is no such format or profile, or the profile refuses the licence of a source.
    UnknownRegion
        If the query filters by a region that is not known.
    UnwritablePlace
        If the file cannot be written there, or the format cannot hold so much.
    """
    chosen, profile = FORMATS.get(asked.format), load_profile(asked.profile, workspace.folder)
    if chosen is None:
        raise BadValue("format", asked.format, f"one of {', '.join(FORMATS)}")
    with opened_records(workspace) as records:
        leaving = publication(records, asked.query, asked.rule, profile, asked.day or export_day())
        head = leaving.head()
        check_licences(head, profile, acknowledged=asked.acknowledged)
        schema = flat_schema(incidents=bool(head.incidents), events=bool(head.events))
        total = head.incidents + head.events
        batches = _told(leaving.batches(), lambda done: progress(done, total))
        return Exported(write_export(path, chosen, schema, batches, head), head)


def export_bytes(workspace: Workspace, asked: ExportAsked) -> bytes:
    """What :func:`export_incidents` writes, for a reader that takes no file; without the one beside it."""
    with TemporaryDirectory(prefix="incidentmap-") as folder:
        return export_incidents(workspace, asked, Path(folder, "incidents")).paths[0].read_bytes()


def package_name(format_id: str) -> tuple[str, str]:
    """Name and media type of what :func:`export_package` gives."""
    chosen = FORMATS[format_id]
    return (f"incidents{chosen.suffix}.zip", "application/zip") if chosen.beside else (f"incidents{chosen.suffix}", chosen.mime)


def export_package(workspace: Workspace, asked: ExportAsked, progress: Progress = _quiet) -> bytes:
    """What :func:`export_incidents` writes, for a browser: one file, a zip file where there are two."""
    chosen = FORMATS[asked.format]
    with TemporaryDirectory(prefix="incidentmap-") as folder:
        paths = export_incidents(workspace, asked, Path(folder, f"incidents{chosen.suffix}"), progress).paths
        if len(paths) == 1:
            return paths[0].read_bytes()
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for path in paths:
                archive.writestr(ZipInfo(path.name), path.read_bytes(), ZIP_DEFLATED)
        return packed.getvalue()


def geojson_text(workspace: Workspace, query: IncidentQuery, rule: TotalRule = ALL_SOURCES) -> str:
    """What a query selects as the text of a GeoJSON file."""
    return export_bytes(workspace, ExportAsked(query, rule=rule)).decode()


def export_day() -> date:
    """The day that a file bears where nobody names one."""
    told = os.environ.get(DAY, "")
    if not told:
        return utc_now().date()
    if not told.isdigit():
        raise BadValue(DAY, told, "seconds since 1970, UTC")
    return datetime.fromtimestamp(int(told), UTC).date()


def _told(batches: Iterator[pa.RecordBatch], progress: Callable[[int], None]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield batch
        progress(batch.num_rows)
