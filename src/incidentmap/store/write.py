"""A reading into its tables, and out of them again, within a transaction of the caller's."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from incidentmap.model import BadValue, Incident, Reading, Report
from incidentmap.store import codec
from incidentmap.store.names import forget_names, write_names
from incidentmap.store.questions import Question, write_questions


def check_reading(report: Report, read: Reading) -> None:
    """Refuse a reading of another report, or one whose claims cover incidents that it lacks. Raises `BadValue`."""
    claims = [claim for incident in read.incidents for claim in incident.claims] + [each.claim for each in read.report_claims]
    others = {claim.report for claim in claims} | {incident.report for incident in read.incidents}
    others.discard(report.id)
    if others:
        raise BadValue("report of an incident or claim", ", ".join(sorted(others)), f"the report that is added, {report.id}")
    ids = [incident.id for incident in read.incidents]
    lacking = {covered for each in read.report_claims for covered in each.incidents} - set(ids)
    if lacking or len(set(ids)) != len(ids):
        raise BadValue("incident ids of a reading", ", ".join(sorted(lacking) or ids), "distinct ids, claims over these only")


@contextmanager
def keepable(report: Report) -> Iterator[None]:
    """What SQLite refuses about the values, as `BadValue`."""
    try:
        yield
    except (sqlite3.IntegrityError, OverflowError, UnicodeEncodeError) as error:
        allowed = "new incident ids, numbers within 64 bits and well-formed Unicode"
        raise BadValue(f"reading of report {report.id}", str(error), allowed) from error


def write_report(connection: sqlite3.Connection, report: Report, read: Reading) -> None:
    """Write a report that is new."""
    _insert(connection, "reports", [codec.report_row(report, read.warnings)])
    _write(connection, report, read)


def rewrite_report(connection: sqlite3.Connection, report: Report, read: Reading) -> None:
    """Write another reading of a report that is there, in place of the one it had."""
    _forget(connection, report.id)
    warnings = codec.report_row(report, read.warnings)["warnings"]
    connection.execute("UPDATE reports SET warnings = ? WHERE id = ?", (warnings, report.id))
    _write(connection, report, read)


def _write(connection: sqlite3.Connection, report: Report, read: Reading) -> None:
    write_questions(connection, report.id, [Question(report.id, doubt) for doubt in read.doubts])
    write_names(connection, read.unknown)
    _insert(connection, "mentions", [codec.mention_row(report.id, n, each) for n, each in enumerate(read.mentions)])
    for ordinal, incident in enumerate(read.incidents):
        _write_incident(connection, incident, ordinal)
    for ordinal, each in enumerate(read.report_claims):
        key: dict[str, codec.Cell] = {"report": report.id, "ordinal": ordinal}
        _insert(connection, "report_claims", [codec.claim_row(each.claim) | key])
        for position, incident_id in enumerate(each.incidents):
            _insert(connection, "report_claim_incidents", [{**key, "position": position, "incident": incident_id}])


def _forget(connection: sqlite3.Connection, report_id: str) -> None:
    """All that was read from a report goes; the report stays."""
    forget_names(connection, report_id)
    for table in ("report_claim_incidents", "report_claims", "mentions"):
        connection.execute(f"DELETE FROM {table} WHERE report = ?", (report_id,))  # noqa: S608
    for table in ("claims", "actor_roles", "incident_regions", "locations"):
        of_report = f"DELETE FROM {table} WHERE incident IN (SELECT id FROM incidents WHERE report = ?)"  # noqa: S608
        connection.execute(of_report, (report_id,))
    connection.execute("DELETE FROM incidents WHERE report = ?", (report_id,))


def _write_incident(connection: sqlite3.Connection, incident: Incident, ordinal: int) -> None:
    _insert(connection, "incidents", [codec.incident_row(incident, ordinal)])
    _insert(connection, "actor_roles", [codec.actor_row(incident.id, n, actor) for n, actor in enumerate(incident.actors)])
    claims = [{**codec.claim_row(claim), "incident": incident.id, "ordinal": n} for n, claim in enumerate(incident.claims)]
    _insert(connection, "claims", claims)
    if incident.location:
        _insert(connection, "locations", [codec.location_row(incident.id, incident.location)])
        for n, region in enumerate(incident.location.regions):
            _insert(connection, "incident_regions", [{"incident": incident.id, "ordinal": n, "region": region}])


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, codec.Cell]]) -> None:
    if rows:
        columns = list(rows[0])
        marks = ", ".join(f":{column}" for column in columns)
        # Table and column names are this package's own; every value is bound.
        connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608
