"""Rows of published tables, written down by hand from the files and their codebooks, held against what the store then has."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.evaluation import EVAL

from incidentmap.store.events import open_events
from incidentmap.walks.import_asked import ImportAsked
from incidentmap.walks.import_table import import_table
from incidentmap.walks.workspace import CASE_FILE

CAR, SAMPLE, BANGLADESH = (f"ucdp/ged_{name}.csv" for name in (
    "v23_1_central_african_republic", "v23_1_sample1000", "bangladesh_with_hxl_row"))
MALI = "gdelt/gdelt1_mali_1979_1997.csv"
UCDP = ("date_start", "date_end", "date_precision", "ucdp_date_prec", "ucdp_type_of_violence", "event_type", "country",
        "admin1", "admin2", "place", "lat", "lon", "where_prec", "actor1", "actor2", "killed_low", "killed_best", "killed_high",
        "civilians_killed_best", "geo_precision", "sub_event_type", "wounded_best", "located", "side_roles", "type_crosswalk")
ALIKE = (None, None, None, "given", "unordered", "ucdp-violence-acled")
"""UCDP tells neither ACLED's precision nor sub-types nor wounded, and its sides have no order."""
STATE, OTHERS, CIVILIANS = "Battles", "Battles", "Violence against civilians"
SEEN: dict[str, dict[str, tuple[Any, ...]]] = {
    CAR: {
        "36210": ("2009-02-20", "2009-02-20", "day", 1, 1, STATE, "CF", None, None, "Southeast Central African Republic",
                  5.399784, 26.486881, 5, "Government of Uganda", "LRA", 3, 3, 3, 0),
        "22852": ("1999-06-19", "1999-06-19", "day", 1, 3, CIVILIANS, "CF", "Bangui province", "Bangui region", "Bangui city",
                  4.366667, 18.583333, 1, "Government of Central African Republic", "Civilians", 5, 5, 5, 5),
        "258947": ("2014-01-01", "2014-01-31", "range", 4, 3, CIVILIANS, "CF", "Lobaye province", "Boganangone region",
                   "Boganangone region", 4.73558, 17.14047, 3, "anti-Balaka", "Civilians", 28, 40, 40, 40),
        "240628": ("2017-08-26", "2017-08-26", "day", 1, 2, OTHERS, "CF", "Haute-Kotto province", "Bria region",
                   "Ngoungoua village", 6.685167, 22.018054, 2, "anti-Balaka, FPRC-AK", "FPRC", 3, 3, 3, 3),
    },
    SAMPLE: {
        "212545": ("2015-04-19", "2015-04-20", "range", 2, 1, STATE, "AF", "Paktya province", None, "Paktya province",
                   33.666667, 69.33333, 4, "Government of Afghanistan", "Taleban", 1, 1, 1, 0),
        "285677": ("2014-03-13", "2014-03-13", "day", 1, 1, STATE, "SY", "Hamah governorate", "Mintaqat Markaz Hamah district",
                   "Morek town", 35.375278, 36.687222, 1, "Government of Syria", "Syrian insurgents", 1, 2, 2, 0),
        "427206": ("2022-01-10", "2022-01-10", "day", 1, 2, OTHERS, "MX", "Zacatecas state", "Valparaíso municipality",
                   "Hierbabuena village", 22.89975, -103.313757, 1, "Jalisco Cartel New Generation", "Sinaloa Cartel",
                   1, 1, 1, 0),
        "41553": ("2012-09-16", "2012-09-16", "day", 1, 1, STATE, "NG", "Borno state", "Maiduguri lga", "Maiduguri town",
                  11.84644, 13.160274, 1, "Government of Nigeria", "Jama'atu Ahlis Sunna Lidda'awati wal-Jihad", 10, 10, 10, 0),
        "379957": ("2021-01-24", "2021-01-24", "day", 1, 1, STATE, "AF", "Kabul province", "Kabul district", "Kabul city",
                   34.531094, 69.162796, 1, "Government of Afghanistan", "Taleban", 0, 0, 1, 0),
    },
    BANGLADESH: {
        "71663": ("2013-12-13", "2013-12-14", "range", 2, 2, OTHERS, "BD", "Barisāl Division", "Pirojpur District",
                  "Bhāndāria town", 22.488976, 90.062732, 1, "Supporters of Awami League", "Supporters of BNP", 1, 1, 1, 0),
        "73865": ("1990-04-19", "1990-04-19", "day", 1, 3, CIVILIANS, "BD", "Chittagong Division", "Khagrachhari District",
                  "Khagrachhari town", 23.111154, 91.987782, 2, "JSS/SB", "Civilians", 3, 3, 3, 3),
        "73302": ("2004-11-24", "2004-11-24", "day", 1, 1, STATE, "BD", "Khulna Division", "Chuadanga District",
                  "Chuadanga District", 23.60728, 88.84878, 3, "Government of Bangladesh", "PBCP-J", 1, 1, 1, 0),
    },
}
GDELT = ("date_start", "date_end", "date_precision", "cameo_code", "event_type", "country", "admin1", "place", "lat", "lon",
         "actor1", "actor2", "killed_best", "where_prec", "geo_precision", "side_roles")
