"""`incidentmap read` as people and pipes use it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import REPORT, Run

TEXT = REPORT.read_text("utf-8")
COMMAND = (sys.executable, "-m", "incidentmap", "read", "--jsonl", "-", "--output", "-")


def written(path: Path, *objects: Any) -> Path:
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects), "utf-8")
    return path


def answers(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_files_in_and_out(run: Run, tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", {"id": "a", "text": TEXT}, {"id": "b", "text": "Le mil baisse."})
    code, said, complaint = run("read", "--jsonl", source, "--output", tmp_path / "out.jsonl", "--region", "tombouctou")
    assert (code, said) == (0, "")
    assert complaint.startswith("2 lines in, 2 lines out, 0 refused; 4 incidents; ")
    first, second = answers(tmp_path / "out.jsonl")
    assert (first["id"], len(first["incidents"]), second["id"], second["incidents"]) == ("a", 4, "b", [])


def test_a_broken_line_changes_the_exit_code_alone(run: Run, tmp_path: Path) -> None:
    source = written(tmp_path / "in.jsonl", {"id": "a"}, {"id": "b", "text": "Le mil baisse."})
    code, _, complaint = run("read", "--jsonl", source, "--output", tmp_path / "out.jsonl")
    assert code == 1
    assert complaint.startswith("2 lines in, 2 lines out, 1 refused; 0 incidents; ")
    assert [("error" in each, each["id"]) for each in answers(tmp_path / "out.jsonl")] == [(True, "a"), (False, "b")]


def test_a_workspace_gives_its_region(run: Run, tmp_path: Path, case: Path) -> None:
    source = written(tmp_path / "in.jsonl", {"text": TEXT})
    before = (case / "case.sqlite").read_bytes()
    run("read", "--jsonl", source, "--output", tmp_path / "out.jsonl", "--workspace", case)
    (told,) = answers(tmp_path / "out.jsonl")
    assert {each["properties"]["inside_region"] for each in told["incidents"]} == {True, False}
    assert (case / "case.sqlite").read_bytes() == before
    code, _, complaint = run("read", "--jsonl", source, "--output", tmp_path / "o", "--workspace", case, "--country", "ML")
    assert (code, complaint.splitlines()[0]) == (0, "note: --country does not count beside a region (tombouctou)")


@pytest.mark.parametrize(("words", "said"), [
    (("--jsonl", "{here}/none", "--output", "{here}/out"), "none: No such file"),
    (("--jsonl", "{here}", "--output", "{here}/out"), "Is a directory"),
    (("--jsonl", "{here}/in", "--output", "{here}/in"), "another file than the input"),
    (("--jsonl", "{here}/in", "--output", "{here}/none/out"), "cannot be written"),
    (("--jsonl", "{here}/in", "--output", "{here}/out", "--region", "atlantis"), "known regions"),
    (("--jsonl", "{here}/in", "--output", "{here}/out", "--country", "Atlantis"), "--country: 'Atlantis'"),
    (("--jsonl", "{here}/in", "--output", "{here}/out", "--workspace", "{here}/none"), "a folder that holds a case"),
])
def test_what_cannot_be_done_is_one_line_and_writes_nothing(
    run: Run, tmp_path: Path, words: tuple[str, ...], said: str,
) -> None:
    source = written(tmp_path / "in", {"text": TEXT})
    code, out, complaint = run("read", *(word.format(here=tmp_path) for word in words))
    assert (code, out, complaint.count("\n")) == (1, "", 1)
    assert said in complaint
    assert [each.name for each in tmp_path.iterdir()] == [source.name]
    assert answers(source) == [{"text": TEXT}]


def test_a_pipe_answers_each_line_before_the_next_comes() -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "text": TEXT}).encode() + b"\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            assert (answer["id"], len(answer["incidents"])) == (number, 4)
        _, complaint = process.communicate(timeout=60)
    assert process.returncode == 0
    assert complaint.startswith(b"3 lines in, 3 lines out, 0 refused; 12 incidents; ")


def test_a_pipe_in_ascii_gets_utf_8_and_nothing_is_no_error() -> None:
    told = subprocess.run(
        COMMAND, input=json.dumps({"text": TEXT}).encode(), capture_output=True, check=False, timeout=60,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert "Niafunké" in told.stdout.decode("utf-8")
    nothing = subprocess.run(COMMAND, input=b"", capture_output=True, check=False, timeout=60)
    assert (nothing.returncode, nothing.stdout) == (0, b"")
    assert nothing.stderr.startswith(b"0 lines in, 0 lines out")
