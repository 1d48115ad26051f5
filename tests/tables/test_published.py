"""Published tables of events, read whole; five rows of each, seen by eye, are compared field by field with the file itself."""

import csv
import json
import os
from pathlib import Path

import pytest
from tests.tables.importing import imported

from incidentmap.paths import ROOT

EVAL = Path(os.environ.get("INCIDENTMAP_EVAL", ROOT.parent / "shared" / "eval"))
pytestmark = pytest.mark.skipif(not (EVAL / "ucdp").is_dir(), reason="evaluation data are not here (INCIDENTMAP_EVAL)")
UCDP = {
    "source_id": "id", "ucdp_type_of_violence": "type_of_violence", "where_prec": "where_prec", "ucdp_date_prec": "date_prec",
    "actor1": "side_a", "actor2": "side_b", "lon": "longitude", "lat": "latitude", "killed_low": "low", "killed_best": "best",
    "killed_high": "high", "civilians_killed_best": "deaths_civilians", "place": "where_coordinates", "admin1": "adm_1",
    "admin2": "adm_2", "date_start": "date_start", "date_end": "date_end", "notes": "where_description",
    "sources": "source_article",
}
GDELT = {
    "source_id": "GLOBALEVENTID", "cameo_code": "EventCode", "actor1": "Actor1Name", "actor2": "Actor2Name",
    "lon": "ActionGeo_Long", "lat": "ActionGeo_Lat", "place": "ActionGeo_FullName", "country": "ActionGeo_CountryCode",
    "admin1": "ActionGeo_ADM1Code", "url": "SOURCEURL",
}
SEEN = [
    ("ucdp/ged_bangladesh_with_hxl_row.csv", UCDP, 601, (1, 2, 62, 301, 601)),
    ("ucdp/ged_v23_1_central_african_republic.csv", UCDP, 1848, (1, 2, 701, 1201, 1848)),
    ("ucdp/ged_v23_1_sample1000.csv", UCDP, 1000, (1, 2, 501, 701, 1000)),
    ("gdelt/gdelt1_mali_1979_1997.csv", GDELT, 934, (1, 2, 401, 701, 934)),
]


def as_written(field: str, text: str | None) -> object:
    """What a cell of these files says, in the type of its field."""
    if text in {None, "", "NA"}:
        return None
    if field.startswith("date_"):
        return str(text)[:10]
    if field in {"lon", "lat"}:
        return float(str(text))
    if field == "source_id":
        return str(text).removesuffix(".0")
    if field in {"place", "notes", "sources", "actor1", "actor2", "admin1", "admin2", "country", "cameo_code", "url"}:
        return str(text).strip()
    return int(float(str(text)))


@pytest.mark.parametrize(("file", "fields", "events", "numbers"), SEEN, ids=[case[0] for case in SEEN])
def test_published_tables_are_read_field_by_field(
    file: str, fields: dict[str, str], events: int, numbers: tuple[int, ...], tmp_path: Path,
) -> None:
    done = imported(EVAL / file, refused=tmp_path / "refused.csv")
    assert done.rows == events
    assert done.accepted.num_rows >= 0.98 * events
    with (EVAL / file).open(encoding="utf-8-sig", newline="") as table:
        written = [row for row in csv.DictReader(table) if not str(row.get("latitude")).startswith("#")]
    read = {event["file_row"]: event for event in done.events()}
    for number in numbers:
        for field, column in fields.items():
            value = read[number].get(field)
            told = value.isoformat() if hasattr(value, "isoformat") else value
            assert told == as_written(field, written[number - 1].get(column)), (number, field)


def test_days_of_gdelt_are_read(tmp_path: Path) -> None:
    done = imported(EVAL / "gdelt" / "gdelt1_mali_1979_1997.csv", refused=tmp_path / "refused.csv")
    with (EVAL / "gdelt" / "gdelt1_mali_1979_1997.csv").open(encoding="utf-8", newline="") as table:
        days = [row["SQLDATE"] for row in csv.DictReader(table)]
    assert [f"{day:%Y%m%d}" for day in done.accepted["date_start"].to_pylist()] == days


def test_geojson_and_csv_of_the_same_events_say_the_same(tmp_path: Path) -> None:
    stem = "ged_v23_1_central_african_republic"
    sheet = imported(EVAL / "ucdp" / f"{stem}.csv", refused=tmp_path / "one.csv").events()
    features = imported(EVAL / "ucdp" / f"{stem}_with_crs_member.geojson", refused=tmp_path / "other.csv").events()
    same = [*UCDP, "event_id", "country", "event_type", "type_crosswalk", "warnings"]
    both = [[[event.get(field) for field in same] for event in events] for events in (features, sheet)]
    assert both[0] == both[1]


def test_columns_without_a_field_are_kept(tmp_path: Path) -> None:
    event = imported(EVAL / "ucdp" / "ged_v23_1_sample1000.csv", refused=tmp_path / "refused.csv").events()[0]
    extra = json.loads(str(event["extra"]))
    assert {"conflict_name", "dyad_name", "number_of_sources", "country_id", "event_clarity"} <= extra.keys()
    assert not extra.keys() & set(UCDP.values())
