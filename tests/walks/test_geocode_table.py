import csv
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from incidentmap.gazetteer.distance import distance_km
from incidentmap.model import BadValue, NameAsked, PlaceKind, Position, UnknownRegion, UnreadableTable
from incidentmap.paths import ROOT
from incidentmap.tables import open_table
from incidentmap.walks.answer import COLUMNS
from incidentmap.walks.decide import override
from incidentmap.walks.geocode_table import TableAsked, TableDone, geocode_table
from incidentmap.walks.questions import open_questions
from incidentmap.walks.workspace import open_workspace

EVAL = Path(os.environ.get("INCIDENTMAP_EVAL", ROOT.parent / "shared" / "eval"))
LINES = EVAL / "mali_incident_lines" / "dev.csv"
UCDP = EVAL / "ucdp" / "ged_v23_1_central_african_republic.csv"
HXL = EVAL / "ucdp" / "ged_bangladesh_with_hxl_row.csv"
_PEAK = "import resource; from incidentmap.cli import main; main(); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
ABSENT = "evaluation data are not here (INCIDENTMAP_EVAL)"
Row = dict[str, str]


def table(folder: Path, rows: Sequence[Sequence[str]], header: Sequence[str] = ("lieu", "cercle", "pays")) -> TableAsked:
    path = folder / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return TableAsked(path, "lieu", folder / "out.csv", region_id="mali", language="en")


def answered(asked: TableAsked) -> tuple[TableDone, list[Row]]:
    done = geocode_table(asked)
    with asked.output.open(encoding="utf-8", newline="") as file:
        return done, list(csv.DictReader(file))


def test_every_row_comes_out_in_order_with_all_columns(tmp_path: Path) -> None:
    names = ["Niafunké", "", "Goundam", "Nulle-Part-du-Tout", "Niafunké"]
    done, rows = answered(table(tmp_path, [[name, "", "ML"] for name in names]))
    assert [row["lieu"] for row in rows] == names
    assert list(rows[0]) == ["lieu", "cercle", "pays", *(column.name for column in COLUMNS)]
    assert [row["geo_status"] for row in rows] == ["found", "empty", "found", "miss", "found"]
    assert (done.rows_in, done.rows_out, done.names) == (5, 5, 3)
    assert done.by_status == {"found": 3, "ambiguous": 0, "miss": 1, "empty": 1}
    assert [(miss.name, miss.rows) for miss in done.misses] == [("Nulle-Part-du-Tout", 1)]
    assert rows[3]["geo_lon"] == rows[1]["geo_lon"] == ""
    assert all(row["geo_gazetteer"] == done.gazetteer for row in rows)
    niafunke = rows[0]
    assert (niafunke["geo_name"], niafunke["geo_relation"], niafunke["geo_inside"]) == ("Niafunké", "in", "true")
    assert distance_km(Position(float(niafunke["geo_lon"]), float(niafunke["geo_lat"])), Position(-3.99, 15.93)) < 5
    assert (niafunke["geo_where_prec"], niafunke["geo_precision"], niafunke["geo_country"]) == ("1", "1", "ML")


def test_phrases_are_situated(tmp_path: Path) -> None:
    done, rows = answered(table(tmp_path, [["à 25 km au nord de Ténenkou", "", ""], ["entre Diabaly et Nampala", "", ""]]))
    away, between = rows
    assert away["geo_relation"] == "distance"
    assert away["geo_where_prec"] == "2"
    assert between["geo_relation"] == "between"
    assert between["geo_line"].startswith("LINESTRING (")
    assert between["geo_name"] == "Diabaly - Nampala"
    assert done.by_precision == {2: 1, 5: 1}


@pytest.mark.parametrize(
    ("country", "code"),
    [("ML", "ML"), ("mli", "ML"), ("Mali", "ML"), ("Côte d’Ivoire", "CI"), ("Ivory Coast", "CI"), ("Myanmar (Burma)", "MM"),
     ("DR Congo (Zaire)", "CD"), ("République centrafricaine", "CF"), ("Tchad", "TD")],
)
def test_countries_are_read_as_codes_or_names(tmp_path: Path, country: str, code: str) -> None:
    done, _ = answered(replace(table(tmp_path, [["Nulle-Part-du-Tout", "", country]]), country_column="pays"))
    assert [miss.country for miss in done.misses] == [code]


def test_an_unknown_country_marks_its_rows_and_stops_nothing(tmp_path: Path) -> None:
    _, rows = answered(replace(table(tmp_path, [["Gao", "", "Atlantide"], ["Gao", "", "Mali"]]), country_column="pays"))
    assert [("country not known, so not used: Atlantide" in row["geo_reasons"], row["geo_status"]) for row in rows] == [
        (True, "found"), (False, "found"),
    ]


def test_admin_columns_are_asked_with_the_name(tmp_path: Path) -> None:
    asked = table(tmp_path, [["Nulle-Part-du-Tout", "Koro", "Mopti"]], ("lieu", "cercle", "région"))
    done, _ = answered(replace(asked, admins=("cercle", "région"), country="Mali"))
    assert [(miss.admin, miss.country) for miss in done.misses] == [("Koro; Mopti", "ML")]


