"""What changed between two versions: workspaces, snapshots of imported tables, exports of ours, or event tables of others."""

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from incidentmap.export.read_back import read_back
from incidentmap.frames.compare import compare_records
from incidentmap.frames.flat import FLAT, event_batches
from incidentmap.model import BadValue, IncidentQuery, RecordChanges, Status
from incidentmap.store.events.all_rows import all_rows
from incidentmap.walks.export_records import ROW_COLUMNS, opened_records
from incidentmap.walks.import_asked import ImportAsked
from incidentmap.walks.import_own import open_table
from incidentmap.walks.import_table import import_table
from incidentmap.walks.import_tables import event_reader
from incidentmap.walks.workspace import has_case, open_workspace

_EVERY = IncidentQuery(statuses=tuple(Status))
_SNAPSHOT = "@"
_ALLOWED = "the folder of a workspace, FOLDER@N for snapshot N of its tables, an export of incidentmap, or an event table"
_MARKS = frozenset({"id", "record"})
"""Columns that every export of ours has."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the data.

    Parameters
    ----------
    records
        Columns of :data:`incidentmap.frames.flat.FLAT`.
    foreign
        Whether it is a table of others, whose rows have no ids but their own.
    refused
        How many of its rows cannot be read.
    """

    name: str
    records: pa.Table
    foreign: bool = False
    refused: int = 0


def compare(before: str, after: str) -> RecordChanges:
    """How one version differs from an earlier one.

    Parameters
    ----------
    before, after
        Each the folder of a workspace, `FOLDER@N` for the tables of a workspace as of snapshot N, an export of ours in any of
        the formats that are imported again, or an event table, which is read as `incidentmap import` would.

    Raises
    ------
    BadValue
        If one of them is nothing of that kind.
    UnreadableTable
        If a file cannot be read.
    """
    return compared(version(before), version(after))


def compared(before: Version, after: Version) -> RecordChanges:
    """As :func:`compare`, of versions at hand."""
    old, new = before.records, after.records
    if before.foreign and after.foreign:  # their sources are named after their files
        old, new = _by_own_id(old), _by_own_id(new)
    return replace(compare_records(old, new, (before.name, after.name)), refused=(before.refused, after.refused))


def version(asked: str) -> Version:
    """A version by its name; errors as :func:`compare`."""
    path = Path(asked)
    if path.is_dir():
        return workspace_version(path, asked)
    if snapshot := snapshot_asked(asked):
        return snapshot_version(*snapshot, asked)
    if not path.is_file():
        raise BadValue("version to compare", asked, _ALLOWED)
    return file_version(path, asked)


def snapshot_asked(asked: str) -> tuple[Path, int] | None:
    """The folder and number that `FOLDER@N` names, None for anything else."""
    folder, mark, number = asked.rpartition(_SNAPSHOT)
    return (Path(folder), int(number)) if mark and number.isdigit() and Path(folder).is_dir() else None


def workspace_version(folder: Path, name: str) -> Version:
    """All that a workspace holds: its incidents, rejected ones too, and the rows of its tables."""
    if not has_case(folder):
        raise BadValue("version to compare", str(folder), _ALLOWED)
    with opened_records(open_workspace(folder)) as records:
        return Version(name, pa.Table.from_batches(records.batches(_EVERY), FLAT))


def snapshot_version(folder: Path, number: int, name: str) -> Version:
    """The rows that the tables of a workspace showed as of a snapshot."""
    with event_reader(folder, number) as reader:
        if reader is None:
            return Version(name, FLAT.empty_table())
        return Version(name, pa.Table.from_batches(event_batches(reader.batches(all_rows(reader, _EVERY, ROW_COLUMNS))), FLAT))


def file_version(path: Path, name: str) -> Version:
    """The records of an export of ours, or the rows of another event table."""
    if set(open_table(path, None).columns) >= _MARKS:
        return Version(name, read_back(path))
    with TemporaryDirectory(prefix="incidentmap-") as folder:
        done = import_table(ImportAsked(path, Path(folder), places=False))
        return Version(name, workspace_version(Path(folder), name).records, foreign=True, refused=done.refused)


def _by_own_id(records: pa.Table) -> pa.Table:
    """With the ids that the source gives its rows, and without the name that the source has from its file."""
    own = records.set_column(records.column_names.index("id"), "id", records["source_id"])
    return own.drop_columns(["source"])
