"""The Actors screen without a browser: queue, candidates, decisions, log, registry."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from tests.dashboard.conftest import Open, go, shown

from incidentmap.model import NamingVerdict
from incidentmap.walks import decide, names
from incidentmap.walks.ingest import ingest
from incidentmap.walks.workspace import Workspace, open_workspace
from incidentmap.words import say

TEXT = (
    "Gao, 12 juin 2024 - Le FPDA a attaqué mardi 11 juin 2024 un poste de l'armée à Ansongo. Cinq soldats ont été tués.\n\n"
    "Des combattants du FPDA ont ensuite incendié trois véhicules. La katiba Dagara<img src=x onerror=alert(1)> a fui Gao."
)


@pytest.fixture
def asked(tmp_path: Path) -> Workspace:
    workspace = open_workspace(tmp_path / "asked", "mali")
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    ingest(workspace, [tmp_path / "a.txt"])
    return workspace


@pytest.fixture
def screen(open_page: Open, asked: Workspace, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(decide.PERSON, "Awa")
    return go(open_page(folder=asked.folder), "actors")


def head(app: AppTest) -> str:
    return next(each for each in shown(app).split("<h1")[1:]).split(">", 1)[1].split("</h1>")[0]


def pressed(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def test_the_queue_tells_names_and_how_often_with_the_words_around_the_name(screen: AppTest) -> None:
    assert not screen.exception
    labels = [each.label for each in screen.button if str(each.key).startswith("open_")]
    assert labels == ["FPDA :gray[:small[2 fois]]", "katiba Dagara :gray[:small[1 fois]]"]
    assert head(screen) == "FPDA"
    assert 'Le <mark class="im-actor">FPDA</mark> a attaqué' in shown(screen)
    assert "onerror=alert(1)>" not in shown(pressed(screen, "move_next"))
    assert head(screen) == "katiba Dagara"


def test_a_candidate_is_chosen_by_its_number_and_undone(screen: AppTest, asked: Workspace) -> None:
    first = names.alike(asked, "FPDA")[0].actor.id
    pressed(screen, "pick_1")
    assert [(each.verdict, each.actor, each.who) for each in names.log(asked)] == [(NamingVerdict.SAME_AS, first, "Awa")]
    assert head(screen) == "katiba Dagara"
    pressed(screen, "undo_1")
    assert head(screen) == "FPDA"
    assert names.log(asked)[0].undoes == 1


def test_a_known_actor_is_searched(screen: AppTest, asked: Workspace) -> None:
    assert screen.button(key="known_set").disabled
    screen.selectbox(key="actors_known").set_value("jnim").run()
    pressed(screen, "known_set")
    assert names.log(asked)[0].actor == "jnim"


def test_an_actor_of_ones_own_is_added_and_is_in_the_registry_below(screen: AppTest, asked: Workspace) -> None:
    screen.text_input(key="actors_called").set_value("Front patriotique").run()
    screen.selectbox(key="actors_kind").set_value(2).run()
    screen.text_input(key="actors_from").set_value("2024").run()
    pressed(screen, "new_add")
    assert say("fr", "actors.new.badday", value="2024") in shown(screen)
    screen.text_input(key="actors_from").set_value("2024-01-01").run()
    pressed(screen, "new_add")
    made = names.log(asked)[0]
    assert (made.actor, made.own and made.own.inter) == ("own:front-patriotique", 2)
    screen.text_input(key="registry_search").set_value("fpda").run()
    (row,) = screen.dataframe[0].value.to_dict("records")
    assert (row["name"], row["aliases"], row["kind"], row["valid"]) == ("Front patriotique", "FPDA", "groupe rebelle", "2024 –")
    assert row["source"] == say("fr", "actors.source.own")
    screen.text_input(key="registry_search").set_value("zzz").run()
    assert say("fr", "actors.registry.nomatch") in shown(screen)


def test_the_own_actor_is_a_filter_of_the_map_by_its_name(open_page: Open, asked: Workspace) -> None:
    names.new_actor(asked, "FPDA", 2, "Awa", called="Front patriotique")
    app = go(open_page(folder=asked.folder), "table")
    assert not app.exception
    assert "Front patriotique" in str(app.dataframe[0].value.to_dict())
    assert "Front patriotique" in str([each.options for each in (*app.multiselect, *app.button_group)])


def test_not_an_actor_and_an_empty_queue(screen: AppTest, asked: Workspace) -> None:
    screen.text_input(key="actors_why").set_value("a brand").run()
    pressed(pressed(screen, "reject"), "reject")
    assert [(each.name, each.why) for each in names.log(asked)] == [("katiba Dagara", ""), ("FPDA", "a brand")]
    assert say("fr", "actors.empty.text") in shown(screen)
    assert "Acteurs (" not in str(screen)


def test_who_decides_must_be_said(screen: AppTest, asked: Workspace) -> None:
    screen.text_input(key="geocoding_who").set_value(" ").run()
    pressed(screen, "reject")
    assert say("fr", "geocoding.who.missing") in shown(screen)
    assert names.log(asked) == ()


def test_the_queue_is_searched(screen: AppTest) -> None:
    screen.text_input(key="actors_needle").set_value("dagara").run()
    assert head(screen) == "katiba Dagara"
    screen.text_input(key="actors_needle").set_value("zzz").run()
    pressed(screen, "actors_lift")
    assert head(screen) in {"FPDA", "katiba Dagara"}


def test_the_screen_speaks_english(open_page: Open, asked: Workspace) -> None:
    app = go(open_page(folder=asked.folder, lang="en"), "actors")
    assert say("en", "actors.candidates") in shown(app)
    assert "political militia" in shown(app)


def test_a_case_without_reports_says_what_to_do(open_page: Open, tmp_path: Path) -> None:
    app = go(open_page(folder=open_workspace(tmp_path / "empty").folder), "actors")
    assert not app.exception
    assert say("fr", "screen.first.title") in shown(app)
