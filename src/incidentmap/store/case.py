"""The case file: reports, and the incidents and claims read from them."""

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from incidentmap.model import BadValue, Claim, Incident, IncidentQuery, Mention, Reading, Report, ReportClaim
from incidentmap.store import codec
from incidentmap.store.connect import prepare, reading, writing
from incidentmap.store.decisions import DecisionLog
from incidentmap.store.find import find_incidents, find_reports_naming
from incidentmap.store.questions import QuestionList, doubts_of
from incidentmap.store.statuses import Said, shelve, shelved, with_statuses
from incidentmap.store.write import check_reading, keepable, rewrite_report, write_report

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a report did. `known`: the same text was there already, and nothing was changed."""

    new_incidents: int
    known: bool


def open_store(path: Path) -> "Store":
    """The case file at a path, made if there is none, its folder too.

    Raises
    ------
    BrokenStore
        If the file is damaged, newer than this program or not a case file; it is left as it is.
    UnwritablePlace
        If it cannot be made or written there.
    """
    prepare(path)
    return Store(path)


@dataclass(frozen=True, slots=True)
class Store:
    """A checked case file. Holds no connection: safe to share between threads, and other processes may use the same file.

    Every method may raise `BrokenStore` or `UnwritablePlace` when the file is damaged or taken away meanwhile.
    """

    path: Path

    @property
    def decisions(self) -> DecisionLog:
        """What people decided about place names."""
        return DecisionLog(self.path)

    @property
    def questions(self) -> QuestionList:
        """Place names that people should decide."""
        return QuestionList(self.path)

    def add(self, report: Report, read: Reading) -> Added:
        """Keep a report and what was read from it, all or nothing; a known report (by id) changes nothing.

        Raises
        ------
        BadValue
            If the reading belongs to another report, names incidents that it lacks or holds what a file cannot keep
            (ids that another report's incidents have, whole numbers beyond 64 bits, half surrogate pairs).
        """
        check_reading(report, read)
        with keepable(report), writing(self.path) as connection:
            known = connection.execute("SELECT 1 FROM reports WHERE id = ?", (report.id,)).fetchone()
            if known:
                return Added(0, known=True)
            write_report(connection, report, read)
        return Added(len(read.incidents), known=False)

    def replace(self, report: Report, read: Reading) -> tuple[Said, ...]:
        """Keep another reading of a known report in place of the one it had, all or nothing. Statuses that people gave stay.

        Returns
        -------
        tuple of Said
            What people said about incidents that are read no longer; kept aside, it holds again once they are.

        Raises
        ------
        BadValue
            As :meth:`add`; also if the report is not known.
        """
        check_reading(report, read)
        with keepable(report), writing(self.path) as connection:
            before = _reading(connection, report.id)
            if before is None:
                raise BadValue("report", report.id, "a report of this case", "Add it first.")
            incidents, lost = with_statuses(read.incidents, before.incidents, shelved(connection, report.id))
            after = replace(read, incidents=incidents)
            if after != before:
                rewrite_report(connection, report, after)
            shelve(connection, report.id, lost)
        return lost

    def incidents(self, query: IncidentQuery) -> tuple[Incident, ...]:
        """The incidents that a query asks for, by first day and id, undated ones last."""
        asked = find_incidents(query)
        with reading(self.path) as connection:
            return _incidents(connection, [row["id"] for row in connection.execute(asked.sql, asked.values)])

    def actor_ids(self) -> tuple[str, ...]:
        """Ids of all actors that have a part in an incident, sorted."""
        with reading(self.path) as connection:
            return tuple(row["id"] for row in connection.execute("SELECT DISTINCT id FROM actor_roles ORDER BY id"))

    def count(self) -> int:
        """How many incidents there are, rejected ones included."""
        with reading(self.path) as connection:
            return int(connection.execute("SELECT count(*) FROM incidents").fetchone()[0])

    def incident(self, incident_id: str) -> Incident | None:
        """The incident of an id, whatever its status, None if there is none."""
        with reading(self.path) as connection:
            return next(iter(_incidents(connection, [incident_id])), None)

    def report(self, report_id: str) -> Report | None:
        """The report of an id with its full text, None if there is none."""
        with reading(self.path) as connection:
            row = connection.execute("SELECT * FROM reports WHERE id = ?", (report_id,)).fetchone()
        return codec.report_of(row) if row else None

    def reports(self) -> tuple[Report, ...]:
        """All reports, by day of publication and id, those without a day last."""
        with reading(self.path) as connection:
            rows = connection.execute("SELECT * FROM reports ORDER BY published_start IS NULL, published_start, id").fetchall()
        return tuple(codec.report_of(row) for row in rows)

    def reading(self, report_id: str) -> Reading | None:
        """All that was read from a report, its incidents in the order of the text; None for an unknown report."""
        with reading(self.path) as connection:
            return _reading(connection, report_id)

    def reports_naming(self, name: str) -> tuple[str, ...]:
        """Ids of the reports in which a place name may stand, sorted: rather one too many than one too few."""
        with reading(self.path) as connection:
            return find_reports_naming(connection, name)

    def report_claims(self, incident_ids: Iterable[str]) -> tuple[ReportClaim, ...]:
        """Claims over several incidents that cover at least one of these; each names all incidents it covers."""
        covers = (
            "(report, ordinal) IN (SELECT report, ordinal FROM report_claim_incidents"
            " WHERE incident IN (SELECT value FROM json_each(?)))"
        )
        with reading(self.path) as connection:
            return _report_claims(connection, covers, json.dumps(list(incident_ids)))

    def setting(self, name: str) -> str | None:
        """The value of a setting, None if it was never set."""
        with reading(self.path) as connection:
            row = connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else None

    def set_setting(self, name: str, value: str) -> None:
        """Keep the value of a setting."""
        with writing(self.path) as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def version(self) -> str:
        """The data version: 12 hex digits that are equal exactly when reports, incidents, statuses, settings, decisions are."""
        whole = hashlib.sha256()
        with reading(self.path) as connection:
            for sql in _VERSIONED:
                for row in connection.execute(sql):
                    whole.update(json.dumps(tuple(row)).encode())
                whole.update(b"\n")
        return whole.hexdigest()[:12]


_VERSIONED = (
    "SELECT id, sha256 FROM reports ORDER BY id",
    "SELECT id, digest, status FROM incidents ORDER BY id",
    "SELECT * FROM report_claims ORDER BY report, ordinal",
    "SELECT report, ordinal, incident FROM report_claim_incidents ORDER BY report, ordinal, position",
    "SELECT name, value FROM settings WHERE substr(name, 1, 1) <> '_' ORDER BY name",  # those are bookkeeping
    "SELECT number, hash FROM decisions ORDER BY number",
)


def _incidents(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[Incident, ...]:
    """Incidents of these ids, in this order; ids without one are passed over."""
    wanted = json.dumps(ids)
    regions = _grouped(connection, "incident_regions", wanted, lambda row: str(row["region"]))
    actors = _grouped(connection, "actor_roles", wanted, codec.actor_of)
    claims = _grouped(connection, "claims", wanted, codec.claim_of)
    of_these = "IN (SELECT value FROM json_each(?))"
    locations = {
        row["incident"]: codec.location_of(row, regions[row["incident"]])
        for row in connection.execute(f"SELECT * FROM locations WHERE incident {of_these}", (wanted,))  # noqa: S608
    }
    found = {
        row["id"]: codec.incident_of(row, locations.get(row["id"]), actors[row["id"]], claims[row["id"]])
        for row in connection.execute(f"SELECT * FROM incidents WHERE id {of_these}", (wanted,))  # noqa: S608
    }
    return tuple(found[each] for each in ids if each in found)


def _reading(connection: sqlite3.Connection, report_id: str) -> Reading | None:
    row = connection.execute("SELECT warnings FROM reports WHERE id = ?", (report_id,)).fetchone()
    if row is None:
        return None
    ids = connection.execute("SELECT id FROM incidents WHERE report = ? ORDER BY ordinal", (report_id,)).fetchall()
    return Reading(
        incidents=_incidents(connection, [each["id"] for each in ids]),
        report_claims=_report_claims(connection, "report = ?", report_id),
        mentions=_mentions(connection, report_id),
        warnings=codec.warnings_of(row),
        doubts=doubts_of(connection, report_id),
    )


def _grouped(connection: sqlite3.Connection, table: str, wanted: str, make: Callable[[codec.Row], T]) -> Mapping[str, list[T]]:
    """What belongs to each incident, in the order in which it was written."""
    sql = f"SELECT * FROM {table} WHERE incident IN (SELECT value FROM json_each(?)) ORDER BY incident, ordinal"  # noqa: S608
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for row in connection.execute(sql, (wanted,)):
        groups[row["incident"]].append(make(row))
    return groups


def _report_claims(connection: sqlite3.Connection, condition: str, value: str) -> tuple[ReportClaim, ...]:
    sql = f"SELECT * FROM report_claims WHERE {condition} ORDER BY report, ordinal"  # noqa: S608 - conditions are this module's own
    return tuple(_report_claim(connection, row) for row in connection.execute(sql, (value,)).fetchall())


def _report_claim(connection: sqlite3.Connection, row: codec.Row) -> ReportClaim:
    sql = "SELECT incident FROM report_claim_incidents WHERE report = ? AND ordinal = ? ORDER BY position"
    covered = connection.execute(sql, (row["report"], row["ordinal"]))
    claim: Claim = codec.claim_of(row)
    return ReportClaim(claim, tuple(each["incident"] for each in covered))


def _mentions(connection: sqlite3.Connection, report_id: str) -> tuple[Mention, ...]:
    rows = connection.execute("SELECT * FROM mentions WHERE report = ? ORDER BY ordinal", (report_id,))
    return tuple(codec.mention_of(row) for row in rows)
