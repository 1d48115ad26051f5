"""The decision log of a case file: an appended table, each row sealed with the one before it (:mod:`.chain`)."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from incidentmap.model import BadValue, BrokenStore, Decision, DivergingDecisions
from incidentmap.store.chain import FIRST_PREVIOUS
from incidentmap.store.codec import Row
from incidentmap.store.connect import reading, writing
from incidentmap.store.decision_records import COLUMNS, check_chain, check_decision, decision_of, record_of, sealed

_LAST = "SELECT number, hash FROM decisions ORDER BY number DESC LIMIT 1"
_INSERT = f"INSERT INTO decisions VALUES ({', '.join(f':{column}' for column in COLUMNS)})"  # noqa: S608 - our own columns


@dataclass(frozen=True, slots=True)
class DecisionLog:
    """The log of a case file. Several processes may append at once; each waits for the one before it."""

    path: Path

    def append(self, draft: Decision, clock: Callable[[], datetime]) -> Decision:
        """Seal a decision and append it.

        Parameters
        ----------
        draft
            Its number, time, `previous` and `hash` are set here, whatever they are.
        clock
            Tells the time with its zone; asked once the log is ours, so that of two processes the later decision has the later
            time.

        Raises
        ------
        BadValue
            If a field is not allowed, or it undoes what there is not or what was undone before.
        """
        with writing(self.path) as connection:
            last = connection.execute(_LAST).fetchone()
            number, previous = (last["number"] + 1, last["hash"]) if last else (1, FIRST_PREVIOUS)
            made = sealed(replace(draft, number=number, at=_stamp(clock()), previous=previous))
            check_decision(made)
            if made.undoes is not None:
                _check_undo(connection, made.undoes)
            _insert(connection, [made])
        return decision_of(record_of(made))  # as it will be read back: whole degrees as floats

    def extend(self, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
        """Append what another copy of this log has more than this one, record by record as it is; all or nothing.

        Parameters
        ----------
        decisions
            The other copy from its first record on; its chain must hold (:func:`check_chain`).

        Returns
        -------
        tuple of Decision
            What was appended; empty if all were here already.

        Raises
        ------
        DivergingDecisions
            If both go different ways from some record on.
        """
        check_chain(decisions)
        with writing(self.path) as connection:
            here = _all(connection)
            for mine, theirs in zip(here, decisions, strict=False):
                if mine != theirs:
                    raise DivergingDecisions(_parting(mine, theirs))
            new = tuple(decisions[len(here):])
            _insert(connection, new)
        return new

    def all(self) -> tuple[Decision, ...]:
        """All decisions, first to last."""
        with reading(self.path) as connection:
            return _all(connection)

    def last(self) -> str:
        """The hash of the last decision, zeros before the first: the same as long as nothing was decided."""
        with reading(self.path) as connection:
            row = connection.execute(_LAST).fetchone()
        return str(row["hash"]) if row else FIRST_PREVIOUS

    def verify(self) -> tuple[Decision, ...]:
        """All decisions, first to last, after every link of the chain was checked.

        Raises
        ------
        BrokenStore
            At the first link that does not hold, with its number.
        """
        try:
            kept = self.all()
            check_chain(kept)
        except ValueError as error:
            todo = "Put a backup in its place, or replay an exported decisions.csv into a new workspace."
            raise BrokenStore(f"{self.path}: the decision log was changed by another hand. {error} {todo}") from error
        return kept


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _check_undo(connection: sqlite3.Connection, number: int) -> None:
    row = connection.execute("SELECT undoes FROM decisions WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise BadValue("number of the decision to undo", number, "one of the log", "See: incidentmap decisions list")
    if row["undoes"] is not None:
        raise BadValue("number of the decision to undo", number, "a decision, not an undo", "Decide again instead.")
    by = connection.execute("SELECT number FROM decisions WHERE undoes = ?", (number,)).fetchone()
    if by:
        raise BadValue("number of the decision to undo", number, f"one that still stands (decision {by['number']} undid it)")


def _parting(mine: Decision, theirs: Decision) -> str:
    here, there = (f"{each.verdict.value} {each.asked.name!r} by {each.who} at {each.at}" for each in (mine, theirs))
    return (
        f"Both logs part at decision {mine.number} (row {mine.number + 1} of decisions.csv): here {here}, there {there}. "
        "Two histories cannot be joined. Replay the other one into a new workspace, or keep this log and decide again what the "
        f"other one has from decision {mine.number} on."
    )


def _insert(connection: sqlite3.Connection, decisions: Sequence[Decision]) -> None:
    rows = [{**record_of(each), "candidates": json.dumps(each.candidates, ensure_ascii=False)} for each in decisions]
    connection.executemany(_INSERT, rows)


def _all(connection: sqlite3.Connection) -> tuple[Decision, ...]:
    return tuple(_decision_of(row) for row in connection.execute("SELECT * FROM decisions ORDER BY number"))


def _decision_of(row: Row) -> Decision:
    return decision_of({**dict(row), "candidates": json.loads(row["candidates"])})
