from datetime import date

from tests.walks.table_rows import PLACES, import_rows, made_rows

from incidentmap.model import IncidentQuery, Status
from incidentmap.walks.event_rows import opened_rows
from incidentmap.walks.offered import offered
from incidentmap.walks.select import select_case
from incidentmap.walks.workspace import Workspace

EVERY = IncidentQuery(statuses=tuple(Status))


def test_filters_offer_what_reports_tell(case: Workspace) -> None:
    told = offered(select_case(case, EVERY), None)
    assert (told.incidents, told.sources) == (4, {})
    assert told.event_types == {"Battles": 2, "Explosions/Remote violence": 1, "Strategic developments": 1}
    assert told.statuses == {Status.DRAFT: 3, Status.CONFIRMED: 1}
    assert told.actors["jnim"] >= 2
    assert told.days == (date(2023, 11, 14), date(2023, 11, 24))


def test_filters_offer_what_tables_add(case: Workspace) -> None:
    rows = made_rows(60)
    import_rows(case, rows)
    with opened_rows(case) as imported:
        told = offered(select_case(case, EVERY), imported)
    assert told.incidents == 64
    assert told.sources == {"made": 60, "reports": 4}
    assert told.statuses == {Status.IMPORTED: 60, Status.DRAFT: 3, Status.CONFIRMED: 1}
    assert told.event_types["Riots"] == sum(row["event_type"] == "Riots" for row in rows)
    assert told.actors["jnim"] > sum("jnim" in {row["actor1"], row["actor2"]} for row in rows)
    assert "made" in told.speakers
    days = [row[end] for row in rows for end in ("date_start", "date_end") if row[end]]
    assert told.days == (min(*days, date(2023, 11, 14)), max(*days, date(2023, 11, 24)))
    assert told.bounds is not None
    assert told.bounds[0] <= min(lon for _, lon, _ in PLACES)
