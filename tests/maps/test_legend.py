import re
from dataclasses import replace
from datetime import date

from tests.maps.conftest import MakeView

from incidentmap.maps import histogram_html, legend_html
from incidentmap.maps.symbols import PATHS, data_uri, symbol_svg
from incidentmap.registry import SHAPES, actors


def entries(html: str) -> list[tuple[str, str]]:
    return re.findall(r"<span>([^<]*)</span><b>(\d+)</b>", html)


def test_the_legend_names_every_actor_with_the_count_of_the_window(make_view: MakeView) -> None:
    names = [actors()[actor].name("fr") for actor in ("jnim", "fama", "cnsp")]
    assert entries(legend_html(make_view())) == list(zip(names, "211", strict=True))
    assert entries(legend_html(make_view(window=(date(2023, 11, 20), None)))) == list(zip(names, "201", strict=True))


def test_the_legend_explains_each_sign_of_precision(make_view: MakeView) -> None:
    html = legend_html(make_view())
    signs = ("lieu et date exacts", "lieu ou date approchés", "étendue, sans point", "versions en présence", "d&#x27;étude",
             "brouillon, non relu")
    assert all(words in html for words in signs)


def test_hidden_layers_stay_in_the_legend_but_paler(make_view: MakeView) -> None:
    assert legend_html(make_view(hidden=frozenset({"fama"}))).count("im-off") == 1


def test_names_are_escaped(make_view: MakeView) -> None:
    view = make_view()
    hostile = replace(view, layers=(replace(view.layers[0], name="<img src=x onerror=alert(1)>"),))
    assert "<img src=x" not in legend_html(hostile)


def test_every_shape_of_the_registry_can_be_drawn() -> None:
    assert set(PATHS) == set(SHAPES)
    drawn = [symbol_svg(shape, "#000", "#fff") for shape in SHAPES]
    assert len(set(drawn)) == len(SHAPES)
    assert all("<" not in data_uri(svg) for svg in drawn)


def test_the_histogram_has_a_bar_a_day_and_actor_and_pales_outside_the_window(make_view: MakeView) -> None:
    extent = (date(2023, 11, 13), date(2023, 11, 25))
    assert histogram_html(make_view(), extent).count("%3Crect") == 3
    assert histogram_html(make_view(hidden=frozenset({"jnim"})), extent).count("%3Crect") == 2
    windowed = histogram_html(make_view(window=(date(2023, 11, 20), None)), extent)
    assert windowed.count("fill-opacity%3D%220.3%22") == 1


def test_a_long_histogram_joins_days(make_view: MakeView) -> None:
    assert histogram_html(make_view(), (date(2003, 1, 1), date(2023, 12, 31))).count("%3Crect") == 3
