"""What commands with actions of their own share: how these are added, who decides, and how answers are told."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from incidentmap.walks import decide

DONE, REFUSED, IN_DOUBT, BUSY = 0, 1, 3, 75
"""The last one is EX_TEMPFAIL of sysexits.h: try again later."""
EPILOG = """\
exit codes:
  0  done
  1  refused; the message on stderr says what was wrong and what to do, and nothing was decided
  2  the command line could not be understood
"""
SHOWN = 20
"""Entries that a list shows unless told otherwise."""
LANGUAGE = "en"
"""Of what the command line says."""

Run = Callable[[argparse.Namespace], int]


def add_actions(whole: argparse.ArgumentParser) -> "argparse._SubParsersAction[argparse.ArgumentParser]":
    """Give a command actions of its own."""
    whole.epilog = EPILOG
    return whole.add_subparsers(dest="action", required=True, metavar="ACTION")


def add_action(
    each: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, run: Run, told: str,
) -> argparse.ArgumentParser:
    """Add an action on a workspace."""
    made = each.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
    made.add_argument("--workspace", required=True, type=Path, metavar="DIR", help="folder of the case")
    made.set_defaults(run=run)
    return made


def add_who(command: argparse.ArgumentParser, reader: str = "whoever reads the log later") -> argparse.ArgumentParser:
    """Add who decides and why."""
    known = decide.person()
    told = f"who decides; default: {decide.PERSON}, else the system's user name ({known.replace('%', '%%')})"
    command.add_argument("--who", default=known, metavar="NAME", help=told)
    command.add_argument("--why", default="", metavar="WORDS", help=f"for {reader}")
    return command


def add_json(command: argparse.ArgumentParser, told: str = "as JSON") -> argparse.ArgumentParser:
    """Add the choice of JSON."""
    command.add_argument("--json", action="store_true", help=told)
    return command


def say(lines: Iterable[str], *, to_stderr: bool = False) -> None:
    """Print lines."""
    for line in lines:
        print(line, file=sys.stderr if to_stderr else sys.stdout)


def say_json(value: object) -> None:
    """Print a value as JSON."""
    say([json.dumps(value, ensure_ascii=False, indent=1)])


def plural(count: int, noun: str) -> str:
    """A number with its noun."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
