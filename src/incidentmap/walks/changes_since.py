"""What changed in a workspace since an earlier version of it, as far as a question goes: for a section of the briefing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc

from incidentmap.frames.compare import Batches
from incidentmap.frames.flat import EVENT
from incidentmap.model import REPORTS, BadValue, IncidentQuery, RecordChanges, Status
from incidentmap.publish import Profile
from incidentmap.store.events.all_rows import all_rows
from incidentmap.walks.compare import compared, snapshot_asked, version, workspace_version
from incidentmap.walks.export_records import opened_records
from incidentmap.walks.import_asked import ImportAsked
from incidentmap.walks.import_own import PRESET
from incidentmap.walks.import_table import import_table
from incidentmap.walks.import_tables import event_reader
from incidentmap.walks.workspace import Workspace, open_workspace

_IDS = ("event_id", "source", "source_id", "lon", "lat")
_ALLOWED = "an earlier copy of this workspace, FOLDER@N for snapshot N of its tables, or its export under the profile internal"


def changes_since(workspace: Workspace, query: IncidentQuery, earlier: str, profile: Profile) -> RecordChanges:
    """How what a question finds differs from what it found in an earlier version.

    Whole versions are compared, so that a record that left the question (its place lies elsewhere now, a person rejected it)
    is told as that, and not as gone.

    Parameters
    ----------
    workspace, query
        What is asked.
    earlier
        A copy of the workspace, `FOLDER@N` for the tables of a workspace as of snapshot N, or an export of ours of all that the
        question finds. Of a snapshot only rows of tables are compared.
    profile
        What the changes are told under.

    Raises
    ------
    BadValue
        If `earlier` is nothing of that kind or has no record in common with the workspace, or the profile holds something back:
        the earlier version tells more than it lets out.
    UnreadableTable
        If a file cannot be read.
    """
    if not profile.lets_all_out:
        todo = "Use --since last, which compares with what the last briefing told under it."
        raise BadValue("profile beside an earlier version", profile.id, "one that lets everything out as it is", todo)
    before, snapshot = version(earlier), snapshot_asked(earlier)
    now = workspace_version(workspace.folder, "")
    if snapshot:
        now = replace(now, batches=_rows_alone(now.batches))
    found = compared(before, now)
    if before.foreign or found.strangers:
        raise BadValue("version to compare with", earlier, _ALLOWED)
    old, new = _asked_before(earlier, query, snapshot), _ids(workspace, query, rows_alone=snapshot is not None)
    changes = tuple(each for each in found.changes if each.id in old or each.id in new)
    unchanged = len((old | new) - {each.id for each in changes})
    return replace(found, before=Path(earlier).name, changes=changes, sizes=(len(old), len(new)), unchanged=unchanged)


def _asked_before(earlier: str, query: IncidentQuery, snapshot: tuple[Path, int] | None) -> set[str]:
    if snapshot:
        return _row_ids(*snapshot, query)
    path = Path(earlier)
    return _ids(open_workspace(path), query) if path.is_dir() else _file_ids(path, query)


def _rows_alone(batches: Batches) -> Batches:
    """Without the reviewed incidents."""
    return lambda: (batch.filter(pc.equal(batch["record"], EVENT)) for batch in batches())


def _ids(workspace: Workspace, query: IncidentQuery, *, rows_alone: bool = False) -> set[str]:
    """Of the incidents and rows of a workspace that a question finds."""
    with opened_records(workspace) as records:
        found = ((batch["id"], batch["record"]) for batch in records.batches(query, columns=_IDS))
        wanted = (ids.filter(pc.equal(kinds, EVENT)) if rows_alone else ids for ids, kinds in found)
        return {own for ids in wanted for own in ids.to_pylist()}


def _row_ids(folder: Path, snapshot: int, query: IncidentQuery) -> set[str]:
    with event_reader(folder, snapshot) as reader:
        batches = reader.batches(all_rows(reader, query, _IDS)) if reader else iter(())
        return {own for batch in batches for own in batch["event_id"].to_pylist()}


def _file_ids(path: Path, query: IncidentQuery) -> set[str]:
    """Of the records of an export that a question finds: rows of tables once it is imported, incidents of one source."""
    sources = tuple(PRESET if each == REPORTS else each for each in query.sources)
    asked = replace(query, statuses=tuple(Status), sources=sources)
    with TemporaryDirectory(prefix="incidentmap-") as folder:
        import_table(ImportAsked(path, Path(folder), places=False))
        with opened_records(open_workspace(Path(folder))) as records:
            return {own for batch in records.batches(asked, columns=_IDS) for own in _own_ids(batch)}


def _own_ids(batch: pa.RecordBatch) -> Iterator[str]:
    """Ids as the export has them; those of incidents are their source's own."""
    yield from pc.if_else(pc.equal(batch["source"], PRESET), batch["source_id"], batch["id"]).to_pylist()
