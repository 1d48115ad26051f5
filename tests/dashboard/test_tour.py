"""The tour: there for who opens a case first, through it and out of it, back from About."""

from tests.dashboard.conftest import Open, go, shown

from incidentmap.walks.workspace import Workspace


def test_a_newcomer_is_led_and_it_ends_for_good(open_page: Open, case: Workspace) -> None:
    app = open_page()
    assert "1 sur 5" in shown(app)
    assert "en une ligne" in shown(app)
    app.button(key="tour_next").click().run()
    app.button(key="tour_next").click().run()
    assert "3 sur 5" in shown(app)
    app.button(key="tour_back").click().run()
    assert "2 sur 5" in shown(app)
    app.button(key="tour_close").click().run()
    assert "sur 5" not in shown(app)
    assert "sur 5" not in shown(open_page())
    assert case.store.setting("tour") == "dismissed"


def test_its_last_step_offers_no_next(open_page: Open) -> None:
    app = open_page(lang="en")
    for _ in range(4):
        app.button(key="tour_next").click().run()
    assert "5 of 5" in shown(app)
    assert "briefing" in shown(app)
    assert [each.label for each in app.button if (each.key or "").startswith("tour_")] == ["Start", "Back"]


def test_about_offers_it_again(open_page: Open, case: Workspace) -> None:
    case.store.set_setting("tour", "dismissed")
    app = go(open_page(), "about")
    assert "sur 5" not in shown(app)
    app.button(key="tour_again").click().run()
    assert "1 sur 5" in shown(go(app, "map"))
