"""Commands and their help. Only the command that is asked for loads its code: others would cost a second."""

import argparse
from collections.abc import Sequence
from importlib import import_module

from incidentmap import __version__

_EPILOG = """\
exit codes:
  0  done
  1  something was refused or failed; the message on stderr says what was wrong and what to do
  2  the command line could not be understood
  3  geocode: at least one name is ambiguous or not found (the answers are printed all the same)
"""

_COMMANDS = {
    "ingest": ("ingest", "read reports into a workspace"),
    "geocode": ("geocode", "find the places that names mean"),
    "list": ("list_incidents", "list the incidents of a workspace"),
    "totals": ("totals", "count the victims of incidents, as ranges under a named rule"),
    "export": ("export", "write incidents to a file for other tools"),
    "report": ("report", "write the briefing (PDF, HTML, pages as PNG) or the picture of its map"),
    "serve": ("serve", "open the dashboard on a workspace"),
    "regions": ("regions", "list the regions of interest"),
    "decisions": ("decisions", "decide what place names mean, and keep, share and replay what was decided"),
    "review": ("review", "review drafts: accept, edit, split, merge, reject, take back"),
    "duplicates": ("duplicates", "find incidents that several reports tell of, merge them or keep them apart"),
    "names": ("names", "decide whose names they are that nobody knows, and keep, share and replay it"),
    "gazetteer": ("gazetteer", "add sources to the gazetteer, list and check them, find all places of a name"),
    "geocode-table": ("geocode_table", "geocode a column of place names of a CSV, XLSX or Parquet table"),
    "import": ("import_table", "import a table of events (ACLED, UCDP, GDELT, or your own), with a verdict for every row"),
    "login": ("login", "log in at a service whose tables are watched (import --watch)"),
    "diff": ("diff", "tell what changed between two versions of a workspace, an export or a table"),
    "tables": ("tables", "list, compare and undo imports of event tables, and list their events"),
    "propose": ("propose", "let a model point at unknown names and at events that the rules missed"),
    "read": ("read", "read reports from lines of JSON, incidents to lines of JSON"),
    "reverse": ("reverse", "tell where points are: settlement, distance and direction, areas, regions of interest"),
}
"""By name: the module of this package whose `add_options` tells what the command takes, and what it does in a line."""


def parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The command line that `words` need: every command by name and help, the one they ask for with all its options.

    A command's options hold `run`, the function that does it, and `command`, its name.
    """
    whole = argparse.ArgumentParser(
        prog="incidentmap", description="From reports to a map of incidents that can be checked and cited.", epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"incidentmap {__version__}")
    each = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    asked = next((word for word in words if not word.startswith("-")), None)
    for name, (room, told) in _COMMANDS.items():
        command = each.add_parser(
            name, help=told, description=f"{told[0].upper()}{told[1:]}.", epilog=_EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if name == asked:
            import_module(f"incidentmap.cli.{room}").add_options(command)
    return whole
