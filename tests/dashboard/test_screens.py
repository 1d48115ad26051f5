from dataclasses import replace
from pathlib import Path

import pytest
from tests.dashboard.conftest import Open, go, shown

from incidentmap.model import Reading, Report
from incidentmap.walks.workspace import Workspace
from incidentmap.words import say

SENTENCES = {
    "fr": ("4 sur 4 incidents", "0 sans lieu"),
    "en": ("4 of 4 incidents", "0 without a place"),
}
LINKS = {
    "fr": ["2 dans la zone", "2 hors zone", "1 date approchée"],
    "en": ["2 inside the region", "2 outside", "1 approximate date"],
}
ALL = ["Kidal", "Bamako", "Goundam", "Niafunké"]
CAVEAT = {"fr": "limites d&#x27;avant 2016", "en": "pre-2016 extent"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_map_screen_says_what_it_shows(open_page: Open, language: str) -> None:
    app = open_page(lang=language)
    assert not app.exception
    assert len(app.get("component_instance")) == 1
    for words in (*SENTENCES[language], CAVEAT[language]):
        assert words in shown(app)
    assert [each.proto.label for each in app.get("page_link")] == LINKS[language]


@pytest.mark.parametrize(("only", "places"), [
    ("inside", ["Goundam", "Niafunké"]), ("outside", ["Kidal", "Bamako"]), ("about", ["Kidal"]), ("nowhere", ALL),
    ("undated", ALL),
])
def test_a_number_of_the_sentence_is_a_list(open_page: Open, only: str, places: list[str]) -> None:
    app = go(open_page(only=only), "table")
    assert list(app.dataframe[0].value["place"]) == places


def test_what_a_link_narrows_can_be_widened_again(open_page: Open) -> None:
    app = go(open_page(only="outside"), "table")
    assert list(app.dataframe[0].value["place"]) == ["Kidal", "Bamako"]
    app.selectbox(key="table_portion").set_value("any").run()
    assert list(app.dataframe[0].value["place"]) == ALL
    app.selectbox(key="table_portion").set_value("unplaced").run()
    assert "0–0 sur 0" in shown(app)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_table_is_the_twin_of_the_map(open_page: Open, language: str) -> None:
    app = go(open_page(lang=language), "table")
    assert not app.exception
    (table,) = app.dataframe
    assert list(table.value["place"]) == ["Kidal", "Bamako", "Goundam", "Niafunké"]
    assert list(table.value["claimants"]) == [0, 0, 0, 3]
    outside = say(language, "screen.outside.long")
    assert list(table.value["side"] == outside) == [True, True, False, False]
    assert SENTENCES[language][0] in shown(app)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_reports_screen_marks_the_text_beside_its_drafts(open_page: Open, first_report: Report, language: str) -> None:
    app = go(open_page(lang=language), "reports")
    assert not app.exception
    html = shown(app)
    assert '<mark class="im-place" title="' in html
    assert ">Niafunké</mark>" in html
    assert html.count("<article") == 1, "one draft at a time, the others in the queue"
    assert len([each for each in app.button if str(each.key).startswith("open_")]) == 3
    app.button(key="open_inc-niafunke").click().run()
    assert say(language, "screen.reports.shared") in shown(app)
    assert first_report.title in app.selectbox(key="report").options[1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_about_names_sources_licences_and_versions(open_page: Open, language: str) -> None:
    app = go(open_page(lang=language), "about")
    assert not app.exception
    sources, versions = (table.value for table in app.table)
    assert sources.iloc[:, 0].str.contains("GeoNames").any()
    assert sources.iloc[:, 1].str.contains("CC BY 4.0").any()
    assert "XStatic-Leaflet" in list(versions.iloc[:, 0])
    assert say(language, "screen.about.leaves.title") in shown(app)


def test_a_new_case_tells_what_to_do(open_page: Open, tmp_path: Path) -> None:
    for screen in ("map", "table", "reports"):
        app = go(open_page(folder=tmp_path / "empty"), screen)
        assert not app.exception
        assert say("fr", "screen.first.title") in shown(app)
        assert "incidentmap ingest" in app.code[0].value


def test_a_broken_case_is_told_without_a_trace(open_page: Open, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "case.sqlite").write_bytes(b"this is no database" * 100)
    app = open_page(folder=broken)
    assert not app.exception
    assert say("fr", "screen.error.title") in shown(app)
    assert "Traceback" not in shown(app)


def test_hostile_reports_are_shown_as_text(open_page: Open, case: Workspace, first_report: Report) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    case.store.add(replace(first_report, id="ff" * 8, title=hostile, source=hostile, text=hostile, url="javascript:alert(1)"),
                   Reading((), (), (), ()))
    app = open_page()
    go(app, "reports")
    app.selectbox(key="report").set_value("ff" * 8)
    app.run()
    assert not app.exception
    assert "<img src=x" not in shown(app)
    assert "javascript:" not in shown(app)
