import json
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentmap.cli.reverse import read_points
from incidentmap.model import BadValue, Position

Run = Callable[..., tuple[int, str, str]]


def test_a_point_is_told_in_words(run: Run) -> None:
    code, said, complaint = run("reverse", "16.27,-3.39")
    assert (code, complaint) == (0, "")
    assert said.splitlines()[0] == "16.27, -3.39: à Diré  [curated:dire]"
    assert said.splitlines()[1] == "  Diré, Tombouctou, Mali"
    assert "dans Région de Tombouctou [tombouctou]" in said


def test_points_may_begin_with_a_minus_and_be_several(run: Run) -> None:
    for words in (("-33.9,18.4", "-40,-30"), ("-33.9", "18.4", "-40", "-30"), ("-33.9 18.4", "-40 ; -30")):
        first = [line.split(":")[0] for line in run("reverse", *words)[1].splitlines() if line[0] == "-"]
        assert first == ["-33.9, 18.4", "-40, -30"]


def test_json_has_everything(run: Run) -> None:
    (record,) = json.loads(run("reverse", "19.96,2.95", "--json", "--language", "en", "--region", "kidal")[1])
    assert (record["lat"], record["lon"], record["country"], record["words"]) == (19.96, 2.95, "DZ", "in Tinzaouaten")
    assert (record["inside"], record["border"]) == (True, {"country": "ML", "distance_km": 2.1})
    assert {"id": "kidal", "outside_km": 2.1} in record["regions"]
    assert record["settlements"][0].keys() == {
        "id", "name", "kind", "lat", "lon", "country", "distance_km", "bearing_deg", "at", "words",
    }


def test_a_workspace_gives_the_region(run: Run, case: Path) -> None:
    (record,) = json.loads(run("reverse", "16.27,-3.39", "--json", "--workspace", case)[1])
    assert record["inside"] is True
    assert "OUTSIDE Kidal region" in run("reverse", "16.27,-3.39", "--language", "en", "--region", "kidal")[1]
    assert run("reverse", "16.27,-3.39", "--region", "nowhere")[0] == 1


def test_what_is_far_from_all_is_told(run: Run) -> None:
    said = run("reverse", "-40,-30", "--language", "en")[1]
    assert "no settlement of the gazetteer within 400 km" in said
    assert "in no country that the gazetteer has borders of (or at sea)" in said


def test_exchanged_axes_are_suspected(run: Run) -> None:
    assert "(16.27, -3.39) it would lie in" in run("reverse", "-3.39,16.27", "--language", "en")[1]
    (record,) = json.loads(run("reverse", "-3.39,16.27", "--json")[1])
    assert "Les axes sont-ils intervertis" in record["note"]


@pytest.mark.parametrize(("words", "points"), [
    (("16.27,-3.39",), [(16.27, -3.39)]), (("16.27, -3.39",), [(16.27, -3.39)]), (("16.27 -3.39",), [(16.27, -3.39)]),
    (("16.27", "-3.39"), [(16.27, -3.39)]), (("16.27,", "-3.39"), [(16.27, -3.39)]), (("(1;2)", " -3,+4"), [(1, 2), (-3, 4)]),
    (("90", "180"), [(90, 180)]),
])
def test_points_are_read_however_they_are_parted(words: tuple[str, ...], points: list[tuple[float, float]]) -> None:
    assert read_points(words) == tuple(Position(lon, lat) for lat, lon in points)


@pytest.mark.parametrize(("words", "told"), [
    (("16.27",), "a latitude and a longitude"), (("Diré",), "a latitude and a longitude"), (("nan,1",), "a latitude"),
    (("1,inf",), "a latitude"), (("120,10",), "swapped"), (("-200,10",), "latitude"), (("10,200",), "longitude"),
    (("1,2,3",), "a latitude"), ((",",), "a latitude"),
])
def test_what_is_no_point_is_told(words: tuple[str, ...], told: str) -> None:
    with pytest.raises(BadValue, match=told):
        read_points(words)
