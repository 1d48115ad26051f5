"""The case file: reports, and the incidents and claims read from them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from incidentmap.model import BadValue, Incident, IncidentQuery, Reading, Report, ReportClaim
from incidentmap.store import codec
from incidentmap.store.connect import prepare, reading, writing
from incidentmap.store.decisions import DecisionLog
from incidentmap.store.find import find_reports_naming
from incidentmap.store.load import load_incidents, load_reading, load_report_claims
from incidentmap.store.merges import MergeLog, load_groups, load_whole, query_incidents, with_group_ids, with_parts
from incidentmap.store.names import NameList
from incidentmap.store.questions import QuestionList
from incidentmap.store.read_again import read_again
from incidentmap.store.reviews import ReviewLog
from incidentmap.store.statuses import Said, shelve
from incidentmap.store.write import check_reading, keepable, rewrite_report, write_report


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

    @property
    def names(self) -> NameList:
        """Names of actors that nobody knows, and what people decided about them."""
        return NameList(self.path)

    @property
    def reviews(self) -> ReviewLog:
        """What people decided about drafts."""
        return ReviewLog(self.path)

    @property
    def merges(self) -> MergeLog:
        """What people said of incidents of different reports: the same, or not."""
        return MergeLog(self.path)

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
        """Keep another reading of a known report in place of the one it had, all or nothing. What people decided stays.

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
            before = load_reading(connection, report.id)
            if before is None:
                raise BadValue("report", report.id, "a report of this case", "Add it first.")
            again = read_again(connection, report.id, before, read)
            if again.after != before:
                rewrite_report(connection, report, again.after)
            shelve(connection, report.id, again.shelved)
        return again.lost

    def incidents(self, query: IncidentQuery) -> tuple[Incident, ...]:
        """The incidents that a query asks for, merged ones as one, by first day and id, undated ones last."""
        with reading(self.path) as connection:
            return query_incidents(connection, query)

    def actor_ids(self) -> tuple[str, ...]:
        """Ids of all actors that have a part in an incident, sorted."""
        with reading(self.path) as connection:
            return tuple(row["id"] for row in connection.execute("SELECT DISTINCT id FROM actor_roles ORDER BY id"))

    def count(self) -> int:
        """How many incidents there are, merged ones as one, rejected ones included."""
        with reading(self.path) as connection:
            groups = load_groups(connection)
            rows = int(connection.execute("SELECT count(*) FROM incidents").fetchone()[0])
        return rows - len(groups.group_of) + len(groups.parts)

    def incident(self, incident_id: str) -> Incident | None:
        """The incident of an id as its own report tells it, whatever its status, None if there is none."""
        with reading(self.path) as connection:
            return next(iter(load_incidents(connection, [incident_id])), None)

    def as_told(self, incident_ids: Iterable[str]) -> tuple[Incident, ...]:
        """The incidents of these ids as their own reports tell them, in this order; ids without one are passed over."""
        with reading(self.path) as connection:
            return load_incidents(connection, list(incident_ids))

    def whole(self, incident_id: str) -> Incident | None:
        """The incident that an id is shown as: merged with others where it is a part, whatever its status."""
        with reading(self.path) as connection:
            return load_whole(connection, incident_id)

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

    def report_days(self) -> dict[str, date]:
        """The day on which each report was published, by its id; reports without a known day are left out."""
        with reading(self.path) as connection:
            rows = connection.execute("SELECT id, published_start FROM reports WHERE published_start IS NOT NULL").fetchall()
        return {row["id"]: date.fromisoformat(row["published_start"]) for row in rows}

    def report_names(self, report_ids: Iterable[str]) -> dict[str, str]:
        """What the reports of these ids are called: their source, else their title."""
        sql = "SELECT id, title, source FROM reports WHERE id IN (SELECT value FROM json_each(?))"
        with reading(self.path) as connection:
            return {row["id"]: row["source"] or row["title"] for row in connection.execute(sql, (json.dumps([*report_ids]),))}

    def reading(self, report_id: str) -> Reading | None:
        """All that was read from a report, its incidents in the order of the text; None for an unknown report."""
        with reading(self.path) as connection:
            return load_reading(connection, report_id)

    def reports_naming(self, name: str) -> tuple[str, ...]:
        """Ids of the reports in which a place name may stand, sorted: rather one too many than one too few."""
        with reading(self.path) as connection:
            return find_reports_naming(connection, name)

    def report_claims(self, incident_ids: Iterable[str]) -> tuple[ReportClaim, ...]:
        """Claims over several incidents that cover at least one of these; each names all it covers, merged ones as one."""
        covers = (
            "(report, ordinal) IN (SELECT report, ordinal FROM report_claim_incidents"
            " WHERE incident IN (SELECT value FROM json_each(?)))"
        )
        with reading(self.path) as connection:
            groups = load_groups(connection)
            found = load_report_claims(connection, covers, json.dumps(with_parts(incident_ids, groups)))
            return with_group_ids(found, groups)

    def setting(self, name: str) -> str | None:
        """The value of a setting, None if it was never set."""
        with reading(self.path) as connection:
            row = connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row["value"]) if row else None

    def set_setting(self, name: str, value: str) -> None:
        """Keep the value of a setting."""
        with writing(self.path) as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def contents(self) -> str:
        """12 hex digits: equal as long as no incident that is not rejected changes, comes or goes, whatever its status."""
        whole = hashlib.sha256()
        with reading(self.path) as connection:
            for row in connection.execute("SELECT id, digest FROM incidents WHERE status <> 'rejected' ORDER BY id"):
                whole.update(json.dumps(tuple(row)).encode())
        return whole.hexdigest()[:12]

    def version(self) -> str:
        """The data version, 12 hex digits: equal exactly when all that is shown is.

        That is reports, incidents, merges in force, settings, decisions, and the tables that each source shows.
        """
        whole = hashlib.sha256()
        with reading(self.path) as connection:
            for sql in _VERSIONED:
                for row in connection.execute(sql):
                    whole.update(json.dumps(tuple(row)).encode())
                whole.update(b"\n")
            merged = load_groups(connection).parts
            if merged:  # an undone merge leaves no trace in the version, as in what is shown
                whole.update(json.dumps(sorted(merged.values())).encode())
        return whole.hexdigest()[:12]


_VERSIONED = (
    "SELECT id, sha256 FROM reports ORDER BY id",
    "SELECT id, digest, status FROM incidents ORDER BY id",
    "SELECT * FROM report_claims ORDER BY report, ordinal",
    "SELECT report, ordinal, incident FROM report_claim_incidents ORDER BY report, ordinal, position",
    "SELECT name, value FROM settings WHERE substr(name, 1, 1) <> '_' ORDER BY name",  # those are bookkeeping
    "SELECT number, hash FROM decisions ORDER BY number",
    "SELECT number, hash FROM namings ORDER BY number",
    "SELECT source, shows FROM table_snapshots WHERE shows IS NOT NULL"
    " AND number IN (SELECT max(number) FROM table_snapshots GROUP BY source) ORDER BY source",
)
