"""The Reports screen without a browser: queue, decisions, edits, conflicts, history."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest
from tests.dashboard.conftest import Open, go, shown

from incidentmap.model import Incident, Reading, Report, ReviewAction, Span, Status
from incidentmap.walks import decide, review
from incidentmap.walks import review_values as values
from incidentmap.walks.workspace import Workspace
from incidentmap.words import say

NIAFUNKE, GOUNDAM, KIDAL = "inc-niafunke", "inc-goundam", "inc-kidal"
HOSTILE = "<img src=x onerror=alert(1)> *[x](javascript:alert(1))*"


@pytest.fixture
def screen(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(decide.PERSON, "Awa")
    return open_draft(go(open_page(), "reports"), NIAFUNKE)


def open_draft(app: AppTest, incident: str) -> AppTest:
    return pressed(app, f"open_{incident}")


def pressed(app: AppTest, key: str) -> AppTest:
    done = app.button(key=key).click().run()
    assert not done.exception
    return done


def title(app: AppTest) -> str:
    return shown(app).split("<h1")[1].split(">", 1)[1].split("</h1>")[0]


def queued(app: AppTest) -> list[str]:
    return [str(each.key).removeprefix("open_") for each in app.button if str(each.key).startswith("open_")]


def now(case: Workspace, name: str = NIAFUNKE) -> Incident:
    found = case.store.incident(name)
    assert found
    return found


def test_a_draft_stands_beside_its_report_with_its_words_marked_and_linked(screen: AppTest, first_report: Report) -> None:
    assert sorted(queued(screen)) == sorted([NIAFUNKE, GOUNDAM, KIDAL]), "drafts alone"
    assert "Niafunké" in title(screen)
    html, start = shown(screen), first_report.text.index("un véhicule piégé a explosé")
    assert f'href="#words-{start}"' in html
    assert f'<a id="words-{start}" class="im-here"></a><span class="im-strong">un véhicule piégé' in html
    assert 'class="im-status im-draft"' in html


def test_accept_shows_the_next_draft_and_undo_brings_it_back(screen: AppTest, case: Workspace) -> None:
    screen.text_input(key="review_why").set_value("deux sources").run()
    pressed(screen, "accept")
    made = review.history(case)[0]
    assert (made.action, made.who, made.why, now(case).status) == (ReviewAction.ACCEPT, "Awa", "deux sources", Status.CONFIRMED)
    assert NIAFUNKE not in queued(screen)
    assert "Niafunké" not in title(screen)
    assert screen.text_input(key="review_why").value == ""
    assert say("fr", "review.did.accept") in shown(screen)
    pressed(screen, "review_undo_last")
    assert now(case).status is Status.DRAFT
    assert "Niafunké" in title(screen)


def test_rejected_and_confirmed_stand_in_lists_of_their_own(screen: AppTest, case: Workspace) -> None:
    pressed(screen, "reject")
    screen.segmented_control(key="review_status").set_value("rejected").run()
    assert queued(screen) == [NIAFUNKE]
    assert 'class="im-status im-rejected"' in shown(screen)
    pressed(screen, "reopen")
    assert now(case).status is Status.DRAFT
    assert say("fr", "review.empty.rejected") in shown(screen)
    screen.segmented_control(key="review_status").set_value("confirmed").run()
    assert queued(screen) == ["inc-bamako"]


def test_an_edit_sends_what_was_changed_and_nothing_else(screen: AppTest, case: Workspace) -> None:
    pressed(screen, "edit")
    screen.selectbox(key="edit_event").set_value("Mob violence")
    screen.text_input(key="edit_to").set_value("2023-11-25")
    screen.text_input(key="edit_low_0").set_value("30")
    screen.checkbox(key="edit_keep_2").uncheck()
    screen.selectbox(key="edit_role_1").set_value("denier").run()
    pressed(screen, "edit_save")
    made, after = review.history(case)[0], now(case)
    assert {each.field.value for each in made.changes} == {"event_type", "sub_event_type", "date", "actors", "claims"}
    assert (after.event_type, str(after.date and after.date.end), len(after.claims)) == ("Riots", "2023-11-25", 2)
    assert (after.claims[0].low, after.actors[1].role.value, after.actors[1].name) == (30, "denier", "L'armée malienne")
    assert "Awa" in shown(screen)


def test_another_place_is_looked_up_or_set(screen: AppTest, case: Workspace) -> None:
    pressed(screen, "edit")
    screen.text_input(key="edit_name").set_value("Bamba").run()
    screen.selectbox(key="edit_place").set_value("curated:bamba").run()
    pressed(screen, "edit_save")
    where = now(case).location
    assert where
    assert where.name == "Bamba"
    pressed(screen, "edit")
    screen.selectbox(key="edit_place").set_value("own").run()
    screen.text_input(key="edit_at").set_value("16.5")
    pressed(screen, "edit_save")
    assert "16.5" in shown(screen), "what is wrong is told, what was typed stays"
    screen.text_input(key="edit_at").set_value("16.5, -3.5")
    pressed(screen, "edit_save")
    where = now(case).location
    assert where
    assert (where.position.lat, where.position.lon) == (16.5, -3.5)


def test_somebody_elses_edit_is_told_and_the_own_one_can_be_made_on_top(screen: AppTest, case: Workspace) -> None:
    pressed(screen, "edit")
    screen.selectbox(key="edit_event").set_value("Mob violence").run()
    review.edit(case, NIAFUNKE, [values.when("2023-11-20")], "Ben")
    screen.text_input(key="edit_low_0").set_value("").run()  # the page knows of it; the fields still hold what was there before
    pressed(screen, "edit_save")
    assert "Ben" in shown(screen)
    assert say("fr", "review.conflict") in shown(screen)
    assert len(review.history(case)) == 1
    assert screen.selectbox(key="edit_event").value == "Mob violence", "nothing that was typed is lost"
    pressed(screen, "edit_save")
    after = now(case)
    assert (after.sub_event_type, str(after.date and after.date.start)) == ("Mob violence", "2023-11-20"), "both hold"


def test_an_accept_of_what_somebody_changed_is_refused_first(screen: AppTest, case: Workspace) -> None:
    review.edit(case, NIAFUNKE, [values.NO_DATE], "Ben")
    pressed(screen, "accept")
    assert now(case).status is Status.DRAFT
    assert say("fr", "review.conflict") in shown(screen)
    pressed(screen, "accept")
    assert now(case).status is Status.CONFIRMED


def test_split_and_merge(screen: AppTest, case: Workspace) -> None:
    pressed(screen, "split")
    screen.checkbox(key="split_claim_2").check()
    pressed(screen, "split_save")
    child = next(each for each in queued(screen) if each not in {NIAFUNKE, GOUNDAM, KIDAL})
    assert (len(now(case).claims), len(now(case, child).claims)) == (2, 1)
    open_draft(screen, NIAFUNKE)
    pressed(screen, "merge")
    screen.selectbox(key="merge_other").set_value(child).run()
    pressed(screen, "merge_save")
    assert (len(now(case).claims), now(case, child).status) == (3, Status.REJECTED)
    assert child not in queued(screen)


def test_without_a_name_nothing_is_decided(open_page: Open, case: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(decide.PERSON, "Awa")
    app = go(open_page(lang="en"), "reports")
    app.text_input(key="geocoding_who").set_value(" ").run()
    pressed(app, "accept")
    assert say("en", "geocoding.who.missing") in shown(app)
    assert review.history(case) == ()


def test_a_report_is_shown_also_when_none_of_its_drafts_wait(screen: AppTest, case: Workspace, first_report: Report) -> None:
    for name in (NIAFUNKE, GOUNDAM, KIDAL):
        review.accept(case, name, "Ben")
    screen.run()
    assert say("fr", "review.empty.draft") in shown(screen)
    screen.selectbox(key="report").set_value(first_report.id).run()
    assert ">Niafunké</mark>" in shown(screen)
    assert not screen.exception


def test_hostile_words_are_shown_as_words(open_page: Open, case: Workspace, first_report: Report, niafunke: Incident) -> None:
    span = Span(0, len(HOSTILE), HOSTILE)
    bad = replace(
        niafunke, id="bad", report="ff" * 8, event_type=HOSTILE, sub_event_type=HOSTILE, trigger=span,
        actors=tuple(replace(each, id=HOSTILE, name=HOSTILE) for each in niafunke.actors), location=None, date_span=span,
        claims=tuple(replace(each, report="ff" * 8, claimant=HOSTILE, claimant_name=HOSTILE, span=span)
                     for each in niafunke.claims),
    )
    report = replace(first_report, id="ff" * 8, title=HOSTILE, source=HOSTILE, text=HOSTILE, url="")
    case.store.add(report, Reading((bad,), (), (), ()))
    review.edit(case, "bad", [values.NO_DATE], HOSTILE, why=HOSTILE)
    app = open_draft(go(open_page(), "reports"), "bad")
    assert "<img src=x" not in shown(app)
    for key in ("edit", "edit_cancel", "split"):
        pressed(app, key)
        assert "<img src=x" not in shown(app)