def test_uneven_rows_tags_and_taken_columns_are_told(tmp_path: Path) -> None:
    asked = table(tmp_path, [["#loc", "#adm2", "#country"], ["Gao"], ["Gao", "", "", "x"]], ("lieu", "cercle", "geo_status"))
    done, rows = answered(asked)
    assert [row["geo_status_2"] for row in rows] == ["empty", "found", "found"]
    assert [row["column 4"] for row in rows] == ["", "", "x"]
    assert "HXL" in rows[0]["geo_reasons_2"]
    assert "the row has 1 cells, the header 3" in rows[1]["geo_reasons_2"]
    assert {note.code for note in done.notes} == {"table_uneven", "table_columns_renamed"}


def test_a_decision_counts_and_doubts_are_queued(tmp_path: Path) -> None:
    asked = replace(table(tmp_path, [["Nulle-Part-du-Tout", "", ""], ["Trou-Perdu-Là", "", ""]]), workspace=tmp_path / "case")
    done, _ = answered(asked)
    workspace = open_workspace(tmp_path / "case")
    assert done.questions == 2
    assert {question.asked.name for question in open_questions(workspace)} == {"Nulle-Part-du-Tout", "Trou-Perdu-Là"}
    name = NameAsked("Nulle-Part-du-Tout")
    made = override(workspace, name, Position(-3.5, 16.5), 2.0, PlaceKind.VILLAGE, who="A. Tester")
    done, rows = answered(asked)
    assert (rows[0]["geo_status"], rows[0]["geo_lon"], rows[0]["geo_decision"]) == ("found", "-3.5", str(made.number))
    assert rows[1]["geo_decision"] == ""
    assert (done.decided, done.questions) == (1, 1)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_same_question_same_bytes(tmp_path: Path, ending: str) -> None:
    asked = table(tmp_path, [["Niafunké", "", ""], ["Bamba", "", ""], ["", "", ""], ["à 10 km de Gao", "", ""]])
    outputs = [tmp_path / f"{number}.{ending}" for number in range(2)]
    for output in outputs:
        geocode_table(replace(asked, output=output))
    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert open_table(outputs[0], ["geo_status"]).rows == 4


def test_what_is_asked_wrongly_is_told_before_anything_is_written(tmp_path: Path) -> None:
    asked = table(tmp_path, [["Gao", "", ""]])
    for wrong, error in (
        (replace(asked, name="place"), UnreadableTable), (replace(asked, region_id="atlantis"), UnknownRegion),
        (replace(asked, country="Atlantide"), BadValue), (replace(asked, path=tmp_path / "no.csv"), UnreadableTable),
    ):
        with pytest.raises(error):
            geocode_table(wrong)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_document_in_a_cell_is_no_place(tmp_path: Path) -> None:
    _, rows = answered(table(tmp_path, [["Gao " * 10_000, "", ""]]))
    assert rows[0]["geo_status"] == "miss"
    assert "39999 characters" in rows[0]["geo_reasons"]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.text("é\"'\n\r,;= ", max_size=9))))
def test_rows_in_are_rows_out(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    done, out = answered(table(tmp_path, rows, ("lieu", "note")))
    assert [(row["lieu"], row["note"]) for row in out] == rows
    assert done.rows_in == done.rows_out == len(rows)


@pytest.mark.slow
def test_a_large_table_needs_no_more_memory_than_a_small_one(tmp_path: Path) -> None:
    """The figures for a million rows are those of benchmarks/geocoding/tables.py."""
    small, large = (_peak_mb(tmp_path, rows) for rows in (20_000, 400_000))
    print(f"peak memory of 20,000 rows {small:.0f} MB, of 400,000 rows {large:.0f} MB")
    assert large < small + 20


def _peak_mb(folder: Path, rows: int) -> float:
    asked = table(folder, [[f"Nulle-Part-{number * 7919 % 500}", "", "x" * 50] for number in range(rows)])
    words = ["geocode-table", str(asked.path), "--name-column", "lieu", "--output", str(asked.output)]
    command = [sys.executable, "-c", _PEAK, *words]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]) / 1024


@pytest.mark.skipif(not UCDP.is_file(), reason=ABSENT)
def test_real_event_tables(tmp_path: Path) -> None:
    asked = TableAsked(UCDP, "where_coordinates", tmp_path / "out.csv", admins=("adm_1",), country_column="country")
    done, rows = answered(asked)
    with UCDP.open(encoding="utf-8", newline="") as file:
        own = list(csv.DictReader(file))
    assert done.rows_out == len(own) == 1848
    assert [{key: row[key] for key in own[0]} for row in rows] == own
    assert not any("pays inconnu" in row["geo_reasons"] for row in rows)


@pytest.mark.skipif(not HXL.is_file(), reason=ABSENT)
def test_a_real_row_of_tags(tmp_path: Path) -> None:
    done, rows = answered(TableAsked(HXL, "where_coordinates", tmp_path / "out.csv", country_column="country"))
    assert rows[0]["geo_status"] == "empty"
    assert done.rows_out == len(rows) == 602


@pytest.mark.skipif(not LINES.is_file(), reason=ABSENT)
def test_real_incident_lines(tmp_path: Path) -> None:
    done, rows = answered(TableAsked(LINES, "evenement", tmp_path / "out.csv", region_id="mali", country="ML"))
    assert done.rows_out == len(rows) == 295
    assert done.by_status["found"] + done.by_status["ambiguous"] > 200
