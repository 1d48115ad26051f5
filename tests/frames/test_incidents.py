from dataclasses import replace

from shapely.geometry.base import BaseGeometry

from incidentmap.frames import COLUMNS, incidents_frame
from incidentmap.model import Incident


def no_boundary(area_id: str) -> BaseGeometry | None:
    return None


def test_one_row_an_incident_in_the_order_given(first_incidents: tuple[Incident, ...]) -> None:
    frame = incidents_frame(first_incidents, region="tombouctou", boundary=no_boundary)
    assert [*frame.columns] == [*COLUMNS, "geometry"]
    assert frame.crs == "EPSG:4326"
    assert [*frame["place"]] == ["Niafunké", "Goundam", "Bamako", "Kidal"]
    assert [*frame["inside_region"]] == [True, True, False, False]
    assert [point.coords[0] for point in frame.geometry] == [*zip(frame["lon"], frame["lat"], strict=True)]
    assert frame["claims"][0][1]["best"] == 50
    assert frame["actors"][0] == [
        {"id": "jnim", "name": "JNIM", "role": "attacker", "written": "Jnim"},
        {"id": "fama", "name": "FAMa", "role": "target", "written": "L'armée malienne"},
    ]


def test_unknown_is_none_and_whole_numbers_stay_whole(kidal: Incident, niafunke: Incident) -> None:
    frame = incidents_frame((replace(kidal, date=None, location=None), niafunke), region="tombouctou", boundary=no_boundary)
    unknown = frame.iloc[0]
    for name in ("lon", "lat", "area_id", "anchor", "date_start", "date_end", "date_precision", "place", "admin1",
                 "inside_region", "geo_precision", "where_prec", "radius_km", "geometry"):
        assert unknown[name] is None, name
    assert isinstance(frame["where_prec"][1], int)


def test_without_a_region_nothing_is_inside_or_outside(first_incidents: tuple[Incident, ...]) -> None:
    assert [*incidents_frame(first_incidents, region=None, boundary=no_boundary)["inside_region"]] == [None] * 4


def test_no_incident_is_an_empty_frame() -> None:
    frame = incidents_frame((), region="tombouctou", boundary=no_boundary)
    assert (len(frame), [*frame.columns]) == (0, [*COLUMNS, "geometry"])


def test_lists_of_equal_length_stay_lists(goundam: Incident, niafunke: Incident) -> None:
    frame = incidents_frame((goundam, niafunke), region=None, boundary=no_boundary)
    assert [len(actors) for actors in frame["actors"]] == [2, 2]
    assert all(isinstance(actors, list) for actors in frame["actors"])
