"""`incidentmap review`, whole commands on a case of their own."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import REPORT, Run


@pytest.fixture
def own(tmp_path: Path, run: Run) -> Path:
    folder = tmp_path / "case"
    run("ingest", REPORT, "--workspace", folder, "--region", "tombouctou")
    return folder


def queue(run: Run, folder: Path, *more: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("review", "list", "--workspace", folder, "--json", *more)[1])
    return found


def test_list_begins_with_the_most_doubtful(own: Path, run: Run) -> None:
    rows = queue(run, own)
    assert len(rows) == 4
    assert [each["doubt"] for each in rows] == sorted((each["doubt"] for each in rows), reverse=True)
    code, out, _ = run("review", "list", "--workspace", own, "--limit", 1)
    assert (code, out.splitlines()[-1]) == (0, "4 to review, 3 more with --limit")
    assert rows[0]["id"] in out
    assert f"version {rows[0]['version']}" in out


def test_accept_reject_and_undo_are_in_the_history(own: Path, run: Run) -> None:
    first, second = (each["id"] for each in queue(run, own)[:2])
    run("review", "accept", first, "--workspace", own, "--who", "anna", "--why", "two sources")
    code, out, _ = run("review", "reject", second, "--workspace", own, "--who", "ben")
    assert code == 0
    assert "ben: reject" in out
    assert "status: draft -> rejected" in out
    assert {each["id"] for each in queue(run, own, "--status", "confirmed")} == {first}
    assert run("review", "undo", 2, "--workspace", own, "--who", "ben")[0] == 0
    assert len(queue(run, own)) == 3
    told = json.loads(run("review", "history", "--workspace", own, "--json")[1])
    assert [(each["number"], each["action"], each["who"]) for each in told] == [
        (3, "undo", "ben"), (2, "reject", "ben"), (1, "accept", "anna"),
    ]
    assert "why: two sources" in run("review", "history", first, "--workspace", own)[1]


def test_edit_sets_fields_and_claims(own: Path, run: Run) -> None:
    chosen = next(each for each in queue(run, own) if each["place"] == "Niafunké")
    code, _, err = run(
        "review", "edit", chosen["id"], "--workspace", own, "--who", "anna", "--event", "Shelling/artillery/missile attack",
        "--date", "2023-11-23..2023-11-24", "--at=16.0,-3.9", "--radius-km", 3, "--place-name", "Camp",
        "--actor", "jnim=attacker", "--actor", "Groupe X=target", "--claim", 1, "low=10", "best=12", "high=15",
        "--drop-claim", len(chosen["claims"]),
        "--new-claim", "Niafunké", "field=wounded", "low=2",
    )
    assert (code, err) == (0, "")
    shown = json.loads(run("review", "show", chosen["id"], "--workspace", own, "--json")[1])
    assert shown["event_type"] == "Explosions/Remote violence"
    assert (shown["date_start"], shown["date_end"]) == ("2023-11-23", "2023-11-24")
    assert (shown["place"], shown["lon"], shown["lat"], shown["radius_km"]) == ("Camp", -3.9, 16.0, 3)
    parts = [(each["id"], each["role"]) for each in shown["actors"]]
    assert parts == [("jnim", "attacker"), ("unregistered:groupe-x", "target")]
    assert (shown["claims"][0]["low"], shown["claims"][0]["high"], shown["claims"][-1]["quote"]) == (10, 15, "Niafunké")
    assert len(shown["claims"]) == len(chosen["claims"])
    out = run("review", "show", chosen["id"], "--workspace", own)[1]
    assert "anna: edit" in out
    assert "place   Camp (precision 1, ± 3 km)" in out


def test_split_and_merge_within_a_report(own: Path, run: Run) -> None:
    chosen = next(each for each in queue(run, own) if each["place"] == "Niafunké")
    own_words = ("--workspace", own, "--who", "a")
    assert run("review", "split", chosen["id"], *own_words, "--claims", 1, "--place", "curated:bamba")[0] == 0
    rows = queue(run, own)
    child = next(each for each in rows if each["place"] == "Bamba")
    assert (len(rows), len(child["claims"])) == (5, 1)
    assert run("review", "merge", chosen["id"], child["id"], "--workspace", own, "--who", "a")[0] == 0
    assert len(queue(run, own)) == 4


def test_a_version_that_is_no_more_is_refused_with_who_changed_what(own: Path, run: Run) -> None:
    chosen = queue(run, own)[0]
    run("review", "edit", chosen["id"], "--workspace", own, "--no-date", "--no-place", "--who", "anna")
    code, out, err = run("review", "accept", chosen["id"], "--workspace", own, "--who", "ben", "--based-on", chosen["version"])
    assert (code, out) == (1, "")
    assert "changed meanwhile: anna" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("edit", "ID"), "at least one field"),
        (("edit", "ID", "--event", "Bombing"), "one of: Armed clash"),
        (("edit", "ID", "--claim", "99", "low=1"), "number of a claim"),
        (("edit", "ID", "--claim", "1", "low"), "NAME=VALUE"),
        (("edit", "ID", "--drop-claim", "99"), "claim to drop"),
        (("edit", "ID", "--at", "here"), "15.93,-3.99"),
        (("edit", "ID", "--actor", "jnim"), "actor"),
        (("accept", "none"), "the id of an incident"),
        (("accept", "ID", "--who", " "), "a name"),
        (("undo", "7"), "one of the log"),
    ],
)
def test_what_cannot_be_is_refused(own: Path, run: Run, words: tuple[str, ...], told: str) -> None:
    first = next(each for each in queue(run, own) if each["place"] == "Niafunké")["id"]
    code, _, err = run("review", *(first if word == "ID" else word for word in words), "--workspace", own)
    assert code == 1
    assert told in err
    assert run("review", "history", "--workspace", own)[1] == "0 decisions\n"


def test_the_log_is_checked_exported_and_replayed(own: Path, run: Run, tmp_path: Path) -> None:
    first, second = (each["id"] for each in queue(run, own)[:2])
    run("review", "edit", first, "--workspace", own, "--who", "anna", "--date", "2023-11-23..2023-11-24", "--why", "=night")
    run("review", "reject", second, "--workspace", own, "--who", "ben")
    assert run("review", "check", "--workspace", own) == (0, "2 reviews, chain unbroken\n", "")
    fresh, path = tmp_path / "fresh", tmp_path / "reviews.jsonl"
    run("ingest", REPORT, "--workspace", fresh, "--region", "tombouctou")
    assert run("review", "export", "--workspace", own, "--output", path)[0] == 0
    assert run("review", "replay", path, "--workspace", fresh)[1] == f"{path}: 2 new reviews, 0 known already\n"
    assert (queue(run, fresh), queue(run, fresh, "--status", "rejected")) == (
        queue(run, own), queue(run, own, "--status", "rejected"))
    path.write_text(path.read_text("utf-8").replace("ben", "eve"), "utf-8")
    code, _, complaint = run("review", "replay", path, "--workspace", fresh)
    assert code == 1
    assert "line 2: hash" in complaint
