"""What people said about incidents, carried over when their report is read again."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from incidentmap.model import Incident, Span, Status


@dataclass(frozen=True, slots=True)
class Said:
    """That a person confirmed or rejected an incident."""

    incident: str
    trigger: Span
    status: Status


def with_statuses(
    after: Sequence[Incident], before: Sequence[Incident], shelved: Sequence[Said] = (),
) -> tuple[tuple[Incident, ...], tuple[Said, ...]]:
    """Incidents read again, with the status that a person gave to the same ones before.

    The same incident has the same id. Where that changed with the place, it is the one with the same trigger, provided that the
    words tell of one incident only, before and now.

    Parameters
    ----------
    after, before
        What is read now, and what was read the last time.
    shelved
        What had found no incident the last time.

    Returns
    -------
    tuple
        The incidents, and what finds no incident now: it is about one that is read no longer.
    """
    said = {each.incident: each for each in (*shelved, *_said(before))}
    ids = {each.id for each in after}
    single = alone(each.trigger for each in after)
    single &= alone([*(each.trigger for each in before), *(each.trigger for each in shelved)])
    by_trigger = {each.trigger: each for each in said.values() if each.incident not in ids and each.trigger in single}
    carried = {each.id: said.get(each.id) or by_trigger.get(each.trigger) for each in after}
    kept = {each.incident for each in carried.values() if each}
    incidents = tuple(replace(each, status=told.status) if (told := carried[each.id]) else each for each in after)
    return incidents, tuple(each for each in said.values() if each.incident not in kept)


def shelved(connection: sqlite3.Connection, report_id: str) -> tuple[Said, ...]:
    """What people said about incidents that are read no longer in a report, in case they are again."""
    rows = connection.execute("SELECT * FROM shelved_statuses WHERE report = ? ORDER BY incident", (report_id,))
    return tuple(
        Said(row["incident"], Span(row["trigger_start"], row["trigger_end"], row["trigger_quote"]), Status(row["status"]))
        for row in rows
    )


def shelve(connection: sqlite3.Connection, report_id: str, said: Sequence[Said]) -> None:
    """Keep what people said about incidents that are read no longer, in place of what was kept."""
    connection.execute("DELETE FROM shelved_statuses WHERE report = ?", (report_id,))
    rows = [
        (report_id, each.incident, each.trigger.start, each.trigger.end, each.trigger.quote, each.status.value) for each in said
    ]
    connection.executemany("INSERT INTO shelved_statuses VALUES (?, ?, ?, ?, ?, ?)", rows)


def _said(incidents: Sequence[Incident]) -> list[Said]:
    return [Said(each.id, each.trigger, each.status) for each in incidents if each.status is not Status.DRAFT]


def alone(triggers: Iterable[Span]) -> set[Span]:
    """Triggers that tell of one incident only."""
    return {trigger for trigger, times in Counter(triggers).items() if times == 1}
