"""Names that nobody knows, where reports write them, and the log of what people decided about them (:mod:`.chain`)."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from incidentmap.model import (
    RULES,
    BadValue,
    BrokenStore,
    DivergingDecisions,
    NameKind,
    Naming,
    NamingVerdict,
    OwnActor,
    Reason,
    Span,
    UnknownName,
    name_key,
    namings_in_force,
)
from incidentmap.store.chain import FIRST_PREVIOUS
from incidentmap.store.codec import Row
from incidentmap.store.connect import reading, writing
from incidentmap.store.fold import fold_text
from incidentmap.store.naming_records import (
    NAMING_COLUMNS,
    check_naming,
    check_namings,
    naming_of,
    naming_record,
    sealed_naming,
)

_LAST = "SELECT number, hash FROM namings ORDER BY number DESC LIMIT 1"
_INSERT = f"INSERT INTO namings VALUES ({', '.join(f':{column}' for column in NAMING_COLUMNS)})"  # noqa: S608 - our own columns
_NOTE = "INSERT OR IGNORE INTO unknown_names VALUES (?, ?, ?, ?, ?, ?, ?)"
_LIST = "See: incidentmap names list --log"


@dataclass(frozen=True, slots=True)
class NameList:
    """The unknown names of a case file and the log of namings. Several processes may append; each waits for the one before."""

    path: Path

    def note(self, names: Iterable[UnknownName]) -> int:
        """Keep names that are not kept yet, each once for its report, span and kind, as who came first says; how many are new.

        Raises
        ------
        BadValue
            If a report is unknown, or its text does not hold the name where the name says.
        """
        with writing(self.path) as connection:
            before = connection.total_changes
            for each in names:
                _check_span(connection, each)
                write_names(connection, [each])
            return connection.total_changes - before

    def queue(self) -> tuple[UnknownName, ...]:
        """The names of actors that nobody decided about, by report and in the order of its text."""
        with reading(self.path) as connection:
            decided = namings_in_force(_all(connection))
            rows = connection.execute("SELECT * FROM unknown_names ORDER BY report, span_start, span_end, kind")
            found = [_name_of(row) for row in rows]
        return tuple(each for each in found if each.kind is NameKind.ACTOR and name_key(each.span.quote) not in decided)

    def decide(self, verdict: NamingVerdict, name: str, who: str, clock: Callable[[], datetime], *,
               actor: str = "", own: OwnActor | None = None, why: str = "") -> Naming:
        """Append what a person decided about a name.

        Parameters
        ----------
        verdict, name, who, actor, own, why
            As :class:`incidentmap.model.Naming` has them.
        clock
            Tells the time with its zone; asked once the log is ours, so that of two processes the later naming has the later
            time.

        Raises
        ------
        BadValue
            If a field is not allowed; use :meth:`undo` to undo.
        """
        if verdict is NamingVerdict.UNDO:
            raise BadValue("verdict", verdict.value, "same_as, new or not_an_actor")
        return self._append(Naming(0, "", who, verdict, name, actor, own, None, why, "", ""), clock)

    def undo(self, number: int, who: str, clock: Callable[[], datetime], why: str = "") -> Naming:
        """Take a naming back. Raises `BadValue` if there is none of that number, it is itself an undo, or it was undone."""
        return self._append(Naming(0, "", who, NamingVerdict.UNDO, "?", "", None, number, why, "", ""), clock)

    def extend(self, namings: Sequence[Naming]) -> tuple[Naming, ...]:
        """Append what another copy of this log has more than this one, record by record as it is; all or nothing.

        Raises
        ------
        BadValue
            If the other copy's chain does not hold.
        DivergingDecisions
            If both go different ways from some record on.
        """
        check_namings(namings)
        with writing(self.path) as connection:
            here = _all(connection)
            for mine, theirs in zip(here, namings, strict=False):
                if mine != theirs:
                    raise DivergingDecisions(_parting(mine, theirs))
            new = tuple(namings[len(here):])
            connection.executemany(_INSERT, [naming_record(each) for each in new])
        return new

    def all(self) -> tuple[Naming, ...]:
        """All namings, first to last."""
        with reading(self.path) as connection:
            return _all(connection)

    def last(self) -> str:
        """The hash of the last naming, zeros before the first: the same as long as nothing was decided."""
        with reading(self.path) as connection:
            row = connection.execute(_LAST).fetchone()
        return str(row["hash"]) if row else FIRST_PREVIOUS

    def verify(self) -> tuple[Naming, ...]:
        """All namings, after every link of the chain was checked. Raises `BrokenStore` at the first that does not hold."""
        try:
            kept = self.all()
            check_namings(kept)
        except ValueError as error:
            todo = "Put a backup in its place, or replay an exported namings.csv into a new workspace."
            raise BrokenStore(f"{self.path}: the log of namings was changed by another hand. {error} {todo}") from error
        return kept

    def reports_holding(self, name: str) -> tuple[str, ...]:
        """Ids of the reports in whose text a name stands, whatever its case and accents, sorted."""
        wanted = fold_text(name)
        with reading(self.path) as connection:
            rows = connection.execute("SELECT id, text FROM reports ORDER BY id")
            return tuple(row["id"] for row in rows if wanted in fold_text(row["text"]))

    def _append(self, draft: Naming, clock: Callable[[], datetime]) -> Naming:
        with writing(self.path) as connection:
            last = connection.execute(_LAST).fetchone()
            number, previous = (last["number"] + 1, last["hash"]) if last else (1, FIRST_PREVIOUS)
            name = draft.name if draft.undoes is None else _undone_name(connection, draft.undoes)
            at = clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            made = sealed_naming(replace(draft, number=number, at=at, name=name, previous=previous))
            check_naming(made)
            connection.execute(_INSERT, naming_record(made))
        return made


def write_names(connection: sqlite3.Connection, names: Iterable[UnknownName]) -> None:
    """Within a transaction: keep names that are not kept yet."""
    connection.executemany(_NOTE, [
        (each.report, each.span.start, each.span.end, each.kind.value, each.span.quote, each.by,
         json.dumps([each.why.code, each.why.values], ensure_ascii=False))
        for each in names
    ])


def forget_names(connection: sqlite3.Connection, report: str) -> None:
    """Within a transaction: drop the names that the rules found in a report; those that an extractor proposed stay."""
    connection.execute("DELETE FROM unknown_names WHERE report = ? AND proposer = ?", (report, RULES))


def names_of(connection: sqlite3.Connection, report: str) -> tuple[UnknownName, ...]:
    """The names that the rules found in a report, in the order of its text."""
    sql = "SELECT * FROM unknown_names WHERE report = ? AND proposer = ? ORDER BY span_start, span_end, kind"
    return tuple(_name_of(row) for row in connection.execute(sql, (report, RULES)))


def _name_of(row: Row) -> UnknownName:
    span = Span(row["span_start"], row["span_end"], row["span_quote"])
    code, values = json.loads(row["why"])
    why = Reason(code, tuple((key, value) for key, value in values))
    return UnknownName(row["report"], span, NameKind(row["kind"]), row["proposer"], why)


def _check_span(connection: sqlite3.Connection, name: UnknownName) -> None:
    row = connection.execute("SELECT text FROM reports WHERE id = ?", (name.report,)).fetchone()
    if row is None:
        raise BadValue("report of an unknown name", name.report, "the id of a report of this case")
    if not name.span.quote or row["text"][name.span.start:name.span.end] != name.span.quote:
        raise BadValue("unknown name", name.span.quote, f"the report's text from {name.span.start} to {name.span.end}")


def _undone_name(connection: sqlite3.Connection, number: int) -> str:
    what = "number of the naming to undo"
    row = connection.execute("SELECT name, undoes FROM namings WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise BadValue(what, number, "one of the log", _LIST)
    if row["undoes"] is not None:
        raise BadValue(what, number, "a naming, not an undo", "Decide again instead.")
    by = connection.execute("SELECT number FROM namings WHERE undoes = ?", (number,)).fetchone()
    if by:
        raise BadValue(what, number, f"one that still stands (naming {by['number']} undid it)")
    return str(row["name"])


def _parting(mine: Naming, theirs: Naming) -> str:
    here, there = (f"{each.verdict.value} {each.name!r} by {each.who} at {each.at}" for each in (mine, theirs))
    return (
        f"Both logs part at naming {mine.number} (row {mine.number + 1} of namings.csv): here {here}, there {there}. "
        "Two histories cannot be joined. Replay the other one into a new workspace, or keep this log and decide again what the "
        f"other one has from naming {mine.number} on."
    )


def _all(connection: sqlite3.Connection) -> tuple[Naming, ...]:
    return tuple(naming_of(row) for row in connection.execute("SELECT * FROM namings ORDER BY number"))
