"""The case that a new user meets: the shipped report on real events, in a workspace where nothing is yet."""

from pathlib import Path

import yaml

from incidentmap.paths import shipped
from incidentmap.walks.ingest import Ingested, ingest
from incidentmap.walks.workspace import Workspace, open_workspace

FIRST_REGION = "tombouctou"
_INVENTED = frozenset({"FICTIF", "FICTIONAL"})


def open_first_case(folder: Path) -> tuple[Workspace, tuple[Ingested, ...]]:
    """Open a workspace and load the first case where it holds no report.

    Returns
    -------
    tuple
        The workspace, and what was loaded: empty where there were reports before. A workspace that has a region of interest
        keeps it.
    """
    workspace = open_workspace(folder)
    if workspace.store.reports():
        return workspace, ()
    workspace = open_workspace(folder, workspace.region_id or FIRST_REGION)
    return workspace, ingest(workspace, first_reports())


def first_reports() -> tuple[Path, ...]:
    """The shipped reports on real events. Invented ones are samples to ingest by hand: on a map they would look like news."""
    folder = shipped("data", "reports")
    listed = yaml.safe_load((folder / "SOURCE.yaml").read_text("utf-8"))["files"]
    return tuple(folder / entry["file"] for entry in listed if entry["kind"] not in _INVENTED)
