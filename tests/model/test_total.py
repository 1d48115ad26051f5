from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.model import (
    ALL_SOURCES,
    COUNTED,
    BadValue,
    Claim,
    ClaimField,
    Incident,
    ReportClaim,
    RuleKind,
    Scope,
    Span,
    Stance,
    Status,
    Toll,
    Total,
    TotalRule,
    all_totals,
    incident_toll,
    total_of,
)

KILLED = ClaimField.KILLED
LOWEST, HIGHEST = TotalRule(RuleKind.LOWEST), TotalRule(RuleKind.HIGHEST)
Bounds = tuple[int | None, int | None, int | None]
NOBODY = Span(0, 1, "x")


def claim(
    who: str, subject: str, figures: Bounds, *, report: str = "r1", at: int = 0, stance: Stance = Stance.CLAIMS,
    field: ClaimField = KILLED, scope: Scope = Scope.INCIDENT,
) -> Claim:
    low, best, high = figures
    return Claim(who, who, stance, field, subject, "", low, best, high, False, scope, Span(at, at + 1, "x"), report)


def incident(name: str, *claims: Claim, status: Status = Status.DRAFT) -> Incident:
    return Incident(name, "r1", "Battles", "Armed clash", None, None, NOBODY, None, (), claims, status, ())


def exactly(number: int) -> Bounds:
    return (number, number, number)


def at_least(number: int) -> Bounds:
    return (number, None, None)


@pytest.mark.parametrize(("claims", "expected"), [
    ([claim("fama", "soldiers", exactly(3))], Toll(3, 3, best=3)),
    ([claim("fama", "soldiers", (45, 50, 55))], Toll(45, 55, best=50)),
    ([claim("fama", "soldiers", at_least(20))], Toll(20, 20, open_high=True)),
    ([claim("fama", "soldiers", (None, None, 20))], Toll(0, 20)),
    ([claim("fama", "soldiers", exactly(0))], Toll(0, 0, best=0)),
    ([claim("fama", "soldiers", (None, None, None))], None),
    ([claim("fama", "soldiers", exactly(3)), claim("jnim", "soldiers", exactly(60))], Toll(3, 60)),
    ([claim("fama", "soldiers", exactly(3)), claim("fama", "civilians", exactly(2))], Toll(5, 5, best=5)),
    ([claim("fama", "soldiers", exactly(3)), claim("local_sources", "civilians", exactly(12))], Toll(15, 15, best=15)),
    ([claim("report", "persons", exactly(20)), claim("report", "soldiers", exactly(5))], Toll(20, 20, best=20)),
    ([claim("report", "persons", (10, None, 20)), claim("report", "soldiers", exactly(15))], Toll(15, 20)),
    ([claim("report", "persons", exactly(4)), claim("report", "soldiers", exactly(5))], Toll(5, 5, best=5)),
    ([claim("report", "persons", exactly(50)), claim("fama", "soldiers", exactly(3))], Toll(3, 50)),
    ([claim("report", "civilians", exactly(10)), claim("report", "women", exactly(3))], Toll(10, 13)),
    ([claim("report", "women", exactly(3)), claim("report", "children", exactly(4))], Toll(7, 7, best=7)),
    ([claim("report", "families", exactly(200), field=KILLED)], Toll(200, 200, open_high=True, best=200)),
    ([claim("fama", "soldiers", exactly(15), stance=Stance.DENIES)], None),
    ([claim("fama", "soldiers", exactly(0), stance=Stance.DENIES)], Toll(0, 0, best=0)),
    ([claim("fama", "soldiers", exactly(3), at=0), claim("fama", "soldiers", exactly(7), at=9)], Toll(7, 7, best=7)),
    ([claim("fama", "soldiers", exactly(3), field=ClaimField.WOUNDED)], None),
    ([claim("fama", "soldiers", exactly(3), scope=Scope.AGGREGATE)], None),
])
def test_the_range_of_one_incident_when_all_are_heard(claims: list[Claim], expected: Toll | None) -> None:
    assert incident_toll(incident("a", *claims), KILLED, ALL_SOURCES) == expected


