"""The review log of a case file: an appended table, and the incidents of a report as its records leave them."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from incidentmap.model import (
    BadValue,
    EditConflict,
    Incident,
    Reading,
    Review,
    ReviewAction,
    ReviewField,
    Status,
    reviewed,
    standing,
)
from incidentmap.store import codec
from incidentmap.store.connect import reading, writing
from incidentmap.store.load import load_incidents, load_reading
from incidentmap.store.review_codec import draft_of, draft_text, review_of, review_row
from incidentmap.store.statuses import Said, alone, shelved, with_statuses
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
        if not draft.who.strip():
            raise BadValue("who reviews", draft.who, "a name", "It is kept with each decision.")
        with writing(self.path) as connection:
            row = connection.execute("SELECT * FROM reports WHERE id = ?", (draft.report,)).fetchone()
            before = load_reading(connection, draft.report)
            if row is None or before is None:
                raise BadValue("report", draft.report, "a report of this case")
            report, log = codec.report_of(row), _log(connection, draft.report)
            _check_versions(draft, before.incidents, log)
            if draft.undoes is not None:
                _check_undo(draft.undoes, log)
            made = replace(draft, number=_next(connection), at=_stamp(clock()))
            with keepable(report):
                base = _base(connection, draft.report, before.incidents, log)
                _keep_drafts(connection, draft.report, [each for each in base if each.id in made.incidents])
                _insert(connection, made)
                rewrite_report(connection, report, replace(before, incidents=reviewed(base, (*log, made))))
        return made

    def all(self, report: str = "") -> tuple[Review, ...]:
        """All records, first to last, or those of one report."""
        with reading(self.path) as connection:
            return _log(connection, report)

    def of(self, incident: str) -> tuple[Review, ...]:
        """The history of an incident, first to last: also records about another one that concern it."""
        return tuple(each for each in self.all() if incident in each.incidents)

    def version(self, incident: str) -> str:
        """The version of an incident, empty if there is none: the number of the last record about it, and what it is now."""
        with reading(self.path) as connection:
            found = load_incidents(connection, [incident])
            return version(found[0], _log(connection, found[0].report)) if found else ""

    def states(self, statuses: Iterable[Status], report: str = "") -> tuple[tuple[Incident, str], ...]:
        """Incidents as their own reports tell them, each with its version, by first day and id; `report` names one of them."""
        sql = (
            "SELECT id FROM incidents WHERE status IN (SELECT value FROM json_each(?)) AND ? IN ('', report)"
            " ORDER BY date_start IS NULL, date_start, id"
        )
        with reading(self.path) as connection:
            rows = connection.execute(sql, (json.dumps(list(statuses)), report)).fetchall()
            logs: dict[str, list[Review]] = {}
            for each in _log(connection, report):
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
            return next((each for each in found if each.id not in _born(_log(connection, each.report))), None)


def version(incident: Incident, log: Iterable[Review]) -> str:
    """The version of an incident, given the records of its report."""
    last = max((each.number for each in log if incident.id in each.incidents), default=0)
    return f"{last}.{codec.digest(incident)[:8]}"


@dataclass(frozen=True, slots=True)
class Again:
    """A report read again: the reading with what people decided, and what finds no incident now."""

    after: Reading
    shelved: tuple[Said, ...]
    lost: tuple[Said, ...]


def read_again(connection: sqlite3.Connection, report: str, before: Reading, read: Reading) -> Again:
    """Lay what people decided over another reading of a report; their records are kept whatever is read."""
    log, drafts = _log(connection, report), _drafts(connection, report)
    base_before = _base(connection, report, before.incidents, log)
    kept = _with_kept_ids(read, base_before, drafts)
    incidents, aside = with_statuses(kept.incidents, base_before, shelved(connection, report))
    _keep_drafts(connection, report, [each for each in incidents if each.id in drafts], again=True)
    after = reviewed(incidents, log)
    return Again(replace(kept, incidents=after), aside, (*aside, *_waiting(after, log, drafts)))


def _with_kept_ids(read: Reading, before: Sequence[Incident], drafts: Mapping[str, Incident]) -> Reading:
    """An incident that people decided about keeps its id, also where the place that the id is made of is another now.

    It is the one with the same trigger, provided that the words tell of one incident only, before and now.
    """
    ids = {each.id for each in read.incidents}
    told = [*before, *(each for each in drafts.values() if each.id not in {other.id for other in before})]
    single = alone(each.trigger for each in read.incidents) & alone(each.trigger for each in told)
    missing = {each.trigger: each.id for each in drafts.values() if each.id not in ids and each.trigger in single}
    new = {each.id: missing[each.trigger] for each in read.incidents if each.trigger in missing and each.id not in drafts}
    return replace(
        read, incidents=tuple(replace(each, id=new.get(each.id, each.id)) for each in read.incidents),
        report_claims=tuple(replace(each, incidents=tuple(new.get(one, one) for one in each.incidents))
                            for each in read.report_claims),
    )


def _waiting(incidents: Iterable[Incident], log: Sequence[Review], drafts: Mapping[str, Incident]) -> list[Said]:
    """What people decided about incidents that are read no longer."""
    there = {each.id for each in incidents}
    gone = [drafts[each] for record in standing(log) for each in record.incidents if each in drafts and each not in there]
    return [Said(each.id, each.trigger, _status(each.id, log)) for each in dict.fromkeys(gone)]


def _status(incident: str, log: Sequence[Review]) -> Status:
    told = [each.after for record in standing(log) for each in record.changes
            if each.incident == incident and each.field is ReviewField.STATUS]
    return Status(str(told[-1])) if told else Status.DRAFT


def _born(log: Iterable[Review]) -> frozenset[str]:
    return frozenset(each.incident for record in log for each in record.changes if each.field is ReviewField.INCIDENT)


def _base(
    connection: sqlite3.Connection, report: str, incidents: Iterable[Incident], log: Iterable[Review],
) -> tuple[Incident, ...]:
    """The machine's own reading, given the incidents as people left them."""
    kept, born = _drafts(connection, report), _born(log)
    return tuple(kept.get(each.id, each) for each in incidents if each.id not in born)


def _drafts(connection: sqlite3.Connection, report: str) -> dict[str, Incident]:
    rows = connection.execute("SELECT incident, draft FROM drafts WHERE report = ? ORDER BY incident", (report,))
    return {row["incident"]: draft_of(row["draft"]) for row in rows}


def _keep_drafts(connection: sqlite3.Connection, report: str, incidents: Iterable[Incident], *, again: bool = False) -> None:
    sql = "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)" if again else "INSERT OR IGNORE INTO drafts VALUES (?, ?, ?)"
    connection.executemany(sql, [(each.id, report, draft_text(each)) for each in incidents])


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


def _log(connection: sqlite3.Connection, report: str) -> tuple[Review, ...]:
    where, values = ("WHERE report = ?", (report,)) if report else ("", ())
    rows = connection.execute(f"SELECT * FROM reviews {where} ORDER BY number", values)  # noqa: S608 - our own words
    return tuple(review_of(row) for row in rows)


def _next(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(number), 0) + 1 FROM reviews").fetchone()[0])


def _insert(connection: sqlite3.Connection, review: Review) -> None:
    row = review_row(review)
    connection.execute(f"INSERT INTO reviews VALUES ({', '.join(f':{column}' for column in row)})", row)  # noqa: S608


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
