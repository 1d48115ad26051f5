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


class UnreadableTable(IncidentmapError, ValueError):
    """A table (CSV, XLSX, Parquet) that cannot be read, or lacks a column or sheet that was asked for."""


class SeveralTables(UnreadableTable):
    """A file with several tables (sheets, layers, files in a zip file) of which none was named; `names` are theirs."""

    def __init__(self, message: str, names: tuple[str, ...]) -> None:
        super().__init__(message)
        self.names = names


class UnknownRegion(IncidentmapError, LookupError):
    """A region of interest that no region file describes."""


class BrokenStore(IncidentmapError, OSError):
    """A case file (SQLite) that is damaged, newer than this program or not ours."""


class BrokenGazetteer(IncidentmapError, OSError):
    """The compiled gazetteer is damaged. Nothing is lost: it can be compiled again."""


class UnwritablePlace(IncidentmapError, OSError):
    """A file or folder that cannot be written."""


class ScheduleBusy(IncidentmapError, BlockingIOError):
    """Another process works on the same schedule; nothing was written."""


class DivergingDecisions(IncidentmapError, ValueError):
    """Two copies of a decision log that go different ways from some record on."""


class EditConflict(IncidentmapError, ValueError):
    """An incident was changed by somebody else since the person who decides saw it; nothing was written."""


class Stopped(IncidentmapError, RuntimeError):
    """A person cancelled what was being done; nothing of it was kept."""


class MissingGround(IncidentmapError, FileNotFoundError):
    """A file of `geo/` or `data/` that should have been shipped with the program."""


class OnlineError(IncidentmapError, OSError):
    """An online geocoder gave no answer. It says nothing about whether the place exists, and is never kept as an answer."""


class OnlineRefused(OnlineError):
    """An online geocoder answered that it will not: blocked (401, 403), too many requests (429), a bad question (400)."""


class OnlineUnavailable(OnlineError):
    """An online geocoder could not be reached or is out of order: no network, time-out, TLS, 5xx."""


class OnlineUnreadable(OnlineError):
    """An online geocoder answered something that is no answer: broken JSON, another shape, too long, a redirect."""


class FeedError(IncidentmapError, OSError):
    """A source that is watched over the network gave nothing. What was imported before stays."""


class FeedRefused(FeedError):
    """A watched source will not answer: no login, one that ran out, or a question that it rejects."""


class FeedUnavailable(FeedError):
    """A watched source could not be reached, is busy or out of order: no network, time-out, TLS, 429, 5xx."""


class FeedUnreadable(FeedError):
    """A watched source answered something else than was asked for: broken, another shape, too long, a redirect, a wrong sum."""
