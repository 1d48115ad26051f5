"""`incidentmap ...`: the command line over the walks. Words for people go to stdout, complaints to stderr, never a trace."""

import io
import logging
import os
import sys
from collections.abc import Sequence
from contextvars import copy_context

from incidentmap.cli.parser import parser
from incidentmap.cli.signed import with_signed_values
from incidentmap.model import IncidentmapError

__all__ = ["main"]

REFUSED, STOPPED, CLOSED_PIPE = 1, 130, 141


def main(words: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    words
        The arguments; those of this process by default.

    Returns
    -------
    int
        Exit code, as `incidentmap --help` explains.
    """
    logging.getLogger().addHandler(logging.NullHandler())  # what libraries log is no message for a user
    _never_fail_at_printing()
    given = with_signed_values(sys.argv[1:] if words is None else words)
    options = parser(given).parse_args(given)
    try:
        code: int = copy_context().run(options.run, options)  # what a command puts in force ends with it
        sys.stdout.flush()
    except IncidentmapError as error:
        print(f"incidentmap {options.command}: {error}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        _forget_stdout()
        return CLOSED_PIPE
    except KeyboardInterrupt:
        return STOPPED
    return code


def _never_fail_at_printing() -> None:
    """What a terminal's encoding lacks is shown as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _forget_stdout() -> None:
    """The reader has gone (`| head`): nothing more is written, not at exit either."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
