"""All rows that a query asks for, whole, to be passed on row by row, and how many there are of each source."""

from collections.abc import Sequence

from incidentmap.model import IncidentQuery
from incidentmap.store.events.asked import Asks, Question, rows_asked


def all_rows(
    events: Asks, query: IncidentQuery, columns: Sequence[str], region: str | None = None, shuffle: str = "",
) -> Question:
    """The rows of a query with some columns of the schema, and after them `inside_region`.

    Parameters
    ----------
    events, query, columns
        Which rows, and what of them.
    region
        What `inside_region` refers to; null without it, and for a row without a point.
    shuffle
        A secret: rows come by day, those of a day in an order that tells nothing without it. Else they come as they are kept,
        by cell: whose place is told coarser than it is known would be betrayed by its neighbours.
    """
    asked = rows_asked(events, query)
    if region:
        events.prepare_region(region)
    inside = "place_key IN (SELECT place_key FROM region_places WHERE region = ?)" if region else "CAST(NULL AS BOOLEAN)"
    order = " ORDER BY date_start NULLS LAST, md5(concat(?, event_id)), event_id" if shuffle else ""
    return Question(
        f"SELECT {', '.join(columns)}, CASE WHEN lon IS NOT NULL THEN {inside} END AS inside_region FROM events"  # noqa: S608
        f" WHERE {asked.sql}{order}", (*([region] if region else []), *asked.values, *([shuffle] if shuffle else [])),
    )


def by_source(events: Asks, query: IncidentQuery) -> dict[str, int]:
    """How many rows of each source a query asks for; sources with none are left out."""
    asked = rows_asked(events, query)
    found = events.ask(Question(
        f"SELECT source, CAST(count(*) AS BIGINT) AS events FROM events WHERE {asked.sql} GROUP BY source ORDER BY source",  # noqa: S608
        asked.values,
    ))
    return dict(zip(found["source"].to_pylist(), found["events"].to_pylist(), strict=True))
