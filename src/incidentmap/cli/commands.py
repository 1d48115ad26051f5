"""What each command does: open, walk, show."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from incidentmap.cli import show
from incidentmap.cli.online import with_online
from incidentmap.cli.watch import watch_folder
from incidentmap.gazetteer import located_record, regions
from incidentmap.model import BadValue, IncidentQuery, ResolutionStatus, listed_text
from incidentmap.registry import put_in_force
from incidentmap.walks import geocode as geocode_walk
from incidentmap.walks import serve as serve_walk
from incidentmap.walks.first_case import open_first_case
from incidentmap.walks.ingest import Ingested
from incidentmap.walks.ingest import ingest as ingest_walk
from incidentmap.walks.listing import listing
from incidentmap.walks.question import question
from incidentmap.walks.watch import look
from incidentmap.walks.workspace import Workspace, has_case, open_workspace

DONE, REFUSED, IN_DOUBT = 0, 1, 3
_FILTERS = (
    "from", "to", "actors", "without", "sources", "region", "status", "types", "text", "bbox", "area", "precision",
)


def ingest(options: argparse.Namespace) -> int:
    """Read reports; a file that is refused is told on stderr and does not stop the others."""
    if not options.files and not options.watch:
        options.refuse("name at least one FILE, or a folder to watch: --watch DIR")
    if options.watch:
        look(options.watch)  # before a workspace is made
    workspace = open_workspace(options.workspace, options.region)
    done = ingest_walk(workspace, options.files)
    for each in done:
        _tell_ingested(workspace, each)
    if options.watch:
        return _watch(workspace, options.watch, options.every)
    return REFUSED if any(each.refusal for each in done) else DONE


def _watch(workspace: Workspace, folder: Path, every_s: float) -> int:
    """Read what comes into a folder, until told to stop; what was refused on the way is told, and no failure of the command."""
    def tell(done: Ingested) -> None:
        _tell_ingested(workspace, done)
        sys.stdout.flush()

    _say([f"watching {folder}  (stop: Ctrl+C)"])
    sys.stdout.flush()
    read, refused = watch_folder(workspace, folder, every_s, tell)
    _say([f"{folder}: {read} read, {refused} refused"])
    return DONE


def geocode(options: argparse.Namespace) -> int:
    """Find places; doubt and misses are answers too, and change the exit code."""
    region_id = options.region or geocode_walk.region_of(options.workspace)
    found = geocode_walk.geocode(
        options.names, region_id, folder=options.workspace, admin=options.admin, country=options.country,
    )
    found, notes = with_online(options, found, region_id)
    _say(notes, to_stderr=True)
    if options.json:
        _say_json([located_record(each, region_id) for each in found])
    else:
        for each in found:
            _say(show.located(each, region_id, explain=options.explain))
    return DONE if all(each.status is ResolutionStatus.FOUND for each in found) else IN_DOUBT


def list_incidents(options: argparse.Namespace) -> int:
    """List incidents."""
    workspace, query = asked(options)
    found = listing(workspace, query)
    if options.json:
        _say_json(found.records)
    else:
        _say(show.incidents(found))
    return DONE


def serve(options: argparse.Namespace) -> int:
    """Run the dashboard until it is stopped."""
    serve_walk.check_port(options.port)  # before anything is loaded: a taken port is told at once
    if options.first_case:
        workspace, loaded = open_first_case(options.workspace)
        for each in loaded:
            _tell_ingested(workspace, each)
    else:
        workspace = open_workspace(options.workspace)
    return serve_walk.serve(workspace, options.port, _say_address)


def list_regions(options: argparse.Namespace) -> int:
    """List the regions of interest."""
    known = regions().values()
    if options.json:
        _say_json([show.region_record(region) for region in known])
    else:
        _say(show.region_line(region) for region in known)
    return DONE


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


def _tell_ingested(workspace: Workspace, done: Ingested) -> None:
    if done.report is None:
        _say([f"refused: {done.refusal}"], to_stderr=True)
    else:
        _say(show.ingested(done, workspace.store.reading(done.report.id)))


def _say_address(address: str) -> None:
    _say([f"incidentmap answers at {address}  (stop: Ctrl+C)"])
    sys.stdout.flush()


def _say_json(value: object) -> None:
    _say([json.dumps(value, ensure_ascii=False, indent=1)])


def _say(lines: Iterable[str], *, to_stderr: bool = False) -> None:
    for line in lines:
        print(line, file=sys.stderr if to_stderr else sys.stdout)
