from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1.element_tree import ButtonGroup
from tests.dashboard.conftest import Open, go, shown

from incidentmap.words import say

WHOLE = (date(2023, 11, 13), date(2023, 11, 25))


def params(app: object) -> dict[str, str]:
    found = {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}  # type: ignore[attr-defined]
    return {key: value for key, value in found.items() if key != "view"}


@pytest.mark.parametrize(("asked", "head"), [
    ({"from_": "2023-11-20"}, "3 sur 4"),
    ({"to": "2023-11-20"}, "1 sur 4"),
    ({"off": "jnim"}, "2 sur 4"),
    ({"off": "cnsp,jnim"}, "1 sur 4"),
    ({"as_": "target", "off": "fama"}, "2 sur 4"),
    ({"as_": "claimant", "off": "others"}, "1 sur 4"),
    ({"actors": "cnsp"}, "1 sur 4"),
    ({"types": "Battles"}, "2 sur 4"),
    ({"region": "tombouctou"}, "2 sur 4"),
    ({"region": "kidal"}, "1 sur 4"),
    ({"status": "confirmed"}, "1 sur 4"),
    ({"text": "niafunke"}, "1 sur 4"),
    ({"precision": "1"}, "4 sur 4"),
    ({"rule": "lowest"}, "4 sur 4"),
    ({"rule": "source:local_sources"}, "4 sur 4"),
    ({"rule": "source:nobody"}, "4 sur 4"),
    ({"from_": "2023-11-20", "off": "cnsp", "types": "Battles"}, "1 sur 4"),
])
def test_a_link_restores_what_was_seen(open_page: Open, asked: dict[str, str], head: str) -> None:
    app = open_page(**asked)
    assert not app.exception
    assert f"{head} incidents" in shown(app)
    assert params(app) == {key.rstrip("_"): value for key, value in asked.items()}


@pytest.mark.parametrize(("name", "value"), [
    ("from", "yesterday"), ("to", "2023-13-45"), ("precision", "9"), ("status", "maybe"), ("bbox", "1,2"), ("view", "north"),
    ("lang", "xx"), ("rule", "mean"), ("as", "victim"), ("from", "<script>alert(1)</script>"),
])
def test_an_unreadable_link_is_told_and_the_rest_holds(open_page: Open, name: str, value: str) -> None:
    app = open_page(**{"off": "jnim", f"{name}_": value})
    assert not app.exception
    assert "2 sur 4 incidents" in shown(app)
    assert f"« {name} »" in shown(app)
    assert "<script>" not in shown(app)


@pytest.mark.parametrize(("name", "value"), [
    ("region", "atlantis"), ("types", "Picnics"), ("actors", "nobody"), ("off", "nobody"),
])
def test_unknown_names_in_a_link_never_end_in_a_trace(open_page: Open, name: str, value: str) -> None:
    assert not open_page(**{name: value}).exception


def test_a_window_that_ends_before_it_starts_is_refused(open_page: Open) -> None:
    app = open_page(from_="2023-11-24", to="2023-11-01")
    assert not app.exception
    assert "« to »" in shown(app)


def test_a_hidden_layer_survives_the_slider_and_other_screens(open_page: Open) -> None:
    app = go(open_page(), "table")
    app.checkbox(key="layer_jnim").uncheck().run()
    assert "2 sur 4 incidents" in shown(app)
    app.slider(key="window_slider").set_range(date(2023, 11, 20), WHOLE[1]).run()
    assert "1 sur 4 incident" in shown(app)
    assert params(app) == {"from": "2023-11-20", "off": "jnim"}
    assert list(app.dataframe[0].value["place"]) == ["Bamako"]
    go(app, "about")
    go(app, "map")
    assert not app.checkbox, "the map has its own legend"
    assert "1 sur 4 incident" in shown(app)
    go(app, "table")
    assert not app.checkbox(key="layer_jnim").value
    assert params(app) == {"from": "2023-11-20", "off": "jnim"}


def test_the_slider_offers_every_day_of_the_case_and_one_to_spare(open_page: Open) -> None:
    slider = go(open_page(), "table").slider(key="window_slider")
    ends = tuple(datetime.fromtimestamp(float(end) / 1e6, UTC).date() for end in (slider.min, slider.max))  # microseconds
    assert ends == slider.value == WHOLE


def test_the_slider_back_at_its_ends_sets_no_window(open_page: Open) -> None:
    app = go(open_page(from_="2023-11-20"), "table")
    app.slider(key="window_slider").set_range(*WHOLE).run()
    assert params(app) == {}
    assert "4 sur 4 incidents" in shown(app)


def test_presets_and_steps_move_the_window(open_page: Open) -> None:
    app = go(open_page(), "table")
    app.button(key="week").click().run()
    assert params(app) == {"from": "2023-11-18"}
    app.button(key="earlier").click().run()
    assert "13 – 20 novembre 2023" in shown(app)
    app.button(key="later").click().run()
    app.button(key="whole").click().run()
    assert params(app) == {}


def test_filters_of_the_side_panel(open_page: Open) -> None:
    app = open_page()
    app.text_input(key="filter_text").set_value("GOUNDAM").run()
    assert "1 sur 4 incident" in shown(app)
    app.text_input(key="filter_text").set_value("").run()
    app.selectbox(key="filter_region").select("tombouctou").run()
    assert "2 sur 4 incidents" in shown(app)
    app.selectbox(key="filter_region").select("any").run()
    app.multiselect(key="filter_actors").select("mali_transition").run()
    assert params(app) == {"actors": "mali_transition"}
    assert "1 sur 4 incident" in shown(app)


def test_nothing_to_show_says_which_filter_to_lift(open_page: Open) -> None:
    app = open_page(types="Riots", from_="2023-11-20")
    assert say("fr", "screen.empty.title") in shown(app)
    assert [button.label for button in app.button if button.key and button.key.startswith("lift_")] == ["Lever « Type »"]
    app.button(key="lift_filter_types").click().run()
    assert "3 sur 4 incidents" in shown(app)
    assert params(app) == {"from": "2023-11-20"}


def test_when_all_layers_are_hidden_that_is_what_to_lift(open_page: Open) -> None:
    app = open_page(off="jnim,fama,cnsp")
    app.button(key="lift_hidden").click().run()
    assert "4 sur 4 incidents" in shown(app)


def test_when_no_single_filter_helps_all_can_be_lifted(open_page: Open) -> None:
    app = open_page(types="Riots", text="nothing like this")
    assert say("fr", "screen.empty.nothing") in shown(app)
    app.button(key="lift_all").click().run()
    assert "4 sur 4 incidents" in shown(app)


def test_the_language_switch_changes_words_and_keeps_filters(open_page: Open) -> None:
    app = open_page(off="jnim")
    switch = app.get("button_group")[-1]
    assert isinstance(switch, ButtonGroup)
    switch.set_value("en").run()
    assert "2 of 4 incidents" in shown(app)
    assert params(app) == {"lang": "en", "off": "jnim"}
