"""The Reports screen in a real browser: keys, links from a field to its words, two reviewers of one draft."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import OpenMap, Serve, Visit

from incidentmap.model import Reading, Report, ReviewAction, Status
from incidentmap.walks import decide, review
from incidentmap.walks.workspace import Workspace, open_workspace

Reviewed = Callable[..., Visit]


@pytest.fixture
def case(tmp_path: Path, first_report: Report, first_reading: Reading) -> Workspace:
    workspace = open_workspace(tmp_path / "case", "tombouctou")
    workspace.store.add(first_report, first_reading)
    return workspace


@pytest.fixture
def at(case: Workspace, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(decide.PERSON, "Awa")
    return serve(case.folder)


@pytest.fixture
def screen(at: str, visit: OpenMap) -> Reviewed:
    """The screen, opened by one or several reviewers; all are Awa unless another name is typed in."""
    def run(who: str = "", **options: object) -> Visit:
        seen = visit(at=at, **options)
        seen.rest()
        if options.get("is_mobile"):
            seen.page.get_by_test_id("stExpandSidebarButton").click()
        seen.page.get_by_role("link", name="Rapports").click()
        if options.get("is_mobile"):
            seen.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        expect(seen.page.locator(".st-key-draft h1")).to_be_visible()
        if who:
            seen.page.get_by_role("textbox", name="Votre nom").fill(who)
            seen.page.get_by_role("textbox", name="Votre nom").press("Enter")
            seen.page.locator(".st-key-draft h1").click()
            seen.settle()
        return seen

    return run


def title(seen: Visit) -> str:
    return seen.page.locator(".st-key-draft h1").inner_text()


def open_draft(seen: Visit, name: str) -> None:
    seen.page.locator(f".st-key-open_{name} button").click()
    expect(seen.page.locator(f'.st-key-open_{name} button[kind="secondary"]')).to_be_visible()
    seen.settle()


def test_keys_accept_reject_move_and_take_back(screen: Reviewed, case: Workspace) -> None:
    seen = screen()
    seen.settle()
    heading = seen.page.locator(".st-key-draft h1")
    first = title(seen)
    seen.page.keyboard.press("j")
    expect(heading).not_to_have_text(first)
    second = title(seen)
    seen.settle()
    seen.page.keyboard.press("a")
    expect(heading).not_to_have_text(second)
    expect(seen.page.locator(".im-sentence", has_text="Décidé")).to_be_visible()
    made = review.history(case)
    assert [(each.action, each.who) for each in made] == [(ReviewAction.ACCEPT, "Awa")]
    seen.settle()
    seen.page.keyboard.press("u")
    expect(heading).to_have_text(second)
    seen.settle()
    seen.page.keyboard.press("x")
    expect(heading).not_to_have_text(second)
    assert [each.action for each in review.history(case)] == [ReviewAction.REJECT, ReviewAction.UNDO, ReviewAction.ACCEPT]
    seen.settle()
    seen.page.keyboard.press("k")
    expect(heading).to_have_text(first)


def test_a_field_leads_to_its_words_in_the_text(screen: Reviewed) -> None:
    seen = screen()
    open_draft(seen, "inc-niafunke")
    seen.page.locator("a.im-q", has_text="un véhicule piégé a explosé").click()
    expect(seen.page.locator(".im-here:target + .im-strong")).to_contain_text("un véhicule piégé")


def test_keys_typed_into_a_field_decide_nothing(screen: Reviewed, case: Workspace) -> None:
    seen = screen()
    note = seen.page.get_by_label("Note (pourquoi)")
    note.click()
    note.press_sequentially("axe")
    note.press("Enter")
    seen.page.keyboard.press("Escape")
    assert review.history(case) == ()
    seen.settle()
    seen.page.locator(".st-key-draft h1").click()
    seen.page.keyboard.press("a")
    expect(seen.page.locator(".im-sentence", has_text="Décidé")).to_be_visible()
    assert review.history(case)[0].why == "axe"


def test_two_reviewers_of_one_draft_never_overwrite_each_other(screen: Reviewed, case: Workspace) -> None:
    awa, ben = screen(), screen("Ben")
    for seen in (awa, ben):
        open_draft(seen, "inc-niafunke")
        seen.page.keyboard.press("e")
        expect(seen.page.get_by_label("Au", exact=True)).to_be_visible()
    awa.page.get_by_label("Au", exact=True).fill("2023-11-25")
    awa.page.get_by_label("Au", exact=True).press("Enter")
    awa.settle()
    awa.page.get_by_role("button", name="Enregistrer").click()
    expect(awa.page.locator(".im-sentence", has_text="Décidé")).to_be_visible()
    ben.page.get_by_label("Bas").first.fill("30")
    ben.page.get_by_label("Bas").first.press("Enter")
    ben.settle()
    ben.page.get_by_role("button", name="Enregistrer").click()
    told = ben.page.get_by_role("alert").filter(has_text="plus rapide")
    expect(told).to_contain_text("Awa")
    expect(told).to_contain_text("(date)")
    assert len(review.history(case)) == 1
    ben.page.get_by_role("button", name="Enregistrer").click()
    expect(ben.page.locator(".im-sentence", has_text="Décidé")).to_be_visible()
    after = case.store.incident("inc-niafunke")
    assert after
    assert after.date
    assert (str(after.date.end), after.claims[0].low, after.status) == ("2023-11-25", 30, Status.DRAFT)
    assert [each.who for each in review.history(case)] == ["Ben", "Awa"]


@pytest.mark.slow
def test_a_phone_shows_text_and_draft_and_is_not_wider_than_its_window(screen: Reviewed) -> None:
    seen = screen(width=390, height=844, is_mobile=True, has_touch=True, color_scheme="dark")
    expect(seen.page.locator(".im-text")).to_be_visible()
    seen.page.get_by_role("button", name="Modifier").click()
    expect(seen.page.get_by_role("button", name="Enregistrer")).to_be_attached()
    assert not seen.sideways()
