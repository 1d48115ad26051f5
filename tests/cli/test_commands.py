import json
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentmap.cli import main
from incidentmap.paths import shipped

Run = Callable[..., tuple[int, str, str]]
REPORT = shipped("data", "reports", "2023-11-25-tombouctou-niafunke-goundam.txt")
PROPERTIES = (
    "id", "lon", "lat", "area_id", "anchor", "date_start", "date_end", "date_precision", "place", "admin1", "inside_region",
    "geo_precision", "where_prec", "radius_km", "event_type", "sub_event_type", "actors", "claims", "status", "review", "parts",
)


def places(run: Run, case: Path, *words: object) -> list[str]:
    code, said, _ = run("list", "--workspace", case, "--json", *words)
    assert code == 0
    return [record["place"] for record in json.loads(said)]


def test_a_second_ingest_adds_nothing(run: Run, tmp_path: Path) -> None:
    assert ": 4 new incidents, " in run("ingest", REPORT, "--workspace", tmp_path, "--region", "tombouctou")[1]
    assert run("ingest", REPORT, "--workspace", tmp_path) == (0, f"{REPORT}: known already, nothing added\n", "")


def test_one_refused_file_makes_the_exit_code_and_stops_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    code, said, complaint = run("ingest", tmp_path / "empty.txt", REPORT, "--workspace", tmp_path / "case")
    assert code == 1
    assert "4 new incidents" in said
    assert complaint.startswith("refused: ")
    assert "empty.txt" in complaint


def test_a_list_has_the_promised_properties(run: Run, case: Path) -> None:
    records = json.loads(run("list", "--workspace", case, "--json")[1])
    assert all(set(PROPERTIES) <= record.keys() for record in records)
    assert [(record["place"], record["inside_region"]) for record in records if record["inside_region"]] == [
        ("Niafunké", True), ("Goundam", True),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), {"Niafunké", "Goundam", "Bamako", "Kidal"}),
        (("--from", "2023-11-20"), {"Niafunké", "Goundam", "Bamako"}),
        (("--to", "2023-11-20"), {"Kidal"}),
        (("--actor", "jnim"), {"Niafunké", "Goundam"}),
        (("--actor", "jnim", "--actor", "cnsp"), {"Niafunké", "Goundam", "Bamako", "Kidal"}),
        (("--region", "kidal"), {"Kidal"}),
        (("--type", "Battles", "--from", "2023-11-20"), {"Niafunké"}),
        (("--status", "draft", "--status", "confirmed"), {"Niafunké", "Goundam", "Bamako", "Kidal"}),
        (("--status", "confirmed"), set()),
        (("--text", "goundam mortier"), {"Goundam"}),
        (("--bbox", "-5,14,0,16"), {"Niafunké"}),
        (("--bbox=-5,14,0,16",), {"Niafunké"}),
        (("--precision", "1"), {"Niafunké", "Goundam", "Bamako", "Kidal"}),
    ],
)
def test_filters_are_those_of_the_map(run: Run, case: Path, words: tuple[str, ...], expected: set[str]) -> None:
    assert set(places(run, case, *words)) == expected


def test_a_list_for_people_tells_the_counts(run: Run, case: Path) -> None:
    said = run("list", "--workspace", case, "--from", "2023-11-20")[1]
    assert "Niafunké (precision 1, inside)" in said
    assert said.endswith("3 of 4 incidents (0 without a place, 0 undated)\n")


