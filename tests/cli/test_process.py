"""The command as a real process: bad input, broken pipes, the dashboard. No trace ever reaches the user."""

import json
import os
import signal
import socket
import subprocess
import sys
import unicodedata
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from incidentmap.paths import shipped

COMMAND = (sys.executable, "-m", "incidentmap")
REPORT = shipped("data", "reports", "2023-11-25-tombouctou-niafunke-goundam.txt")
TEXT = REPORT.read_text("utf-8")
HUGE_BYTES = 50_000_000


def run(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*COMMAND, *(str(word) for word in words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env={**os.environ, **environment})
    assert "Traceback" not in done.stderr
    return done


def test_bad_files_are_refused_one_by_one_and_odd_ones_read(tmp_path: Path) -> None:
    bad = {
        "empty.txt": b"", "blank.txt": b" \n\n", "binary.txt": bytes(range(256)) * 40,
        "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(500), "broken.pdf": b"%PDF-1.7 and no more", "office.docx": b"PK\x03\x04",
        "huge.txt": b"Le Jnim attaque Kidal. " * (HUGE_BYTES // 23 + 1),
    }
    odd = {
        "latin1.txt": TEXT.replace("’", "'").encode("latin-1"), "utf16.md": (TEXT + "\n").encode("utf-16"),
        "nfd.txt": unicodedata.normalize("NFD", TEXT + "\n\n").encode(),
        "no_date.txt": "Des hommes armés ont attaqué le camp militaire de Niafunké.".encode(),
        "no_place.txt": "Vendredi 24 novembre 2023, des hommes armés ont attaqué un camp militaire.".encode(),
    }
    for name, content in {**bad, **odd}.items():
        (tmp_path / name).write_bytes(content)
    paths = [tmp_path / name for name in (*bad, *odd)]
    done = run("ingest", *paths, tmp_path, tmp_path / "missing.txt", "--workspace", tmp_path / "case", "--region", "tombouctou")
    assert done.returncode == 1
    complaints = [line for line in done.stderr.splitlines() if line.startswith("refused: ")]
    assert len(complaints) == len(bad) + 2 == len(done.stderr.splitlines())
    assert all(any(f"{name}:" in line for line in complaints) for name in bad)
    read = [line for line in done.stdout.splitlines() if "new incident" in line]
    assert [line.split(": ")[1].split(",")[0] for line in read] == [
        "4 new incidents", "4 new incidents", "4 new incidents", "1 new incident", "1 new incident",
    ]
    listed = json.loads(run("list", "--workspace", tmp_path / "case", "--json").stdout)
    assert sum(record["date_start"] is None for record in listed) == 1
    assert sum(record["place"] is None and record["lon"] is None for record in listed) == 1
    assert len(listed) == 14


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ingest", REPORT, "--workspace", "{here}/case", "--region", "atlantis"), "known regions: "),
        (("ingest", REPORT, "--workspace", "{here}/a_file/case"), "the folder cannot be made"),
        (("ingest", REPORT, "--workspace", "/proc/case"), "the folder cannot be made"),
        (("list", "--workspace", "{here}/broken"), "is no case file"),
        (("ingest", REPORT, "--workspace", "{here}/broken"), "nothing was changed in it"),
        (("serve", "--workspace", "{here}/broken", "--port", "0"), "a number from 1 to 65535"),
        (("geocode", "Kidal", "--region", "atlantis"), "known regions: "),
    ],
)
def test_what_cannot_be_done_is_one_line(tmp_path: Path, words: tuple[object, ...], said: str) -> None:
    (tmp_path / "a_file").touch()
    (tmp_path / "broken").mkdir()
    broken = tmp_path / "broken" / "case.sqlite"
    broken.write_bytes(b"this was a case file once")
    done = run(*(str(word).format(here=tmp_path) for word in words))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"incidentmap {words[0]}: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert broken.read_bytes() == b"this was a case file once"


def test_a_reader_that_goes_away_is_no_error(case: Path) -> None:
    process = subprocess.Popen(
        [*COMMAND, "export", "--workspace", str(case), "--output", "-"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert (process.wait(timeout=60), process.stderr.read()) == (141, b"")
    process.stderr.close()


def test_a_terminal_without_the_letters_still_gets_an_answer(case: Path) -> None:
    done = run("list", "--workspace", case, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "Niafunk\\xe9" in done.stdout


@contextmanager
def listening() -> Iterator[int]:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield int(taken.getsockname()[1])


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_taken_port_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with listening() as port:
        done = run("serve", "--workspace", tmp_path / "case", "--first-case", "--port", port)
    assert done.returncode == 1
    assert f"Port {port} is taken" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "case").exists()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_the_dashboard_answers_and_ends_when_told(tmp_path: Path, how: signal.Signals) -> None:
    port = free_port()
    words = ["serve", "--workspace", str(tmp_path / "case"), "--first-case", "--port", str(port)]
    with subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert "4 new incidents" in process.stdout.readline()
        assert f"http://127.0.0.1:{port}" in process.stdout.readline()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=20) as answer:
            assert answer.status == 200
        process.send_signal(how)
        _, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) == (0, "")
    with closing(socket.socket()) as probe:  # nothing listens any more
        assert probe.connect_ex(("127.0.0.1", port)) != 0
