import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentmap.walks.import_tables import snapshots

Run = Callable[..., tuple[int, str, str]]
HEAD = "id,date,pays,lieu,latitude,longitude,acteur 1,tués\n"
MAIN = "import sys; from incidentmap.cli import main; sys.exit(main())"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "faits.csv"
    path.write_text(f"{HEAD}A1,2023-11-24,Mali,Niafunké,15.932,-3.991,Groupe A,3\nA2,hier,Mali,Gao,16.27,-0.04,,\n", "utf-8")
    return path


def test_a_table_is_imported_and_told(run: Run, table: Path, tmp_path: Path) -> None:
    code, said, complaint = run("import", table, "--workspace", tmp_path / "case")
    assert (code, complaint) == (3, "")
    assert "encoding utf-8, cells separated by comma" in said
    assert "place <- lieu" in said
    assert "2 rows = 1 accepted + 1 refused" in said
    assert "refused: date_unreadable 1" in said
    assert "snapshot 1: 1 new, 0 changed, 0 gone" in said
    code, said, _ = run("import", table, "--workspace", tmp_path / "case")
    assert "snapshot 2: nothing changed against snapshot 1" in said


def test_the_last_line_is_one_object(table: Path, tmp_path: Path) -> None:
    words = ["import", str(table), "--workspace", str(tmp_path / "case"), "--json"]
    done = subprocess.run([sys.executable, "-c", MAIN, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "")
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["rows"], told["accepted"], told["warned"], told["refused"], told["snapshot"]) == (2, 1, 0, 1, 1)
    assert (told["new"], told["changed"], told["gone"], told["by_rule"]["date_unreadable"]) == (1, 0, 0, 1)
    assert Path(told["refused_file"]).read_text("utf-8-sig").splitlines()[1].startswith("3,date,hier,date_unreadable,")


def test_a_refused_file_is_an_object_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("a,b\n1,2\n", "utf-8")
    code, said, complaint = run("import", tmp_path / "in.csv", "--workspace", tmp_path / "case", "--json")
    assert code == 1
    assert "no column says when something happened" in complaint
    told = json.loads(said)
    assert (told["rows"], told["snapshot"]) == (None, None)
    assert told["error"] in complaint
    assert not (tmp_path / "case").exists()


def test_all_accepted_is_success(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"{HEAD}A1,2023-11-24,Mali,Niafunké,15.932,-3.991,Groupe A,3\n", "utf-8")
    code, said, _ = run("import", tmp_path / "in.csv", "--workspace", tmp_path / "case", "--json")
    assert (code, json.loads(said)["refused_file"]) == (0, None)


def test_acled_rows_come_with_a_warning(run: Run, tmp_path: Path) -> None:
    head = "event_id_cnty,event_date,event_type,actor1,country,location,latitude,longitude,geo_precision"
    (tmp_path / "a.csv").write_text(f"{head}\nMLI1,24 November 2023,Battles,Group A,Mali,Niafunke,15.932,-3.991,1\n", "utf-8")
    code, said, _ = run("import", tmp_path / "a.csv", "--workspace", tmp_path / "case")
    assert code == 0
    assert "read its terms before you export" in said


def test_a_file_that_replaces_most_is_told(run: Run, tmp_path: Path) -> None:
    for own in ("A1", "B1"):
        (tmp_path / "in.csv").write_text(f"{HEAD}{own},2023-11-24,Mali,Niafunké,15.932,-3.991,Groupe A,3\n", "utf-8")
        code, said, _ = run("import", tmp_path / "in.csv", "--workspace", tmp_path / "case")
        assert code == 0
    assert "1 new, 0 changed, 1 gone" in said
    assert "incidentmap tables undo 2" in said


def test_a_dry_run_says_so(run: Run, table: Path, tmp_path: Path) -> None:
    code, said, _ = run("import", table, "--workspace", tmp_path / "case", "--dry-run")
    assert code == 3
    assert said.splitlines()[-1] == "dry run: nothing was changed"
    assert not (tmp_path / "case").exists()


