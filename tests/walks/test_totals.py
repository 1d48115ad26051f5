from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from incidentmap.model import (
    ALL_SOURCES,
    BadValue,
    DatePrecision,
    Incident,
    IncidentQuery,
    MergeVerdict,
    PartialDate,
    Reading,
    Report,
    TotalRule,
)
from incidentmap.walks.totals import Group, totals
from incidentmap.walks.workspace import Workspace

EVERYTHING = IncidentQuery()


def killed(group: Group) -> tuple[int | None, int | None, bool, int, int]:
    told = group.totals[0]
    return told.low, told.high, told.open_high, told.incidents, told.unknown


def test_totals_are_those_of_the_query(case: Workspace) -> None:
    found = totals(case, EVERYTHING, ALL_SOURCES)
    assert (found.rule, found.by, found.groups, found.data_version) == (ALL_SOURCES, None, (), case.store.version())
    assert killed(found.whole) == (20, 55, True, 1, 3)
    beside = found.whole.totals[0]
    assert (beside.aggregates, beside.aggregate_incidents) == (("plusieurs dizaines de morts",), 2)
    assert killed(totals(case, IncidentQuery(actors=("cnsp",)), ALL_SOURCES).whole) == (None, None, False, 0, 1)


@pytest.mark.parametrize(("by", "expected"), [
    ("month", {"2023-11": (20, 55, True, 1, 3)}),
    ("admin1", {"Bamako": (None, None, False, 0, 1), "Kidal": (None, None, False, 0, 1), "Tombouctou": (20, 55, True, 1, 1)}),
    ("actor", {"cnsp (party)": (None, None, False, 0, 1), "fama (attacker)": (None, None, False, 0, 1),
               "fama (target)": (20, 55, True, 1, 1), "jnim (attacker)": (20, 55, True, 1, 1),
               "mali_transition (party)": (None, None, False, 0, 1)}),
    ("event_type", {"Battles": (20, 55, True, 1, 1), "Explosions/Remote violence": (None, None, False, 0, 1),
                    "Strategic developments": (None, None, False, 0, 1)}),
])
def test_totals_group_by_group(case: Workspace, by: str, expected: dict[str, object]) -> None:
    assert {group.key: killed(group) for group in totals(case, EVERYTHING, ALL_SOURCES, by).groups} == expected


def test_what_is_in_no_group_is_still_told(case: Workspace, first_report: Report, kidal: Incident) -> None:
    long = PartialDate(date(2023, 10, 30), date(2023, 11, 2), DatePrecision.RANGE)
    told = replace(first_report, id="f" * 16)
    vague = [replace(kidal, id=name, report=told.id, date=when, location=None, actors=())
             for name, when in (("undated", None), ("long", long))]
    case.store.add(told, Reading(tuple(vague), (), (), ()))
    for by in ("month", "admin1", "actor"):
        unknown = next(group for group in totals(case, EVERYTHING, ALL_SOURCES, by).groups if group.key == "")
        assert unknown.incidents == 2


def test_a_merged_incident_counts_once_and_a_later_toll_of_the_same_claimant_replaces(
    case: Workspace, first_report: Report, niafunke: Incident,
) -> None:
    later = replace(first_report, id="e" * 16, published=PartialDate.day(date(2023, 11, 27)))
    claims = tuple(replace(each, report=later.id, low=30) for each in niafunke.claims[:1])
    case.store.add(later, Reading((replace(niafunke, id="again", report=later.id, claims=claims),), (), (), ()))
    jnim = TotalRule.parse("source:jnim")
    assert killed(totals(case, EVERYTHING, jnim).whole) == (50, 50, True, 2, 3)
    case.store.merges.append(MergeVerdict.SAME, ["again", niafunke.id], "anna", "", lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert killed(totals(case, EVERYTHING, jnim).whole) == (30, 30, True, 1, 3)


def test_a_source_that_gives_no_figure_is_refused_with_those_that_do(case: Workspace, first_report: Report) -> None:
    with pytest.raises(BadValue, match=r"'csp'.*jnim, local_sources"):
        totals(case, EVERYTHING, TotalRule.parse("source:csp"))
    assert killed(totals(case, EVERYTHING, TotalRule.parse(f"source:{first_report.id}")).whole) == (20, 55, True, 1, 3)


def test_unknown_groups_are_refused(case: Workspace) -> None:
    with pytest.raises(BadValue, match="actor, month, admin1, event_type"):
        totals(case, EVERYTHING, ALL_SOURCES, "weekday")
