import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentmap.cli.progress import line, progress

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def places(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text("id;lieu\n1;Niafunké\n2;Nulle-Part-du-Tout\n3;Nulle-Part-du-Tout\n", "utf-8")
    return path


def test_a_table_is_geocoded_and_told(run: Run, places: Path, tmp_path: Path) -> None:
    out, summary = tmp_path / "out.csv", tmp_path / "summary.json"
    code, said, complaint = run(
        "geocode-table", places, "--name-column", "lieu", "--region", "tombouctou", "--output", out, "--summary", summary,
    )
    assert (code, complaint) == (3, "")
    assert "encoding utf-8, cells separated by semicolon; 3 rows in, 3 rows out" in said
    assert "found 1 (33%), ambiguous 0 (0%), miss 2 (67%), empty 0" in said
    assert "2  Nulle-Part-du-Tout" in said
    assert "GeoNames" in said
    assert out.read_text("utf-8").count("\n") == 4
    record = json.loads(summary.read_text("utf-8"))
    assert (record["rows_in"], record["rows_out"], record["status"]["miss"]) == (3, 3, 2)
    assert record["misses"][0]["rows"] == 2


def test_all_found_is_success(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("lieu\nNiafunké\n", "utf-8")
    words = ("geocode-table", tmp_path / "in.csv", "--name-column", "lieu", "--region", "mali")
    assert run(*words, "--output", tmp_path / "out.xlsx")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--name-column", "lieux", "--output", "out.csv"), "Did you mean 'lieu'? The columns are: id, lieu."),
        (("--name-column", "lieu", "--output", "in.csv"), "never written over"),
        (("--name-column", "lieu", "--output", "out.ods"), "'.ods' files are not written"),
        (("--name-column", "lieu", "--output", "out.csv", "--sheet", "a"), "only XLSX files have sheets"),
        (("--name-column", "lieu", "--output", "out.csv", "--country", "Atlantide"), "--country: 'Atlantide' is not allowed"),
        (("--name-column", "lieu", "--output", "out.csv", "--region", "x"), "Region 'x' is unknown"),
    ],
)
def test_refusals_say_what_to_do(
    run: Run, places: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str,
) -> None:
    monkeypatch.chdir(places.parent)
    code, _, complaint = run("geocode-table", "in.csv", *words)
    assert code == 1
    assert said in complaint
    assert [path.name for path in places.parent.iterdir()] == ["in.csv"]


def test_a_country_is_told_once(run: Run, places: Path) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("geocode-table", places, "--name-column", "lieu", "--country", "ML", "--country-column", "id", "--output", "o.csv")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_ctrl_c_leaves_no_half_file(tmp_path: Path, ending: str) -> None:
    with (tmp_path / "in.csv").open("w", encoding="utf-8") as file:
        file.write("lieu\n" + "".join(f"Nulle-Part-{number}\n" for number in range(100_000)))
    words = ["geocode-table", "in.csv", "--name-column", "lieu", "--output", f"out.{ending}"]
    command = [sys.executable, "-c", "import sys; from incidentmap.cli import main; sys.exit(main())", *words]
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    process = subprocess.Popen(command, cwd=tmp_path, env={**os.environ, "TMPDIR": str(scratch)}, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 60
    while not any(path.name.startswith(f".out.{ending}") for path in tmp_path.iterdir()):
        assert process.poll() is None
        assert time.monotonic() < deadline
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=30)[1] == b""
    assert process.returncode == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "scratch"]
    assert [*scratch.iterdir()] == []


def test_short_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("rows", 10) as advance:
        advance(10)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("done", "total", "expected"),
    [
        (500, 1000, "rows: 500 of 1,000 (50%, about 10 s left)"), (1000, 1000, "rows: 1,000 of 1,000 (100%)"),
        (1200, 1000, "rows: 1,200 of 1,000 (100%)"), (1200, None, "rows: 1,200"), (0, 1000, "rows: 0 of 1,000 (0%)"),
    ],
)
def test_progress_in_words(done: int, total: int | None, expected: str) -> None:
    assert line("rows", done, total, 10.0) == expected
