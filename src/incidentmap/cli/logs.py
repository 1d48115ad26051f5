"""What the commands `review` and `duplicates` have in common: check, export and replay of their log."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from incidentmap.cli.cases import opened_case
from incidentmap.cli.options import DONE, plural, say
from incidentmap.walks.replay import Log, check_log, export_log, log_text, replay_log

Action = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_log(action: Action, log: Log) -> None:
    """Add the three actions to a command; `action` adds one of a name, what it runs and what it does."""
    action("check", _check, f"check every link of the chain of {log.value}; says where it is broken").set_defaults(log=log)
    command = action("export", _export, f"write the log of {log.value} as .csv or .jsonl, to read, compare and replay")
    command.add_argument("--output", required=True, type=Path, metavar="FILE", help="to write; - for CSV on standard output")
    command.set_defaults(log=log)
    command = action("replay", _replay, f"append the {log.value} of an exported log that are not here yet")
    command.add_argument("file", type=Path, metavar="FILE", help="a .csv or .jsonl; this workspace's log must be its beginning")
    command.set_defaults(log=log)


def _check(options: argparse.Namespace) -> int:
    count = check_log(opened_case(options.workspace), options.log)
    say([f"{_counted(count, options.log)}, chain unbroken"])
    return DONE


def _export(options: argparse.Namespace) -> int:
    workspace = opened_case(options.workspace)
    if options.output == Path("-"):
        sys.stdout.write(log_text(workspace, options.log))
    else:
        say([f"{options.output}: {_counted(export_log(workspace, options.log, options.output), options.log)}"])
    return DONE


def _replay(options: argparse.Namespace) -> int:
    done = replay_log(opened_case(options.workspace), options.log, options.file)
    say([f"{options.file}: {_counted(done.new, options.log, 'new ')}, {done.known} known already"])
    return DONE


def _counted(count: int, log: Log, kind: str = "") -> str:
    return plural(count, kind + log.value.removesuffix("s"))
