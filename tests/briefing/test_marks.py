from collections.abc import Callable
from dataclasses import replace

from incidentmap.briefing import Material
from incidentmap.briefing.entries import read_entries
from incidentmap.briefing.marks import grouped, shaped


def test_incidents_of_one_area_are_named_together(material: Callable[..., Material]) -> None:
    first, second = read_entries(material(2, area_only=True).frame, "en")
    again = replace(first, id="again")
    assert [*shaped([first, second, again]).values()] == [[first, again], [second]]
    assert not grouped([first, second, again])


def test_every_incident_with_a_place_is_a_symbol_or_a_shape(material: Callable[..., Material]) -> None:
    entries = read_entries(material(40).frame, "en")
    told = [each.id for groups in (grouped(entries), shaped(entries)) for group in groups.values() for each in group]
    assert sorted(told) == sorted(each.id for each in entries if each.geometry is not None)
