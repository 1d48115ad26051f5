"""`incidentmap report`: the briefing, or the picture of its map alone."""

import argparse
from datetime import date
from pathlib import Path

from incidentmap.briefing import SERIES
from incidentmap.cli.cases import add_filters, add_workspace, asked
from incidentmap.cli.list_incidents import counted
from incidentmap.cli.options import DONE, say
from incidentmap.cli.totals import add_rule_option
from incidentmap.model import TotalRule
from incidentmap.walks.briefing import write_briefing
from incidentmap.walks.picture import draw
from incidentmap.words import LANGUAGES

_PICTURE = ".png"


def write_report(options: argparse.Namespace) -> int:
    """Write what the name of the file asks for."""
    rule = TotalRule.parse(options.rule)
    workspace, query = asked(options)
    if options.output.suffix.lower() == _PICTURE and not options.pages:
        drawn = draw(workspace, query, options.output, options.language, rule=rule)
        say([f"{options.output}: {counted(drawn.counts)}, data version {drawn.data_version}"])
        return DONE
    written = write_briefing(
        workspace, query, options.output, language=options.language, issued=options.date, rule=rule, title=options.title,
        series=tuple(options.maps), template=options.template, logo=options.logo, pages=options.pages,
    )
    say(str(path) for path in written)
    return DONE


def add_options(command: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_workspace(command)
    add_filters(command)
    command.set_defaults(run=write_report)
    add_rule_option(command)
    told = "file to write: a briefing as .pdf or .html, or the picture of its map as .png"
    command.add_argument("--output", required=True, type=Path, metavar="FILE", help=told)
    told = f"what it is written in; default: {LANGUAGES[0]}"
    command.add_argument("--lang", "--language", dest="language", choices=LANGUAGES, default=LANGUAGES[0], help=told)
    group = command.add_argument_group("the briefing")
    group.add_argument("--pages", action="store_true", help="with FILE.png: its pages as pictures, FILE-1.png, FILE-2.png...")
    group.add_argument("--title", default="", metavar="WORDS", help="default: the name of the region")
    told = "maps of each of these besides the one of all; may be repeated"
    group.add_argument("--maps", choices=SERIES, action="append", default=[], help=told)
    told = "the day to print, so that the same data give the same bytes; default: today"
    group.add_argument("--date", type=date.fromisoformat, default=date.today(), metavar="DATE", help=told)  # noqa: DTZ011
    group.add_argument("--logo", type=Path, metavar="FILE", help="SVG, PNG or JPEG for its head")
    told = "your own template (.typ or .html); default: briefing.typ or briefing.html of the workspace, else the shipped one"
    group.add_argument("--template", type=Path, metavar="FILE", help=told)
