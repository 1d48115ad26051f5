"""The review log of a case file: an appended table, and the incidents of a report as its records leave them."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from incidentmap.model import (
    BadValue,
    EditConflict,
    Incident,
    Review,
    ReviewAction,
    Status,
    reviewed,
    standing,
)
from incidentmap.store import codec
from incidentmap.store.chain import Record
from incidentmap.store.connect import reading, writing
from incidentmap.store.load import load_incidents, load_reading
from incidentmap.store.merges import load_groups, load_log
from incidentmap.store.review_codec import (
    REVIEW_COLUMNS,
    draft_of,
    record_of_row,
    record_row,
    review_of_record,
    review_row,
)
from incidentmap.store.review_rows import born, insert_review, keep_drafts, load_reviews, next_number, read_drafts
from incidentmap.store.seals import Ledger, extend, seal_rest, verify
from incidentmap.store.write import keepable, rewrite_report


@dataclass(frozen=True, slots=True)
class ReviewLog:
    """The log of a case file. Several processes may append at once; who comes second is told what the first did."""

    path: Path

    def append(self, draft: Review, clock: Callable[[], datetime]) -> Review:
        """Append a record, and make the incidents of its report what the log says now.

        Parameters
        ----------
        draft
            Its number and time are set here, whatever they are.
        clock
            Tells the time with its zone; asked once the log is ours.

        Raises
        ------
        EditConflict
            If an incident is another than the version that the record is based on; nothing was written.
        BadValue
            If `who` is empty, the report or an incident is not there, or it undoes what cannot be undone.
        """
        return self.append_all((draft,), clock)[0]

    def append_all(
        self, drafts: Sequence[Review], clock: Callable[[], datetime], together: Iterable[str] = (),
    ) -> tuple[Review, ...]:
        """Append several records at one moment, all or nothing; as :meth:`append`.

        `together` are the ids of all incidents that the person saw as one; where others are one by now, that is a conflict.
        """
        with writing(self.path) as connection:
            _check_together(connection, frozenset(together))
            at = _stamp(clock())
            made = tuple(_append(connection, each, at) for each in drafts)
            seal_rest(connection, REVIEWS)
        return made

    def verify(self) -> tuple[Record, ...]:
        """All records with their seals, first to last, every link checked. Raises `BrokenStore` at the first that is broken."""
        return verify(self.path, REVIEWS)

    def extend(self, records: Sequence[Record], name: Callable[[int], str] | None = None) -> int:
        """Append what another copy of this log has more, and make the incidents what it says; how many records that were.

        `name` is what messages call the record of a number.

        Raises
        ------
        BadValue
            If a link does not hold, or this case lacks a report that a record is about; nothing was appended.
        DivergingDecisions
            If both copies go different ways from some record on.
        """
        return extend(self.path, REVIEWS, records, name)

    def all(self, report: str = "") -> tuple[Review, ...]:
        """All records, first to last, or those of one report."""
        with reading(self.path) as connection:
            return load_reviews(connection, report)

    def of(self, incident: str) -> tuple[Review, ...]:
        """The history of an incident, first to last: also records about another one that concern it."""
        return tuple(each for each in self.all() if incident in each.incidents)

    def version(self, incident: str) -> str:
        """The version of an incident, empty if there is none: the number of the last record about it, and what it is now."""
        with reading(self.path) as connection:
            found = load_incidents(connection, [incident])
            return version(found[0], load_reviews(connection, found[0].report)) if found else ""

    def states(self, statuses: Iterable[Status], report: str = "") -> tuple[tuple[Incident, str], ...]:
        """Incidents as their own reports tell them, each with its version, by first day and id; `report` names one of them."""
        sql = (
            "SELECT id FROM incidents WHERE status IN (SELECT value FROM json_each(?)) AND ? IN ('', report)"
            " ORDER BY date_start IS NULL, date_start, id"
        )
        with reading(self.path) as connection:
            rows = connection.execute(sql, (json.dumps(list(statuses)), report)).fetchall()
            logs: dict[str, list[Review]] = {}
            for each in load_reviews(connection, report):
                logs.setdefault(each.report, []).append(each)
            found = load_incidents(connection, [row["id"] for row in rows])
        return tuple((each, version(each, logs.get(each.report, ()))) for each in found)

    def draft(self, incident: str) -> Incident | None:
        """What the machine read, whatever people decided since; None for an unknown id and for what a person brought forth."""
        with reading(self.path) as connection:
            row = connection.execute("SELECT draft FROM drafts WHERE incident = ?", (incident,)).fetchone()
            if row:
                return draft_of(row["draft"])
            found = load_incidents(connection, [incident])
            return next((each for each in found if each.id not in born(load_reviews(connection, each.report))), None)


def _append(connection: sqlite3.Connection, draft: Review, at: str) -> Review:
    if not draft.who.strip():
        raise BadValue("who reviews", draft.who, "a name", "It is kept with each decision.")
    row = connection.execute("SELECT * FROM reports WHERE id = ?", (draft.report,)).fetchone()
    before = load_reading(connection, draft.report)
    if row is None or before is None:
        raise BadValue("report", draft.report, "a report of this case")
    report, log = codec.report_of(row), load_reviews(connection, draft.report)
    _check_versions(draft, before.incidents, log)
    if draft.undoes is not None:
        _check_undo(draft.undoes, log)
    made = replace(draft, number=next_number(connection), at=at)
    with keepable(report):
        base = read_drafts(connection, draft.report, before.incidents, log)
        keep_drafts(connection, draft.report, [each for each in base if each.id in made.incidents])
        insert_review(connection, review_row(made))
        rewrite_report(connection, report, replace(before, incidents=reviewed(base, (*log, made))))
    return made


def _keep(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    """Append records as another copy of the log has them; their incidents become what the whole log says."""
    made = [review_of_record(each) for each in records]
    for name in dict.fromkeys(each.report for each in made):
        row = connection.execute("SELECT * FROM reports WHERE id = ?", (name,)).fetchone()
        before = load_reading(connection, name)
        if row is None or before is None:
            first = next(each.number for each in made if each.report == name)
            raise BadValue(f"report of review {first}", name, "a report of this case", "Ingest the same reports first.")
        log, own = load_reviews(connection, name), [each for each in made if each.report == name]
        base, touched = read_drafts(connection, name, before.incidents, log), {one for each in own for one in each.incidents}
        with keepable(codec.report_of(row)):
            keep_drafts(connection, name, [each for each in base if each.id in touched])
            rewrite_report(connection, codec.report_of(row), replace(before, incidents=reviewed(base, (*log, *own))))
    for each in records:
        insert_review(connection, record_row(each))


def _load(connection: sqlite3.Connection) -> list[Record]:
    return [record_of_row(row) for row in connection.execute("SELECT * FROM reviews ORDER BY number")]


def _check(record: Record) -> None:
    made = review_of_record(record)
    if (made.action is ReviewAction.UNDO) != (made.undoes is not None):
        raise BadValue("undoes", made.undoes, "a number for an undo, else nothing")
    for each in made.changes:
        for value in (each.before, each.after):
            if isinstance(value, Incident) and (value.id, value.report) != (each.incident, made.report):
                raise BadValue("changes", value.id, f"an incident of the record's own report, {made.report}")


REVIEWS = Ledger("reviews", "review", "review", REVIEW_COLUMNS, _load, _check, _keep)
"""The log of reviews as a chain."""


def _check_together(connection: sqlite3.Connection, seen: frozenset[str]) -> None:
    """Refuse to decide about incidents that are shown as one with others, or apart, since the person saw them."""
    groups = load_groups(connection)
    now = {part for each in seen for part in groups.parts.get(groups.id_of(each), (each,))}
    apart = len({groups.id_of(each) for each in seen}) > 1
    if seen and (now != seen or apart):
        last = next((each for each in reversed(load_log(connection)) if each.undoes or seen & set(each.incidents)), None)
        told = f" ({last.who}, {last.at}: {last.verdict.value.replace('_', ' ')})" if last else ""
        raise EditConflict(
            f"Incident {min(seen)} was {'taken apart' if apart else 'merged with another'} meanwhile{told}. Nothing of yours "
            "was written. Look at it as it is now, then decide again on top."
        )


def version(incident: Incident, log: Iterable[Review]) -> str:
    """The version of an incident, given the records of its report."""
    last = max((each.number for each in log if incident.id in each.incidents), default=0)
    return f"{last}.{codec.digest(incident)[:8]}"


def _check_versions(draft: Review, incidents: Iterable[Incident], log: Sequence[Review]) -> None:
    there = {each.id: each for each in incidents}
    for incident, based_on in draft.based_on:
        if incident not in there:
            told = _meanwhile(incident, based_on, log)
            raise EditConflict(f"Incident {incident} is read no longer: {told} Nothing was written.")
        now = version(there[incident], log)
        if based_on != now:
            raise EditConflict(
                f"Incident {incident} was changed meanwhile: {_meanwhile(incident, based_on, log)} Nothing of yours was "
                f"written. Look at it as it is now (version {now}), then decide again on top."
            )


def _meanwhile(incident: str, based_on: str, log: Sequence[Review]) -> str:
    """Who did what about an incident since a version; without anybody, its report was read again."""
    number = based_on.partition(".")[0]
    seen = int(number) if number.isdecimal() else 0
    told = [each for each in log if each.number > seen and incident in each.incidents]
    if not told:
        return "its report was read again, or that version never was."
    return " ".join(f"{each.who}, {each.at}: {each.action.value}{_fields(each, incident)}." for each in told)


def _fields(review: Review, incident: str) -> str:
    names = dict.fromkeys(each.field.value for each in review.changes if each.incident == incident)
    return f" ({', '.join(names)})" if names else ""


def _check_undo(number: int, log: Sequence[Review]) -> None:
    what = "number of the decision to undo"
    taken = next((each for each in log if each.number == number), None)
    if taken is None or taken.action is ReviewAction.UNDO:
        raise BadValue(what, number, "a decision of this report, not an undo", "See: incidentmap review history")
    by = next((each.number for each in log if each.undoes == number), None)
    if by:
        raise BadValue(what, number, f"one that still stands (decision {by} undid it)")
    later = [each for each in standing(log) if each.number > number and set(each.incidents) & set(taken.incidents)]
    if later:
        raise BadValue(what, number, f"the newest about its incidents; {later[-1].number} by {later[-1].who} came later",
                       f"Undo {later[-1].number} first.")


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
