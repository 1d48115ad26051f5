"""What is recorded of an import of a table, and of the snapshots that imports and their undoing make."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """What is known of an import before its first row is read.

    Parameters
    ----------
    source
        Who publishes the table; the same in every row of it. An import of a source is compared with the last one of it.
    file_name, sha256
        Of the file, without its folder.
    mapping
        How its columns became those of the schema, as JSON.
    schema_version
        Of the rows.
    at
        UTC, ISO 8601 to the second.
    who
        The name that the person goes by.
    licence
        Its text or name as the source states it, may be empty.
    warn_export
        Whether the licence asks for a warning before rows go into a public export.
    partial
        Whether the file holds some of the source's rows only: those that it lacks stay then, else they are gone.
    """

    source: str
    file_name: str
    sha256: str
    mapping: str
    schema_version: int
    at: str
    who: str
    licence: str = ""
    warn_export: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class RowCounts:
    """What became of the rows of a file: rows = accepted + refused; warned ones are among the accepted."""

    rows: int
    accepted: int
    warned: int
    refused: int
    refused_file: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """How one state differs from an earlier one, in rows.

    Parameters
    ----------
    unchanged
        None where nobody counted them.
    fields
        In how many changed rows each field differs, the most frequent first.
    """

    new: int
    changed: int
    gone: int
    unchanged: int | None = None
    fields: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an event that differs between two states, as text; None where it was or is empty."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class EventChange:
    """An event that differs between two states.

    Parameters
    ----------
    fate
        ``new``, ``changed`` or ``gone``.
    day, place
        As they are, of one that is gone as they were; None where unknown.
    fields
        Of a changed one.
    """

    event_id: str
    fate: str
    day: str | None
    place: str | None
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportRun:
    """What an import did; `based_on` is the import of the same source that it was compared with."""

    record: ImportRecord
    counts: RowCounts
    changes: Changes
    based_on: int | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One record of the log of snapshots: from then on, a source shows the rows of an import.

    Parameters
    ----------
    number
        1 for the first. An import has the number of the snapshot that it made.
    shows
        Number of the import whose rows stand, None if the source has none.
    undoes
        Number of the snapshot that this one takes back, None for an import.
    why
        The person's own words, may be empty.
    run
        Of an import, else None.
    """

    number: int
    at: str
    who: str
    source: str
    shows: int | None
    undoes: int | None = None
    why: str = ""
    run: ImportRun | None = None


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is.

    Parameters
    ----------
    stage
        ``reading``, ``comparing`` or ``writing``.
    done, total
        Rows; the total is None where nobody knows it.
    seconds_left
        Until all is kept, an estimate; None where there is none.
    """

    stage: str
    done: int
    total: int | None
    seconds_left: float | None
