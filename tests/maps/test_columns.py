import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.maps.conftest import MakeView

from incidentmap.maps.columns import columns, script_json
from incidentmap.maps.outlines import outlines
from incidentmap.model import Incident, Stance, Status
from incidentmap.registry import actors


def by_place(make_view: MakeView, **changes: Any) -> dict[str, dict[str, Any]]:
    """One record a place out of the columns of all layers."""
    view, found = make_view(**changes), {}
    drawn = outlines(mark for layer in view.layers for mark in layer.marks)
    for layer in view.layers:
        data = columns(layer, view, actors(), drawn)
        lists = {key: values for key, values in data.items() if isinstance(values, list)}
        assert {len(values) for values in lists.values()} == {len(layer.marks)}
        for k, place in enumerate(data["place"]):
            shape = data["shapes"].get(str(k))
            found[place] = {key: values[k] for key, values in lists.items()}
            found[place]["shape"] = None if shape is None else drawn.shapes[shape]
    return found


def test_each_incident_carries_its_days_place_and_doubt(make_view: MakeView) -> None:
    found = by_place(make_view)
    day = 19685  # 2023-11-24, counted from 1970-01-01
    wanted = ("lon", "lat", "start", "end", "outside", "aboutDate", "aboutPlace", "precision", "claimants", "note")
    assert {place: tuple(record[key] for key in wanted) for place, record in found.items()} == {
        "Niafunké": (-3.99, 15.93, day, day, 0, 0, 0, 1, 3, ""),
        "Goundam": (-3.67, 16.41, day, day, 0, 0, 0, 1, 0, ""),
        "Kidal": (1.41, 18.44, day - 10, day - 8, 1, 1, 0, 1, 0, "hors zone · vers le 14–16 nov."),
        "Bamako": (-8.0, 12.65, day, day, 1, 0, 0, 1, 0, "hors zone"),
    }


def test_the_map_is_told_what_nobody_has_confirmed(make_view: MakeView, first_incidents: tuple[Incident, ...]) -> None:
    rejected = (*first_incidents[:3], replace(first_incidents[3], status=Status.REJECTED))
    found = by_place(make_view, incidents=rejected)
    assert {place: (record["draft"], record["rejected"]) for place, record in found.items()} == {
        "Niafunké": (1, 0), "Goundam": (1, 0), "Bamako": (0, 0), "Kidal": (0, 1),
    }


def test_an_area_is_a_polygon_and_never_only_a_point(make_view: MakeView, kidal: Incident) -> None:
    where = kidal.location
    assert where is not None
    area = replace(kidal, location=replace(where, area_id="ML/kidal", geo_precision=3, where_prec=4))
    record = by_place(make_view, incidents=(area,))["Kidal"]
    assert record["shape"]["type"] in {"Polygon", "MultiPolygon"}
    assert (record["aboutPlace"], record["precision"]) == (1, 3)


def test_those_who_contradict_each_other_are_told_from_several(make_view: MakeView, niafunke: Incident) -> None:
    taken = replace(niafunke.claims[-1], claimant="jnim", value="taken", stance=Stance.CLAIMS)
    for incident, contested in ((niafunke, 0), (replace(niafunke, claims=(*niafunke.claims, taken)), 1)):
        record = by_place(make_view, incidents=(incident,))["Niafunké"]
        assert (record["claimants"], record["contested"]) == (3, contested)


def test_an_incident_without_a_place_has_no_coordinates(make_view: MakeView, kidal: Incident) -> None:
    record = by_place(make_view, incidents=(replace(kidal, location=None, date=None),))[""]
    assert (record["lon"], record["lat"], record["start"], record["end"]) == (None, None, None, None)


HOSTILE = "{{{% {# </script><img src=x onerror=alert(1)>`${alert(1)}`{{'x'}}\u2028&\"'"


LEAVES = st.text("{}%#<>&'`a\\\"\u2028") | st.just(HOSTILE) | st.integers() | st.none()


@given(st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3)))
def test_script_json_reads_back_and_holds_nothing_that_ends_a_script(value: object) -> None:
    written = script_json(value)
    assert json.loads(written) == value
    assert not set("<>&'`\u2028\u2029") & set(written)
    assert not any(opening in written for opening in ("{{", "{%", "{#"))


def test_hostile_names_stay_data(make_view: MakeView, kidal: Incident) -> None:
    where = kidal.location
    assert where is not None
    view = make_view((replace(kidal, location=replace(where, name=HOSTILE, admin1=HOSTILE)),))
    written = script_json(columns(view.layers[0], view, actors(), outlines(view.layers[0].marks)))
    assert "<" not in written
    assert HOSTILE in json.dumps(json.loads(written), ensure_ascii=False).replace('\\"', '"')
