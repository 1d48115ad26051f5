"""The case and the filters of a command line: the same filters as on the map."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from incidentmap.model import BadValue, IncidentQuery, listed_text
from incidentmap.registry import put_in_force
from incidentmap.walks.question import question
from incidentmap.walks.workspace import Workspace, has_case, open_workspace

_FILTERS = (
    "from", "to", "actors", "without", "sources", "region", "status", "types", "text", "bbox", "area", "precision",
)


def add_workspace(command: argparse.ArgumentParser) -> None:
    """The folder of the case, which must be told."""
    command.add_argument("--workspace", required=True, type=Path, metavar="DIR", help="folder of the case")


def add_filters(command: argparse.ArgumentParser) -> None:
    """The filters; `dest` is the name in the map's address."""
    group = command.add_argument_group("filters, the same as on the map (those of one kind widen, different kinds narrow)")
    group.add_argument("--from", metavar="DATE", help="only what may have happened on or after this day (2023-11-24)")
    group.add_argument("--to", metavar="DATE", help="only what may have happened on or before this day")
    group.add_argument("--actor", metavar="ID", dest="actors", action="append", help="may be repeated")
    group.add_argument("--without", metavar="ID", action="append", help="nothing with this actor; may be repeated")
    group.add_argument("--source", metavar="SOURCE", dest="sources", action="append",
                       help="only rows of this table's source, or `reports`; may be repeated")
    group.add_argument("--region", metavar="ID", help="only inside this region (see: incidentmap regions)")
    group.add_argument("--status", metavar="STATUS", action="append",
                       help="draft, confirmed, rejected or imported (rows of tables); may be repeated")
    group.add_argument("--type", metavar="TYPE", dest="types", action="append", help="ACLED event type; may be repeated")
    group.add_argument("--text", metavar="WORDS", help="all of these words, in place names, actor names or quotes")
    group.add_argument("--bbox", metavar="W,S,E,N", help="only inside these degrees")
    group.add_argument("--area", metavar="LON,LAT;...", help="only inside the polygon of these corners, in degrees")
    group.add_argument("--precision", metavar="N", help="no place less precise than ACLED's 1, 2 or 3")


def asked(options: argparse.Namespace) -> tuple[Workspace, IncidentQuery]:
    """The workspace, which must be there, and the query of the filters."""
    workspace = opened_case(options.workspace)
    return workspace, question(workspace, _params(vars(options)))


def opened_case(folder: Path) -> Workspace:
    """The workspace of a folder, which must be there, its actors in force. Raises `BadValue` if it is not."""
    if not has_case(folder):
        todo = f"Make one with: incidentmap ingest FILE --workspace {folder}"
        raise BadValue("workspace", str(folder), "a folder that holds a case", todo)
    workspace = open_workspace(folder)
    put_in_force(workspace.registry)
    return workspace


def _params(options: Mapping[str, object]) -> dict[str, str]:
    given = {name: options[name] for name in _FILTERS if options[name]}
    return {name: listed_text(value) if isinstance(value, list) else str(value) for name, value in given.items()}
