"""Commands, options and their help."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from incidentmap import __version__
from incidentmap.cli import commands
from incidentmap.cli.decisions import add_decisions
from incidentmap.cli.duplicates import add_duplicates
from incidentmap.cli.export import add_export_options, export
from incidentmap.cli.gazetteer import add_gazetteer
from incidentmap.cli.geocode_table import add_geocode_table
from incidentmap.cli.import_table import add_import
from incidentmap.cli.login import add_login
from incidentmap.cli.names import add_names
from incidentmap.cli.online import add_online
from incidentmap.cli.propose import add_propose
from incidentmap.cli.read import add_read
from incidentmap.cli.report import add_report_options, write_report
from incidentmap.cli.reverse import add_reverse, with_signed_points
from incidentmap.cli.review import add_review
from incidentmap.cli.tables import add_tables
from incidentmap.cli.totals import add_totals_options, show_totals
from incidentmap.walks.watch import EVERY_S

_EPILOG = """\
exit codes:
  0  done
  1  something was refused or failed; the message on stderr says what was wrong and what to do
  2  the command line could not be understood
  3  geocode: at least one name is ambiguous or not found (the answers are printed all the same)
"""
_GEOCODE_EPILOG = """\
exit codes:
  0  every name was found, beyond doubt
  1  the question itself was refused (for example an unknown region)
  2  the command line could not be understood
  3  at least one name is ambiguous or a miss; what was found is printed all the same
"""
_PLAIN = argparse.RawDescriptionHelpFormatter


def parser() -> argparse.ArgumentParser:
    """The whole command line. Each command's options hold `run`, the function that does it, and `command`, its name."""
    whole = argparse.ArgumentParser(
        prog="incidentmap", description="From reports to a map of incidents that can be checked and cited.", epilog=_EPILOG,
        formatter_class=_PLAIN,
    )
    whole.add_argument("--version", action="version", version=f"incidentmap {__version__}")
    each = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _ingest(_command(each, "ingest", commands.ingest, "read reports into a workspace"))
    _geocode(_command(each, "geocode", commands.geocode, "find the places that names mean", epilog=_GEOCODE_EPILOG))
    _list(_command(each, "list", commands.list_incidents, "list the incidents of a workspace"))
    _totals(_command(each, "totals", show_totals, "count the victims of incidents, as ranges under a named rule"))
    _export(_command(each, "export", export, "write incidents to a file for other tools"))
    report = _command(each, "report", write_report, "write the briefing (PDF, HTML, pages as PNG) or the picture of its map")
    _workspace(report)
    _filters(report)
    add_report_options(report)
    _serve(_command(each, "serve", commands.serve, "open the dashboard on a workspace"))
    _regions(_command(each, "regions", commands.list_regions, "list the regions of interest"))
    add_decisions(each)
    add_review(each)
    add_duplicates(each)
    add_names(each)
    add_gazetteer(each)
    add_geocode_table(each)
    add_import(each)
    add_login(each)
    add_tables(each)
    add_propose(each)
    add_read(each)
    add_reverse(each, _EPILOG)
    return whole


def with_joined_bbox(words: Sequence[str]) -> list[str]:
    """`--bbox -5,14,0,20` as `--bbox=-5,14,0,20`: argparse takes a leading minus for another option."""
    joined: list[str] = []
    for word in with_signed_points(words):
        if joined and joined[-1] in {"--bbox", "--area"} and word.startswith("-") and word[1:2].isdigit():
            joined[-1] = f"{joined[-1]}={word}"
        else:
            joined.append(word)
    return joined


def _command(
    each: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: Callable[[argparse.Namespace], int], told: str,
    epilog: str = _EPILOG,
) -> argparse.ArgumentParser:
    made = each.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.", epilog=epilog, formatter_class=_PLAIN)
    made.set_defaults(run=run)
    return made


def _ingest(command: argparse.ArgumentParser) -> None:
    told = "a report (.txt, .md, .html, .pdf), or a saved feed with a report an entry (.xml, .rss, .atom)"
    command.add_argument("files", nargs="*", type=Path, metavar="FILE", help=told)
    _workspace(command)
    command.add_argument("--region", metavar="ID", help="becomes the workspace's region of interest (see: incidentmap regions)")
    command.add_argument("--watch", type=Path, metavar="DIR", help="then read what is and what comes into this folder")
    told = f"seconds between two looks at the watched folder; a file is read when two find it the same; default: {EVERY_S:g}"
    command.add_argument("--every", type=float, default=EVERY_S, metavar="S", help=told)
    command.set_defaults(refuse=command.error)


def _geocode(command: argparse.ArgumentParser) -> None:
    told = 'a place name in any spelling, or words such as "à 37 km au nord de Gao"'
    command.add_argument("names", nargs="+", metavar="NAME", help=told)
    command.add_argument("--region", metavar="ID", help="region of interest: a hint for the ranking, and what inside refers to")
    command.add_argument("--workspace", type=Path, metavar="DIR", help="take region, layers and decisions of this workspace")
    command.add_argument("--admin", default="", metavar="UNIT", help="the unit that the names lie in (\"cercle de Douentza\")")
    command.add_argument("--country", default="", metavar="CODE", help="the country that the names lie in (ISO 3166-1 alpha-2)")
    command.add_argument("--json", action="store_true", help="as a JSON list, one object a name")
    command.add_argument("--explain", action="store_true", help="show every rival with its score and reasons")
    add_online(command)


def _list(command: argparse.ArgumentParser) -> None:
    _workspace(command)
    _filters(command)
    command.add_argument("--json", action="store_true", help="as a JSON list, with the properties of the GeoJSON export")


def _totals(command: argparse.ArgumentParser) -> None:
    _workspace(command)
    _filters(command)
    add_totals_options(command)


def _export(command: argparse.ArgumentParser) -> None:
    _workspace(command)
    _filters(command)
    add_export_options(command)


def _serve(command: argparse.ArgumentParser) -> None:
    _workspace(command)
    command.add_argument("--port", type=int, default=8501, metavar="N", help="on 127.0.0.1; default: 8501")
    command.add_argument("--first-case", action="store_true", help="load the shipped first case into an empty workspace")


def _regions(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="as a JSON list")


def _workspace(command: argparse.ArgumentParser) -> None:
    command.add_argument("--workspace", required=True, type=Path, metavar="DIR", help="folder of the case")


def _filters(command: argparse.ArgumentParser) -> None:
    """The same as on the map; `dest` is the name in the map's address."""
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
