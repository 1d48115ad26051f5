"""News since an edition: what differs as it is told, and nothing of what a profile does not tell any more."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from incidentmap.model import (
    Aspect,
    DatePrecision,
    Incident,
    IncidentQuery,
    PartialDate,
    Position,
    Reading,
    Report,
    Status,
)
from incidentmap.publish import INTERNAL, Profile, load_profile
from incidentmap.store.editions import Edition, open_editions
from incidentmap.walks.news import News, news_of, question_text, told_records
from incidentmap.walks.workspace import Workspace, open_workspace

FIRST, SECOND = date(2026, 11, 9), date(2026, 11, 16)
QUERY = IncidentQuery()


@pytest.fixture
def workspace(tmp_path: Path, first_report: Report, first_reading: Reading) -> Workspace:
    opened = open_workspace(tmp_path / "case", "tombouctou")
    opened.store.add(first_report, first_reading)
    return opened


def news(
    workspace: Workspace, before: tuple[Incident, ...], after: tuple[Incident, ...], *, asked: IncidentQuery = QUERY,
    profiles: tuple[Profile, Profile] | None = None,
) -> News:
    one, other = profiles or (load_profile(INTERNAL), load_profile(INTERNAL))
    with open_editions(workspace.folder / "briefings" / "a.sqlite") as editions:
        first = news_of(told_records(workspace, before), editions, QUERY, one)
        assert {*first.fresh} == {each.id for each in before}
        assert first.section("en") is None
        editions.keep(Edition(FIRST, question_text(QUERY), "v", "a.pdf", len(before), 0, 0), first.standing)
        return news_of(told_records(workspace, after), editions, asked, other)


def placed(workspace: Workspace) -> Incident:
    return next(each for each in workspace.store.incidents(QUERY) if each.location and each.claims and each.location.anchor)


def test_what_a_briefing_tells_is_what_makes_news(workspace: Workspace) -> None:
    one = placed(workspace)
    assert one.location
    (claim, *rest) = one.claims
    far = Position(1.0, 2.0)
    told = {
        Aspect.STATUS: replace(one, status=Status.CONFIRMED), Aspect.ATTRIBUTED: replace(one, actors=()),
        Aspect.DATED: replace(one, date=PartialDate(FIRST, SECOND, DatePrecision.RANGE)),
        Aspect.MOVED: replace(one, location=replace(one.location, position=far, anchor=far)),
        Aspect.TYPED: replace(one, event_type="Riots"), Aspect.TOLD: replace(one, claims=(replace(claim, value="x"), *rest)),
    }
    for number, (aspect, after) in enumerate(told.items()):
        found = news(open_workspace(workspace.folder / str(number), "tombouctou"), (one,), (after,))
        assert found.changed == (one.id,), aspect
        assert aspect in found.changes.changes[0].aspects
    looked_at = replace(one, location=replace(one.location, score=0.123, rivals=("a",)), review=())
    assert not news(workspace, (one,), (looked_at,)).changes.changes


def test_gone_needs_the_same_question(workspace: Workspace) -> None:
    one, other, *_ = workspace.store.incidents(QUERY)
    narrow = IncidentQuery(start=date(2023, 11, 1))
    assert news(workspace, (one, other), (other,)).gone == (one.id,)
    again = open_workspace(workspace.folder / "again", "tombouctou")
    assert news(again, (one, other), (other,), asked=narrow).gone == ()


def test_what_is_told_no_more_is_not_told_again_outside_the_house(workspace: Workspace) -> None:
    one, other, *_ = (each for each in workspace.store.incidents(QUERY) if each.location)
    public = load_profile("public")
    after = (replace(other, event_type="Riots"),)
    inside = news(workspace, (one, other), after).section("en")
    assert inside
    assert all(each.before for each in inside.changes)
    found = news(open_workspace(workspace.folder / "b", "tombouctou"), (one, other), after, profiles=(public, public))
    before = {each.id: each.before for each in found.changes.changes}
    assert before[one.id] is None
    assert before[other.id]
    finer = replace(public, embargo_days=public.embargo_days + 1)
    found = news(open_workspace(workspace.folder / "c", "tombouctou"), (one, other), after, profiles=(public, finer))
    assert [(each.before, each.km, each.fields) for each in found.changes.changes] == [(None, None, ())] * 2
