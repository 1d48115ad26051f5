"""Layouts of published tables, by rows of our own making: what each column becomes, whatever the layout of the year."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.tables.importing import imported, written

from incidentmap.tables.presets import presets

ACLED_2018 = {
    "data_id": "1", "iso": "466", "event_id_cnty": "MLI9001", "event_id_no_cnty": "9001", "event_date": "24 November 2018",
    "year": "2018", "time_precision": "1", "event_type": "Battle-No change of territory", "actor1": "Group A",
    "assoc_actor_1": "Group C", "inter1": "2", "actor2": "Army B", "assoc_actor_2": "", "inter2": "1", "interaction": "12",
    "region": "Western Africa", "country": "Mali", "admin1": "Tombouctou", "admin2": "Niafunke", "admin3": "Soboundou",
    "location": "Niafunke", "latitude": "15.932", "longitude": "-3.991", "geo_precision": "1", "source": "Own desk",
    "source_scale": "National", "notes": "Made up for a test.", "fatalities": "3", "timestamp": "1543104000", "iso3": "MLI",
}
_2019 = {"event_type": "Battles", "sub_event_type": "Armed clash"}
_2023 = {"disorder_type": "Political violence", "civilian_targeting": "", "tags": "local administrators"}
_WORDS = {"inter1": "Rebel group", "inter2": "State forces", "interaction": "State forces-Rebel group"}


def without(row: dict[str, str], *names: str) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name not in names}


LAYOUTS = {
    "2018": ACLED_2018,
    "2019 to 2022": ACLED_2018 | _2019,
    "2022, without event_id_no_cnty": without(ACLED_2018 | _2019, "event_id_no_cnty"),
    "2023 to 2024": without(ACLED_2018 | _2019 | _2023, "data_id", "iso3", "event_id_no_cnty"),
    "2025, classes in words": without(ACLED_2018 | _2019 | _2023 | _WORDS, "data_id", "iso3", "event_id_no_cnty"),
    "2025, population": without(ACLED_2018 | _2019 | _2023, "data_id", "iso3") | {"population_best": "1200"},
    "2026, without admin3 and timestamp": without(ACLED_2018 | _2019 | _2023, "data_id", "iso3", "admin3", "timestamp"),
    "capitals": {name.upper(): cell for name, cell in (ACLED_2018 | _2019).items()},
    "days first": ACLED_2018 | _2019 | {"event_date": "24/11/2018"},
    "ISO days": ACLED_2018 | _2019 | {"event_date": "2018-11-24"},
    "names of its first years": {{"assoc_actor_1": "ALLY_ACTOR_1"}.get(name, name): cell
                                 for name, cell in (ACLED_2018 | _2019).items()},
}


@pytest.mark.parametrize("row", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_every_layout_of_acled_gives_the_same_event(row: dict[str, str], delimiter: str, tmp_path: Path) -> None:
    done = imported(written(tmp_path / "acled.csv", [row], delimiter))
    assert done.guess.mapping.preset == "acled"
    event, = done.events()
    expected = {
        "event_id": "acled:MLI9001", "event_type": "Battles", "country": "ML", "admin1": "Tombouctou", "place": "Niafunke",
        "lon": -3.991, "lat": 15.932, "geo_precision": 1, "acled_time_precision": 1, "actor1": "Group A", "assoc1": "Group C",
        "actor2": "Army B", "inter1": 2, "inter2": 1, "killed_best": 3, "side_roles": "unordered", "sources": "Own desk",
        "date_precision": "day", "located": "given", "warnings": [],
    }
    assert {name: event.get(name) for name in expected} == expected
    assert str(event["date_start"]) == str(event["date_end"]) == "2018-11-24"
    assert not {"where_prec", "killed_low", "killed_high", "assoc2"} & event.keys()


def test_a_type_of_2018_names_its_crosswalk(tmp_path: Path) -> None:
    event, = imported(written(tmp_path / "acled.csv", [ACLED_2018])).events()
    assert (event["event_type"], event["type_crosswalk"]) == ("Battles", "acled-before-2019")


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("form", ["list", "answer of the API", "xlsx"])
def test_acled_as_json_or_sheet_says_the_same(layout: dict[str, str], form: str, tmp_path: Path) -> None:
    event, = imported(_typed(tmp_path, form, layout)).events()
    told = [event[name] for name in ("event_id", "lon", "killed_best", "event_type", "inter1", "place", "actor1")]
    assert told == ["acled:MLI9001", -3.991, 3, "Battles", 2, "Niafunke", "Group A"]
    assert str(event["date_start"]) == "2018-11-24"


def _typed(folder: Path, form: str, layout: dict[str, str]) -> Path:
    """The row with numbers as numbers, as the API and a spreadsheet have them."""
    numbers = {"latitude": 15.932, "longitude": -3.991, "fatalities": 3}
    row = {name: numbers.get(name.lower(), cell) for name, cell in layout.items()}
    if form == "xlsx":
        book = Workbook()
        for cells in (row.keys(), row.values()):
            book.worksheets[0].append([*cells])
        book.save(folder / "acled.xlsx")
        return folder / "acled.xlsx"
    whole = [row] if form == "list" else {"status": 200, "success": True, "last_update": 3, "count": 1, "data": [row]}
    path = folder / "acled.json"
    path.write_text(json.dumps(whole), "utf-8")
    return path


UCDP = {
    "id": "7", "relid": "MLI-2023-1", "year": "2023", "type_of_violence": "3", "conflict_name": "A - Civilians",
    "side_a": "Group A", "side_b": "Civilians", "where_prec": "4", "where_coordinates": "Gao region", "adm_1": "Gao region",
    "adm_2": "", "latitude": "16.9", "longitude": "0.5", "country": "Mali", "country_id": "432", "event_clarity": "2",
    "date_prec": "4", "date_start": "2023-11-01 00:00:00.000", "date_end": "2023-11-30 00:00:00.000", "deaths_civilians": "9",
    "best": "9", "high": "12", "low": "4", "source_article": "Own desk, made up",
}


@pytest.mark.parametrize("ids", [
    {"conflict_new_id": "1", "dyad_new_id": "2", "side_a_new_id": "3", "side_b_new_id": "4"},
    {"conflict_id": "1", "dyad_id": "2", "side_a_id": "3", "side_b_id": "4", "code_status": "Clear", "gwnoa": ""}, {},
])
def test_every_layout_of_ucdp_gives_the_same_event(ids: dict[str, str], tmp_path: Path) -> None:
    event, = imported(written(tmp_path / "ged.csv", [UCDP | ids])).events()
    expected = {
        "event_id": "ucdp:7", "ucdp_type_of_violence": 3, "where_prec": 4, "ucdp_date_prec": 4, "date_precision": "range",
        "event_type": "Violence against civilians", "type_crosswalk": "ucdp-violence-acled", "killed_low": 4, "killed_best": 9,
        "killed_high": 12, "civilians_killed_best": 9, "country": "ML",
    }
    assert {name: event.get(name) for name in expected} == expected
    assert "geo_precision" not in event
    assert set(ids) - {"gwnoa"} <= json.loads(str(event["extra"])).keys()


def gdelt(width: int) -> dict[str, str]:
    cells = {
        "GLOBALEVENTID": "900", "SQLDATE": "20231124", "Actor1Name": "REBEL", "Actor2Name": "ARMY", "EventCode": "195",
        "ActionGeo_FullName": "Niamey, Niamey, Niger", "ActionGeo_CountryCode": "NG", "ActionGeo_ADM1Code": "NG08",
        "ActionGeo_Lat": "13.5167", "ActionGeo_Long": "2.11667", "SOURCEURL": "https://example.org/a",
    }
    return {name: cells.get(name, "") for name in presets()["gdelt_events"].headless[width]}


@pytest.mark.parametrize("width", [57, 58, 61])
@pytest.mark.parametrize("headless", [True, False])
def test_every_layout_of_gdelt_gives_the_same_event(width: int, headless: bool, tmp_path: Path) -> None:
    path = written(tmp_path / "gdelt.csv", [gdelt(width), gdelt(width) | {"GLOBALEVENTID": "901"}], "\t" if headless else ",")
    if headless:
        path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[1:]), "utf-8")
    done = imported(path)
    assert done.guess.mapping.preset == "gdelt_events"
    event = done.events()[0]
    expected = {
        "event_id": "gdelt:900", "country": "NE", "cameo_code": "195", "event_type": "Explosions/Remote violence",
        "type_crosswalk": "cameo-acled", "lon": 2.11667, "lat": 13.5167, "actor1": "REBEL", "warnings": [],
    }
    assert {name: event.get(name) for name in expected} == expected
    assert ("url" in event) == (width > 57)


@pytest.mark.parametrize(("country", "lat", "lon", "iso"), [
    ("NG", "13.5167", "2.11667", "NE"), ("NI", "9.08", "7.4", "NG"), ("UV", "12.37", "-1.53", "BF"),
    ("ML", "12.65", "-8", "ML"),
])
def test_fips_codes_are_no_iso_codes(country: str, lat: str, lon: str, iso: str, tmp_path: Path) -> None:
    row = gdelt(58) | {"ActionGeo_CountryCode": country, "ActionGeo_Lat": lat, "ActionGeo_Long": lon}
    event, = imported(written(tmp_path / "gdelt.csv", [row])).events()
    assert (event["country"], event["warnings"]) == (iso, [])
