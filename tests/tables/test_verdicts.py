"""Broken tables of our own making, each with its right verdict: the rules that its row goes against, and nothing else."""

import csv
from pathlib import Path

import pytest
from tests.tables.importing import imported, written

from incidentmap.model import UnreadableTable
from incidentmap.tables.verdicts import RULES, Level
from incidentmap.words import keys

SHEET = {
    "id": "A1", "date": "2023-11-24", "pays": "Mali", "région": "Tombouctou", "lieu": "Niafunké", "latitude": "15.932",
    "longitude": "-3.991", "acteur 1": "Groupe A", "acteur 2": "Groupe B", "tués": "3", "description": "Un fait inventé.",
}
ACLED = {
    "event_id_cnty": "MLI1", "event_date": "24 November 2023", "year": "2023", "time_precision": "1", "event_type": "Battles",
    "sub_event_type": "Armed clash", "actor1": "Group A", "inter1": "2", "actor2": "Group B", "inter2": "1", "country": "Mali",
    "location": "Niafunke", "latitude": "15.932", "longitude": "-3.991", "geo_precision": "1", "fatalities": "3",
}
UCDP = {
    "id": "1", "type_of_violence": "1", "where_prec": "1", "side_a": "Government A", "side_b": "Group B",
    "date_start": "2023-11-24", "date_end": "2023-11-24", "date_prec": "1", "country": "Mali", "country_id": "432",
    "latitude": "15.932", "longitude": "-3.991", "low": "1", "best": "2", "high": "3",
}
NIGER = {"pays": "Niger", "latitude": "13.51", "longitude": "2.11"}
NONE: set[str] = set()

