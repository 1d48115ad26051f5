from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa
import pytest
import shapely
from tests.export.conftest import rows_of

from incidentmap.frames.flat import FLAT, event_batches, flat_schema, incident_batches, is_json
from incidentmap.model import ALL_SOURCES, ActorRole, Incident, Report, Role, TotalRule
from incidentmap.tables.schema import EVENT_SCHEMA

SET_BY_THE_STORE = {"event_id", "file_row", "snapshot", "place_key", "h3"}


def row_of(incident: Incident, rule: TotalRule = ALL_SOURCES, reports: tuple[Report, ...] = ()) -> dict[str, Any]:
    by_id = {each.id: each for each in reports}
    (batch,) = incident_batches([incident], region="tombouctou", boundary=lambda _: None, rule=rule, reports=by_id)
    (row,) = batch.to_pylist()
    return dict(row)


def test_every_column_of_event_rows_but_the_stores_own_is_there() -> None:
    assert set(EVENT_SCHEMA.names) - set(FLAT.names) == SET_BY_THE_STORE
    both = [name for name in EVENT_SCHEMA.names if name in FLAT.names and name != "radius_km"]
    shared = [name for name in both if not is_json(FLAT.field(name))]
    assert {name: FLAT.field(name).type for name in shared} == {name: EVENT_SCHEMA.field(name).type for name in shared}


def test_columns_of_one_kind_alone_stay_out_where_there_is_none_of_it() -> None:
    both, incidents, events = (
        set(flat_schema(incidents=one, events=other).names) for one, other in ((True, True), (True, False), (False, True))
    )
    assert both == set(FLAT.names) == incidents | events
    assert "claims" in incidents - events
    assert "extra" in events - incidents


def test_an_incident_says_who_tells_of_it_and_its_range(niafunke: Incident, first_report: Report) -> None:
    row = row_of(niafunke, reports=(first_report,))
    assert (row["source"], row["url"], row["record"], row["status"]) == ("RFI", "https://example.org/mali", "incident", "draft")
    assert (row["killed_low"], row["killed_best"], row["killed_high"], row["wounded_low"]) == (20, None, None, None)
    assert row_of(niafunke, TotalRule.parse("source:local_sources"))["killed_high"] == 55
    assert (row["date_start"], row["country"], row["inside_region"]) == (date(2023, 11, 24), "ML", True)


@pytest.mark.parametrize(("roles", "sides"), [
    ((("a", Role.ATTACKER), ("b", Role.TARGET)), ("A", "B", "attacker, target")),
    ((("a", Role.ATTACKER), ("b", Role.ATTACKER)), ("A; B", None, "attacker, target")),
    ((("a", Role.PARTY), ("b", Role.PARTY), ("c", Role.PARTY)), ("A", "B; C", "unordered")),
    ((("a", Role.CLAIMANT),), (None, None, None)),
    ((), (None, None, None)),
])
def test_sides_are_those_who_act_and_upon_whom(
    niafunke: Incident, roles: tuple[tuple[str, Role], ...], sides: tuple[str | None, ...],
) -> None:
    actors = tuple(ActorRole(name, name.upper(), role) for name, role in roles)
    row = row_of(replace(niafunke, actors=actors))
    assert (row["actor1"], row["actor2"], row["side_roles"]) == sides


def test_a_half_of_a_surrogate_pair_is_told_as_its_escape(niafunke: Incident) -> None:
    assert niafunke.location
    row = row_of(replace(niafunke, location=replace(niafunke.location, name="Niaf\ud800")))
    assert row["place"] == "Niaf\\ud800"


def test_rows_keep_their_digits_and_points() -> None:
    batch = rows_of([{"source_id": "1", "radius_km": 0.1, "lon": 1.5, "lat": -2.25}, {"source_id": "2"}])
    (told,) = event_batches([batch])
    assert told.schema == FLAT
    assert told["radius_km"].to_pylist() == [0.1, None]
    point, nothing = told["geometry"].to_pylist()
    assert shapely.from_wkb(point).equals(shapely.Point(1.5, -2.25))
    assert nothing is None
    assert isinstance(told["geometry"], pa.BinaryArray)
