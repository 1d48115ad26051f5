from datetime import date
from typing import Any

import pytest
from tests.store.events.conftest import batch_of
from tests.walks.table_rows import import_rows, made_rows

from incidentmap.model import (
    ALL_SOURCES,
    ActorRole,
    IncidentQuery,
    PartialDate,
    Position,
    Role,
    RuleKind,
    Span,
    Status,
    TotalRule,
    all_totals,
)
from incidentmap.store.events import queries
from incidentmap.store.events.casualties import GROUPED_BY, grouped_totals, row_totals
from incidentmap.walks.event_rows import opened_rows
from incidentmap.walks.row_incidents import RowIncidents, row_incidents
from incidentmap.walks.totals import KEYS
from incidentmap.walks.workspace import Workspace

PLAIN: dict[str, Any] = {
    "source_id": "7", "source": "ucdp", "date_start": date(2023, 11, 24), "date_end": date(2023, 11, 24),
    "event_type": "Battles", "place": "Niafunké", "admin1": "Tombouctou",
    "lon": -3.99, "lat": 15.93, "geo_precision": 1, "actor1": "JNIM",
    "actor1_id": "jnim", "actor2": "Un groupe", "killed_best": 3, "notes": "Trois morts.", "sources": "Radio A; Radio B",
    "url": "https://example.org/a",
}


def told(**changes: Any) -> RowIncidents:
    table = batch_of([{**PLAIN, **changes}])
    return row_incidents(table.select([name for name in table.schema.names if name not in {"extra", "geometry"}]), "tombouctou")


def test_a_row_becomes_an_incident_that_nobody_reviewed() -> None:
    found = told()
    (incident,), (report,) = found.incidents, found.reports
    assert (incident.id, incident.report, incident.status, incident.review) == ("ucdp:7", "ucdp:7", Status.IMPORTED, ())
    assert incident.date == PartialDate.day(date(2023, 11, 24))
    assert incident.actors == (ActorRole("jnim", "JNIM", Role.PARTY), ActorRole("Un groupe", "Un groupe", Role.PARTY))
    where = incident.location
    assert where is not None
    assert (where.position, where.precision, where.area_id) == (Position(-3.99, 15.93), 1, "")
    assert where.regions == ("tombouctou",)
    (claim,) = incident.claims
    assert (claim.claimant, claim.low, claim.best, claim.high) == ("ucdp", None, 3, None)
    assert claim.span == Span(0, len(report.text), report.text)
    assert (report.source, report.url) == ("ucdp · Radio A; Radio B", "https://example.org/a")


@pytest.mark.parametrize(("changes", "precision", "area", "radius_km"), [
    ({}, 1, "", 5.0),
    ({"geo_precision": 2}, 2, "", 25.0),
    ({"geo_precision": 3}, 3, "ML/tombouctou", 75.0),
    ({"geo_precision": None, "where_prec": 2}, 2, "", 25.0),
    ({"geo_precision": None, "where_prec": 3}, 3, "ML/tombouctou/niafunke", 75.0),
    ({"geo_precision": None, "where_prec": 4}, 3, "ML/tombouctou", 75.0),
    ({"geo_precision": None, "where_prec": 6}, 3, "ML", 75.0),
    ({"geo_precision": None}, None, "", 25.0),
    ({"geo_precision": None, "radius_km": 12.0}, None, "", 12.0),
])
def test_a_place_is_never_drawn_finer_than_the_source_tells(
    changes: dict[str, Any], precision: int | None, area: str, radius_km: float,
) -> None:
    where = told(**changes).incidents[0].location
    assert where is not None
    assert (where.precision, where.area_id, where.radius_km) == (precision, area, radius_km)


@pytest.mark.parametrize(("changes", "field", "expected"), [
    ({"lon": None, "lat": None}, "location", None),
    ({"date_start": None, "date_end": None}, "date", None),
    ({"killed_best": None}, "claims", ()),
    ({"actor1": None, "actor1_id": None, "actor2": None}, "actors", ()),
    ({"event_type": None}, "event_type", ""),
])
def test_what_the_source_does_not_tell_stays_unknown(changes: dict[str, Any], field: str, expected: object) -> None:
    assert getattr(told(**changes).incidents[0], field) == expected


def test_only_a_source_that_gives_a_direction_has_attackers() -> None:
    roles = [part.role for part in told(side_roles="actor1 acts on actor2").incidents[0].actors]
    assert roles == [Role.ATTACKER, Role.TARGET]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "http://[broken", "", "//example.org"])
def test_only_web_addresses_are_kept(url: str) -> None:
    assert told(url=url).reports[0].url == ""


@pytest.mark.parametrize("rule", [ALL_SOURCES, TotalRule(RuleKind.HIGHEST), TotalRule(RuleKind.SOURCE, "made"),
                                  TotalRule(RuleKind.SOURCE, "made:00003"), TotalRule(RuleKind.SOURCE, "nobody")])
def test_totals_of_rows_are_those_of_the_same_incidents(case: Workspace, rule: TotalRule) -> None:
    import_rows(case, made_rows(200))
    with opened_rows(case) as rows:
        assert rows is not None
        incidents = row_incidents(queries.page(rows, IncidentQuery(), size=500).rows, None).incidents
        assert len(incidents) == 200
        assert row_totals(rows, IncidentQuery(), rule) == all_totals(incidents, rule)
        assert GROUPED_BY.keys() == KEYS.keys()
        for by, keys in KEYS.items():
            groups: dict[str, list[Any]] = {}
            for incident in incidents:
                for key in keys(incident):
                    groups.setdefault(key if incident.location or by != "admin1" else "Tombouctou", []).append(incident)
            expected = {key: (len(own), all_totals(own, rule)) for key, own in groups.items()}
            assert grouped_totals(rows, IncidentQuery(), rule, by) == expected
