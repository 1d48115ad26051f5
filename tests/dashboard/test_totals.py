import pytest
from tests.dashboard.conftest import Open, go, shown

LINES = {
    "all": "Tués 20 – 55 ou plus (3 incidents sans bilan) · 1 bilan cumulé, non ajouté",
    "lowest": "Tués au moins 20 (3 incidents sans bilan) · 1 bilan cumulé, non ajouté",
    "highest": "Tués 45 – 55 (3 incidents sans bilan) · 1 bilan cumulé, non ajouté",
    "source:jnim": "Tués au moins 20 (3 incidents sans bilan)",
    "source:nobody": "Aucun bilan chiffré",
}


@pytest.mark.parametrize(("rule", "line"), LINES.items())
def test_a_link_names_the_rule_on_map_and_table(open_page: Open, rule: str, line: str) -> None:
    app = open_page(rule=rule)
    assert not app.exception
    assert f">{line}</p>" in shown(app)
    assert app.selectbox(key="totals_rule").value == rule
    assert f">{line}</p>" in shown(go(app, "table"))


def test_the_rule_is_chosen_beside_the_totals_and_kept_in_the_link(open_page: Open) -> None:
    app = open_page()
    choice = app.selectbox(key="totals_rule")
    assert choice.options == ["toutes les sources", "chiffre le plus bas", "chiffre le plus haut", "Jnim seulement",
                              "Sources locales seulement"]
    choice.select("highest").run()
    assert LINES["highest"] in shown(app)
    assert "highest" in app.query_params["rule"]
    app.selectbox(key="totals_rule").select("all").run()
    assert "rule" not in app.query_params


def test_a_rule_is_no_filter(open_page: Open) -> None:
    app = open_page(rule="lowest")
    assert "Menu, filtres ·" not in shown(app)
    assert not [button for button in app.button if button.label == "Lever tous les filtres"]


def test_the_table_has_the_range_of_each_incident(open_page: Open) -> None:
    (table,) = go(open_page(rule="highest"), "table").dataframe
    assert list(table.value["killed_range"]) == ["", "", "", "45 – 55"]


def test_nothing_shown_has_no_toll(open_page: Open) -> None:
    assert 'class="im-totals"' not in shown(open_page(text="nowhere-at-all"))
    assert "Tués" not in shown(open_page(actors="cnsp"))


def test_a_hostile_rule_is_text(open_page: Open) -> None:
    app = open_page(rule="source:<script>alert(1)</script>")
    assert not app.exception
    assert "<script>" not in shown(app)