RIVALS = incident(
    "rivals", claim("fama", "soldiers", exactly(3)), claim("jnim", "soldiers", exactly(60)),
    claim("local_sources", "soldiers", at_least(40), report="r2"),
)


@pytest.mark.parametrize(("rule", "expected"), [
    ("lowest", Toll(3, 3, best=3)), ("highest", Toll(60, 60, best=60)), ("all", Toll(3, 60, open_high=True)),
    ("source:jnim", Toll(60, 60, best=60)), ("source:r1", Toll(3, 60)), ("source:r2", Toll(40, 40, open_high=True)),
    ("source:csp", None),
])
def test_the_rule_settles_rival_figures(rule: str, expected: Toll | None) -> None:
    assert incident_toll(RIVALS, KILLED, TotalRule.parse(rule)) == expected


def test_the_highest_figure_stays_open_where_it_is_open() -> None:
    both = incident("a", claim("jnim", "soldiers", exactly(20)), claim("local_sources", "soldiers", at_least(20)))
    assert incident_toll(both, KILLED, HIGHEST) == Toll(20, 20, open_high=True)


@pytest.mark.parametrize(("published", "expected"), [
    ({"r1": date(2023, 11, 24), "r2": date(2023, 11, 26)}, Toll(9, 9, best=9)),
    ({"r1": date(2023, 11, 26), "r2": date(2023, 11, 24)}, Toll(3, 3, best=3)),
    ({"r1": date(2023, 11, 24), "r2": date(2023, 11, 24)}, Toll(3, 9)),
    ({"r1": date(2023, 11, 24)}, Toll(3, 9)), ({}, Toll(3, 9)),
])
def test_a_revised_toll_replaces_the_one_of_an_earlier_day(published: dict[str, date], expected: Toll) -> None:
    revised = incident("a", claim("fama", "soldiers", exactly(3)), claim("fama", "soldiers", exactly(9), report="r2"))
    assert incident_toll(revised, KILLED, ALL_SOURCES, published) == expected


def test_the_voices_of_two_reports_never_revise_each_other() -> None:
    told = incident("a", claim("report", "persons", exactly(3)), claim("report", "persons", exactly(9), report="r2"))
    days = {"r1": date(2023, 11, 24), "r2": date(2023, 11, 26)}
    assert incident_toll(told, KILLED, ALL_SOURCES, days) == Toll(3, 9)


def test_a_total_says_what_it_leaves_out() -> None:
    silent = incident("silent")
    rejected = replace(RIVALS, id="rejected", status=Status.REJECTED)
    over_two = ReportClaim(claim("report", "persons", at_least(20), scope=Scope.AGGREGATE), ("silent", "elsewhere"))
    elsewhere = ReportClaim(claim("report", "persons", at_least(20), scope=Scope.AGGREGATE), ("elsewhere",))
    found = total_of([RIVALS, silent, rejected, RIVALS], KILLED, ALL_SOURCES, report_claims=(over_two, elsewhere))
    assert found == Total(KILLED, ALL_SOURCES, 3, None, 60, True, 1, 1, 1, ("x",), 1)


def test_nobody_told_is_unknown_and_not_zero() -> None:
    assert total_of([incident("a")], KILLED, ALL_SOURCES) == Total(KILLED, ALL_SOURCES, None, None, None, False, 0, 1, 0, (), 0)
    assert total_of([], KILLED, ALL_SOURCES).low is None


def test_figures_that_one_number_can_agree_with_are_not_contested() -> None:
    agree = incident("a", claim("fama", "soldiers", at_least(20)), claim("jnim", "soldiers", (45, 50, 55)))
    apart = incident("b", claim("fama", "soldiers", at_least(60)), claim("jnim", "soldiers", (45, 50, 55)))
    others = incident("c", claim("fama", "soldiers", exactly(3)), claim("jnim", "civilians", exactly(9)))
    assert [total_of([each], KILLED, ALL_SOURCES).contested for each in (agree, apart, others)] == [0, 1, 0]


@pytest.mark.parametrize("text", ["all", "lowest", "highest", "source:jnim", "source:r1"])
def test_a_rule_survives_its_name(text: str) -> None:
    assert str(TotalRule.parse(text)) == text


