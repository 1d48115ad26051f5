"""What to think of before rows of imported tables are given to others."""

from pathlib import Path

from incidentmap.model import ImportRecord, Reason, reason
from incidentmap.walks.import_tables import snapshots


def shown_imports(workspace: Path) -> dict[str, ImportRecord]:
    """The import whose rows each source shows now, by source; none where nothing was imported."""
    log = snapshots(workspace)
    runs = {each.number: each.run for each in log if each.run}
    last = {each.source: each.shows for each in log}
    return {source: run.record for source, number in last.items() if number is not None and (run := runs.get(number))}


def export_warnings(workspace: Path) -> tuple[Reason, ...]:
    """One for each source whose rows the workspace shows and whose licence asks to think twice before they are published."""
    warned = sorted((source, record) for source, record in shown_imports(workspace).items() if record.warn_export)
    return tuple(reason("export_licence", source=source, licence=record.licence) for source, record in warned)
