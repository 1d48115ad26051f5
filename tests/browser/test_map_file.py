"""The map page as one file, opened from the disk without a network: what the live page does, it does alone."""

import re
from base64 import b64decode
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from xstatic.pkg import leaflet

from incidentmap.frames import incidents_frame
from incidentmap.gazetteer import boundary, region
from incidentmap.maps import map_view, scene, standalone_page
from incidentmap.model import Incident, IncidentQuery, Reading, Report
from incidentmap.registry import actors
from incidentmap.walks.export import ExportAsked
from incidentmap.walks.map_file import export_map
from incidentmap.walks.workspace import open_workspace

HOSTILE = "</title></script><img src=x onerror=window.caught=1>{{ 7 }}"


@pytest.fixture
def written(first_incidents: tuple[Incident, ...], first_report: Report, tmp_path: Path) -> Path:
    frame = incidents_frame(first_incidents, region="tombouctou", boundary=boundary)
    view = map_view(first_incidents, frame, total=4, actors=actors(), language="fr", theme="light", region=region("tombouctou"),
                    reports=(first_report,))
    drawn = scene(view, actors(), whole_cards=True, every_area=True)
    page = standalone_page(view, drawn, title=HOSTILE, credit="Natural Earth", bounds=(-8.0, 12.0, 2.0, 19.0),
                           leaflet=Path(leaflet.BASE_DIR))
    path = tmp_path / "map.html"
    path.write_text(page, "utf-8")
    return path


def test_the_file_is_the_whole_map_and_asks_nobody(browser: Browser, written: Path) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page, asked, errors = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(written.as_uri())
    board = page.locator(".leaflet-container")
    expect(board).to_have_attribute("data-ground", "ready")
    expect(board).to_have_attribute("data-drawn", re.compile("^(\\[[^,]*(,[^,]*){3}\\])$"))
    page.locator('[data-actor="jnim"] .im-toggle').click()
    expect(board).to_have_attribute("data-drawn", re.compile("^\\[[^,]*,[^,]*\\]$"))
    page.get_by_role("slider", name="Dernier jour").press("ArrowLeft")
    expect(board).to_have_attribute("data-drawn", re.compile("^\\[[^,]*\\]$"))
    page.get_by_role("button", name="Par zone").click()
    page.get_by_label("Ce qui est compté").select_option("killed")
    expect(board).to_have_attribute("data-fields", re.compile(r'^\[\{"id":"ML/kidal","sum":1,"toll":\{.*"unknown":1\}\}\]$'))
    assert {address.partition(":")[0] for address in asked} <= {"file", "data"}
    assert errors == []
    assert page.title() == HOSTILE
    assert page.evaluate("window.caught") is None
    context.close()


def test_its_text_names_no_address_to_load(written: Path) -> None:
    text = written.read_text("utf-8")
    assert re.search(r"""(?:src|href)=["']https?:""", text) is None
    assert "Content-Security-Policy" in text[:2000]
    leaflet_script = b64decode(re.findall(r"base64,([^\"']+)", text)[0])
    assert b"Leaflet" in leaflet_script
    assert len(text) < 5_000_000


def test_its_table_follows_the_map_and_opens_cards_on_a_phone_too(
    browser: Browser, tmp_path: Path, first_report: Report, first_reading: Reading,
) -> None:
    workspace = open_workspace(tmp_path / "case", "tombouctou")
    workspace.store.add(first_report, first_reading)
    path = tmp_path / "map.html"
    export_map(workspace, ExportAsked(IncidentQuery(), "html"), path, "fr")
    context = browser.new_context(viewport={"width": 390, "height": 844}, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    expect(page.locator(".leaflet-container")).to_have_attribute("data-ground", "ready")
    rows = page.locator("#im-list tbody tr:not([hidden])")
    expect(rows).to_have_count(4)
    expect(page.locator("#im-head")).to_contain_text("4 sur 4 incidents")
    expect(page.locator("#im-about")).to_contain_text("Interne : tout")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    title, opener = page.locator("#im-head").bounding_box(), page.locator("#im-open").bounding_box()
    assert title
    assert opener
    assert opener["y"] >= title["y"] + title["height"]  # over the map, not over the title
    page.locator("#im-open").click()
    page.locator('[data-actor="jnim"] .im-toggle').click()
    expect(rows).to_have_count(2)
    expect(page.locator("#im-list [role=status]")).to_have_text("2 / 4")
    page.locator("#im-open").click()
    page.get_by_role("button", name="Territoire repris par l'État, Kidal").click()
    expect(page.get_by_role("dialog")).to_contain_text("Kidal")
    context.close()
