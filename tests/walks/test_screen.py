"""Incidents and imported rows, whether drawn or counted, make one sum."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.walks.table_rows import import_rows, made_rows

from incidentmap.frames import incidents_frame
from incidentmap.gazetteer import boundary
from incidentmap.maps import OTHERS, MapView, map_view
from incidentmap.maps.view import touches
from incidentmap.model import (
    Claim,
    ClaimField,
    Incident,
    IncidentQuery,
    LayerRole,
    Portion,
    Reading,
    Report,
    Scope,
    Stance,
    Status,
)
from incidentmap.registry import actors
from incidentmap.store.events import queries
from incidentmap.walks import screen as screens
from incidentmap.walks.event_rows import OpenRows, opened_rows
from incidentmap.walks.listed import Wanted
from incidentmap.walks.row_incidents import row_incidents
from incidentmap.walks.screen import Screen, screen_list, screen_view
from incidentmap.walks.select import select_case
from incidentmap.walks.viewport import viewport
from incidentmap.walks.workspace import Workspace, open_workspace

NUMBER = 300
NAMED = "Milice de la Boucle, dite (B)"
LAYERS = ("jnim", "fama", "cnsp", NAMED, "made", OTHERS)
SCREENS = st.builds(
    Screen,
    query=st.builds(
        IncidentQuery, actors=st.sampled_from([(), (), ("jnim",), (NAMED,)]), not_actors=st.sampled_from([(), (), ("fama",)]),
        event_types=st.sampled_from([(), (), ("Battles",)]), region=st.sampled_from([None, None, "tombouctou"]),
        area=st.sampled_from([(), ((-5.0, 15.0), (0.0, 15.0), (0.0, 17.0), (-5.0, 17.0))]),
        worst_precision=st.sampled_from([None, 1, 3]), text=st.sampled_from(["", "", "convoi"]),
        sources=st.sampled_from([(), (), ("made",), ("reports",)]),
    ),
    window=st.sampled_from([(None, None), (None, None), (date(2023, 11, 20), None), (date(2023, 10, 5), date(2023, 11, 24))]),
    hidden=st.sets(st.sampled_from(LAYERS), max_size=3).map(frozenset),
    seen=st.sampled_from([None, viewport(16.0, -3.9, 9.0)]),
    role=st.sampled_from(LayerRole),
)


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, first_report: Report, first_reading: Reading,
) -> Workspace:
    workspace = open_workspace(tmp_path_factory.mktemp("both") / "case", "tombouctou")
    workspace.store.add(first_report, first_reading)
    import_rows(workspace, made_rows(NUMBER))
    return workspace


def shown(workspace: Workspace, rows: OpenRows | None, screen: Screen) -> MapView:
    found = select_case(workspace, screen.query)
    return screen_view(workspace, found, rows, screen, total=4, reports=workspace.store.reports())


def plainly(workspace: Workspace, rows: OpenRows, screen: Screen) -> MapView:
    """The same, with each row as if a person had confirmed it: no row is counted, all are incidents."""
    found = select_case(workspace, screen.query)
    page = queries.page(rows, screen.query, size=NUMBER).rows
    confirmed = [_as_confirmed(each) for each in row_incidents(page, "tombouctou").incidents]
    every = (*found.incidents, *confirmed)
    known = {**actors(), **{
        name: replace(actors()["jnim"], id=name, names=(("fr", name),), inter=None, parent="") for name in (NAMED, "made")
    }}
    return map_view(
        every, incidents_frame(every, region="tombouctou", boundary=boundary), total=4 + NUMBER, actors=known,
        language=screen.language, theme=screen.theme, region=found.region, window=screen.window, hidden=screen.hidden,
        shared=found.report_claims, reports=workspace.store.reports(), role=screen.role,
    )


def _as_confirmed(row: Incident) -> Incident:
    """Its source claims something even where it gives no figure."""
    told = Claim("made", "", Stance.REPORTS, ClaimField.CONSEQUENCES, "", "unknown", None, None, None, hedged=False,
                 scope=Scope.INCIDENT, span=row.trigger, report=row.id)
    return replace(row, status=Status.CONFIRMED, claims=(*row.claims, told))


@pytest.mark.parametrize("limit", [NUMBER, 20, 1])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(screen=SCREENS)
def test_what_is_told_is_the_sum_whatever_is_drawn(
    both: Workspace, monkeypatch: pytest.MonkeyPatch, limit: int, screen: Screen,
) -> None:
    monkeypatch.setattr(screens, "POINT_LIMIT", limit)
    with opened_rows(both) as rows:
        assert rows is not None
        view, plain = shown(both, rows, screen), plainly(both, rows, screen)
    assert view.counts == plain.counts
    assert view.totals == plain.totals
    told = {layer.id: (layer.count, layer.in_window, layer.shown) for layer in view.layers}
    assert told == {layer.id: (layer.count, layer.in_window, layer.shown) for layer in plain.layers}
    assert (view.histogram.step, view.histogram.starts) == (plain.histogram.step, plain.histogram.starts)
    assert dict(view.histogram.counts) == dict(plain.histogram.counts)
    assert sum(layer.in_window for layer in view.layers if layer.shown) == view.counts.shown, "nobody's incident vanishes"
    _check_drawn(view, plain, limit)


def _check_drawn(view: MapView, plain: MapView, limit: int) -> None:
    marks = [mark.incident for layer in view.layers for mark in layer.marks]
    rows = [each for each in marks if each.status is Status.IMPORTED]
    assert len(rows) <= limit
    if view.many is None:
        assert not view.bins
        return
    assert (view.many.limit, rows) == (limit, [])
    placed = Counter(
        layer.id for layer in plain.layers for mark in layer.marks
        if mark.incident.id.startswith("made:") and mark.incident.location and touches(mark.incident.date, plain.window)
    )
    counted = Counter(layer for each in view.bins for layer, number in each.by_layer for _ in range(number))
    assert counted.total() == view.many.in_view
    assert counted <= placed
    assert all(each.count == sum(number for _, number in each.by_layer) for each in view.bins)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(screen=SCREENS, order=st.sampled_from(queries.Order), size=st.integers(30, 200))
def test_pages_are_the_whole_list_cut(both: Workspace, screen: Screen, order: queries.Order, size: int) -> None:
    found = select_case(both, screen.query)
    with opened_rows(both) as rows:
        assert rows is not None
        expected = {mark.incident.id for mark in plainly(both, rows, screen).seen()}
        first = screen_list(found, rows, screen, "tombouctou", Wanted(0, size, order))
        pages = [screen_list(found, rows, screen, "tombouctou", Wanted(at, size, order)) for at in range(0, first.total, size)]
    listed = [incident for page in pages for incident in page.incidents]
    assert first.total == len(expected)
    assert len(listed) == len(expected)
    assert {each.id for each in listed} == expected
    assert all(len(page.incidents) == size for page in pages[:-1])
    days = [(each.date is None, each.date.start.toordinal() if each.date else 0) for each in listed]
    if order is queries.Order.EARLIEST:
        assert days == sorted(days)
    if order is queries.Order.LATEST:
        assert days == sorted(days, key=lambda each: (each[0], -each[1]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(screen=SCREENS, portion=st.sampled_from(Portion))
def test_a_portion_has_as_many_as_the_sentence_counts(both: Workspace, screen: Screen, portion: Portion) -> None:
    found = select_case(both, screen.query)
    with opened_rows(both) as rows:
        assert rows is not None
        counts = shown(both, rows, screen).counts
        listed = screen_list(found, rows, screen, "tombouctou", Wanted(size=1000, portion=portion))
        whole = screen_list(found, rows, screen, "tombouctou", Wanted(size=1000))
    expected = {
        Portion.INSIDE: counts.inside, Portion.OUTSIDE: counts.outside, Portion.UNPLACED: counts.without_place,
        Portion.ABOUT: counts.about_dates, Portion.UNDATED: counts.undated,
    }
    assert len(listed.incidents) == listed.total == expected[portion]
    told = {each.id for each in listed.incidents}
    assert [each.id for each in whole.incidents if each.id in told] == [each.id for each in listed.incidents]


def test_without_tables_the_screen_is_the_case_file(case: Workspace, first_incidents: tuple[Incident, ...]) -> None:
    with opened_rows(case) as rows:
        assert rows is None
        view = shown(case, rows, Screen(IncidentQuery()))
    assert {mark.incident.id for mark in view.seen()} == {each.id for each in first_incidents}
    assert (view.bins, view.many) == ((), None)


def test_a_row_that_is_drawn_is_a_report_of_its_own(both: Workspace, tmp_path: Path) -> None:
    with opened_rows(both) as rows:
        view = shown(both, rows, Screen(IncidentQuery(sources=("made",))))
    marks = [mark.incident for layer in view.layers for mark in layer.marks]
    assert len(marks) == NUMBER
    assert all(view.reports[each.report].id == each.id for each in marks)


@pytest.mark.parametrize("worst", [None, 1, 2, 3])
def test_what_precision_hides_is_counted(both: Workspace, worst: int | None) -> None:
    """Of every day and layer, whatever the window."""
    query = IncidentQuery(event_types=("Battles",), worst_precision=worst)
    with opened_rows(both) as rows:
        anywhere = shown(both, rows, Screen(replace(query, worst_precision=None)))
        limited = shown(both, rows, Screen(query, window=(date(2023, 11, 20), None), hidden=frozenset({"jnim"})))
        left = shown(both, rows, Screen(query))
    assert (limited.limit.worst, limited.limit.hidden) == (worst, anywhere.counts.shown - left.counts.shown)
    assert (limited.limit.hidden > 0) is (worst is not None)
