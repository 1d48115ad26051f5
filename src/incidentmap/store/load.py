"""What the case file holds, back as model objects: within a transaction of the caller's."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from incidentmap.model import Claim, Incident, Mention, Reading, ReportClaim
from incidentmap.store import codec
from incidentmap.store.names import names_of
from incidentmap.store.questions import doubts_of

T = TypeVar("T")


def load_incidents(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[Incident, ...]:
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


def load_reading(connection: sqlite3.Connection, report_id: str) -> Reading | None:
    """All that was read from a report, as people left it; None for an unknown report."""
    row = connection.execute("SELECT warnings FROM reports WHERE id = ?", (report_id,)).fetchone()
    if row is None:
        return None
    ids = connection.execute("SELECT id FROM incidents WHERE report = ? ORDER BY ordinal", (report_id,)).fetchall()
    return Reading(
        incidents=load_incidents(connection, [each["id"] for each in ids]),
        report_claims=load_report_claims(connection, "report = ?", report_id),
        mentions=_mentions(connection, report_id),
        warnings=codec.warnings_of(row),
        doubts=doubts_of(connection, report_id),
        unknown=names_of(connection, report_id),
    )


def _grouped(connection: sqlite3.Connection, table: str, wanted: str, make: Callable[[codec.Row], T]) -> Mapping[str, list[T]]:
    """What belongs to each incident, in the order in which it was written."""
    sql = f"SELECT * FROM {table} WHERE incident IN (SELECT value FROM json_each(?)) ORDER BY incident, ordinal"  # noqa: S608
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for row in connection.execute(sql, (wanted,)):
        groups[row["incident"]].append(make(row))
    return groups


def load_report_claims(connection: sqlite3.Connection, condition: str, value: str) -> tuple[ReportClaim, ...]:
    """Claims over several incidents that meet a condition with one value."""
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
