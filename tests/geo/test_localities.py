"""The table of localities written by hand: every row is well formed, lies where it says, and the known traps are avoided."""

import csv
import json
import os
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.names import fold_name, squash
from incidentmap.model import PlaceKind, Position
from incidentmap.paths import shipped

COLUMNS = ["id", "name", "variants_fr", "variants_en", "variants_local", "lon", "lat", "radius_km", "kind", "country", "admin1",
           "admin2", "note"]
# west, south, east, north; a little wider than the countries
BOXES = {
    "ML": (-12.4, 10.0, 4.4, 25.1), "NE": (0.1, 11.6, 16.1, 23.6), "BF": (-5.6, 9.3, 2.5, 15.2),
    "MR": (-17.2, 14.6, -4.7, 27.4), "DZ": (-8.8, 18.9, 12.1, 37.2), "CI": (-8.7, 4.2, -2.4, 10.8),
    "SN": (-17.7, 12.2, -11.3, 16.8), "GN": (-15.2, 7.1, -7.6, 12.8), "BJ": (0.7, 6.1, 3.9, 12.5), "TG": (-0.2, 6.0, 1.9, 11.2),
    "GH": (-3.3, 4.7, 1.3, 11.2),
}
BORDER_TOLERANCE_KM = 10.0
REGION_TOLERANCE_KM = 20.0
HOMONYMS_APART_KM = 30.0
# The seats of the cercles of the law of 13 March 2023 and those that no open source places.
SEATS_2023 = {
    "Bandiagara": "Bandiagara, Bankass, Dialassagou, Kani-Bonzon, Kendié, Koro, Ningari, Sangha, Sokoura",
    "Bougouni": "Bougouni, Dogo, Fakola, Garalo, Kadiana, Kolondiéba, Koumantou, Ouéléssébougou, Sélingué, Yanfolila",
    "Dioïla": "Banco, Béléko, Dioïla, Fana, Massigui, Ména",
    "Douentza": "Boni, Boré, Douentza, Hombori, Mondoro, N'Gouma",
    "Gao": "Almoustrat, Ansongo, Bamba, Bourem, Djebock, Ersane, Gabéro, Gao, Kassambéré, N'Tillit, Ouattagouna, Soni Aliber, "
           "Tabankort, Talataye, Tessit, Tin-Aouker",
    "Kayes": "Ambidédi, Aourou, Bafoulabé, Diamou, Kayes, Kéniéba, Oussoubidiagna, Sadiola, Ségala, Yélimané",
    "Kidal": "Abeïbara, Achibogho, Aguel-Hoc, Anéfif, Kidal, Takalote, Tessalit, Timétrine, Tin-Essako",
    "Kita": "Kita, Sagabari, Sirakoro, Sébékoro, Séféto, Toukoto",
    "Koulikoro": "Banamba, Kangaba, Kati, Kolokani, Koulikoro, Nyamina, Néguéla, Siby",
    "Koutiala": "Konséguéla, Kouniana, Koury, Koutiala, M'Péssoba, Molobala, Yorosso, Zangasso",
    "Ménaka": "Andéramboukane, Anouzagrène, Inlamawane, Inékar, Ménaka, Tidermène",
    "Mopti": "Djenné, Konna, Korientzé, Mopti, Sofara, Toguéré-Coumbé, Ténenkou, Youwarou",
    "Nara": "Ballé, Dilly, Fallou, Guiré, Mourdiah, Nara",
    "Nioro": "Béma, Diangounté Camara, Diéma, Nioro du Sahel, Sandaré, Troungoumbé",
    "San": "Fangasso, Kimparana, Mandiakuy, San, Sy, Tominian, Yangasso",
    "Ségou": "Barouéli, Bla, Dioro, Farako, Macina, Markala, Nampala, Niono, Sarro, Sokolo, Ségou",
    "Sikasso": "Dandéresso, Kadiolo, Kignan, Kléla, Lobougoula, Loulouni, Niéna, Sikasso",
    "Taoudénit": "Achouratt, Al-Ourche, Araouane, Boudje-Béha, Foum-Elba, Taoudenni",
    "Tombouctou": "Bambara Maoudé, Ber, Bintagoungou, Diré, Gargando, Gossi, Goundam, Gourma-Rharous, Léré, Niafunké, "
                  "Saraféré, Tombouctou, Tonka",
}
UNPLACED_SEATS = {"Kassambéré", "Achibogho", "Al-Ourche"}


