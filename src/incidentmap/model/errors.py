"""What can go wrong, as one family.

Each error is also a built-in one, so that callers who do not know this package can still catch it. A message names the
value, what was allowed and what to do; the command line shows it as it is, without a trace.
"""


class IncidentmapError(Exception):
    """Base class: anything a user can be told about."""


class BadValue(IncidentmapError, ValueError):
    """A value that is not allowed where it stands."""

    def __init__(self, what: str, value: object, allowed: str, todo: str = "") -> None:
        super().__init__(f"{what}: {value!r} is not allowed; expected {allowed}." + (f" {todo}" if todo else ""))


class UnreadableReport(IncidentmapError, ValueError):
    """A report file that cannot be read as text."""


class UnknownRegion(IncidentmapError, LookupError):
    """A region of interest that no region file describes."""


class BrokenStore(IncidentmapError, OSError):
    """A case file (SQLite) that is damaged, newer than this program or not ours."""


class UnwritablePlace(IncidentmapError, OSError):
    """A file or folder that cannot be written."""


class MissingGround(IncidentmapError, FileNotFoundError):
    """A file of `geo/` or `data/` that should have been shipped with the program."""
