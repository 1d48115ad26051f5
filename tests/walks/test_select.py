from dataclasses import replace
from datetime import date

import pytest

from incidentmap.model import Incident, IncidentQuery, Reading, Report, Status, UnknownRegion
from incidentmap.walks.select import Counts, select
from incidentmap.walks.workspace import Workspace


def test_everything_is_selected_by_the_plain_question(case: Workspace, first_reading: Reading) -> None:
    found = select(case, IncidentQuery())
    assert [incident.id for incident in found.incidents] == [*found.frame["id"]]
    assert [*found.frame["inside_region"]] == [False, False, True, True]
    assert found.region is not None
    assert found.region.id == "tombouctou"
    assert found.report_claims == first_reading.report_claims
    assert found.counts == Counts(shown=4, total=4, unmapped=0, undated=0)
    assert found.data_version == case.store.version()


def test_counts_tell_what_no_map_shows(case: Workspace, first_report: Report, kidal: Incident) -> None:
    other = replace(first_report, id="other")
    lost = replace(kidal, id="lost", report="other", date=None, location=None, status=Status.REJECTED)
    case.store.add(other, Reading((replace(lost, id="found", status=Status.DRAFT), lost), (), (), ()))
    assert select(case, IncidentQuery()).counts == Counts(shown=5, total=6, unmapped=1, undated=1)
    assert select(case, IncidentQuery(start=date(2023, 11, 20))).counts == Counts(shown=3, total=6, unmapped=0, undated=0)


def test_the_filter_region_is_not_the_region_of_interest(case: Workspace) -> None:
    found = select(case, IncidentQuery(region="kidal"))
    assert [*found.frame["place"]] == ["Kidal"]
    assert [*found.frame["inside_region"]] == [False]
    with pytest.raises(UnknownRegion, match="atlantis"):
        select(case, IncidentQuery(region="atlantis"))


def test_a_toll_over_several_incidents_comes_only_with_one_of_them(case: Workspace) -> None:
    assert len(select(case, IncidentQuery(text="goundam")).report_claims) == 1
    assert select(case, IncidentQuery(actors=("cnsp",))).report_claims == ()
