from datetime import date

from tests.maps.conftest import MakeView

from incidentmap.maps import histogram_html


def test_the_histogram_has_a_bar_a_day_and_actor_and_pales_outside_the_window(make_view: MakeView) -> None:
    extent = (date(2023, 11, 13), date(2023, 11, 25))
    assert histogram_html(make_view(), extent).count("%3Crect") == 3
    assert histogram_html(make_view(hidden=frozenset({"jnim"})), extent).count("%3Crect") == 2
    windowed = histogram_html(make_view(window=(date(2023, 11, 20), None)), extent)
    assert windowed.count("fill-opacity%3D%220.3%22") == 1


def test_a_long_histogram_joins_days(make_view: MakeView) -> None:
    assert histogram_html(make_view(), (date(2003, 1, 1), date(2023, 12, 31))).count("%3Crect") == 3
