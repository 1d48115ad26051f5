"""What changed between two versions: workspaces, snapshots of imported tables, exports of ours, or event tables of others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa

from incidentmap.export.read_back import read_back
from incidentmap.frames.compare import Batches, compare_batches
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
    batches
        Reads its records, as often as it is asked to: columns of :data:`incidentmap.frames.flat.FLAT`.
    foreign
        Whether it is a table of others, whose rows have no ids but their own.
    refused
        How many of its rows cannot be read.
    """

    name: str
    batches: Batches
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
    old, new = before.batches, after.batches
    if before.foreign and after.foreign:  # their sources are named after their files
        old, new = _by_own_id(old), _by_own_id(new)
    return replace(compare_batches(old, new, (before.name, after.name)), refused=(before.refused, after.refused))


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

    def batches() -> Iterator[pa.RecordBatch]:
        with opened_records(open_workspace(folder)) as records:
            yield from records.batches(_EVERY)

    return Version(name, batches)


def snapshot_version(folder: Path, number: int, name: str) -> Version:
    """The rows that the tables of a workspace showed as of a snapshot."""
    with event_reader(folder, number):
        pass  # errors come where the version is named

    def batches() -> Iterator[pa.RecordBatch]:
        with event_reader(folder, number) as reader:
            if reader:
                yield from event_batches(reader.batches(all_rows(reader, _EVERY, ROW_COLUMNS)))

    return Version(name, batches)


def file_version(path: Path, name: str) -> Version:
    """The records of an export of ours, or the rows of another event table."""
    if set(open_table(path, None).columns) >= _MARKS:
        return Version(name, read_back(path).to_batches)
    with TemporaryDirectory(prefix="incidentmap-") as folder:
        done = import_table(ImportAsked(path, Path(folder), places=False))
        whole = pa.Table.from_batches(workspace_version(Path(folder), name).batches(), FLAT)
        return Version(name, whole.to_batches, foreign=True, refused=done.refused)


def _by_own_id(batches: Batches) -> Batches:
    """With the ids that the source gives its rows, and without the name that the source has from its file."""
    def own() -> Iterator[pa.RecordBatch]:
        for batch in batches():
            told = batch.set_column(batch.schema.get_field_index("id"), "id", batch["source_id"])
            yield told.drop_columns(["source"])

    return own
