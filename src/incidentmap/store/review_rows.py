"""The rows of the review log, and the machine's own reading beneath them, within a transaction of the caller's."""

import sqlite3
from collections.abc import Iterable, Mapping

from incidentmap.model import Incident, Review, ReviewField
from incidentmap.store import codec
from incidentmap.store.review_codec import draft_of, draft_text, review_of


def born(log: Iterable[Review]) -> frozenset[str]:
    """Ids of the incidents that decisions brought forth."""
    return frozenset(each.incident for record in log for each in record.changes if each.field is ReviewField.INCIDENT)


def read_drafts(
    connection: sqlite3.Connection, report: str, incidents: Iterable[Incident], log: Iterable[Review],
) -> tuple[Incident, ...]:
    """The machine's own reading, given the incidents as people left them."""
    kept, brought = kept_drafts(connection, report), born(log)
    return tuple(kept.get(each.id, each) for each in incidents if each.id not in brought)


def kept_drafts(connection: sqlite3.Connection, report: str) -> dict[str, Incident]:
    """What the machine read of the incidents that people decided about, by id."""
    rows = connection.execute("SELECT incident, draft FROM drafts WHERE report = ? ORDER BY incident", (report,))
    return {row["incident"]: draft_of(row["draft"]) for row in rows}


def keep_drafts(connection: sqlite3.Connection, report: str, incidents: Iterable[Incident], *, again: bool = False) -> None:
    """Keep what the machine read of incidents; of those kept before only where they are read `again`."""
    sql = "INSERT OR REPLACE INTO drafts VALUES (?, ?, ?)" if again else "INSERT OR IGNORE INTO drafts VALUES (?, ?, ?)"
    connection.executemany(sql, [(each.id, report, draft_text(each)) for each in incidents])


def load_reviews(connection: sqlite3.Connection, report: str = "") -> tuple[Review, ...]:
    """All reviews, first to last, or those of one report."""
    where, values = ("WHERE report = ?", (report,)) if report else ("", ())
    rows = connection.execute(f"SELECT * FROM reviews {where} ORDER BY number", values)  # noqa: S608 - our own words
    return tuple(review_of(row) for row in rows)


def next_number(connection: sqlite3.Connection) -> int:
    """The number of the next record."""
    return int(connection.execute("SELECT coalesce(max(number), 0) + 1 FROM reviews").fetchone()[0])


def insert_review(connection: sqlite3.Connection, row: Mapping[str, codec.Cell]) -> None:
    """Append a row."""
    connection.execute(f"INSERT INTO reviews VALUES ({', '.join(f':{column}' for column in row)})", row)  # noqa: S608