# (name, row as it should be, cells that differ, rules)
ONE_ROW = [
    ("sound sheet", SHEET, {}, NONE),
    ("sound ACLED", ACLED, {}, NONE),
    ("sound UCDP", UCDP, {}, NONE),
    ("sound row east of Greenwich", SHEET, NIGER, NONE),
    ("point a few kilometres over the border", SHEET, {"latitude": "15.495", "longitude": "-9.3"}, NONE),
    ("date missing", SHEET, {"date": ""}, {"date_missing"}),
    ("date unknown in words", SHEET, {"date": "inconnu"}, {"date_missing"}),
    ("date unreadable", SHEET, {"date": "hier soir"}, {"date_unreadable"}),
    ("day that does not exist", SHEET, {"date": "31/02/2023"}, {"date_unreadable"}),
    ("29 February of no leap year", SHEET, {"date": "2023-02-29"}, {"date_unreadable"}),
    ("month 13", SHEET, {"date": "2023-13-01"}, {"date_unreadable"}),
    ("year 1023", SHEET, {"date": "1023-11-24"}, {"date_unreadable"}),
    ("future date", SHEET, {"date": "2062-11-24"}, {"date_future"}),
    ("tomorrow", SHEET, {"date": "2026-11-23"}, {"date_future"}),
    ("today", SHEET, {"date": "2026-11-22"}, NONE),
    ("end before start", UCDP, {"date_end": "2023-11-20"}, {"date_end_before_start"}),
    ("day and month cannot be told apart", SHEET, {"date": "03/04/2023"}, {"date_order"}),
    ("day and month alike", SHEET, {"date": "04/04/2023"}, NONE),
    ("year of two digits", SHEET, {"date": "24/11/23"}, {"date_two_digits"}),
    ("Excel's number of a day", SHEET, {"date": "45254"}, {"date_serial"}),
    ("month only", SHEET, {"date": "nov. 2023"}, NONE),
    ("year only", SHEET, {"date": "2023"}, NONE),
    ("coordinates missing", SHEET, {"latitude": "", "longitude": ""}, {"coordinate_missing"}),
    ("coordinates NA", SHEET, {"latitude": "NA", "longitude": "NA"}, {"coordinate_missing"}),
    ("longitude missing", SHEET, {"longitude": ""}, {"coordinate_half"}),
    ("latitude missing", SHEET, {"latitude": ""}, {"coordinate_half"}),
    ("coordinates zero", SHEET, {"latitude": "0", "longitude": "0.0"}, {"coordinate_zero"}),
    ("coordinates unreadable", SHEET, {"latitude": "nord"}, {"coordinate_unreadable"}),
    ("infinite coordinate", SHEET, {"latitude": "inf"}, {"coordinate_unreadable"}),
    ("latitude above 90", SHEET, {"latitude": "159.32", "longitude": "-399.1"}, {"coordinate_range"}),
    ("coordinates in metres", SHEET, {"latitude": "1762345", "longitude": "602345"}, {"coordinate_range"}),
    ("swapped, beyond 90", SHEET, {"pays": "", "latitude": "120.5", "longitude": "15.9"}, {"coordinate_swapped"}),
    ("beyond 90, and not in the country swapped either", SHEET, {"latitude": "95"}, {"coordinate_range"}),
    ("swapped", SHEET, {"latitude": "-3.991", "longitude": "15.932"}, {"coordinate_swapped"}),
    ("just over the border, though inside when swapped", SHEET,
     {"pays": "Nigeria", "latitude": "14.1", "longitude": "9.4"}, {"coordinate_other_country"}),
    ("lost minus of the longitude", SHEET, {"latitude": "14.49", "longitude": "4.19"}, {"coordinate_sign"}),
    ("minus that should not be there", SHEET, {**NIGER, "latitude": "-13.51"}, {"coordinate_sign"}),
    ("east longitude with a minus", SHEET, {**NIGER, "longitude": "-9.8", "latitude": "17"}, {"coordinate_sign"}),
    ("in the sea", SHEET, {"pays": "Sénégal", "latitude": "14.7", "longitude": "-18.9"}, {"coordinate_at_sea"}),
    ("in the sea, no country named", SHEET, {"pays": "", "latitude": "5", "longitude": "-12"}, {"coordinate_at_sea"}),
    ("in another country", SHEET, {"latitude": "12.37", "longitude": "-1.53"}, {"coordinate_other_country"}),
    ("far away", SHEET, {"latitude": "48.85", "longitude": "30.5"}, {"coordinate_other_country"}),
    ("country without a polygon, point in one with", SHEET, {"pays": "Syrie"}, {"coordinate_other_country"}),
    ("country without a polygon", SHEET, {"pays": "Syrie", "latitude": "33.5", "longitude": "36.3"}, NONE),
    ("decimal comma", SHEET, {"latitude": "15,932", "longitude": "-3,991"}, NONE),
    ("degrees, minutes, letters", SHEET, {"latitude": "15°55'55\"N", "longitude": "3°59'28\"O"}, NONE),
    ("low above best", UCDP, {"low": "5"}, {"figures_order"}),
    ("best above high", UCDP, {"best": "7"}, {"figures_order"}),
    ("negative figure", SHEET, {"tués": "-3"}, {"figure_negative"}),
    ("part of a person", SHEET, {"tués": "2.5"}, {"figure_not_whole"}),
    ("figure too large", SHEET, {"tués": "99999999999"}, {"figure_too_large"}),
    ("no figure", SHEET, {"tués": "beaucoup"}, {"figure_unreadable"}),
    ("range", SHEET, {"tués": "10-15"}, {"figure_range"}),
    ("at least", SHEET, {"tués": "au moins 5"}, {"figure_bound"}),
    ("about", SHEET, {"tués": "environ 50"}, {"figure_about"}),
    ("thousands", SHEET, {"tués": "1 200"}, {"figure_thousands"}),
    ("figure unknown in words", SHEET, {"tués": "inconnu"}, NONE),
    ("unknown country", SHEET, {"pays": "Wakanda"}, {"country_unknown"}),
    ("unknown event type", ACLED, {"event_type": "Skirmish"}, {"event_type_unknown"}),
    ("unknown sub-type", ACLED, {"sub_event_type": "Skirmish"}, {"sub_event_type_unknown"}),
    ("event type of 2018", ACLED, {"event_type": "Battle-No change of territory"}, NONE),
    ("where_prec 8", UCDP, {"where_prec": "8"}, {"code_range"}),
    ("where_prec 0", UCDP, {"where_prec": "0"}, {"code_range"}),
    ("where_prec in words", UCDP, {"where_prec": "exact"}, {"code_range"}),
    ("date_prec 6", UCDP, {"date_prec": "6"}, {"code_range"}),
    ("type_of_violence 4", UCDP, {"type_of_violence": "4"}, {"code_range"}),
    ("geo_precision 4", ACLED, {"geo_precision": "4"}, {"code_range"}),
    ("time_precision 9", ACLED, {"time_precision": "9"}, {"code_range"}),
    ("nobody on the other side", ACLED, {"actor2": "", "inter2": "0"}, NONE),
    ("class of actors in words", ACLED, {"inter1": "Rebel group", "inter2": "State forces"}, NONE),
    ("class of actors unknown", ACLED, {"inter1": "Dragons"}, {"code_range"}),
    ("HTML", SHEET, {"description": "<script>alert(1)</script>"}, {"html_in_text"}),
    ("a smaller-than sign is no HTML", SHEET, {"description": "moins de 5 (< 5) & plus"}, NONE),
    ("control characters", SHEET, {"description": "un\x07 fait"}, {"control_characters"}),
    ("cell too long", SHEET, {"description": "a" * 33_000}, {"cell_too_long"}),
    ("row that says nothing", SHEET, dict.fromkeys(SHEET, "") | {"id": "TOTAL", "tués": "12"},
     {"row_says_nothing", "date_missing", "coordinate_missing"}),
    ("two faults at once", SHEET, {"date": "hier", "tués": "-1"}, {"date_unreadable", "figure_negative"}),
]
# (name, whole file, rows of data with their rules)
WHOLE = [
    ("id twice", [SHEET, SHEET | {"tués": "4"}], {1: NONE, 2: {"duplicate_id"}}),
    ("id twice, as number and as decimal", [SHEET | {"id": "7"}, SHEET | {"id": "7.0"}], {1: NONE, 2: {"duplicate_id"}}),
    ("a refused row claims no id", [SHEET | {"date": "?!"}, SHEET], {1: {"date_unreadable"}, 2: NONE}),
    ("no ids, the same row twice", [{**SHEET, "id": ""}] * 2, {1: NONE, 2: {"duplicate_row"}}),
    ("no ids, rows that differ", [{**SHEET, "id": ""}, {**SHEET, "id": "", "tués": "4"}], {1: NONE, 2: NONE}),
    ("day first shown by another row", [SHEET | {"date": "03/04/2023"}, SHEET | {"id": "A2", "date": "13/04/2023"}],
     {1: NONE, 2: NONE}),
    ("month first shown by another row", [SHEET | {"date": "03/04/2023"}, SHEET | {"id": "A2", "date": "04/13/2023"}],
     {1: NONE, 2: NONE}),
    ("both orders mixed", [SHEET | {"date": "03/04/2023"}, SHEET | {"id": "A2", "date": "04/13/2023"},
                           SHEET | {"id": "A3", "date": "13/04/2023"}], {1: {"date_order"}, 2: NONE, 3: NONE}),
    ("NA is Namibia among codes of two letters",
     [SHEET | {"pays": "NA", "latitude": "-22.5", "longitude": "17"}, SHEET | {"id": "A2", "pays": "ML"}], {1: NONE, 2: NONE}),
    ("mono export: one event, sides swapped",
     [ACLED, ACLED | {"actor1": "Group B", "inter1": "1", "actor2": "Group A", "inter2": "2"}], {1: NONE, 2: NONE}),
    ("mono export with the same row twice", [ACLED, ACLED], {1: NONE, 2: {"duplicate_id"}}),
]
# (name, text of the file, rows with rules)
TEXTS = [
    ("too many cells", "id,date,lieu\n1,2023-11-24,Gao\n2,2023-11-24,Gao,Bourem\n", {2: {"row_uneven"}}),
    ("too few cells", "id,date,lieu\n1,2023-11-24,Gao\n2,2023-11-24\n", {1: {"coordinate_missing"}, 2: {"row_uneven"}}),
    ("blank row between others", "id,date,lieu\n1,2023-11-24,Gao\n,,\n2,2023-11-25,Gao\n", {2: {"row_blank"}}),
]
# (name, text of the file, what the message says)
NO_EVENTS = [
    ("mentions", "GLOBALEVENTID,MentionTimeDate,MentionIdentifier\n1,20231124000000,x\n", "mentions"),
    ("mentions without a header", "\t".join(["900", "20231124000000", "20231124001500", *["1"] * 13]) + "\n", "mentions"),
    ("column descriptions", "name,type,description\nid,INTEGER,Number of the event\n", "no column says when"),
    ("places without a time", "lieu,latitude,longitude\nGao,16.27,-0.04\n", "no column says when"),
]


