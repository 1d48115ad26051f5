"""Duplicates on the Reports screen without a browser: pairs side by side, what is said of them, merged incidents."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from tests.dashboard.conftest import Open, go, shown

from incidentmap.model import Incident, IncidentQuery, MergeVerdict, PartialDate, Reading, Report, ReviewAction, Span, Status
from incidentmap.walks import decide, duplicates, review
from incidentmap.walks.workspace import Workspace
from incidentmap.words import say

ONE, OTHER = "b-inc-niafunke", "inc-niafunke"
PAIR = f"pair_{ONE}_{OTHER}"
HOSTILE = "<img src=x onerror=alert(1)> *[x](javascript:alert(1))*"


def told_by(report: str, incident: Incident) -> Incident:
    """The same attack, a day longer, as another report tells it."""
    assert incident.date
    claims = tuple(replace(each, report=report) for each in incident.claims)
    longer = PartialDate(incident.date.start, incident.date.end.replace(day=25), incident.date.precision)
    return replace(incident, id=f"{report}-{incident.id}", report=report, claims=claims, date=longer)


@pytest.fixture
def screen(
    open_page: Open, case: Workspace, first_report: Report, niafunke: Incident, monkeypatch: pytest.MonkeyPatch,
) -> AppTest:
    monkeypatch.setenv(decide.PERSON, "Awa")
    second = replace(first_report, id="b", source="Agence B", title="", url="javascript:alert(1)")
    case.store.add(second, Reading((told_by("b", niafunke),), (), (), ()))
    return go(open_page(), "reports")


def pressed(app: AppTest, key: str) -> AppTest:
    done = app.button(key=key).click().run()
    assert not done.exception
    return done


def section(app: AppTest, name: str) -> AppTest:
    done = app.segmented_control(key="reports_section").set_value(name).run()
    assert not done.exception
    return done


def queued(app: AppTest) -> list[str]:
    return [str(each.key).removeprefix("open_") for each in app.button if str(each.key).startswith("open_")]


def keys(app: AppTest) -> set[str]:
    return {str(each.key) for each in app.button}


def test_a_draft_with_a_likely_duplicate_says_so_and_leads_to_the_pair(screen: AppTest) -> None:
    pressed(screen, f"open_{OTHER}")
    assert "Agence B" in shown(screen).split('class="im-doubts"')[1].split("</div>")[0]
    assert screen.button(key="likely").label == say("fr", "duplicates.button.one", count=1)
    pressed(screen, "likely")
    assert PAIR in keys(screen)
    assert screen.segmented_control(key="reports_section").value == "duplicates"


def test_both_stand_side_by_side_with_what_differs_what_leads_and_why(screen: AppTest) -> None:
    html = shown(section(screen, "duplicates"))
    rows = html.split('<div role="row"')[1:]
    date, place = (next(row for row in rows if say("fr", f"screen.table.{name}") in row) for name in ("date", "place"))
    assert say("fr", "duplicates.differs") in date
    assert date.count(say("fr", "duplicates.leads")) == 1
    assert date.index("24 novembre") < date.index(say("fr", "duplicates.leads")), "the day leads, not the days"
    assert say("fr", "duplicates.differs") not in place
    for words in ("une cinquantaine de soldats", "un véhicule piégé a explosé", "Agence B", "même lieu", "mêmes acteurs",
                  "même type : Affrontement armé"):
        assert words in html
    assert "javascript:" not in html


def test_merge_makes_one_of_two_and_undo_two_again(screen: AppTest, case: Workspace) -> None:
    before = case.store.incidents(IncidentQuery())
    section(screen, "duplicates")
    screen.text_input(key="duplicates_why").set_value("même nuit").run()
    pressed(screen, "pair_merge")
    (made,) = case.store.merges.all()
    assert (made.verdict, made.who, made.why, made.incidents) == (MergeVerdict.SAME, "Awa", "même nuit", (ONE, OTHER))
    assert PAIR not in keys(screen)
    assert say("fr", "duplicates.empty") in shown(screen)
    assert [each.id for each in case.store.incidents(IncidentQuery()) if each.parts] == [ONE]
    pressed(screen, "merge_undo_1")
    assert PAIR in keys(screen)
    assert case.store.incidents(IncidentQuery()) == before


def test_kept_apart_they_are_no_doubt_any_more(screen: AppTest, case: Workspace) -> None:
    section(screen, "duplicates")
    pressed(screen, "pair_apart")
    assert case.store.merges.all()[0].verdict is MergeVerdict.NOT_SAME
    assert PAIR not in keys(screen)
    section(screen, "review")
    assert "likely" not in keys(pressed(screen, f"open_{OTHER}"))


def test_a_merged_incident_is_reviewed_as_one_with_all_its_texts(screen: AppTest, case: Workspace) -> None:
    duplicates.merge(case, [ONE, OTHER], "Ben", "même nuit")
    screen.run()
    assert (ONE in queued(screen), OTHER in queued(screen)) == (True, False)
    pressed(screen, f"open_{ONE}")
    assert "<b>Agence B" in shown(screen)
    assert all(words in shown(screen) for words in ("Ben", say("fr", "duplicates.said.same", count=2)))
    pressed(screen, "part_next")
    assert "<b>Deux garnisons" in shown(screen)
    pressed(screen, "edit")
    screen.text_input(key="edit_low_0").set_value("30").run()
    pressed(screen, "edit_save")
    edited = case.store.incident(OTHER)
    assert edited
    assert edited.claims[0].low == 30
    pressed(screen, "accept")
    assert [each.status for each in case.store.as_told((ONE, OTHER))] == [Status.CONFIRMED] * 2
    pressed(screen, "review_undo_last")
    assert [each.status for each in case.store.as_told((ONE, OTHER))] == [Status.DRAFT] * 2
    assert [each.action for each in review.history(case)][:2] == [ReviewAction.UNDO] * 2


def test_who_sees_two_where_somebody_made_one_is_told(screen: AppTest, case: Workspace) -> None:
    pressed(screen, f"open_{OTHER}")
    duplicates.merge(case, [ONE, OTHER], "Ben")
    pressed(screen, "accept")
    assert say("fr", "review.conflict") in shown(screen)
    assert [each.status for each in case.store.as_told((ONE, OTHER))] == [Status.DRAFT] * 2


def test_who_merges_what_somebody_kept_apart_is_told(screen: AppTest, case: Workspace) -> None:
    section(screen, "duplicates")
    duplicates.keep_apart(case, [ONE, OTHER], "Ben")
    pressed(screen, "pair_merge")
    assert "by Ben" in shown(screen).split('role="alert"')[1]
    assert len(case.store.merges.all()) == 1


def test_hostile_words_are_shown_as_words(screen: AppTest, case: Workspace, first_report: Report, niafunke: Incident) -> None:
    span = Span(0, len(HOSTILE), HOSTILE)
    assert niafunke.location
    bad = replace(
        niafunke, id="c-bad", report="c", trigger=span, location=replace(niafunke.location, name=HOSTILE),
        claims=tuple(replace(each, report="c", claimant_name=HOSTILE, span=span) for each in niafunke.claims),
    )
    case.store.add(replace(first_report, id="c", title=HOSTILE, source=HOSTILE, text=HOSTILE), Reading((bad,), (), (), ()))
    section(screen, "duplicates")
    assert "<img src=x" not in shown(screen)
    duplicates.merge(case, ["c-bad", OTHER], HOSTILE, HOSTILE)
    section(screen, "review")
    pressed(screen, "open_c-bad")
    assert "<img src=x" not in shown(screen)