def test_tables_are_listed_compared_and_undone(run: Run, table: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    run("import", table, "--workspace", case)
    table.write_text(table.read_text("utf-8").replace(",3\n", ",5\n").replace("hier", "2023-12-01"), "utf-8")
    run("import", table, "--workspace", case)
    code, said, _ = run("tables", "list", "--workspace", case, "--json")
    assert code == 0
    assert [(each["number"], each["accepted"], each["refused"]) for each in json.loads(said)] == [(1, 1, 1), (2, 2, 0)]
    assert "1 new, 1 changed, 0 gone" in run("tables", "compare", "1", "2", "--workspace", case)[1]
    told = run("tables", "compare", "1", "2", "--events", "5", "--workspace", case)[1]
    assert "new | faits:" in told
    assert " -> " in told
    asked = ("tables", "compare", "1", "2", "--events", "1", "--workspace", case, "--json")
    assert sorted(each["fate"] for each in json.loads(run(*asked)[1])["events"]) == ["changed", "new"]
    shown = json.loads(run("tables", "events", "--workspace", case, "--text", "niafunke", "--json")[1])
    assert (shown["total"], shown["events"][0]["killed_best"]) == (1, 5)
    assert "faits shows snapshot 1 again" in run("tables", "undo", "2", "--workspace", case)[1]
    assert "1 of 1 events" in run("tables", "events", "--workspace", case)[1]
    assert Path(run("tables", "refused", "1", "--workspace", case)[1].strip()).is_file()
    assert "refused no row" in run("tables", "refused", "2", "--workspace", case)[1]
    assert "snapshot 1  faits: 1 row" in run("tables", "refused", "--workspace", case)[1]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compare", "1", "9"), "snapshot: 9 is not allowed"),
        (("undo", "9"), "snapshot: 9 is not allowed"),
        (("refused", "9"), "snapshot: 9 is not allowed"),
        (("events", "--precision", "9"), "precision"),
    ],
)
def test_what_is_not_there_is_refused(
    run: Run, table: Path, tmp_path: Path, words: tuple[str, ...], said: str,
) -> None:
    run("import", table, "--workspace", tmp_path / "case")
    code, _, complaint = run("tables", *words, "--workspace", tmp_path / "case")
    assert code == 1
    assert said in complaint


def test_no_workspace_is_made_by_looking(run: Run, tmp_path: Path) -> None:
    for action in (("compare", "1", "2"), ("undo", "1"), ("events",), ("refused", "1")):
        assert run("tables", *action, "--workspace", tmp_path / "none")[0] == 1
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_stopped_import_leaves_the_last_good_state(run: Run, table: Path, tmp_path: Path, sign: int, code: int) -> None:
    case = tmp_path / "case"
    run("import", table, "--workspace", case)
    before = run("tables", "events", "--workspace", case, "--json")[1]
    with (tmp_path / "long.csv").open("w", encoding="utf-8") as file:
        file.write(HEAD)
        file.writelines(f"B{row},2023-11-24,Mali,Lieu {row},15.932,-3.991,Groupe A,3\n" for row in range(60_000))
    words = ["import", "long.csv", "--workspace", "case", "--source", "faits"]
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, *words], cwd=tmp_path, stderr=subprocess.PIPE, text=True, env={**os.environ},
    )
    deadline = time.monotonic() + 120
    try:
        while not any(case.glob("refused/.faits-*")):  # the first rows are being read
            assert process.poll() is None
            assert time.monotonic() < deadline
        process.send_signal(sign)
        complaint = process.communicate(timeout=60)[1]
    finally:
        process.kill()
    assert process.returncode == code
    assert complaint == ("incidentmap import: stopped; nothing was changed.\n" if sign == signal.SIGINT else "")
    assert run("tables", "events", "--workspace", case, "--json")[1] == before
    assert len(snapshots(case)) == 1
    assert run("import", table, "--workspace", case)[0] == 3
    assert not [*case.glob("tables/.work-*")]
    assert [path.name for path in (case / "refused").iterdir() if path.name.startswith(".")] == []