@pytest.mark.parametrize("text", ["", "mean", "source", "source:", "lowest:jnim", "Lowest", "source: "])
def test_any_other_rule_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="lowest, highest, all or source:ID"):
        TotalRule.parse(text)


NUMBERS = st.integers(0, 60)
FIGURES = st.one_of(
    NUMBERS.map(exactly), NUMBERS.map(at_least), NUMBERS.map(lambda high: (None, None, high)), st.just((None, None, None)),
    st.lists(NUMBERS, min_size=3, max_size=3).map(lambda three: tuple(sorted(three))),
)
CLAIMS = st.builds(
    claim, st.sampled_from(["fama", "jnim", "report"]),
    st.sampled_from(["soldiers", "civilians", "women", "persons", "", "families"]), FIGURES,
    report=st.sampled_from(["r1", "r2"]), at=st.integers(0, 9), stance=st.sampled_from(Stance), field=st.sampled_from(COUNTED),
)
INCIDENTS = st.lists(st.lists(CLAIMS, max_size=6), max_size=5).map(
    lambda each: [incident(f"i{number}", *claims) for number, claims in enumerate(each)])
RULES = st.sampled_from([ALL_SOURCES, LOWEST, HIGHEST, TotalRule(RuleKind.SOURCE, "jnim")])


@given(INCIDENTS)
def test_the_lowest_and_the_highest_lie_within_all(incidents: list[Incident]) -> None:
    for low, whole, high in zip(*(all_totals(incidents, rule) for rule in (LOWEST, ALL_SOURCES, HIGHEST)), strict=True):
        assert low.incidents == whole.incidents == high.incidents
        if whole.low is not None and whole.high is not None:
            assert low.low == whole.low
            assert high.high == whole.high
            assert low.high is not None
            assert high.low is not None
            assert whole.low <= low.high <= whole.high
            assert whole.low <= high.low <= whole.high
            assert whole.open_high or not (low.open_high or high.open_high)


@given(INCIDENTS, RULES)
def test_bounds_are_in_order_and_none_only_where_nothing_is_told(incidents: list[Incident], rule: TotalRule) -> None:
    for each in all_totals(incidents, rule):
        assert (each.low is None) == (each.high is None) == (each.incidents == 0)
        assert each.incidents + each.unknown == len(incidents)
        assert each.contested <= each.incidents
        if each.low is not None and each.high is not None:
            assert 0 <= each.low <= each.high
            assert each.best is None or each.low <= each.best <= each.high


@given(INCIDENTS, RULES)
def test_an_incident_without_figures_changes_only_how_many_are_unknown(incidents: list[Incident], rule: TotalRule) -> None:
    for before, after in zip(all_totals(incidents, rule), all_totals([*incidents, incident("silent")], rule), strict=True):
        assert after == replace(before, unknown=before.unknown + 1)


@given(INCIDENTS, RULES, st.data())
def test_no_order_matters(incidents: list[Incident], rule: TotalRule, data: st.DataObject) -> None:
    turned = [replace(each, claims=tuple(data.draw(st.permutations(each.claims)))) for each in incidents]
    assert all_totals(data.draw(st.permutations(turned)), rule) == all_totals(incidents, rule)


@given(INCIDENTS, RULES)
def test_told_twice_is_told_once(incidents: list[Incident], rule: TotalRule) -> None:
    twice = [replace(each, claims=each.claims * 2) for each in incidents]
    assert all_totals([*twice, *incidents], rule) == all_totals(incidents, rule)


@given(INCIDENTS, INCIDENTS, RULES)
def test_totals_of_disjoint_sets_add_up(some: list[Incident], more: list[Incident], rule: TotalRule) -> None:
    others = [replace(each, id=f"other-{each.id}") for each in more]
    for one, two, both in zip(*(all_totals(each, rule) for each in (some, others, [*some, *others])), strict=True):
        assert both.low == (None if one.low is two.low is None else (one.low or 0) + (two.low or 0))
        assert both.high == (None if one.high is two.high is None else (one.high or 0) + (two.high or 0))
        assert both.open_high == (one.open_high or two.open_high)
        assert (both.incidents, both.unknown) == (one.incidents + two.incidents, one.unknown + two.unknown)
        assert both.contested == one.contested + two.contested
