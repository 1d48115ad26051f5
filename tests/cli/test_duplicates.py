import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., tuple[int, str, str]]
FIRST = (
    "Samedi 25 novembre 2023. Des hommes armés du Jnim ont attaqué vendredi 24 novembre 2023 le camp militaire de Niafunké. "
    "Le bilan est de 37 soldats tués."
)
SECOND = (
    "Dimanche 26 novembre 2023. Le camp de Niafunké a été attaqué le 24 novembre 2023 par le Jnim. L'attaque a fait 37 morts "
    "parmi les soldats, selon une source locale."
)


@pytest.fixture
def folder(run: Run, tmp_path: Path) -> Path:
    """A workspace with two reports of one attack."""
    for name, text in (("first", FIRST), ("second", SECOND)):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        assert run("ingest", tmp_path / f"{name}.txt", "--workspace", tmp_path / "case", "--region", "tombouctou")[0] == 0
    return tmp_path / "case"


def said(run: Run, folder: Path, *words: object) -> Any:
    code, out, complaint = run("duplicates", *words, "--workspace", folder, "--json")
    assert (code, complaint) == (0, "")
    return json.loads(out)


def listed(run: Run, folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("list", "--workspace", folder, "--json")[1])
    return found


def test_two_reports_of_one_attack_are_found_merged_and_split_again(run: Run, folder: Path) -> None:
    (pair,) = said(run, folder, "list")
    assert pair["sameness"] == "likely"
    assert "same place: Niafunké" in [each["words"] for each in pair["reasons"]]
    assert len(set(pair["reports"])) == 2
    before = listed(run, folder)
    made = said(run, folder, "merge", *pair["ids"], "--who", "anna", "--why", "same toll")
    assert made["merged"] == {pair["ids"][0]: pair["ids"]}
    (merged,) = [each for each in listed(run, folder) if each["parts"]]
    assert [part["id"] for part in merged["parts"]] == pair["ids"]
    assert {claim["report"] for claim in merged["claims"]} == set(pair["reports"])
    assert said(run, folder, "list", "--all") == []
    assert "anna: the same" in run("duplicates", "list", "--log", "--workspace", folder)[1]
    said(run, folder, "undo", made["record"]["number"], "--who", "ben")
    assert listed(run, folder) == before


def test_the_list_tells_why_in_lines(run: Run, folder: Path) -> None:
    code, out, _ = run("duplicates", "list", "--workspace", folder)
    assert code == 0
    assert "same day: 2023-11-24" in out
    assert out.rstrip().splitlines()[-1].startswith("1 pair")


def test_what_is_kept_apart_cannot_be_merged_before_an_undo(run: Run, folder: Path) -> None:
    one, other = said(run, folder, "list")[0]["ids"]
    assert run("duplicates", "keep-apart", one, other, "--workspace", folder, "--who", "anna")[0] == 0
    assert said(run, folder, "list", "--all") == []
    code, _, complaint = run("duplicates", "merge", one, other, "--workspace", folder, "--who", "ben")
    assert code == 1
    assert "record 1 by anna" in complaint
    log = said(run, folder, "list", "--log")
    assert [each["verdict"] for each in log["log"]] == ["not_same"]


@pytest.mark.parametrize(("words", "told"), [
    (("merge", "gone", "lost"), "'gone'"), (("undo", "4"), "one of the log"),
])
def test_what_is_not_there_is_refused(run: Run, folder: Path, words: tuple[str, ...], told: str) -> None:
    code, out, complaint = run("duplicates", *words, "--workspace", folder, "--who", "anna")
    assert (code, out) == (1, "")
    assert told in complaint


def test_a_folder_without_a_case_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("duplicates", "list", "--workspace", tmp_path / "none")[0] == 1


def test_the_log_is_checked_exported_and_replayed(run: Run, folder: Path, tmp_path: Path) -> None:
    (pair,) = said(run, folder, "list")
    said(run, folder, "merge", *pair["ids"], "--who", "anna", "--why", "same toll")
    assert run("duplicates", "check", "--workspace", folder) == (0, "1 merge, chain unbroken\n", "")
    fresh, ingest = tmp_path / "fresh", [tmp_path / "first.txt", tmp_path / "second.txt"]
    run("ingest", *ingest, "--workspace", fresh, "--region", "tombouctou")
    for name in ("log.csv", "log.jsonl"):
        path = tmp_path / name
        assert run("duplicates", "export", "--workspace", folder, "--output", path)[1] == f"{path}: 1 merge\n"
        code, out, complaint = run("duplicates", "replay", path, "--workspace", fresh)
        assert (code, complaint) == (0, "")
        assert "known already" in out
    assert run("duplicates", "export", "--workspace", fresh, "--output", "-")[1] == (tmp_path / "log.csv").read_text("utf-8")
    assert listed(run, fresh) == listed(run, folder)


def test_a_merged_incident_is_reviewed_as_one(run: Run, folder: Path) -> None:
    (pair,) = said(run, folder, "list")
    said(run, folder, "merge", *pair["ids"])
    queue = json.loads(run("review", "list", "--workspace", folder, "--json")[1])
    assert [each["id"] for each in queue if each["id"] in pair["ids"]] == [pair["ids"][0]]
    code, out, _ = run("review", "accept", pair["ids"][0], "--workspace", folder, "--who", "ben")
    assert (code, out.count("ben: accept")) == (0, 2)
    assert {each["status"] for each in listed(run, folder) if each["parts"]} == {"confirmed"}
    assert run("review", "undo", 1, "--workspace", folder, "--who", "ben")[1].count("ben: undo") == 2