ACTS = (None, None, None, "actor1 acts on actor2")
"""GDELT counts no victims and uses neither scale of precision; its first actor acts. ML is Mali in FIPS 10-4 too."""
CAMEO: dict[str, tuple[Any, ...]] = {  # 173: arrest, no incident type of ACLED's; 190: use of conventional military force
    "244470": ("1979-08-14", "1979-08-14", "day", "173", None, "ML", "ML", "Mali", 17.0, -4.0, "MALI", "HAVANA"),
    "230394246": ("1979-11-30", "1979-11-30", "day", "190", "Battles", "ML", "ML", "Mali", 17.0, -4.0, "PRESIDENT",
                  "MOUSSA TRAORE"),
    "9774786": ("1991-06-07", "1991-06-07", "day", "173", None, "ML", "ML01", "Bamako, Bamako, Mali", 12.65, -8.0, "AFRICA",
                "MOUSSA TRAORE"),
    "13750664": ("1994-10-24", "1994-10-24", "day", "190", "Battles", "ML", "ML01", "Bamako, Bamako, Mali", 12.65, -8.0,
                 "MINISTRY", "TUAREG"),
}
Stored = Callable[[str], dict[str, dict[str, Any]]]


@pytest.fixture
def stored(tmp_path: Path) -> Stored:
    """Imports a published table and gives the rows that the store then has, by the id in their source."""
    def run(name: str) -> dict[str, dict[str, Any]]:
        if not (EVAL / name).is_file():
            pytest.skip(f"{name} is not there (INCIDENTMAP_EVAL)")
        import_table(ImportAsked(EVAL / name, tmp_path / "case", who="a"))
        parts = open_events(tmp_path / "case" / CASE_FILE).current().paths
        return {row["source_id"]: row for row in pa.concat_tables([pq.read_table(path) for path in parts]).to_pylist()}
    return run


def told(row: dict[str, Any], fields: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(str(row[name]) if isinstance(row[name], date) else row[name] for name in fields)


@pytest.mark.parametrize("name", SEEN)
def test_ucdp_rows_are_as_they_were_read_by_eye(name: str, stored: Stored) -> None:
    rows = stored(name)
    for source_id, expected in SEEN[name].items():
        assert told(rows[source_id], UCDP) == (*expected, *ALIKE), source_id


def test_gdelt_rows_are_as_they_were_read_by_eye(stored: Stored) -> None:
    rows = stored(MALI)
    for source_id, expected in CAMEO.items():
        assert told(rows[source_id], GDELT) == (*expected, *ACTS), source_id
