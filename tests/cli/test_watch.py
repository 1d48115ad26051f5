"""`ingest --watch` as a real process: files appear while it runs, and it ends when it is told to."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import REPORT, Run, ended

from incidentmap.walks.workspace import open_workspace

TEXT = REPORT.read_text("utf-8")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_files_that_appear_are_read_until_it_is_told_to_stop(tmp_path: Path, how: signal.Signals) -> None:
    folder, case = tmp_path / "in", tmp_path / "case"
    folder.mkdir()
    words = ["ingest", "--watch", folder, "--every", "0.05", "--workspace", case, "--region", "tombouctou"]
    command = [sys.executable, "-m", "incidentmap", *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process, ended(process):
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == f"watching {folder}  (stop: Ctrl+C)\n"
        (folder / "report.txt.part").write_text(TEXT, "utf-8")
        (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
        assert "broken.pdf: no PDF" in process.stderr.readline()
        (folder / "report.txt.part").rename(folder / "report.txt")
        assert process.stdout.readline().startswith(f"{folder / 'report.txt'}: 4 new incidents")
        (folder / "again.txt").write_text(TEXT, "utf-8")
        assert "again.txt: known already" in process.stdout.readline()
        process.send_signal(how)
        said, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) == (0, "")
    assert said.endswith(f"{folder}: 2 read, 1 refused\n")
    assert open_workspace(case).store.count() == 4


@pytest.mark.parametrize(("words", "code", "said"), [
    (("--watch", "{here}/none"), 1, "a folder that can be read (No such file or directory)"),
    (("--watch", "{here}", "--every", "0"), 1, "--every: 0.0 is not allowed"),
    (("--watch", "{here}", "--every", "nan"), 1, "--every: nan is not allowed"),
])
def test_a_watch_that_cannot_be_is_told_at_once(run: Run, tmp_path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    got, _, complaint = run("ingest", *(word.format(here=tmp_path) for word in words), "--workspace", tmp_path / "case")
    assert got == code
    assert said in complaint
