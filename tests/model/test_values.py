from datetime import date

import pytest

from incidentmap.model import Actor, BadValue, DatePrecision, PartialDate, Position, Reason, Span, reason


@pytest.mark.parametrize(("lon", "lat"), [(181, 0), (-180.5, 0), (0, 91), (0, -90.1), (float("nan"), 0), (0, float("inf"))])
def test_a_position_outside_the_earth_is_refused(lon: float, lat: float) -> None:
    with pytest.raises(BadValue, match="is not allowed"):
        Position(lon, lat)


def test_the_axes_swap_in_one_place() -> None:
    assert Position(-3.99, 15.93).lat_lon() == (15.93, -3.99)


def test_a_date_interval_does_not_end_before_it_starts() -> None:
    with pytest.raises(BadValue, match="on or after its start"):
        PartialDate(date(2023, 11, 25), date(2023, 11, 24), DatePrecision.RANGE)


def test_only_a_day_is_exact() -> None:
    day = date(2023, 11, 24)
    assert PartialDate.day(day).exact
    assert not PartialDate(day, day, DatePrecision.ABOUT).exact


def test_a_span_covers_what_lies_within_it() -> None:
    assert Span(0, 5, "abcde").covers(Span(1, 3, "bc"))
    assert not Span(1, 3, "bc").covers(Span(0, 5, "abcde"))


def test_a_reason_keeps_its_values_as_text() -> None:
    assert reason("distance", km=12) == Reason("distance", (("km", "12"),))


def test_an_actor_without_a_name_in_a_language_falls_back() -> None:
    actor = Actor("jnim", (("fr", "Jnim"),), (), 2, "", None, None, "#CC79A7", "triangle")
    assert (actor.name("en"), actor.name("fr")) == ("Jnim", "Jnim")
    assert Actor("x", (), (), None, "", None, None, "#999999", "circle").name("fr") == "x"
