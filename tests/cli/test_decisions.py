import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
TEXT = (
    "Samedi 25 novembre 2023. Des hommes armés ont attaqué vendredi 24 novembre 2023 le village de Farabougou. "
    "Le même jour, une patrouille a été attaquée à Zorgolotou, dans le cercle de Niono. "
    "Bamba a aussi été visée par des tirs de mortier."
)
OVERRIDE = ("--lat", "14.4", "--lon", "-5.9", "--radius-km", "3", "--who", "anna")


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A workspace with one report, in which one village is unknown."""
    (tmp_path / "report.txt").write_text(TEXT, "utf-8")
    assert run("ingest", tmp_path / "report.txt", "--workspace", tmp_path / "case", "--region", "tombouctou")[0] == 0
    return tmp_path / "case"


def asked(run: Run, folder: Path, *words: object) -> list[dict[str, object]]:
    code, said, complaint = run("decisions", *words, "--workspace", folder, "--json")
    assert (code, complaint) == (0, "")
    found: list[dict[str, object]] = json.loads(said)
    return found


def places(run: Run, folder: Path) -> set[str]:
    return {record["place"] for record in json.loads(run("list", "--workspace", folder, "--json")[1])}


def test_the_queue_tells_the_name_its_sentence_and_candidates(run: Run, folder: Path) -> None:
    (question,) = asked(run, folder, "queue")
    assert {key: question[key] for key in ("name", "admin", "status", "count", "candidates")} == {
        "name": "Zorgolotou", "admin": "cercle de Niono", "status": "miss", "count": 1, "candidates": [],
    }
    sentence, start, end = question["sentence"], question["start"], question["end"]
    assert isinstance(sentence, str)
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert sentence[start:end] == "Zorgolotou"
    said = run("decisions", "queue", "--workspace", folder)[1]
    assert f"{question['id']}  \"Zorgolotou\" (cercle de Niono): miss, 1 time, " in said
    assert said.endswith("1 open question\n")
    assert run("decisions", "queue", "--workspace", folder, "--limit", 0)[1] == "1 open question, 1 more with --limit\n"


def test_an_own_place_is_on_the_map_until_it_is_undone(run: Run, folder: Path) -> None:
    (question,) = asked(run, folder, "queue")
    code, said, _ = run("decisions", "override", question["id"], *OVERRIDE, "--why", "map of 2021", "--workspace", folder)
    assert code == 0
    assert said.startswith("1  20")
    assert "anna: override \"Zorgolotou\" (cercle de Niono) -> Zorgolotou (village; Ségou, ML) lat 14.4000 lon -5.9" in said
    assert "why: map of 2021" in said
    assert asked(run, folder, "queue") == []
    assert "Zorgolotou" in places(run, folder)
    assert run("decisions", "undo", 1, "--who", "ben", "--workspace", folder)[0] == 0
    assert asked(run, folder, "queue") == [question]
    assert "Zorgolotou" not in places(run, folder)
    listed = run("decisions", "list", "--workspace", folder)[1]
    assert "ben: undo of 1, \"Zorgolotou\"" in listed
    assert "(undone by 2)" in listed
    assert listed.endswith("2 decisions, 1 undone, chain unbroken\n")
    records = asked(run, folder, "list")
    assert [(each["number"], each["undoes"], each["undone_by"]) for each in records] == [(2, 1, None), (1, None, 2)]


def test_a_candidate_is_picked_by_number_or_id(run: Run, folder: Path) -> None:
    assert run("decisions", "pick", "Bamba", "2", "--who", "anna", "--workspace", folder)[0] == 0
    (decision,) = asked(run, folder, "list")
    assert decision["candidates"] == ["curated:bamba", decision["place_id"]]
    assert f"[{decision['place_id']}]" in run("geocode", "Bamba", "--workspace", folder)[1]
    assert run("decisions", "pick", "Bamba", "curated:bamba", "--who", "anna", "--workspace", folder)[0] == 0
    assert "[curated:bamba]" in run("geocode", "Bamba", "--workspace", folder)[1]


def test_a_log_walks_to_another_workspace(run: Run, folder: Path, tmp_path: Path) -> None:
    for words in (("reject", "Bamba", "--why", "=a name"), ("override", "Zorgolotou", "--admin", "cercle de Niono", *OVERRIDE)):
        assert run("decisions", *words, "--workspace", folder)[0] == 0
    path, other = tmp_path / "decisions.csv", tmp_path / "other"
    assert run("decisions", "export", "--output", path, "--workspace", folder) == (0, f"{path}: 2 decisions\n", "")
    assert run("decisions", "export", "--output", "-", "--workspace", folder)[1].encode() == path.read_bytes()
    assert run("ingest", tmp_path / "report.txt", "--workspace", other, "--region", "tombouctou")[0] == 0
    assert run("decisions", "replay", path, "--workspace", other) == (
        0, f"{path}: 2 new decisions, 0 known already; 1 report read again\n", "",
    )
    assert run("decisions", "export", "--output", "-", "--workspace", other)[1].encode() == path.read_bytes()
    exports = [run("export", "--workspace", each, "--output", "-")[1] for each in (folder, other)]
    assert exports[0] == exports[1]
    answers = [run("geocode", "Bamba", "Zorgolotou", "Kidal", "--workspace", each, "--json")[1] for each in (folder, other)]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("pick", "Bamba", "9"), "number of the candidate: '9' is not allowed; expected one from 1 to 2"),
        (("pick", "Bamba", "curated:gao"), "expected a candidate of 'Bamba': curated:bamba"),
        (("pick", "q-00000000", "1"), "expected the id of an open question. See: incidentmap decisions queue"),
        (("pick", "Zorgolotou", "1"), "expected none, there are none"),
        (("pick", "Bamba", "1", "--report", "x"), "expected the id of a report of this workspace"),
        (("reject", "Bamba", "--who", " "), "who: '' is not allowed"),
        (("override", "Bamba", "--lat", "99", "--lon", "0", "--radius-km", "1"), "latitude: 99.0 is not allowed"),
        (("override", "Bamba", "--lat", "9", "--lon", "0", "--radius-km", "0"), "radius_km: 0.0 is not allowed"),
        (("undo", "1"), "1 is not allowed; expected one of the log"),
        (("replay", "missing.csv"), "expected a file that can be read"),
        (("export", "--output", "missing/decisions.csv"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_told(run: Run, folder: Path, words: tuple[str, ...], said: str) -> None:
    code, out, complaint = run("decisions", *words, "--workspace", folder)
    assert (code, out) == (1, "")
    assert complaint.startswith("incidentmap decisions: ")
    assert said in complaint
    assert asked(run, folder, "list") == []


@pytest.mark.parametrize("words", [("list",), ("queue",), ("undo", "1"), ("reject", "Gao"), ("export", "--output", "-")])
def test_a_workspace_that_is_not_there_is_not_made(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    code, _, complaint = run("decisions", *words, "--workspace", tmp_path / "missing")
    assert code == 1
    assert "a folder that holds a case" in complaint
    assert [*tmp_path.iterdir()] == []
