import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentmap.tables.figures_in import Figure, read_degrees, read_figure, read_point

FIGURES = [
    ("", Figure()), ("12", Figure(best=12)), ("12.0", Figure(best=12)), (" 3 ", Figure(best=3)), ("+4", Figure(best=4)),
    ("1e3", Figure(best=1000)), ("-0", Figure(best=0)), ("aucun", Figure(best=0)), ("none", Figure(best=0)),
    ("1 200", Figure(best=1200, rule="figure_thousands")), ("1,200", Figure(best=1200, rule="figure_thousands")),
    ("1.200", Figure(best=1200, rule="figure_thousands")), ("1\u202f200", Figure(best=1200, rule="figure_thousands")),
    ("10-15", Figure(10, None, 15, "figure_range")), ("10 à 15", Figure(10, None, 15, "figure_range")),
    ("entre 10 et 15", Figure(10, None, 15, "figure_range")),
    ("between 10 and 15 people", Figure(10, None, 15, "figure_range")),
    ("10–15 morts", Figure(10, None, 15, "figure_range")),
    ("au moins 5", Figure(low=5, rule="figure_bound")), ("At least 5 killed", Figure(low=5, rule="figure_bound")),
    ("plus de 10", Figure(low=10, rule="figure_bound")), ("5+", Figure(low=5, rule="figure_bound")),
    (">5", Figure(low=5, rule="figure_bound")), ("jusqu'à 20", Figure(high=20, rule="figure_bound")),
    ("up to 20", Figure(high=20, rule="figure_bound")), ("environ 50", Figure(best=50, rule="figure_about")),
    ("~10", Figure(best=10, rule="figure_about")), ("12 morts", Figure(best=12, rule="figure_about")),
    ("-3", Figure(rule="figure_negative")), ("2.5", Figure(rule="figure_not_whole")),
    ("99999999999", Figure(rule="figure_too_large")), ("beaucoup", Figure(rule="figure_unreadable")),
    ("15-10", Figure(rule="figure_unreadable")), ("1/2", Figure(rule="figure_unreadable")),
]
DEGREES = [
    ("14.5", 14.5), ("-4,25", -4.25), ("+4.25", 4.25), ("14°30'N", 14.5), ("4°15'O", -4.25), ("4.25 W", -4.25),
    ("S 4.25", -4.25), ("14° 30' 36\" N", 14.51), ("1.5e-05", 1.5e-05), ("", None), ("nord", None), ("14°75'N", None),
    ("1,234.5", None), ("N14.5S", None), ("inf", None), ("nan", None), ("1e400", None),
]


@pytest.mark.parametrize(("text", "figure"), FIGURES)
def test_figures_are_read(text: str, figure: Figure) -> None:
    assert read_figure(text) == figure


@pytest.mark.parametrize(("text", "degrees"), DEGREES)
def test_degrees_are_read(text: str, degrees: float | None) -> None:
    read = read_degrees(text)
    assert read == degrees if degrees is None or read is None else math.isclose(read, degrees)


@pytest.mark.parametrize(("text", "point"), [
    ("POINT (90.0625 22.5)", (90.0625, 22.5)), ("POINT Z (1 2 3)", (1, 2)), ("14.5, -4.2", (-4.2, 14.5)),
    ("14.5;-4.2", (-4.2, 14.5)), ("(14.5 -4.2)", (-4.2, 14.5)), ("Gao", None), ("", None),
])
def test_points_in_one_cell_are_read(text: str, point: tuple[float, float] | None) -> None:
    assert read_point(text) == point


@given(st.integers(0, 2**31 - 1))
def test_parse_of_write_is_identity_for_figures(number: int) -> None:
    assert read_figure(str(number)) == Figure(best=number)


@given(st.floats(-180, 180))
def test_parse_of_write_is_identity_for_degrees(degrees: float) -> None:
    assert read_degrees(repr(degrees)) == degrees
    if "e" not in repr(degrees):
        assert read_degrees(repr(degrees).replace(".", ",")) == degrees


@given(st.text(max_size=30))
def test_no_cell_raises(text: str) -> None:
    figure = read_figure(text)
    assert all(bound is None or 0 <= bound < 2**31 for bound in (figure.low, figure.best, figure.high))
    degrees = read_degrees(text)
    assert degrees is None or math.isfinite(degrees)
    read_point(text)
