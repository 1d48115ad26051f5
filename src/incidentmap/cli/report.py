"""`incidentmap report`: the briefing, once or on a schedule, or the picture of its map alone."""

import argparse
import sys
from datetime import date
from pathlib import Path

from incidentmap.briefing import SERIES
from incidentmap.cli.as_seen import add_seen_options, is_seen, question, size_of, write_seen
from incidentmap.cli.cases import add_filters, add_workspace, asked
from incidentmap.cli.export import add_profile_options, tell_remarks
from incidentmap.cli.list_incidents import counted
from incidentmap.cli.options import BUSY, DONE, say
from incidentmap.cli.totals import add_rule_option
from incidentmap.model import BadValue, IncidentQuery, ScheduleBusy, TotalRule
from incidentmap.walks.briefing import BriefingAsked, write_briefing
from incidentmap.walks.picture import draw
from incidentmap.walks.schedule import KINDS, issue
from incidentmap.walks.workspace import Workspace
from incidentmap.words import LANGUAGES

_PICTURE = ".png"
_EPILOG = f"""\
exit codes:
  0   written, or, with --since last, nothing new to tell
  1   refused; the message on stderr says what was wrong and what to do
  2   the command line could not be understood
  {BUSY}  with --since last: another run of this schedule is at work; try again later

a crontab line (every Monday at 6):
  0 6 * * 1  incidentmap report --workspace CASE --profile public --since last --output FOLDER
"""


def write_report(options: argparse.Namespace) -> int:
    """Write what the name of the file asks for."""
    rule = TotalRule.parse(options.rule)
    workspace, query = asked(options)
    state = question(query, rule, options)
    query, rule = state.query, state.rule
    if options.since and options.changes_since:
        raise BadValue("--changes-since", options.changes_since, "one of --since and --changes-since, not both")
    if options.since:
        return _issue(workspace, _briefing(query, rule, options), options)
    if is_seen(options) and write_seen(workspace, state, options):
        return DONE
    if options.output.suffix.lower() == _PICTURE and not options.pages:
        drawn = draw(
            workspace, query, options.output, options.language, rule=rule, profile=options.profile, day=options.date,
            acknowledged=options.acknowledge_licences, theme=options.theme, **size_of(options),
        )
        tell_remarks(drawn.head)
        say([f"{options.output}: {counted(drawn.selection.counts)}, data version {drawn.head.data_version}"])
        return DONE
    done = write_briefing(workspace, _briefing(query, rule, options), options.output, pages=options.pages)
    tell_remarks(done.head)
    say(str(path) for path in done.paths)
    return DONE


def _briefing(query: IncidentQuery, rule: TotalRule, options: argparse.Namespace) -> BriefingAsked:
    return BriefingAsked(
        query, options.language, options.date, options.profile, rule, options.title, tuple(options.maps), options.template,
        options.logo, options.acknowledge_licences, options.changes_since,
    )


def _issue(workspace: Workspace, wanted: BriefingAsked, options: argparse.Namespace) -> int:
    try:
        done = issue(workspace, wanted, options.output, options.format or KINDS[:1])
    except ScheduleBusy as error:
        print(f"incidentmap report: {error}", file=sys.stderr)
        return BUSY
    news, last = done.news, done.news.last
    if not done.paths:
        say([f"nothing new since {last.day}" if last else "nothing to tell yet"])
        return DONE
    tell_remarks(done.head)
    told = f"{len(news.fresh):,} new, {len(news.changed):,} changed, {len(news.gone):,} gone"
    say([f"{done.paths[0]}: {told}{f' since {last.day}' if last else ''}", *map(str, done.paths[1:])])
    return DONE


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    command.epilog = _EPILOG
    add_workspace(command)
    add_filters(command)
    command.set_defaults(run=write_report)
    add_rule_option(command)
    add_profile_options(command)
    told = "file to write: a briefing as .pdf or .html, or the picture of its map as .png; with --since last, a folder"
    command.add_argument("--output", required=True, type=Path, metavar="FILE", help=told)
    told = f"what it is written in; default: {LANGUAGES[0]}"
    command.add_argument("--lang", "--language", dest="language", choices=LANGUAGES, default=LANGUAGES[0], help=told)
    _add_briefing(command.add_argument_group("the briefing"))
    add_seen_options(command.add_argument_group("the map as it is on screen"))
    group = command.add_argument_group("the briefing on a schedule")
    told = "tell what is new or changed since the last briefing of this profile, folder, language and question"
    group.add_argument("--since", choices=["last"], help=told)
    told = f"kind of file in the folder; may be repeated; default: {KINDS[0]}"
    group.add_argument("--format", choices=KINDS, action="append", help=told)


def _add_briefing(group: "argparse._ArgumentGroup") -> None:
    group.add_argument("--pages", action="store_true", help="with FILE.png: its pages as pictures, FILE-1.png, FILE-2.png...")
    group.add_argument("--title", default="", metavar="WORDS", help="default: the name of the region")
    told = "maps of each of these besides the one of all; may be repeated"
    group.add_argument("--maps", choices=SERIES, action="append", default=[], help=told)
    told = "the day to print, so that the same data give the same bytes; default: today"
    group.add_argument("--date", type=date.fromisoformat, default=date.today(), metavar="DATE", help=told)  # noqa: DTZ011
    told = "also tell what differs from an earlier copy of the workspace, snapshot N of tables (FOLDER@N) or an export of ours"
    group.add_argument("--changes-since", default="", metavar="VERSION", help=told)
    group.add_argument("--logo", type=Path, metavar="FILE", help="SVG, PNG or JPEG for its head")
    told = "your own template (.typ or .html); default: briefing.typ or briefing.html of the workspace, else the shipped one"
    group.add_argument("--template", type=Path, metavar="FILE", help=told)
