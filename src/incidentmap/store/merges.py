"""The log of merges of a case file, and the incidents as it leaves them: several parts shown as one, none of them changed."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from incidentmap.model import BadValue, Incident, IncidentQuery, MergeRecord, MergeVerdict, ReportClaim
from incidentmap.store import codec
from incidentmap.store.chain import Record
from incidentmap.store.connect import reading, writing
from incidentmap.store.find import find_incidents
from incidentmap.store.groups import Groups, groups_of
from incidentmap.store.load import load_incidents
from incidentmap.store.matches import in_order, matches
from incidentmap.store.seals import Ledger, extend, seal_rest, verify
from incidentmap.store.whole import whole_incident

_TODAY = """
SELECT m.merge, coalesce(known.id, (
    SELECT CASE WHEN count(*) = 1 THEN min(same.id) END FROM incidents AS same
    WHERE same.report = m.report AND same.trigger_start = m.trigger_start AND same.trigger_end = m.trigger_end
), m.incident) AS id
FROM merge_incidents AS m LEFT JOIN incidents AS known ON known.id = m.incident
"""
_LIST = "See: incidentmap duplicates list --log"
_INSERT_PART = "INSERT INTO merge_incidents VALUES (?, ?, ?, ?, ?)"
MERGE_COLUMNS = ("number", "at", "who", "verdict", "incidents", "undoes", "why", "previous", "hash")
"""Of a record as it is exported and sealed; `incidents` is a list of [id, report, start, end], as they were said."""


@dataclass(frozen=True, slots=True)
class MergeLog:
    """The log of a case file. Several processes may append at once; each waits for the one before it."""

    path: Path

    def append(self, verdict: MergeVerdict, incidents: Iterable[str], who: str, why: str,
               clock: Callable[[], datetime]) -> MergeRecord:
        """Say that incidents are the same, or not the same.

        Parameters
        ----------
        verdict
            `same` or `not_same`.
        incidents
            Two or more ids. That of a merged incident is the id of one of its parts.
        who, why
            The name that the person goes by, and their own words, which may be none.
        clock
            Tells the time with its zone; asked once the log is ours.

        Raises
        ------
        BadValue
            If `who` is empty, an id is unknown, fewer than two are named, or a "same" would not hold because of an earlier
            "not the same"; nothing is written then.
        """
        _check_who(who)
        with writing(self.path) as connection:
            ids = tuple(sorted(set(incidents)))
            rows = [_incident_row(connection, each) for each in ids]
            if len(ids) < 2:
                raise BadValue("incidents", ", ".join(ids), "two or more different ids")
            log = load_log(connection)
            made = MergeRecord(len(log) + 1, _stamp(clock()), who, verdict, ids, None, why)
            _check_new(log, made)
            _insert(connection, made)
            connection.executemany(_INSERT_PART, [(made.number, *row) for row in rows])
            seal_rest(connection, MERGES)
        return made

    def undo(self, number: int, who: str, why: str, clock: Callable[[], datetime]) -> MergeRecord:
        """Take a record back. Raises `BadValue` if there is none of that number, it is itself an undo, or it was undone."""
        _check_who(who)
        with writing(self.path) as connection:
            log = load_log(connection)
            _check_undo(number, log)
            made = MergeRecord(len(log) + 1, _stamp(clock()), who, MergeVerdict.UNDO, (), number, why)
            _insert(connection, made)
            seal_rest(connection, MERGES)
        return made

    def verify(self) -> tuple[Record, ...]:
        """All records with their seals, first to last, every link checked. Raises `BrokenStore` at the first that is broken."""
        return verify(self.path, MERGES)

    def extend(self, records: Sequence[Record], name: Callable[[int], str] | None = None) -> int:
        """Append what another copy of this log has more; how many records that were.

        `name` is what messages call the record of a number.

        Raises
        ------
        BadValue
            If a link does not hold, or this case lacks a report that a record is about; nothing was appended.
        DivergingDecisions
            If both copies go different ways from some record on.
        """
        return extend(self.path, MERGES, records, name)

    def all(self) -> tuple[MergeRecord, ...]:
        """All records, first to last, with the ids that their incidents have today."""
        with reading(self.path) as connection:
            return load_log(connection)

    def groups(self) -> Groups:
        """The merged incidents, and what does not hold."""
        with reading(self.path) as connection:
            return load_groups(connection)

    def missing(self) -> tuple[str, ...]:
        """Ids that records name and that are read no longer, sorted: what was said of them waits until they are again."""
        with reading(self.path) as connection:
            named = {each for record in load_log(connection) for each in record.incidents}
            return tuple(sorted(named - _there(connection, named)))


def _load(connection: sqlite3.Connection) -> list[Record]:
    parts: dict[int, list[list[codec.Cell]]] = {}
    for row in connection.execute("SELECT * FROM merge_incidents ORDER BY merge, incident"):
        parts.setdefault(row["merge"], []).append(list(row)[1:])
    rows = connection.execute("SELECT * FROM merges ORDER BY number")
    return [{column: parts.get(row["number"], []) if column == "incidents" else row[column] for column in MERGE_COLUMNS[:-2]}
            for row in rows]


def _check(record: Record) -> None:
    verdict, parts = MergeVerdict(record["verdict"]), [tuple(each) for each in record["incidents"]]
    if (verdict is MergeVerdict.UNDO) != (record["undoes"] is not None):
        raise BadValue("undoes", record["undoes"], "a number for an undo, else nothing")
    for name, report, start, end in parts:
        if not (isinstance(name, str) and isinstance(report, str) and isinstance(start, int) and isinstance(end, int)):
            raise BadValue("incidents", parts, "id, report and the first and last position of the words")
    ids = [each[0] for each in parts]
    if ids != sorted(set(ids)) or (verdict is MergeVerdict.UNDO) != (not ids) or len(ids) == 1:
        raise BadValue("incidents", ids, "two or more different ids in their order, none for an undo")


def _keep(connection: sqlite3.Connection, records: Sequence[Record]) -> None:
    """Append records as another copy of the log has them; their incidents need not be read here yet, their reports must."""
    for each in records:
        for _, report, *_words in each["incidents"]:
            if not connection.execute("SELECT 1 FROM reports WHERE id = ?", (report,)).fetchone():
                raise BadValue(f"report of merge {each['number']}", report, "a report of this case",
                               "Ingest the same reports first.")
        row = [each[column] for column in ("number", "at", "who", "verdict", "undoes", "why")]
        connection.execute("INSERT INTO merges VALUES (?, ?, ?, ?, ?, ?)", row)
        connection.executemany(_INSERT_PART, [(each["number"], *part) for part in each["incidents"]])


MERGES = Ledger("merges", "merge", "duplicates", MERGE_COLUMNS, _load, _check, _keep)
"""The log of merges as a chain."""


def load_log(connection: sqlite3.Connection) -> tuple[MergeRecord, ...]:
    """All records. An incident that is read no longer under its id is the one that the same words of its report tell of."""
    ids: dict[int, set[str]] = {}
    for row in connection.execute(_TODAY):
        ids.setdefault(row["merge"], set()).add(row["id"])
    return tuple(
        MergeRecord(row["number"], row["at"], row["who"], MergeVerdict(row["verdict"]),
                    tuple(sorted(ids.get(row["number"], ()))), row["undoes"], row["why"])
        for row in connection.execute("SELECT * FROM merges ORDER BY number")
    )


def load_groups(connection: sqlite3.Connection) -> Groups:
    """The groups in force, of incidents that are read today."""
    if not connection.execute("SELECT 1 FROM merges LIMIT 1").fetchone():
        return Groups({}, {}, ())
    log = load_log(connection)
    there = _there(connection, {each for record in log for each in record.incidents})
    return groups_of(replace(each, incidents=tuple(one for one in each.incidents if one in there)) for each in log)


def query_incidents(connection: sqlite3.Connection, query: IncidentQuery) -> tuple[Incident, ...]:
    """The incidents that a query asks for, merged ones as one: it is asked of the whole, not of its parts."""
    asked, groups = find_incidents(query), load_groups(connection)
    ids = [row["id"] for row in connection.execute(asked.sql, asked.values)]
    single = load_incidents(connection, [each for each in ids if each not in groups.group_of])
    if not groups.parts:
        return single
    return in_order((*single, *(each for each in _wholes(connection, groups, groups.parts) if matches(each, query))))


def load_whole(connection: sqlite3.Connection, incident: str) -> Incident | None:
    """The incident that an id is shown as: merged with others, where it is a part."""
    groups = load_groups(connection)
    if incident in groups.group_of:
        return _wholes(connection, groups, [groups.group_of[incident]])[0]
    return next(iter(load_incidents(connection, [incident])), None)


def with_group_ids(claims: Iterable[ReportClaim], groups: Groups) -> tuple[ReportClaim, ...]:
    """Claims over several incidents under the ids that these are shown as, each once."""
    return tuple(replace(each, incidents=tuple(dict.fromkeys(map(groups.id_of, each.incidents)))) for each in claims)


def with_parts(incidents: Iterable[str], groups: Groups) -> tuple[str, ...]:
    """Ids with those of the parts of merged ones."""
    return tuple(part for each in incidents for part in groups.parts.get(each, (each,)))


def _wholes(connection: sqlite3.Connection, groups: Groups, ids: Iterable[str]) -> list[Incident]:
    wanted = list(ids)
    loaded = {each.id: each for each in load_incidents(connection, with_parts(wanted, groups))}
    return [whole_incident([loaded[part] for part in groups.parts[each]]) for each in wanted]


def _there(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    return {each for each in ids if connection.execute("SELECT 1 FROM incidents WHERE id = ?", (each,)).fetchone()}


def _incident_row(connection: sqlite3.Connection, incident: str) -> tuple[codec.Cell, ...]:
    sql = "SELECT id, report, trigger_start, trigger_end FROM incidents WHERE id = ?"
    row = connection.execute(sql, (incident,)).fetchone()
    if row is None:
        raise BadValue("incident", incident, "the id of an incident of this case", "See: incidentmap list")
    return tuple(row)


def _check_who(who: str) -> None:
    if not who.strip():
        raise BadValue("who decides", who, "a name", "It is kept with each decision.")


def _check_new(log: Sequence[MergeRecord], made: MergeRecord) -> None:
    """A "same" that would not hold is refused; a "not the same" always holds, and what it overrules is told."""
    if made.verdict is not MergeVerdict.SAME:
        return
    stopped = next((each for each in groups_of((*log, made)).overruled if each.merge == made.number), None)
    if stopped:
        told = f"{' and '.join(stopped.apart)} are not the same (record {stopped.by} by {log[stopped.by - 1].who})"
        raise BadValue("incidents to merge", ", ".join(made.incidents), f"none that are kept apart: {told}",
                       f"Undo record {stopped.by} first, if it was wrong.")


def _check_undo(number: int, log: Sequence[MergeRecord]) -> None:
    what = "number of the record to undo"
    if not 1 <= number <= len(log):
        raise BadValue(what, number, "one of the log", _LIST)
    if log[number - 1].verdict is MergeVerdict.UNDO:
        raise BadValue(what, number, "a record that is no undo", "Decide again instead.")
    by = next((each.number for each in log if each.undoes == number), None)
    if by:
        raise BadValue(what, number, f"one that still stands (record {by} undid it)")


def _insert(connection: sqlite3.Connection, made: MergeRecord) -> None:
    row = (made.number, made.at, made.who, made.verdict.value, made.undoes, made.why)
    connection.execute("INSERT INTO merges VALUES (?, ?, ?, ?, ?, ?)", row)


def _stamp(now: datetime) -> str:
    return now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
