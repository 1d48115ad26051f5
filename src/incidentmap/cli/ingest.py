"""`incidentmap ingest`: reports into a workspace."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from incidentmap.cli.cases import add_workspace
from incidentmap.cli.options import DONE, REFUSED, plural, say
from incidentmap.cli.watch import watch_folder
from incidentmap.model import Reading
from incidentmap.walks.ingest import Ingested
from incidentmap.walks.ingest import ingest as ingest_walk
from incidentmap.walks.watch import EVERY_S, look
from incidentmap.walks.workspace import Workspace, open_workspace
from incidentmap.words import say_reason

_LANGUAGE = "en"


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    told = "a report (.txt, .md, .html, .pdf), or a saved feed with a report an entry (.xml, .rss, .atom)"
    command.add_argument("files", nargs="*", type=Path, metavar="FILE", help=told)
    add_workspace(command)
    command.add_argument("--region", metavar="ID", help="becomes the workspace's region of interest (see: incidentmap regions)")
    command.add_argument("--watch", type=Path, metavar="DIR", help="then read what is and what comes into this folder")
    told = f"seconds between two looks at the watched folder; a file is read when two find it the same; default: {EVERY_S:g}"
    command.add_argument("--every", type=float, default=EVERY_S, metavar="S", help=told)
    command.set_defaults(run=ingest, refuse=command.error)


def ingest(options: argparse.Namespace) -> int:
    """Read reports; a file that is refused is told on stderr and does not stop the others."""
    if not options.files and not options.watch:
        options.refuse("name at least one FILE, or a folder to watch: --watch DIR")
    if options.watch:
        look(options.watch)  # before a workspace is made
    workspace = open_workspace(options.workspace, options.region)
    done = ingest_walk(workspace, options.files)
    for each in done:
        tell_ingested(workspace, each)
    if options.watch:
        return _watch(workspace, options.watch, options.every)
    return REFUSED if any(each.refusal for each in done) else DONE


def tell_ingested(workspace: Workspace, done: Ingested) -> None:
    """Say what came of a report; a refusal on stderr."""
    if done.report is None:
        say([f"refused: {done.refusal}"], to_stderr=True)
    else:
        say(_ingested(done, workspace.store.reading(done.report.id)))


def _watch(workspace: Workspace, folder: Path, every_s: float) -> int:
    """Read what comes into a folder, until told to stop; what was refused on the way is told, and no failure of the command."""
    def tell(done: Ingested) -> None:
        tell_ingested(workspace, done)
        sys.stdout.flush()

    say([f"watching {folder}  (stop: Ctrl+C)"])
    sys.stdout.flush()
    read, refused = watch_folder(workspace, folder, every_s, tell)
    say([f"{folder}: {read} read, {refused} refused"])
    return DONE


def _ingested(done: Ingested, reading: Reading | None) -> Iterator[str]:
    """What one file gave, with what a person should look at."""
    if done.known:
        yield f"{done.name}: known already, nothing added"
        return
    incidents = reading.incidents if reading else ()
    doubtful = sum(bool(incident.review) for incident in incidents)
    yield f"{done.name}: {plural(done.new_incidents, 'new incident')}, {doubtful} to review"
    for warning in done.warnings:
        yield f"  note: {say_reason(_LANGUAGE, warning)}"
