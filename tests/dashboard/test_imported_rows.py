"""Imported rows on the screens, beside the first case."""

import pytest
from tests.dashboard.conftest import Open, go, shown
from tests.walks.table_rows import import_rows, made_rows

from incidentmap.walks.workspace import Workspace

ROWS = made_rows(60)
HOSTILE = "</style><script>alert(1)</script>, dit \"l'Autre\""


@pytest.fixture
def with_rows(case: Workspace) -> Workspace:
    import_rows(case, [{**row, "actor1": HOSTILE} if place < 30 else row for place, row in enumerate(ROWS)])
    return case


@pytest.mark.parametrize(("asked", "count"), [
    ({}, 64),
    ({"sources": "made"}, 60),
    ({"sources": "reports"}, 4),
    ({"status": "imported"}, 60),
    ({"status": "draft"}, 3),
    ({"types": "Riots"}, sum(row["event_type"] == "Riots" for row in ROWS)),
    ({"area": "-3.7,16.4;-3.6,16.4;-3.6,16.5"}, None),
])
def test_filters_hold_for_incidents_and_rows(
    with_rows: Workspace, open_page: Open, asked: dict[str, str], count: int | None,
) -> None:
    app = open_page(lang="en", **asked)
    assert not app.exception
    assert count is None or f"<strong>{count} of 64 incidents</strong>" in shown(app)


def test_names_of_tables_are_only_text(with_rows: Workspace, open_page: Open) -> None:
    app = go(open_page(lang="en"), "table")
    assert not app.exception
    styles = [each.proto.body for each in app.get("html") if each.proto.body.startswith("<style>")]
    assert all(style.count("</style>") == 1 and "<script" not in style for style in styles)
    assert "<script" not in shown(app)
    layer = next(box for box in app.checkbox if "Autre" in box.label)
    layer.uncheck().run()
    assert not app.exception
    assert HOSTILE.replace(",", "%2C") in app.query_params["off"]
    assert "34 of 64 incidents" in shown(app)


def test_the_table_has_one_page_at_a_time(with_rows: Workspace, open_page: Open) -> None:
    app = go(open_page(lang="en"), "table")
    assert not app.exception
    assert "1–64 of 64" in shown(app)
    app.selectbox(key="table_size").select(50).run()
    assert "1–50 of 64" in shown(app)
    assert len(app.dataframe[0].value) == 50
    app.number_input(key="table_page").set_value(2).run()
    assert "51–64 of 64" in shown(app)
    assert len(app.dataframe[0].value) == 14
    app.selectbox(key="table_order").select("deadliest").run()
    first = app.number_input(key="table_page").set_value(1).run().dataframe[0].value
    assert first["killed_range"].iloc[0] != ""