@dataclass(frozen=True, slots=True)
class Row:
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def position(self) -> Position:
        return Position(float(self["lon"]), float(self["lat"]))

    @property
    def variants(self) -> list[str]:
        lists = (self[f"variants_{language}"] for language in ("fr", "en", "local"))
        return [variant for listed in lists if listed for variant in listed.split("|")]


@cache
def table() -> tuple[Row, ...]:
    with shipped("geo", "gazetteer", "localities.csv").open(encoding="utf-8", newline="") as file:
        return tuple(map(Row, csv.DictReader(file)))


def row(own_id: str) -> Row:
    return next(entry for entry in table() if entry["id"] == own_id)


@cache
def units(level: str) -> dict[str, BaseGeometry]:
    features = json.loads(shipped("geo", "boundaries", f"{level}.geojson").read_text("utf-8"))["features"]
    return {feature["properties"]["id"]: shape(feature["geometry"]) for feature in features}


def km_outside(position: Position, area: BaseGeometry) -> float:
    point = Point(position.lon, position.lat)
    if area.covers(point):
        return 0.0
    border, _ = nearest_points(area, point)
    return distance_km(position, Position(border.x, border.y))


def test_the_columns_are_those_of_the_contract() -> None:
    with shipped("geo", "gazetteer", "localities.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == COLUMNS
    assert {len(line) for line in lines} == {len(COLUMNS)}


def test_there_are_hundreds_of_rows_in_mali_and_beyond() -> None:
    assert len(table()) >= 900
    assert sum(entry["country"] == "ML" for entry in table()) >= 500
    assert {entry["country"] for entry in table()} == BOXES.keys()


def test_ids_are_ascii_slugs_and_stand_once() -> None:
    ids = [entry["id"] for entry in table()]
    assert [own for own in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", own)] == []
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("rule", "holds"), [
    ("the kind is one of the model's", lambda entry: entry["kind"] in set(PlaceKind)),
    ("coordinates have at most three decimals", lambda entry: all(
        re.fullmatch(r"-?\d+(\.\d{1,3})?", entry[axis]) for axis in ("lon", "lat"))),
    ("the radius is between 0.5 and 150 km", lambda entry: 0.5 <= float(entry["radius_km"]) <= 150),
    ("the regions are named", lambda entry: entry["admin1"] and entry["admin2"]),
    ("the note is one sentence or more", lambda entry: re.fullmatch(r"[\"A-Z].{10,}\.", entry["note"])),
    ("no cell has blanks at its ends", lambda entry: all(cell == cell.strip() for cell in entry.cells.values())),
    ("no variant is empty or repeats another or the name", lambda entry: all(entry.variants) and len(
        {entry["name"], *entry.variants}) == 1 + len(entry.variants)),
    ("every spelling has letters that survive folding", lambda entry: all(map(fold_name, [entry["name"], *entry.variants]))),
], ids=lambda value: value.replace(" ", "_") if isinstance(value, str) else "")
def test_every_row_keeps_the_rule(rule: str, holds: Callable[[Row], object]) -> None:
    assert [entry["id"] for entry in table() if not holds(entry)] == [], rule


def test_a_spelling_shared_by_two_rows_is_named_in_the_notes_of_both() -> None:
    sharing: defaultdict[str, set[str]] = defaultdict(set)
    for entry in table():
        for spelling in (entry["name"], *entry.variants):
            sharing[squash(fold_name(spelling))].add(entry["id"])
    unsaid = [(key, own) for key, ids in sharing.items() if len(ids) > 1
              for own in sorted(ids) if key not in squash(fold_name(row(own)["note"]))]
    assert unsaid == []


def test_every_point_lies_in_the_box_of_its_country() -> None:
    def inside(entry: Row) -> bool:
        west, south, east, north = BOXES[entry["country"]]
        return west <= entry.position.lon <= east and south <= entry.position.lat <= north
    assert [entry["id"] for entry in table() if not inside(entry)] == []


def test_every_point_lies_in_its_country_or_close_to_the_border() -> None:
    countries = units("admin0")
    far = {entry["id"]: away for entry in table()
           if (away := km_outside(entry.position, countries[entry["country"]])) > BORDER_TOLERANCE_KM}
    assert far == {}


def test_no_two_rows_of_one_name_lie_close_to_each_other_unless_they_are_neighbours_across_a_border() -> None:
    sharing: defaultdict[str, list[Row]] = defaultdict(list)
    for entry in table():
        for key in {squash(fold_name(spelling)) for spelling in (entry["name"], *entry.variants)}:
            sharing[key].append(entry)
    close = {(one["id"], other["id"]) for rows in sharing.values() for one, other in combinations(rows, 2)
             if one["country"] == other["country"] and distance_km(one.position, other.position) < HOMONYMS_APART_KM}
    assert close == set()


def test_every_seat_of_a_cercle_of_2023_has_a_row_unless_no_source_places_it() -> None:
    known = {fold_name(re.sub(r" \(.*", "", spelling)) for entry in table() if entry["country"] == "ML"
             for spelling in (entry["name"], *entry.variants)}
    known |= {squash(key) for key in known}
    seats = [seat for region in SEATS_2023.values() for seat in region.split(", ")]
    assert len(seats) == 159
    assert {seat for seat in seats if squash(fold_name(seat)) not in known} == UNPLACED_SEATS


def test_every_point_in_mali_lies_in_its_region_or_close_to_it() -> None:
    regions = units("admin1")
    far = {entry["id"]: away for entry in table() if entry["country"] == "ML"
           if (away := km_outside(entry.position, regions[f"ML/{fold_name(entry['admin1'])}"])) > REGION_TOLERANCE_KM}
    assert far == {}


def test_every_cercle_named_in_mali_is_one_of_the_shipped_boundaries() -> None:
    cercles = {unit.rsplit("/", 1)[1] for unit in units("admin2") if unit.startswith("ML/")}
    named = {fold_name(entry["admin2"]).replace(" ", "-") for entry in table() if entry["country"] == "ML"}
    assert named - cercles == set()


@pytest.mark.parametrize(("own_id", "lat", "lon"), [
    ("niafunke", 15.93, -3.99), ("goundam", 16.41, -3.67), ("kidal", 18.44, 1.41), ("bamako", 12.63, -7.99),
    ("tinzaouaten", 19.95, 2.97), ("anefis", 18.04, 0.60), ("tessalit", 20.20, 1.01), ("bourem", 16.955, -0.35),
    ("gossi", 15.82, -1.29), ("ber", 16.86, -2.53), ("bamba", 17.03, -1.40), ("farabougou", 14.89, -6.14),
    ("nampala", 15.28, -5.55), ("tabankort", 17.82, 0.31), ("taoudenit", 22.67, -3.98), ("indelimane", 15.87, 1.52),
    ("aguelhok", 19.46, 0.86), ("menaka", 15.92, 2.40), ("ogossagou", 13.96, -3.57), ("lere", 15.71, -4.91),
    ("labbezanga", 14.96, 0.69), ("bordj-badji-mokhtar", 21.33, 0.95), ("djibo", 14.10, -1.63),
])
def test_known_places_are_where_they_are(own_id: str, lat: float, lon: float) -> None:
    assert distance_km(row(own_id).position, Position(lon, lat)) < 5


@pytest.mark.parametrize(("own_id", "trap", "lat", "lon"), [
    ("anefis", "a well that GeoNames calls Anéfif", 18.007, -0.532),
    ("anefis", "a well that GeoNames calls Anefis", 18.641, -1.936),
    ("tabankort", "the Tabankort near Ménaka", 15.383, 2.101),
    ("tessit", "a wrong sign of the longitude", 15.217, -0.300),
    ("bamba", "the Bamba near Sangha", 14.644, -3.098),
    ("farabougou", "the Farabougou near Ségou", 13.145, -6.198),
    ("nampala", "the Nampala near Niono", 14.148, -5.862),
    ("inekar", "the Inékar near Andéramboukane", 15.959, 3.141),
    ("ogossagou", "the other Ogossogou", 14.191, -3.577),
    ("dire", "the Diré in Kayes", 12.160, -11.082),
    ("boulkessi", "the Boulikéssi in Burkina Faso", 14.437, -0.665),
    ("dioura", "the Dioura in Kayes", 14.300, -9.850),
    ("dioro", "the Dyero near Fana", 12.826, -6.490),
    ("karma-yatenga", "the Karma near Niamey", 13.672, 1.812),
    ("yalgo", "the Yalgo near Boulsa", 12.933, -0.850),
    ("mahina", "the Mahina of city lists", 13.904, -10.099),
    ("troungoumbe", "the Troungoumbé south-west of Nioro", 14.763, -9.964),
    ("neguela", "the Néguéla in Sikasso", 11.249, -7.300),
    ("farako-segou", "the Farako near Dioïla", 11.903, -6.836),
    ("dianweli-bankass", "the Dianwéli near Nampala", 15.224, -5.601),
    ("segala-kayes", "Sagala near Ségou", 14.113, -6.729),
])
def test_homonyms_are_not_taken(own_id: str, trap: str, lat: float, lon: float) -> None:
    entry = row(own_id)
    assert distance_km(entry.position, Position(lon, lat)) > 20, trap
    assert distance_km(entry.position, Position(lon, lat)) > float(entry["radius_km"]), trap


@pytest.mark.parametrize(("own_id", "at_least_km"), [("tinzaouaten", 12.8), ("anefis", 13), ("tessalit", 8), ("bourem", 6)])
def test_the_radius_covers_the_disagreement_of_sources(own_id: str, at_least_km: float) -> None:
    assert float(row(own_id)["radius_km"]) >= at_least_km


@pytest.mark.parametrize("own_id", [
    "acharane", "intahaka", "tin-telout", "goma-coura", "koulogon", "intikane", "tchombangou", "zaroumdareye",
    "deguessagou", "camp-firhoun",
])
def test_a_place_without_any_mapped_position_says_so(own_id: str) -> None:
    assert "no open gazetteer has it" in row(own_id)["note"].lower()


def test_an_estimate_is_wide_unless_it_stands_at_a_place_that_is_mapped() -> None:
    narrow = [entry["id"] for entry in table() if "no open gazetteer has it" in entry["note"].lower()
              and "whose point is given" not in entry["note"] and float(entry["radius_km"]) < 12]
    assert narrow == []


@pytest.mark.parametrize(("spelling", "own_id"), [
    ("Timbuktu", "tombouctou"), ("Tinbuktu", "tombouctou"), ("تمبكتو", "tombouctou"), ("Niafounké", "niafunke"),
    ("Anefif", "anefis"), ("Tin Zaouatène", "tinzaouaten"), ("Tinzawaten", "tinzaouaten"), ("Aguel'hoc", "aguelhok"),
    ("In Delimane", "indelimane"), ("I-n-Délimane", "indelimane"), ("Boulikessi", "boulkessi"), ("Taoudenni", "taoudenit"),
    ("Andéranboukane", "anderamboukane"), ("N'Tahaka", "intahaka"), ("Ras el Ma", "razelma"), ("Almoustrat", "almoustarat"),
    ("Labezanga", "labbezanga"), ("forêt de Ouagadou", "foret-de-wagadou"), ("Aribinda", "arbinda"),
    ("Chinagodrar", "chinegodar"), ("Foulsaré", "foret-de-foulsare"), ("Négala", "neguela"),
    ("Bordj-i-Badji", "bordj-badji-mokhtar"), ("Fort Polignac", "illizi"),
    ("كيدال", "kidal"), ("ⴾⵉⴷⴰⵍ", "kidal"), ("Tambarga", "tambaga"),
])
def test_a_spelling_leads_to_one_row(spelling: str, own_id: str) -> None:
    key = squash(fold_name(spelling))
    found = {entry["id"] for entry in table() for form in (entry["name"], *entry.variants) if squash(fold_name(form)) == key}
    assert found == {own_id}


def test_the_points_agree_with_the_crosscheck_of_sources() -> None:
    folder = Path(os.environ.get("INCIDENTMAP_EVAL", shipped("geo").parents[1] / "shared" / "eval"))
    file = folder / "gazetteer" / "mali_places_crosscheck.csv"
    if not file.is_file():
        pytest.skip("No evaluation data here: set INCIDENTMAP_EVAL to its folder.")
    known = {fold_name(entry["name"]): entry for entry in table()}
    with file.open(encoding="utf-8", newline="") as lines:
        checks = list(csv.DictReader(lines))
    assert [check["place"] for check in checks if fold_name(check["place"]) not in known] == []
    assert [check["place"] for check in checks if not _agrees(known[fold_name(check["place"])], check)] == []


def _agrees(entry: Row, check: dict[str, str]) -> bool:
    """Whether the nearest source is within the row's radius and none is farther than 2 km more; airfields are not asked."""
    columns = ("geonamescache500", "geonames2014", "yeleman_villages", "naturalearth")
    points = [cell.split(",") for column in columns if (cell := check[column])]
    away = [distance_km(entry.position, Position(float(lon), float(lat))) for lat, lon in points]
    radius = float(entry["radius_km"])
    return not away or (min(away) <= radius and max(away) <= radius + 2)
