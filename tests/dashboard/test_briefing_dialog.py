"""The briefing from the screen: the same filters, a profile, its pages and its files."""

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.dashboard.conftest import Open
from tests.walks.test_publishing import put_rows

from incidentmap.walks.workspace import Workspace
from incidentmap.words import say

SCRIPT = "import briefing_dialog, page\npage.start()\nbriefing_dialog.draw()"
"""What stands in the dialog, alone: AppTest runs the whole page again, which closes one, where a browser runs the dialog."""


@pytest.fixture
def open_dialog(case: Workspace, modules: None, monkeypatch: pytest.MonkeyPatch) -> Open:
    def run(**params: Any) -> AppTest:
        st.cache_resource.clear()
        monkeypatch.setenv("INCIDENTMAP_WORKSPACE", str(case.folder))
        app = AppTest.from_string(SCRIPT, default_timeout=30)
        for name, value in params.items():
            app.query_params[name] = value
        return app.run()
    return run


def press(app: AppTest, key: str) -> AppTest:
    (button,) = [each for each in app.button if each.label == say("en", f"screen.briefing.{key}")]
    return button.click().run()


def chosen(app: AppTest, key: str) -> Any:
    return next(each for each in (*app.selectbox, *app.multiselect, *app.text_input) if each.label == say("en", key))


def files(app: AppTest) -> list[str]:
    named = ("PDF", "HTML", say("en", "screen.briefing.pages"))
    return [each.proto.label for each in app.get("download_button") if each.proto.label in named]


def test_a_briefing_is_prepared_shown_and_offered(open_dialog: Open) -> None:
    app = open_dialog(lang="en", actors="jnim")
    assert not app.exception
    assert not files(app)
    app = press(app, "prepare")
    assert not app.exception
    assert files(app) == ["PDF", "HTML", "Pages (PNG)"]
    assert len(app.get("image")) >= 2
    told = app.session_state["briefing_ready"][1].html.decode()
    assert "2 incidents" in told  # the filter on the screen
    assert "Publish profile" not in told
    chosen(app, "screen.briefing.profile").select("public")
    chosen(app, "screen.briefing.heading").input("<b>Weekly</b>")
    chosen(app, "screen.briefing.maps").select("month")
    chosen(app, "screen.briefing.language").select("fr")
    app = app.run()
    assert not files(app)  # what was prepared is no longer what is wanted
    told = press(app, "prepare").session_state["briefing_ready"][1].html.decode()
    assert "Profil de publication" in told
    assert "&lt;b&gt;Weekly&lt;/b&gt;" in told
    assert told.count("<figcaption>") == 2  # of the bars, and of the one month


def test_terms_are_looked_at_first(open_dialog: Open, case: Workspace) -> None:
    put_rows(case, ({"source_id": "1", "lon": -3.9, "lat": 15.9},), "acled", warn=True)
    app = open_dialog(lang="en")
    chosen(app, "screen.briefing.profile").select("public")
    app = app.run()
    (button,) = [each for each in app.button if each.label == "Prepare"]
    assert button.disabled
    next(each for each in app.checkbox if each.key == "briefing_looked").check()
    (button,) = [each for each in app.run().button if each.label == "Prepare"]
    assert not button.disabled


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_map_screen_opens_it_in_the_language_of_the_page(open_page: Open, language: str) -> None:
    app = open_page(lang=language)
    (button,) = [each for each in app.button if each.label == say(language, "screen.briefing.open")]
    app = button.click().run()
    assert not app.exception
    assert say(language, "screen.briefing.prepare") in [each.label for each in app.button]
