"""The Tables screen in a real browser: a broken file by upload, its question, verdicts, a row mended by keys, import, undo."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import OpenMap, Serve, Visit

from incidentmap.walks.import_tables import snapshots
from incidentmap.walks.workspace import Workspace, open_workspace

HOSTILE = '<img src=x onerror="window.caught=1">'
ROWS = (
    f"id;Date;Lieu;Latitude;Longitude;{HOSTILE}\n"
    f"1;03/04/2024;Niafunké;15,93;-3,99;{HOSTILE}\n"
    "2;05/06/2024;Goundam;16,41;-3,67;a\n"
    f"3;07/08/2024;Gao;999;-0,04;{HOSTILE}\n"
    f"4;{HOSTILE};[lien](javascript:window.caught=1);16,27;-0,04;=cmd()\n"
)


@pytest.fixture
def case(serve: Serve, tmp_path: Path) -> tuple[Workspace, str]:
    """An empty case and its address."""
    workspace = open_workspace(tmp_path / "case", "tombouctou")
    return workspace, serve(workspace.folder)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "releve.csv"
    path.write_text(ROWS, "utf-8")
    return path


def upload(seen: Visit, path: Path) -> None:
    seen.page.get_by_role("link", name="Imports").click()
    expect(seen.page.get_by_role("heading", name="Importer un tableau")).to_be_visible()
    seen.page.locator('input[type="file"]').set_input_files(path)
    expect(seen.page.locator(".st-key-tables_head")).to_contain_text(path.name)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def mend(page: Page, right: int, text: str) -> None:
    """Write into a cell of the first refused row, by keys as a person does."""
    grid = page.locator("[class*='st-key-tables_mend_releve']").get_by_test_id("stDataFrame")
    cell = page.locator("#portal textarea")
    grid.scroll_into_view_if_needed()
    grid.click(position={"x": 12, "y": 60})
    expect(grid.locator("canvas").first).to_be_focused()
    for _ in range(right):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(cell).to_be_visible()
    cell.fill(text)
    page.keyboard.press("Enter")
    expect(cell).to_have_count(0)


def test_a_broken_file_from_upload_to_undo(visit: OpenMap, case: tuple[Workspace, str], table: Path) -> None:
    workspace, at = case
    seen = visit(at=at, height=1400)
    page = seen.page
    upload(seen, table)
    expect(page.get_by_role("alert")).to_contain_text("le jour ou le mois")
    expect(button(page, "Importer")).to_be_disabled()
    button(page, "jour/mois : 03/04/2024 est le 3 avril 2024").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    button(page, "Importer").click()
    expect(page.get_by_text("4 lignes = 2 acceptées + 2 refusées")).to_be_visible()
    expect(page.get_by_role("table", name="Ce que les règles ont trouvé")).to_contain_text("coordinate_range")
    expect(page.get_by_role("table", name="Ce que les règles ont trouvé")).to_contain_text(HOSTILE)
    expect(button(page, "Réessayer")).to_be_disabled()
    mend(page, 3, "16,27")
    button(page, "Réessayer (1 ligne corrigée)").click()
    expect(page.get_by_text("2 lignes = 1 acceptées + 1 refusées")).to_be_visible()
    assert [each.run.changes.new for each in snapshots(workspace.folder) if each.run] == [2, 1]
    page.get_by_text("Comparer deux instantanés").click()
    expect(page.get_by_text("1 nouvelles, 0 changées, 0 disparues", exact=True)).to_be_visible()
    compared = page.get_by_role("table", name="1 nouvelles, 0 changées, 0 disparues")
    expect(compared).to_contain_text("releve:3 2024-08-07 · Gao")
    page.get_by_text("Annuler un import", exact=True).click()
    button(page, "Annuler…").click()
    button(page, "Annuler cet import").click()
    expect(page.get_by_text("Instantané 2 annulé : releve montre de nouveau l’instantané 1.")).to_be_visible()
    button(page, "Un autre fichier").click()
    expect(page.locator(".st-key-tables_waiting_1")).to_contain_text("2 lignes de l’instantané 1")
    assert page.evaluate("window.caught") is None


@pytest.mark.slow
def test_a_phone_holds_it(visit: OpenMap, case: tuple[Workspace, str], table: Path) -> None:
    seen = visit(at=case[1], width=390, height=844, is_mobile=True)
    seen.page.get_by_test_id("stExpandSidebarButton").click()
    upload(seen, table)
    expect(button(seen.page, "Importer")).to_be_visible()
    assert not seen.sideways()
    button(seen.page, "je ne sais pas").click()
    expect(button(seen.page, "Importer")).to_be_enabled()
    button(seen.page, "Importer").click()
    expect(seen.page.get_by_text("4 lignes = 2 acceptées + 2 refusées")).to_be_visible()
    assert not seen.sideways()
