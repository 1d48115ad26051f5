"""The Geocoding screen without a browser: queue, decisions, log. Its map is tested in tests/browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from tests.dashboard.conftest import Open, go, shown

from incidentmap.model import NameAsked, ResolutionStatus, Verdict
from incidentmap.walks import decide
from incidentmap.walks.workspace import Workspace, open_workspace
from incidentmap.words import say

HOSTILE = "<img src=x onerror=alert(1)> *[x](javascript:alert(1))*"
ROWS = (
    (NameAsked("Tin-Xyz", admin="Tombouctou"), "Des combats près de Tin-Xyz ; d'autres à Tin-Xyz.", ResolutionStatus.MISS),
    (NameAsked("Tin-Xyz", admin="Tombouctou"), "", ResolutionStatus.MISS),
    (NameAsked("Tombouctou"), "Il a été vu à Tombouctou.", ResolutionStatus.AMBIGUOUS),
    (NameAsked(HOSTILE), f"vers {HOSTILE} hier", ResolutionStatus.MISS),
)


@pytest.fixture
def asked(tmp_path: Path) -> Workspace:
    workspace = open_workspace(tmp_path / "asked", "mali")
    decide.note_questions(workspace, "noms.csv", ROWS)
    return workspace


@pytest.fixture
def screen(open_page: Open, asked: Workspace, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv(decide.PERSON, "Awa")
    return go(open_page(folder=asked.folder), "geocoding")


def head(app: AppTest) -> str:
    """The name that stands before the visitor, as HTML."""
    return next(each for each in shown(app).split("<h1")[1:]).split(">", 1)[1].split("</h1>")[0]


def open_name(app: AppTest, name: str) -> AppTest:
    return next(each for each in app.button if str(each.key).startswith("open_") and each.label.startswith(name)).click().run()


def pressed(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def test_the_queue_tells_names_counts_and_status_misses_first(screen: AppTest) -> None:
    assert not screen.exception
    labels = [each.label for each in screen.button if str(each.key).startswith("open_")]
    assert [label.split(" :gray")[0] for label in labels][::2] == ["Tin-Xyz (Tombouctou)", "Tombouctou"]
    assert "inconnu · 2" in labels[0]
    assert "ambigu · 1" in labels[2]
    assert head(screen) == "Tin-Xyz"
    assert 'près de <mark class="im-place">Tin-Xyz</mark> ;' in shown(screen)
    assert say("fr", "geocoding.candidates.none") in shown(screen)


def test_the_queue_is_filtered_by_status_and_searched(screen: AppTest) -> None:
    screen.segmented_control(key="geocoding_status").set_value("ambiguous").run()
    assert head(screen) == "Tombouctou"
    screen.text_input(key="geocoding_needle").set_value("niamey").run()
    assert say("fr", "geocoding.queue.nomatch") in shown(screen)
    pressed(screen, "geocoding_lift")
    assert head(screen) == "Tombouctou"


def test_a_pick_shows_the_next_name_and_undo_brings_it_back(screen: AppTest, asked: Workspace) -> None:
    open_name(screen, "Tombouctou")
    assert screen.button(key="pick_1").label.startswith("Tombouctou")
    screen.text_input(key="geocoding_why").set_value("vu sur place").run()
    pressed(screen, "pick_1")
    assert not screen.exception
    made = decide.log(asked)[0]
    assert (made.verdict, made.asked.name, made.who, made.why) == (Verdict.PICK, "Tombouctou", "Awa", "vu sur place")
    assert head(screen) != "Tombouctou"
    assert screen.text_input(key="geocoding_why").value == ""
    assert "« Tombouctou » est " in shown(screen)
    pressed(screen, f"undo_{made.number}")
    assert head(screen) == "Tombouctou"
    assert decide.log(asked)[0].verdict is Verdict.UNDO
    assert say("fr", "geocoding.log.undo", number=made.number) in shown(screen)


def test_reject_and_own_position(screen: AppTest, asked: Workspace) -> None:
    assert screen.button(key="own_set").disabled
    screen.text_input(key="geocoding_at").set_value("16.5; -3.2").run()
    screen.number_input(key="geocoding_radius").set_value(12.0).run()
    screen.selectbox(key="geocoding_kind").set_value("camp").run()
    pressed(screen, "own_set")
    made = decide.log(asked)[0]
    assert made.place is not None
    assert (made.verdict, made.place.position.lat_lon(), made.place.radius_km) == (Verdict.OVERRIDE, (16.5, -3.2), 12.0)
    pressed(screen, "reject")
    assert decide.log(asked)[0].verdict is Verdict.REJECT
    pressed(screen, "reject")
    assert say("fr", "geocoding.empty.title") in shown(screen)
    assert not screen.exception


@pytest.mark.parametrize("typed", ["abc", "95, 2", "1", "1, 2, 3", "nan, 2"])
def test_what_is_no_position_is_told_and_nothing_decided(screen: AppTest, asked: Workspace, typed: str) -> None:
    screen.text_input(key="geocoding_at").set_value(typed).run()
    pressed(screen, "own_set")
    assert not screen.exception
    assert 'role="alert"' in shown(screen)
    assert typed in shown(screen)
    assert not decide.log(asked)


def test_nobody_decides_without_a_name(screen: AppTest, asked: Workspace) -> None:
    screen.text_input(key="geocoding_who").set_value(" ").run()
    assert say("fr", "geocoding.who.missing") in shown(screen)
    pressed(screen, "reject")
    assert not decide.log(asked)
    assert head(screen) == "Tin-Xyz"


def test_the_name_is_kept_on_other_screens(screen: AppTest) -> None:
    screen.text_input(key="geocoding_who").set_value("Binta").run()
    go(screen, "about")
    assert go(screen, "geocoding").text_input(key="geocoding_who").value == "Binta"


def test_another_spelling_brings_candidates(screen: AppTest, asked: Workspace) -> None:
    screen.text_input(key="geocoding_searched").set_value("Niafunké").run()
    assert screen.button(key="pick_1").label.startswith("Niafunk")
    pressed(screen, "pick_1")
    made = decide.log(asked)[0]
    assert made.place is not None
    assert (made.asked.name, made.place.name) == ("Tin-Xyz", "Niafunké")


def test_a_hostile_name_is_shown_as_text(screen: AppTest) -> None:
    open_name(screen, "\\<img")
    assert not screen.exception
    assert "<img src=x" not in shown(screen)
    assert "&lt;img src=x" in head(screen)
    label = next(each.label for each in screen.button if "img src" in each.label)
    assert "\\[x\\](javascript\\:" in label
    pressed(screen, "reject")
    assert "<img src=x" not in shown(screen)


def test_next_and_previous_walk_the_queue(screen: AppTest) -> None:
    assert screen.button(key="move_previous").disabled
    first = head(screen)
    pressed(screen, "move_next")
    assert head(screen) != first
    pressed(screen, "move_previous")
    assert head(screen) == first


def test_a_long_queue_lists_forty_and_tells_the_rest(open_page: Open, asked: Workspace) -> None:
    rows = [(NameAsked(f"Tin-{number}"), "", ResolutionStatus.MISS) for number in range(90)]
    decide.note_questions(asked, "longue.csv", rows)
    app = go(open_page(folder=asked.folder), "geocoding")
    assert sum(str(each.key).startswith("open_") for each in app.button) == 40
    assert say("fr", "geocoding.queue.more", count=53) in shown(app)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_case_without_open_names_says_so(open_page: Open, language: str) -> None:
    app = go(open_page(lang=language), "geocoding")
    assert not app.exception
    assert say(language, "geocoding.empty.title") in shown(app)


def test_a_new_case_tells_what_to_do(open_page: Open, tmp_path: Path) -> None:
    app = go(open_page(folder=tmp_path / "empty"), "geocoding")
    assert not app.exception
    assert say("fr", "screen.first.title") in shown(app)
