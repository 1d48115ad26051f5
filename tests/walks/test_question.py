from dataclasses import replace

import pytest

from incidentmap.model import ActorRole, BadValue, Incident, IncidentQuery, Reading, Report, Role, Status, UnknownRegion
from incidentmap.walks.question import question
from incidentmap.walks.workspace import Workspace


def test_words_become_a_query(case: Workspace) -> None:
    params = {"actors": "jnim,fama", "types": "Battles", "region": "kidal", "status": "confirmed"}
    assert question(case, params) == IncidentQuery(
        actors=("fama", "jnim"), event_types=("Battles",), region="kidal", statuses=(Status.CONFIRMED,),
    )


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"actors": "jnim,nobody"}, "'nobody'.*jnim"),
        ({"types": "Fights"}, "'Fights'.*Battles"),
        ({"status": "maybe"}, "'maybe'.*draft"),
        ({"from": "yesterday"}, "2023-11-24"),
        ({"bbox": "1,2"}, "west,south,east,north"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(case: Workspace, params: dict[str, str], named: str) -> None:
    with pytest.raises(BadValue, match=named):
        question(case, params)


def test_an_unknown_region_is_refused(case: Workspace) -> None:
    with pytest.raises(UnknownRegion, match=r"atlantis.*tombouctou"):
        question(case, {"region": "atlantis"})


def test_an_actor_that_only_the_case_knows_may_be_asked_for(case: Workspace, first_report: Report, kidal: Incident) -> None:
    stranger = replace(kidal, id="x", report="other", actors=(ActorRole("imported", "Imported", Role.PARTY),))
    case.store.add(replace(first_report, id="other"), Reading((stranger,), (), (), ()))
    assert question(case, {"actors": "imported"}).actors == ("imported",)
