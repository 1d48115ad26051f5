"""`incidentmap export`: incidents and rows of tables into a file for other tools, under a publish profile."""

import argparse
import shutil
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from incidentmap.cli.cases import add_filters, add_workspace, asked
from incidentmap.cli.options import DONE, plural, say
from incidentmap.cli.progress import Advance, progress
from incidentmap.cli.totals import add_rule_option
from incidentmap.export import FORMATS, Head
from incidentmap.model import BadValue, TotalRule
from incidentmap.publish import INTERNAL
from incidentmap.walks.export import DAY, ExportAsked, Exported, export_incidents
from incidentmap.walks.map_file import HTML, export_map
from incidentmap.walks.workspace import Workspace
from incidentmap.words import LANGUAGES

_STANDARD_OUTPUT = Path("-")


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_workspace(command)
    add_filters(command)
    command.set_defaults(run=export)
    add_rule_option(command)
    command.add_argument("--format", choices=[*FORMATS, HTML], default="geojson", help="default: geojson")
    command.add_argument("--output", required=True, type=Path, metavar="FILE", help="file to write; - for standard output")
    told = f"of the words in a map file ({HTML}); default: {LANGUAGES[0]}"
    command.add_argument("--lang", "--language", dest="language", choices=LANGUAGES, default=LANGUAGES[0], help=told)
    add_profile_options(command)
    told = f"the day that the file bears and an embargo counts from; default: that of {DAY}, else today (UTC)"
    command.add_argument("--date", metavar="DAY", help=told)


def add_profile_options(command: argparse.ArgumentParser) -> None:
    """Under which profile something leaves."""
    told = f"what leaves, and how fine: {INTERNAL} (all of it), partner, public, or one in DIR/profiles; default: {INTERNAL}"
    command.add_argument("--profile", default=INTERNAL, metavar="NAME", help=told)
    told = "let out rows whose licence asks to think twice: you have looked at its terms"
    command.add_argument("--acknowledge-licences", action="store_true", help=told)


def export(options: argparse.Namespace) -> int:
    """Write a file; warnings and what stays in the house are told on stderr."""
    rule, day = TotalRule.parse(options.rule), _day(options.date)
    workspace, query = asked(options)
    wanted = ExportAsked(
        query=query, format=options.format, profile=options.profile, rule=rule,
        day=day, acknowledged=options.acknowledge_licences,
    )
    if options.output == _STANDARD_OUTPUT:
        return _to_standard_output(workspace, wanted, options.language)
    done = _written(workspace, wanted, options.output, options.language)
    beside = [f"beside it: {path.name}" for path in done.paths[1:]]
    say([f"{options.output}: {_summary(done.head, workspace.store.count())}", *beside])
    return DONE


def _summary(head: Head, incidents: int) -> str:
    """How many records are in a file, of how many reviewed incidents, and what data they are."""
    held = [f"{head.incidents:,} of {plural(incidents, 'incident')}", *([plural(head.events, "event")] if head.events else [])]
    return f"{' and '.join(held)}, profile {head.profile[0]}, data version {head.data_version}"


def _written(workspace: Workspace, wanted: ExportAsked, path: Path, language: str) -> Exported:
    if wanted.format == HTML:
        done = export_map(workspace, wanted, path, language)
    else:
        with ExitStack() as stack:
            done = export_incidents(workspace, wanted, path, _shown(stack, str(path.name)))
    tell_remarks(done.head)
    return done


def _shown(stack: ExitStack, title: str) -> Callable[[int, int], None]:
    """Progress that is shown from the first batch on, when it is known how many records there are."""
    bar: list[Advance] = []

    def advance(done: int, total: int) -> None:
        if not bar:
            bar.append(stack.enter_context(progress(title, total)))
        bar[0](done)

    return advance


def _to_standard_output(workspace: Workspace, wanted: ExportAsked, language: str) -> int:
    with TemporaryDirectory(prefix="incidentmap-") as folder:
        done = _written(workspace, wanted, Path(folder, "incidents"), language)
        sys.stdout.flush()
        with done.paths[0].open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    return DONE


def tell_remarks(head: Head) -> None:
    """Say on stderr what stays in the house, and whose terms to look at."""
    lines = []
    if head.withheld:
        reasons = ", ".join(f"{count:,} {why}" for why, count in head.withheld)
        lines.append(f"withheld: {sum(count for _, count in head.withheld):,} ({reasons})")
    if head.coarsened:
        lines.append(f"told coarser than known: {head.coarsened:,}")
    lines.extend(
        f"warning: {each.source}: the licence of its rows ({each.licence}) may forbid passing them on. Look at its terms first."
        for each in head.licences if each.warn
    )
    say(lines, to_stderr=True)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadValue("date", text, "a day such as 2026-11-23") from error
