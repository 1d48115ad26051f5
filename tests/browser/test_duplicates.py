"""Duplicates in a real browser: from the desk to the pair by keys, merged, taken back, and the map follows."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import OpenMap, Serve, Visit

from incidentmap.model import Incident, MergeVerdict, Reading, Report
from incidentmap.walks import decide
from incidentmap.walks.workspace import Workspace, open_workspace

ONE, OTHER = "b-inc-niafunke", "inc-niafunke"


@pytest.fixture
def case(tmp_path: Path, first_report: Report, first_reading: Reading, niafunke: Incident) -> Workspace:
    """The first case, and a second report of one of its attacks."""
    workspace = open_workspace(tmp_path / "case", "tombouctou")
    workspace.store.add(first_report, first_reading)
    claims = tuple(replace(each, report="b") for each in niafunke.claims)
    second = replace(niafunke, id=ONE, report="b", claims=claims)
    workspace.store.add(replace(first_report, id="b", source="Agence B"), Reading((second,), (), (), ()))
    return workspace


@pytest.fixture
def at(case: Workspace, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(decide.PERSON, "Awa")
    return serve(case.folder)


def reports(visit: OpenMap, at: str, **options: object) -> Visit:
    seen = visit(at=at, **options)
    seen.rest()
    if options.get("is_mobile"):
        seen.page.get_by_test_id("stExpandSidebarButton").click()
    seen.page.get_by_role("link", name="Rapports").click()
    if options.get("is_mobile"):
        seen.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(seen.page.locator(".st-key-draft h1")).to_be_visible()
    seen.settle()
    return seen


def test_keys_lead_from_a_draft_to_its_duplicate_merge_them_and_take_it_back(case: Workspace, at: str, visit: OpenMap) -> None:
    seen = reports(visit, at)
    expect(seen.page.locator(".im-doubts")).to_contain_text("probablement le même incident")
    seen.page.keyboard.press("p")
    expect(seen.page.locator(".im-pair")).to_be_visible()
    expect(seen.page.locator(".st-key-draft_pair")).to_contain_text("Agence B")
    seen.settle()
    seen.page.keyboard.press("d")
    expect(seen.page.locator(".im-sentence", has_text="Décidé")).to_be_visible()
    assert [(each.verdict, each.who) for each in case.store.merges.all()] == [(MergeVerdict.SAME, "Awa")]
    seen.settle()
    seen.page.get_by_text("À relire · 3").click()  # drafts: the two are one
    seen.page.locator(f".st-key-open_{ONE} button").click()
    expect(seen.page.locator(".st-key-parts")).to_be_visible()
    expect(seen.page.locator(".st-key-draft")).to_contain_text("2 incidents n’en font qu’un")
    seen.settle()
    seen.page.keyboard.press("t")
    expect(seen.page.locator(f'.st-key-part_{OTHER} button[kind="secondary"]')).to_be_visible()
    seen.settle()
    seen.page.get_by_text("Doublons · 0").click()
    expect(seen.page.locator(".st-key-parts")).to_have_count(0)  # the desk, which has a log too, has gone
    expect(seen.page.locator(".st-key-merge_log")).to_be_visible()
    seen.settle()
    seen.page.keyboard.press("z")
    expect(seen.page.locator(".im-pair")).to_be_visible()
    assert [each.undoes for each in case.store.merges.all()] == [None, 1]
    seen.settle()
    seen.page.keyboard.press("n")
    expect(seen.page.locator(".im-pair")).to_have_count(0)
    assert case.store.merges.all()[-1].verdict is MergeVerdict.NOT_SAME


@pytest.mark.slow
def test_a_phone_shows_both_sides_and_is_not_wider_than_its_window(at: str, visit: OpenMap) -> None:
    seen = reports(visit, at, width=390, height=844, is_mobile=True, has_touch=True, color_scheme="dark")
    seen.page.get_by_text("Doublons · 1").click()
    expect(seen.page.locator(".im-pair")).to_be_visible()
    seen.settle()  # the desk, which has such a button too, has gone
    expect(seen.page.get_by_role("button", name="Fusionner")).to_be_visible()
    assert not seen.sideways()