def test_there_are_sixty_broken_tables() -> None:
    broken = [case for case in ONE_ROW if case[3]]
    assert len(broken) + len(WHOLE) + len(TEXTS) + len(NO_EVENTS) >= 60
    shown = {rule for case in ONE_ROW for rule in case[3]}
    shown |= {rule for *_, rows in [*WHOLE, *TEXTS] for rules in rows.values() for rule in rules}
    assert shown == set(RULES) - {"number_unreadable"}


@pytest.mark.parametrize(("row", "changed", "rules"), [case[1:] for case in ONE_ROW], ids=[case[0] for case in ONE_ROW])
def test_a_row_gets_its_verdict(row: dict[str, str], changed: dict[str, str], rules: set[str], tmp_path: Path) -> None:
    done = imported(written(tmp_path / "table.csv", [row | changed]))
    assert done.found(1) == rules
    refused = any(RULES[rule] is Level.REFUSED for rule in rules)
    assert (done.accepted.num_rows, done.refused) == ((0, 1) if refused else (1, 0))
    if not refused:
        assert set(done.accepted["warnings"][0].as_py()) == rules


@pytest.mark.parametrize(("rows", "expected"), [case[1:] for case in WHOLE], ids=[case[0] for case in WHOLE])
def test_rows_are_judged_by_the_whole_file(rows: list[dict[str, str]], expected: dict[int, set[str]], tmp_path: Path) -> None:
    done = imported(written(tmp_path / "table.csv", rows))
    assert {row: done.found(row) for row in expected} == expected


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in TEXTS], ids=[case[0] for case in TEXTS])
def test_rows_of_a_broken_form_are_refused(text: str, expected: dict[int, set[str]], tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    done = imported(path)
    assert {row: done.found(row) for row in expected} == expected


@pytest.mark.parametrize(("text", "said"), [case[1:] for case in NO_EVENTS], ids=[case[0] for case in NO_EVENTS])
def test_tables_that_hold_no_incidents_are_refused_whole(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(UnreadableTable, match=said):
        imported(path)


def test_a_mono_export_gives_each_event_once(tmp_path: Path) -> None:
    swapped = {"actor1": ACLED["actor2"], "inter1": ACLED["inter2"], "actor2": ACLED["actor1"], "inter2": ACLED["inter1"]}
    done = imported(written(tmp_path / "mono.csv", [ACLED, ACLED | swapped, ACLED | {"event_id_cnty": "MLI2"}]))
    assert (done.rows, done.accepted.num_rows, done.merged, done.refused) == (3, 2, 1, 0)
    assert [event["actor1"] for event in done.events()] == ["Group A", "Group A"]


@pytest.mark.parametrize("columns", [("actor2", "inter2"), ()])
def test_a_mono_export_with_one_actor_a_row_gives_each_event_once(columns: tuple[str, ...], tmp_path: Path) -> None:
    lone = {name: cell for name, cell in ACLED.items() if name not in {"actor2", "inter2"}} | dict.fromkeys(columns, "")
    rows = [lone, lone | {"actor1": "Group B", "inter1": "1"}, lone | {"event_id_cnty": "MLI2"}]
    done = imported(written(tmp_path / "mono.csv", rows))
    assert (done.rows, done.accepted.num_rows, done.merged, done.refused) == (3, 2, 1, 0)
    told = [[event.get(name) for name in ("actor1", "inter1", "actor2", "inter2")] for event in done.events()]
    assert told == [["Group A", 2, "Group B", 1], ["Group A", 2, None, None]]


def test_a_duplicate_names_the_first_row_as_a_spreadsheet_shows_it(tmp_path: Path) -> None:
    done = imported(written(tmp_path / "table.csv", [SHEET | {"id": "X"}, SHEET, SHEET]))
    finding, = done.findings
    assert (finding.file_row, finding.sheet_row, finding.rule, finding.value, finding.note) == (3, 4, "duplicate_id", "A1", "3")


def test_what_a_warning_made_less_of_stays_as_written(tmp_path: Path) -> None:
    done = imported(written(tmp_path / "table.csv", [SHEET | {"tués": "au moins 5", "pays": "Wakanda"}]))
    event, = done.events()
    assert event["killed_low"] == 5
    assert "killed_best" not in event
    assert event["extra"] == '{"pays":"Wakanda","tués":"au moins 5"}'


def test_refused_rows_are_mended_and_imported_again(tmp_path: Path) -> None:
    bad = SHEET | {"date": "hier", "description": "=HYPERLINK(1)", "longitude": "-3.991"}
    refused = tmp_path / "refused.csv"
    imported(written(tmp_path / "table.csv", [SHEET | {"id": "A0"}, bad]), refused=refused)
    with refused.open(encoding="utf-8-sig", newline="") as file:
        header, row = csv.reader(file)
    told = dict(zip(header, row, strict=True))
    assert header[:5] == ["row", "column", "value", "rule", "message"]
    assert (told["row"], told["column"], told["value"], told["rule"]) == ("3", "date", "hier", "date_unreadable")
    assert told["message"].startswith("« hier » n’est pas une date lisible.")
    assert (told["description"], told["longitude"]) == ("'=HYPERLINK(1)", "-3.991")
    mended = written(tmp_path / "table.csv", [told | {"date": "2023-11-24"}])
    done = imported(mended, refused=tmp_path / "again.csv")
    event, = done.events()
    assert (event["source_id"], event["notes"], event["lon"]) == ("A1", "=HYPERLINK(1)", -3.991)
    assert "extra" not in event or "message" not in str(event["extra"])


def test_a_mended_row_without_an_id_is_the_row_that_it_would_have_been(tmp_path: Path) -> None:
    bad = SHEET | {"id": "", "date": "hier"}
    refused = tmp_path / "refused.csv"
    imported(written(tmp_path / "table.csv", [bad]), refused=refused)
    with refused.open(encoding="utf-8-sig", newline="") as file:
        row, = csv.DictReader(file)
    again = imported(written(tmp_path / "again.csv", [row | {"date": "2023-11-24"}]), refused=tmp_path / "r2.csv").events()
    whole = imported(written(tmp_path / "whole.csv", [bad | {"date": "2023-11-24"}]), refused=tmp_path / "r3.csv").events()
    assert again[0]["source_id"] == whole[0]["source_id"]


def test_every_rule_has_words() -> None:
    for language in ("fr", "en"):
        assert {f"verdict.{rule}" for rule in RULES} == {key for key in keys(language) if key.startswith("verdict.")}
