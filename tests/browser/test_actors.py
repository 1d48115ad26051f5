"""The Actors screen in a real browser: keys alone decide, undo and move; nothing of a hostile name runs; a phone holds it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import OpenMap, Serve, Visit

from incidentmap.walks import names
from incidentmap.walks.ingest import ingest
from incidentmap.walks.workspace import Workspace, open_workspace

TEXT = (
    "Gao, 12 juin 2024 - Le FPDA a attaqué mardi 11 juin 2024 un poste de l'armée à Ansongo. Cinq soldats ont été tués.\n\n"
    "Des combattants du FPDA ont incendié trois véhicules. La katiba Dagara<img src=x onerror=\"window.caught=1\"> a fui Gao. "
    "Une attaque a été revendiquée par le MRSA."
)
Asked = Callable[..., tuple[Visit, Workspace]]


@pytest.fixture
def asked(visit: OpenMap, serve: Serve, tmp_path: Path) -> Asked:
    """The screen on a case of its own with three names to decide."""
    def run(**options: object) -> tuple[Visit, Workspace]:
        workspace = open_workspace(tmp_path / "case", "mali")
        (tmp_path / "a.txt").write_text(TEXT, "utf-8")
        ingest(workspace, [tmp_path / "a.txt"])
        seen = visit(at=serve(workspace.folder), **options)
        seen.rest()
        if options.get("is_mobile"):
            seen.page.get_by_test_id("stExpandSidebarButton").click()
        seen.page.get_by_role("link", name="Acteurs").click()
        expect_name(seen, "FPDA")
        # The registry stands last on the page: what is above it answers to keys once it is drawn.
        expect(seen.page.locator('[data-testid="stDataFrame"] canvas').first).to_be_attached()
        return seen, workspace

    return run


def expect_name(seen: Visit, name: str) -> None:
    """Wait until a name stands before the visitor, and the page has come to rest."""
    expect(seen.page.locator(".st-key-question h1")).to_have_text([name])
    seen.settle()


def test_keys_alone_move_decide_and_undo(asked: Asked) -> None:
    seen, workspace = asked()
    expect(seen.page.locator("blockquote mark")).to_have_text("FPDA")
    seen.page.keyboard.press("j")
    expect_name(seen, "katiba Dagara")
    seen.page.keyboard.press("x")
    expect_name(seen, "MRSA")
    seen.page.keyboard.press("k")
    expect_name(seen, "FPDA")
    seen.page.keyboard.press("1")
    expect_name(seen, "MRSA")
    seen.page.keyboard.press("u")
    expect_name(seen, "FPDA")
    said = [(each.verdict.value, each.name) for each in workspace.store.names.verify()]
    assert said == [("not_an_actor", "katiba Dagara"), ("same_as", "FPDA"), ("undo", "FPDA")]
    assert seen.page.evaluate("window.caught") is None


def add_own_actor(seen: Visit, workspace: Workspace) -> None:
    seen.page.get_by_label("Nom", exact=True).fill("Front patriotique")
    seen.page.keyboard.press("Tab")
    seen.page.get_by_role("button", name="Ajouter").click()
    expect_name(seen, "katiba Dagara")
    assert names.log(workspace)[0].actor == "own:front-patriotique"


def test_an_actor_of_ones_own_is_a_filter_of_the_incidents(asked: Asked) -> None:
    seen, workspace = asked()
    add_own_actor(seen, workspace)
    seen.page.get_by_role("link", name="Tableau").click()
    seen.page.get_by_test_id("stMultiSelect").first.click()
    expect(seen.page.get_by_role("option", name="Front patriotique")).to_be_visible()


def test_an_actor_of_ones_own_is_on_the_map_and_its_legend(asked: Asked) -> None:
    seen, workspace = asked()
    add_own_actor(seen, workspace)
    seen.page.get_by_role("link", name="Carte").click()
    seen.expect_places("Ansongo")  # a place alone: bounds without width
    expect(seen.frame.locator("#im-legend")).to_contain_text("Front patriotique")


@pytest.mark.slow
def test_a_phone_holds_the_screen(asked: Asked) -> None:
    seen, _ = asked(width=390, height=844, is_mobile=True, has_touch=True)
    assert not seen.sideways()
    expect(seen.page.get_by_role("button", name="N'est pas un acteur")).to_be_visible()
