"""Zooms show where incidents crowd, each group once, the most crowded first; counted discs lose and mix nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from shapely.geometry import Point

from incidentmap.briefing import Material, compose
from incidentmap.briefing.crowds import MOST_SINGLE, signs
from incidentmap.briefing.entries import Entry, read_entries
from incidentmap.briefing.extent import Extent
from incidentmap.briefing.zooms import zooms

_DAY = date(2026, 11, 23)
WHOLE = Extent(-10.0, 10.0, 6.0, 20.0)


def at(number: int, lon: float, lat: float, *, about: bool = False) -> Entry:
    return Entry(
        f"i{number:03}", Point(lon, lat), f"Place {number % 3}", None, about, False, 0.0, "", "", "", "", "", False,
    )


def test_each_crowd_is_shown_once_larger_and_whole() -> None:
    crowd = [at(k, -4 + k % 3 * 0.1, 15 + k // 3 * 0.1) for k in range(9)]
    others = [at(20, 2, 12), at(21, 2.1, 12), *(at(30 + k, 5, 19) for k in range(5)), at(40, -9, 19)]
    found = zooms([*crowd, *others], WHOLE, 1240, 1.55)
    assert [sorted(each.id for each in zoom.entries) for zoom in found] == [[each.id for each in crowd]]
    extent = found[0].extent
    assert all(extent.holds(each.geometry.bounds) for each in crowd if each.geometry)
    assert extent.east - extent.west < (WHOLE.east - WHOLE.west) / 4
    assert found[0].place == "Place 0"


def test_a_crowd_over_all_the_map_is_parted() -> None:
    spread = [at(k, -9 + k * 0.3, 15 + k % 2 * 0.1) for k in range(48)]
    knots = [at(100 + k, -8 + k % 2 * 0.02, 12.0) for k in range(4)]
    found = zooms([*spread, *knots], WHOLE, 1240, 1.55)
    assert [len(zoom.entries) for zoom in found] == [4]


@given(st.lists(st.tuples(st.floats(-9, 5), st.floats(11, 19), st.booleans()), max_size=150))
def test_every_incident_is_in_one_sign_and_classes_never_mix(spots: list[tuple[float, float, bool]]) -> None:
    entries = [at(k, lon, lat, about=about) for k, (lon, lat, about) in enumerate(spots)]
    axes = Figure(figsize=(12.4, 8)).add_axes((0, 0, 1, 1), xlim=(-10, 6), ylim=(10, 20))
    found = signs(axes, entries)
    assert sorted(each.id for sign in found for each in sign.entries) == sorted(each.id for each in entries)
    if len(entries) > MOST_SINGLE:
        assert all(len({each.about for each in sign.entries}) == 1 for sign in found)
        assert all(sign.counted is (len(sign.entries) > 1) for sign in found)


def test_a_briefing_has_a_map_for_each_zoom_and_says_when_nothing_crowds(material: Callable[..., Material]) -> None:
    def captions(count: int) -> list[str]:
        told = compose(material(count), language="en", issued=_DAY, series=("zoom",))
        return [plate.caption for plate in told.plates]

    assert captions(1) == ["All incidents. No incidents lie so close that a larger map would tell them apart (1)"]
    many = captions(120)
    assert many[0] == (
        "All incidents. Discs with a number are several incidents near each other. "
        "The numbered frames are shown larger below (120)"
    )
    assert [caption.partition(":")[0] for caption in many[1:]] == [f"Frame {number}" for number in range(1, len(many))]
    assert len(many) > 1


def test_entries_without_a_point_make_no_crowd(material: Callable[..., Material]) -> None:
    entries = read_entries(material(30, area_only=True).frame, "en")
    assert zooms(entries, WHOLE, 1240, 1.55) == ()
    assert zooms([replace(each, geometry=None) for each in entries], WHOLE, 1240, 1.55) == ()