def test_an_export_honours_the_filter(run: Run, case: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.geojson"
    filters = ("--from", "2023-11-20", "--actor", "jnim")
    code, said, _ = run("export", "--workspace", case, "--format", "geojson", "--output", path, *filters)
    whole = json.loads(path.read_text("utf-8"))
    assert code == 0
    assert "2 of 4 incidents" in said
    assert [feature["properties"]["place"] for feature in whole["features"]] == places(run, case, *filters)
    assert whole["query"] == {"from": "2023-11-20", "actors": "jnim"}
    assert run("export", "--workspace", case, "--output", "-", *filters)[1] == path.read_text("utf-8")


def test_a_report_is_a_briefing_too(run: Run, case: Path, tmp_path: Path) -> None:
    options = ("report", "--workspace", case, "--lang", "en", "--date", "2026-11-23", "--maps", "actor")
    for name in ("a.pdf", "b.pdf", "a.html"):
        code, said, _ = run(*options, "--output", tmp_path / name)
        assert (code, said) == (0, f"{tmp_path / name}\n")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    code, _, complaint = run(*options, "--output", tmp_path / "a.doc")
    assert code == 1
    assert ".pdf or .html" in complaint


def test_a_report_is_a_picture(run: Run, case: Path, tmp_path: Path) -> None:
    code, said, _ = run("report", "--workspace", case, "--output", tmp_path / "map.png", "--language", "en")
    assert (code, "4 of 4 incidents" in said) == (0, True)
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")


def test_geocode_tells_places_and_sides(run: Run) -> None:
    code, said, _ = run("geocode", "Niafounké", "Tinbuktu", "Kidal", "--region", "tombouctou", "--json")
    found = json.loads(said)
    assert code == 0
    assert [(each["query"], each["status"], each["name"], each["inside"]) for each in found] == [
        ("Niafounké", "found", "Niafunké", True), ("Tinbuktu", "found", "Tombouctou", True), ("Kidal", "found", "Kidal", False),
    ]
    for each in found:
        assert {"query", "status", "name", "lon", "lat", "radius_km", "inside", "reasons", "rivals"} <= each.keys()
        assert each["reasons"]


def test_a_miss_is_an_answer_with_its_own_exit_code(run: Run) -> None:
    code, said, complaint = run("geocode", "Xyzzyx", "Kidal", "--region", "tombouctou")
    assert (code, complaint) == (3, "")
    assert '"Xyzzyx": not found' in said
    assert "OUTSIDE tombouctou" in said


def test_geocode_takes_the_region_of_a_workspace(run: Run, case: Path) -> None:
    assert "OUTSIDE tombouctou" in run("geocode", "Kidal", "--workspace", case)[1]
    assert "inside kidal" in run("geocode", "Kidal", "--workspace", case, "--region", "kidal")[1]


def test_geocode_explains_every_rival(run: Run) -> None:
    short, long = (run("geocode", "Bamba", "--region", "tombouctou", *words)[1] for words in ((), ("--explain",)))
    assert "score" not in short
    assert long.count("rival: ") == long.count("score ") >= 1


def test_regions_are_listed(run: Run) -> None:
    assert "tombouctou         Tombouctou region (pre-2016 extent)" in run("regions")[1].splitlines()
    assert {"tombouctou", "kidal", "mali"} <= {each["id"] for each in json.loads(run("regions", "--json")[1])}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--actor", "nobody"), "'nobody' is not allowed; expected one of: "),
        (("--region", "atlantis"), "'atlantis' is unknown; known regions: "),
        (("--status", "maybe"), "'maybe' is not allowed; expected draft, confirmed, rejected"),
        (("--type", "Fights"), "'Fights' is not allowed; expected one of: Battles"),
        (("--from", "24/11/2023"), "a date such as 2023-11-24"),
        (("--from", "2023-11-25", "--to", "2023-11-24"), "an end on or after its start"),
        (("--bbox", "5,0,1,2"), "west <= east"),
        (("--precision", "9"), "1, 2 or 3"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(run: Run, case: Path, words: tuple[str, ...], said: str) -> None:
    code, out, complaint = run("list", "--workspace", case, *words)
    assert (code, out) == (1, "")
    assert complaint.startswith("incidentmap list: ")
    assert said in complaint


@pytest.mark.parametrize("command", [("list",), ("export", "--output", "x.geojson"), ("report", "--output", "x.png")])
def test_a_workspace_that_is_not_there_is_not_made(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    code, _, complaint = run(*command, "--workspace", tmp_path / "missing")
    assert code == 1
    assert "incidentmap ingest FILE --workspace" in complaint
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize(
    "words", [(), ("fly",), ("ingest",), ("export", "--workspace", "x"), ("serve", "--workspace", "x", "--port", "http")],
)
def test_a_command_line_that_cannot_be_understood(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: incidentmap" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--help",), ("geocode", "--help")])
def test_help_tells_the_exit_codes(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 0
    assert "exit codes:\n  0  " in capsys.readouterr().out
