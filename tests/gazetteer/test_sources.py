from pathlib import Path

import pytest

from incidentmap.gazetteer.sources import read_entries
from incidentmap.model import BadValue, PlaceKind

HEAD = "id,name,variants_fr,variants_en,variants_local,lon,lat,radius_km,kind,country,admin1,admin2,note\n"


def test_spellings_are_the_name_and_all_variants_once(ground: Path) -> None:
    first = read_entries(ground / "gazetteer")[0]
    assert first.spellings == ("Tombouctou", "Timbuktu", "Tinbuktu", "تمبكتو")
    assert (first.place.id, first.place.radius_km, first.place.note) == ("curated:tombouctou", 3, "The city")


def test_places_of_geonames_get_kind_and_radius_by_size(ground: Path) -> None:
    cities = {entry.place.id: entry.place for entry in read_entries(ground / "gazetteer") if entry.place.source == "geonames"}
    assert cities["geonames:900001"].kind is PlaceKind.CITY
    assert cities["geonames:900004"].kind is PlaceKind.VILLAGE
    assert all(place.radius_km > 0 for place in cities.values())


@pytest.mark.parametrize(("row", "told"), [
    ("x,X,,,,abc,16,3,town,ML,,,", r"localities.csv, row 2: lon: 'abc' is not allowed; expected a number"),
    ("x,X,,,,,16,3,town,ML,,,", r"row 2: lon: ''"),
    ("x,X,,,,nan,16,3,town,ML,,,", r"row 2: lon, lat: 'nan, 16.0'"),
    ("x,X,,,,-3,116,3,town,ML,,,", r"row 2: lon, lat: '-3.0, 116.0'"),
    ("x,X,,,,-3,16,0,town,ML,,,", r"row 2: radius_km: 0.0"),
    ("x,X,,,,-3,16,3,hamlet,ML,,,", r"row 2: kind: 'hamlet' is not allowed; expected city, town"),
    ("x,X,,,,-3,16,3,town,MLI,,,", r"row 2: country: 'MLI'"),
    (",X,,,,-3,16,3,town,ML,,,", r"row 2: id: ''"),
    ("x,,,,,-3,16,3,town,ML,,,", r"row 2: name: ''"),
    ("x,X,,,,-3,16,3,town,ML,,,\nx,X,,,,-3,16,3,town,ML,,,", r"id: 'curated:x' is not allowed; expected each id once"),
])
def test_a_bad_value_is_told_with_file_row_and_value(ground: Path, row: str, told: str) -> None:
    (ground / "gazetteer" / "localities.csv").write_text(HEAD + row + "\n", "utf-8")
    with pytest.raises(BadValue, match=told):
        read_entries(ground / "gazetteer")


def test_a_missing_column_is_told(ground: Path) -> None:
    (ground / "gazetteer" / "cities500.csv").write_text("geonameid,name\n1,X\n", "utf-8")
    with pytest.raises(BadValue, match=r"cities500.csv: columns: .* expected the column\(s\) lon, lat, country"):
        read_entries(ground / "gazetteer")
