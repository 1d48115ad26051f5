"""A report is added from the page: pasted, uploaded, refused in words, chosen afterwards."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from tests.dashboard.conftest import Open, go, shown

from incidentmap.paths import shipped
from incidentmap.walks.workspace import Workspace, open_workspace
from incidentmap.words import say

REPORT = shipped("data", "reports", "2023-11-25-tombouctou-niafunke-goundam.txt")
TEXT = "Vendredi dernier, des hommes armés ont attaqué le camp militaire de Niafunké."


def send(app: AppTest) -> AppTest:
    (button,) = (each for each in app.button if each.label in {say("fr", "add.button"), say("en", "add.button")})
    button.click()
    return app.run()


def test_a_pasted_text_is_read_with_its_day_and_chosen(open_page: Open, case: Workspace) -> None:
    app = go(open_page(lang="fr"), "reports")
    app.text_area(key="add_text").set_value(TEXT)
    app.text_input(key="add_title").set_value("Note du jour")
    app.date_input(key="add_day").set_value(date(2023, 11, 27))
    send(app)
    assert not app.exception
    assert say("fr", "add.done.one", name="Note du jour", count=1) in shown(app)
    added = next(each for each in case.store.reports() if each.title == "Note du jour")
    assert (added.source, added.published and added.published.start) == (say("fr", "add.pasted"), date(2023, 11, 27))
    assert app.selectbox(key="report").value == added.id
    assert "24 novembre 2023" in shown(app)
    assert (app.text_area(key="add_text").value, app.text_input(key="add_title").value) == ("", "")
    send(app)
    assert say("fr", "add.nothing") in shown(app)


@pytest.mark.parametrize("screen", ["map", "table", "reports"])
def test_a_first_visit_can_begin_with_a_file(open_page: Open, tmp_path: Path, screen: str) -> None:
    folder = tmp_path / "empty"
    app = go(open_page(folder=folder, lang="en"), screen)
    app.file_uploader[0].set_value([("report.txt", REPORT.read_bytes(), "text/plain")])
    send(app)
    assert not app.exception
    assert len(open_workspace(folder).store.reports()) == 1
    assert say("en", "screen.first.title") not in shown(app)
    assert open_workspace(folder).store.count() == 4


def test_what_is_refused_is_told_and_the_rest_is_read(open_page: Open, case: Workspace) -> None:
    app = go(open_page(lang="en"), "reports")
    hostile = "../../<img src=x onerror=alert(1)>\u202e.pdf"
    app.file_uploader[0].set_value([
        (hostile, b"no pdf", "application/pdf"), ("empty.txt", b"", "text/plain"),
        ("report.txt", (TEXT + " <img src=x onerror=alert(2)>").encode(), "text/plain"),
    ])
    send(app)
    assert not app.exception
    html = shown(app)
    assert "&lt;img src=x onerror=alert(1)&gt;.pdf: no PDF" in html
    assert "empty.txt: the file is empty" in html
    assert "<img" not in html
    assert ".." not in html.split("no PDF")[0].rsplit("Refused", 1)[1]
    assert len(case.store.reports()) == 2
    before = case.store.version()
    app.file_uploader[0].set_value([("again.txt", (TEXT + " <img src=x onerror=alert(2)>").encode(), "text/plain")])
    send(app)
    assert "nothing was added" in shown(app)
    assert case.store.version() == before


def test_a_text_that_is_refused_stays_as_typed(open_page: Open, case: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    app = go(open_page(lang="en"), "reports")
    monkeypatch.setattr("incidentmap.reports.files.LARGEST_BYTES", 20)
    app.text_area(key="add_text").set_value(TEXT)
    send(app)
    assert "the limit is 0 MB" in shown(app)
    assert app.text_area(key="add_text").value == TEXT
    assert len(case.store.reports()) == 1


@pytest.mark.parametrize(("name", "safe"), [
    ("report.pdf", "report.pdf"),
    ("C:\\Users\\me\\rapport final.PDF", "rapport final.PDF"),
    ("../../etc/passwd", "passwd"),
    ("a\x00\n\u202eb.txt", "ab.txt"),
    ("x" * 500 + ".html", "x" * 100 + ".html"),
    ("", ""),
])
def test_a_file_name_is_made_harmless(modules: None, name: str, safe: str) -> None:
    import reports_add  # noqa: PLC0415 (found only where the dashboard is)
    assert reports_add.safe_name(name) == safe
