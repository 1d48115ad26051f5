"""The shipped ground: what must be true of `geo/` whatever it is made from."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from incidentmap.gazetteer.build.boundaries import slug
from incidentmap.gazetteer.build.record import FOLDERS, check_records
from incidentmap.model import PlaceKind
from incidentmap.paths import shipped

GEO = shipped("geo")
REGIONS = ("tombouctou", "tombouctou-2016", "kidal", "gao", "mopti", "segou", "menaka", "mali", "sahel")
PLACES = {
    "Niafunké": (-3.99, 15.93), "Goundam": (-3.67, 16.41), "Tombouctou": (-3.007, 16.77), "Taoudénit": (-3.98, 22.68),
    "Araouane": (-3.53, 18.90), "Kidal": (1.41, 18.44), "Gao": (-0.04, 16.27), "Mopti": (-4.19, 14.49), "Ségou": (-6.26, 13.43),
    "Bamako": (-8.0, 12.65), "Ménaka": (2.40, 15.92), "Niamey": (2.11, 13.51), "Ouagadougou": (-1.53, 12.37),
    "Dakar": (-17.44, 14.69),
}
INSIDE = {
    "tombouctou": {"Niafunké", "Goundam", "Tombouctou", "Taoudénit", "Araouane"},
    "tombouctou-2016": {"Niafunké", "Goundam", "Tombouctou"},
    "kidal": {"Kidal"},
    "gao": {"Gao", "Ménaka"},
    "mopti": {"Mopti"},
    "segou": {"Ségou"},
    "menaka": {"Ménaka"},
    "mali": set(PLACES) - {"Niamey", "Ouagadougou", "Dakar"},
    "sahel": set(PLACES) - {"Dakar"},
}


def _features() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(GEO.glob("*/*.geojson")):
        loaded = json.loads(path.read_text("utf-8"))
        features = loaded["features"] if loaded["type"] == "FeatureCollection" else [loaded]
        yield from ((f"{path.parent.name}/{path.name}", feature) for feature in features)


def _collection(*parts: str) -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads(GEO.joinpath(*parts).read_text("utf-8"))["features"]
    return features


def _region(identity: str) -> dict[str, Any]:
    feature: dict[str, Any] = json.loads((GEO / "regions" / f"{identity}.geojson").read_text("utf-8"))
    return feature


def _rows(name: str) -> list[dict[str, str]]:
    with (GEO / "gazetteer" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _shape(feature: dict[str, Any]) -> BaseGeometry:
    return shapely.from_geojson(json.dumps(feature["geometry"]))


def test_ground_is_as_recorded() -> None:
    assert check_records(GEO) == ()


@pytest.mark.parametrize("region", REGIONS)
def test_region_holds_exactly_these_places(region: str) -> None:
    shape = _shape(_region(region))
    assert {name for name, (lon, lat) in PLACES.items() if shape.covers(shapely.Point(lon, lat))} == INSIDE[region]


def test_regions_are_those_promised() -> None:
    assert {path.stem for path in (GEO / "regions").glob("*.geojson")} == set(REGIONS)


@pytest.mark.parametrize("region", REGIONS)
def test_region_tells_its_names_dates_and_method(region: str) -> None:
    told = _region(region)["properties"]
    assert told["id"] == region
    assert told["name_fr"]
    assert told["name_en"]
    assert told["method"]
    assert "Natural Earth" in told["source"] or "geoBoundaries" in told["source"]
    assert bool(told["label_fr"]) == bool(told["label_en"])
    assert all(date is None or re.fullmatch(r"\d{4}-\d\d-\d\d", date) for date in (told["valid_from"], told["valid_to"]))


def test_an_extent_that_is_not_todays_is_labelled() -> None:
    labels = {region: _region(region)["properties"]["label_fr"] for region in REGIONS}
    assert "avant 2016" in labels["tombouctou"]
    assert "approch" in labels["tombouctou-2016"]
    assert all(labels[region] for region in REGIONS if _region(region)["properties"]["valid_to"])


def test_every_geometry_is_valid_and_rings_turn_right_handed() -> None:
    for where, feature in _features():
        shape = _shape(feature)
        assert shape.is_valid, (where, feature["properties"])
        assert not shape.is_empty, (where, feature["properties"])
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                assert part.exterior.is_ccw, where
                assert not any(hole.is_ccw for hole in part.interiors), where


def test_no_file_has_a_crs_member() -> None:
    for path in GEO.glob("*/*.geojson"):
        assert "crs" not in json.loads(path.read_text("utf-8")), path.name


def test_coordinates_are_lon_lat_with_few_decimals() -> None:
    for path in GEO.glob("*/*.geojson"):
        assert not re.search(r"\d\.\d{5,}", path.read_text("utf-8")), path.name
    for _, feature in _features():
        west, south, east, north = _shape(feature).bounds
        assert -26 < west <= east < 34, feature["properties"]
        assert -14 < south <= north < 44, feature["properties"]


def test_the_ground_stays_small() -> None:
    made = [path for path in GEO.rglob("*") if path.suffix in {".geojson", ".csv"}]
    assert sum(path.stat().st_size for path in made) < 3_000_000
    assert sum(path.stat().st_size for path in (GEO / "basemap").glob("*.geojson")) < 700_000


@pytest.mark.parametrize(("level", "least"), [("admin0", 18), ("admin1", 120), ("admin2", 250)])
def test_boundaries_have_unique_ids_under_their_parents(level: str, least: int) -> None:
    ids = [feature["properties"]["id"] for feature in _collection("boundaries", f"{level}.geojson")]
    assert len(set(ids)) == len(ids) >= least
    assert all(identity.count("/") == int(level[-1]) for identity in ids)
    if level != "admin0":
        above = f"admin{int(level[-1]) - 1}.geojson"
        parents = {feature["properties"]["id"] for feature in _collection("boundaries", above)}
        assert {identity.rpartition("/")[0] for identity in ids} <= parents


@pytest.mark.parametrize(
    ("area", "place"),
    [("ML", "Gao"), ("ML/tombouctou", "Goundam"), ("ML/tombouctou/niafunke", "Niafunké"), ("ML/tombouctou/goundam", "Goundam"),
     ("ML/gao/menaka", "Ménaka"), ("ML/kidal/kidal", "Kidal"), ("NE/niamey", "Niamey"), ("BF/centre/kadiogo", "Ouagadougou")],
)
def test_boundary_holds_its_place(area: str, place: str) -> None:
    level = f"admin{area.count('/')}.geojson"
    shape = next(_shape(feature) for feature in _collection("boundaries", level) if feature["properties"]["id"] == area)
    assert shape.covers(shapely.Point(*PLACES[place]))


def test_only_open_licences() -> None:
    areas = [feature["properties"] for level in "012" for feature in _collection("boundaries", f"admin{level}.geojson")]
    assert {told["licence"] for told in areas} == {"public domain", "CC BY 4.0", "CC BY 3.0", "CC BY 3.0 IGO"}


def test_neighbours_share_their_borders() -> None:
    for level in ("admin0", "admin1"):
        shapes = [_shape(feature) for feature in _collection("boundaries", f"{level}.geojson")]
        overlap = shapely.area(shapes).sum() - shapely.union_all(shapes).area
        assert overlap < 0.001, level


@pytest.mark.parametrize(
    "name", ["Araouane", "Tombouctou", "Bourem", "Gao", "Ménaka", "Douentza", "Mopti", "Ségou", "Bamako", "Kidal"],
)
def test_towns_of_the_first_map_are_drawn_where_the_gazetteer_has_them(name: str) -> None:
    town = next(feature for feature in _collection("basemap", "towns.geojson") if feature["properties"]["name"] == name)
    near = [shapely.Point(float(row["lon"]), float(row["lat"])) for row in _rows("localities.csv") if row["name"] == name]
    assert town["properties"]["rank"] in {1, 2}
    assert all(_shape(town).distance(point) < 0.05 for point in near)


def test_towns_stand_close_to_the_curated_localities() -> None:
    towns = {(feature["properties"]["country"], slug(feature["properties"]["name"])): _shape(feature)
             for feature in _collection("basemap", "towns.geojson")}
    curated = {(row["country"], slug(row["name"])): shapely.Point(float(row["lon"]), float(row["lat"]))
               for row in _rows("localities.csv") if row["kind"] in {"city", "town"}}
    far = {key: round(point.distance(curated[key]) * 111) for key, point in towns.items() if key in curated}
    assert len(far) > 20
    assert {key: km for key, km in far.items() if km > 10} == {}


def test_few_towns_are_shown_at_low_zoom() -> None:
    ranks = [feature["properties"]["rank"] for feature in _collection("basemap", "towns.geojson")]
    assert set(ranks) == {1, 2, 3}
    assert ranks.count(1) < 35


def test_rivers_flow_and_are_not_closed_by_chords() -> None:
    rivers = {feature["properties"]["name"]: _shape(feature) for feature in _collection("basemap", "rivers.geojson")}
    assert {"Niger", "Bani", "Sénégal"} <= set(rivers)
    niger = rivers["Niger"]
    assert all(niger.distance(shapely.Point(*PLACES[town])) < 0.1 for town in ("Niafunké", "Gao", "Bamako", "Niamey"))
    starts = shapely.get_coordinates(shapely.get_parts(niger))
    longest = max(shapely.LineString(pair).length for part in shapely.get_parts(niger)
                  for pair in zip(part.coords, part.coords[1:], strict=False))
    assert len(starts) > 200
    assert longest < 0.6, "a chord across the land"


def test_disputed_borders_are_marked() -> None:
    disputed = {feature["properties"]["countries"] for feature in _collection("basemap", "borders.geojson")
                if feature["properties"]["disputed"]}
    assert disputed >= {"EH-MA", "EH-MR"}
    assert all("EH" in pair for pair in disputed)


def test_areas_lie_inside_their_polygons() -> None:
    shapes = {feature["properties"]["id"]: _shape(feature)
              for level in "012" for feature in _collection("boundaries", f"admin{level}.geojson")}
    rows = _rows("areas.csv")
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["kind"] for row in rows} == {PlaceKind.AREA, PlaceKind.COUNTRY, PlaceKind.NATURAL}
    for row in rows:
        assert float(row["radius_km"]) > 0, row
        if row["area_id"]:
            assert shapes[row["area_id"]].covers(shapely.Point(float(row["lon"]), float(row["lat"]))), row["id"]


@pytest.mark.parametrize(
    ("name", "area"),
    [("région de Tombouctou", "ML/tombouctou"), ("Timbuktu region", "ML/tombouctou"), ("cercle d'Ansongo", "ML/gao/ansongo"),
     ("cercle de Niafunké", "ML/tombouctou/niafunke"), ("province de l'Oudalan", "BF/sahel/oudalan"), ("Algeria", "DZ"),
     ("Côte d'Ivoire", "CI"), ("région de Ménaka", "ML/gao/menaka"), ("région de Nara", "ML/koulikoro/nara"),
     ("région du Kuilsé", "BF/centre-nord"), ("district de Bamako", "ML/bamako")],
)
def test_areas_are_known_by_what_reports_call_them(name: str, area: str) -> None:
    assert area in {row["area_id"] for row in _rows("areas.csv") if name in (row["name"], *row["variants"].split("|"))}


@pytest.mark.parametrize("name", ["Tombouctou", "Gao", "Niafunké", "Nord", "Est", "Sahel", "Lacs"])
def test_a_towns_name_or_a_common_word_is_no_areas_name(name: str) -> None:
    units = [row for row in _rows("areas.csv") if row["area_id"]]
    assert not [row["id"] for row in units if name in (row["name"], *row["variants"].split("|"))]


def test_cities_are_clean() -> None:
    rows = _rows("cities500.csv")
    assert len({row["geonameid"] for row in rows}) == len(rows) > 7_000
    assert {row["country"] for row in rows} >= {"ML", "NE", "BF", "MR", "DZ", "SN", "GN", "CI"}
    tombouctou = next(row for row in rows if row["name"] == "Timbuktu")
    assert "Tombouctou" in tombouctou["alternates"].split("|")
    assert tombouctou["admin1"] == "Tombouctou"
    assert sum(not row["admin1"] for row in rows if row["country"] == "ML") == 0


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_has_origin_licence_and_attribution(folder: str) -> None:
    text = (GEO / folder / "SOURCE.yaml").read_text("utf-8")
    files = [path.name for path in (GEO / folder).iterdir() if path.name != "SOURCE.yaml"]
    assert all(re.search(rf"^- file: {re.escape(name)}$", text, re.MULTILINE) for name in files)
    for key in ("origin", "licence", "attribution", "date", "columns", "command"):
        assert len(re.findall(rf"^  {key}: \S", text, re.MULTILINE)) == len(files), key


def test_the_build_itself_is_shipped_with_its_pins() -> None:
    pins = Path(GEO.parent / "requirements" / "geo-sources.txt")
    if not pins.exists():
        pytest.skip("an installed wheel carries geo/ but not requirements/")
    text = pins.read_text("utf-8")
    assert len(re.findall(r"^\S+==\S+", text, re.MULTILINE)) == text.count("--hash=sha256:") == 5


@pytest.mark.parametrize("region", [
    "Taoudénit", "Ménaka", "Bandiagara", "Bougouni", "Dioïla", "Douentza", "Kita", "Koutiala", "Nara", "Nioro", "San",
])
def test_every_region_made_in_mali_since_2016_is_an_area(region: str) -> None:
    rows = [row for row in _rows("areas.csv") if row["country"] == "ML"]
    names = {name for row in rows for name in (row["name"], *row["variants"].split("|"))}
    assert {f"région de {region}", f"{region} region"} <= names


def test_natural_features_are_not_told_twice() -> None:
    curated = {slug(name) for row in _rows("localities.csv")
               for name in (row["name"], *row["variants_fr"].split("|"), *row["variants_en"].split("|")) if name}
    natural = [row for row in _rows("areas.csv") if row["id"].startswith("natural:")]
    assert natural
    assert not [row["id"] for row in natural if {slug(name) for name in (row["name"], *row["variants"].split("|"))} & curated]
