"""`incidentmap names`: from the list to an actor of one's own, its log out and in again."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
TEXT = "Gao, 12 juin 2024 - Le FPDA a attaqué mardi 11 juin 2024 un poste de l'armée à Ansongo. Cinq soldats ont été tués."


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A workspace with one report that names a group which nobody knows."""
    (tmp_path / "report.txt").write_text(TEXT, "utf-8")
    assert run("ingest", tmp_path / "report.txt", "--workspace", tmp_path / "case", "--region", "mali")[0] == 0
    return tmp_path / "case"


def records(run: Run, folder: Path, *words: object) -> list[dict[str, object]]:
    code, said, complaint = run("names", *words, "--workspace", folder, "--json")
    assert (code, complaint) == (0, "")
    found: list[dict[str, object]] = json.loads(said)
    return found


def test_the_list_and_one_name_of_it(run: Run, folder: Path) -> None:
    (found,) = records(run, folder, "list")
    assert (found["name"], found["count"], found["proposers"]) == ("FPDA", 1, ["rules"])
    assert run("names", "list", "--workspace", folder)[1].endswith("1 unknown name\n")
    said = run("names", "show", found["id"], "--workspace", folder)[1]
    assert "Does what actors do: “FPDA a attaqué”." in said
    assert "1  " in said
    assert run("names", "show", "XYZ", "--workspace", folder)[0] == 1


def test_a_new_actor_is_listed_filtered_and_exported_by_its_name(run: Run, folder: Path) -> None:
    (found,) = records(run, folder, "list")
    code, said, _ = run("names", "new", found["id"], "--kind", 2, "--called", "Front patriotique", "--parent", "jnim",
                        "--valid-from", "2024-01-01", "--who", "Awa", "--workspace", folder)
    assert (code, "\"FPDA\" is a new actor, own:front-patriotique" in said) == (0, True)
    assert records(run, folder, "list") == []
    assert "own:front-patriotique" in {each["id"] for each in records(run, folder, "list", "--known")}
    listed = json.loads(run("list", "--actor", "own:front-patriotique", "--workspace", folder, "--json")[1])
    assert len(listed) == 1
    exported = run("export", "--output", "-", "--workspace", folder)[1]
    assert "Front patriotique" in exported


def test_decide_undo_export_and_replay(run: Run, folder: Path, tmp_path: Path) -> None:
    assert run("names", "same-as", "FPDA", "jnim", "--who", "Awa", "--workspace", folder)[0] == 0
    assert run("names", "not-an-actor", "ONU", "--who", "Awa", "--why", "an agency", "--workspace", folder)[0] == 0
    assert run("names", "undo", 1, "--who", "Awa", "--workspace", folder)[0] == 0
    log = records(run, folder, "list", "--log")
    assert [(each["number"], each["verdict"], each["undone_by"]) for each in log] == [
        (3, "undo", None), (2, "not_an_actor", None), (1, "same_as", 3),
    ]
    assert run("names", "list", "--log", "--workspace", folder)[1].endswith("3 namings, 1 undone, chain unbroken\n")
    output = tmp_path / "namings.csv"
    assert run("names", "export", "--output", output, "--workspace", folder)[1] == f"{output}: 3 namings\n"
    assert run("names", "export", "--output", "-", "--workspace", folder)[1] == output.read_text("utf-8")
    said = run("names", "replay", output, "--workspace", tmp_path / "fresh")[1]
    assert said == f"{output}: 3 new namings, 0 known already; 0 reports read again\n"


@pytest.mark.parametrize(("words", "said"), [
    (("same-as", "FPDA", "nobody"), "the id of an actor"),
    (("same-as", "n-00000000", "jnim"), "the id of an open name"),
    (("new", "FPDA", "--kind", "2", "--valid-from", "soon"), "a day such as 2017-03-02"),
    (("not-an-actor", "FPDA", "--who", " "), "who"),
])
def test_what_cannot_be_is_refused_with_what_to_do(run: Run, folder: Path, words: tuple[str, ...], said: str) -> None:
    code, out, complaint = run("names", *words, "--workspace", folder)
    assert (code, out) == (1, "")
    assert complaint.startswith("incidentmap names: ")
    assert said in complaint


def test_what_one_workspace_decided_is_not_in_force_in_another(run: Run, folder: Path, tmp_path: Path) -> None:
    run("names", "new", "FPDA", "--kind", 2, "--who", "Awa", "--workspace", folder)
    run("ingest", tmp_path / "report.txt", "--workspace", tmp_path / "other", "--region", "mali")
    assert "own:fpda" not in {each["id"] for each in records(run, tmp_path / "other", "list", "--known")}
    assert [each["name"] for each in records(run, tmp_path / "other", "list")] == ["FPDA"]
