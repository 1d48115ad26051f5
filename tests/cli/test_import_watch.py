"""`import --watch` and `login` as a user types them, against a service on this machine; made-up rows only."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Run, ended
from tests.tables.feeds.conftest import Reply, Service, ok, service
from tests.walks.test_import_watch import READ, rows, sheet

from incidentmap.walks.import_tables import snapshots

__all__ = ["service"]

GRANTED = ok({"access_token": "t0ken", "refresh_token": "r3fresh", "expires_in": 86_400})
PROGRAM = [sys.executable, "-m", "incidentmap"]


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("INCIDENTMAP_ACLED_EMAIL", "INCIDENTMAP_ACLED_PASSWORD", "INCIDENTMAP_UCDP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "config" / "incidentmap"


def login(service: Service) -> None:
    words = [*PROGRAM, "login", "acled", "--server", service.address]
    done = subprocess.run(words, input="me@example.org\ns3cret\n", capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"acled: logged in at {service.address}; kept in ")
    assert "s3cret" not in done.stdout + done.stderr


def test_a_login_is_asked_for_kept_and_used(service: Service, run: Run, tmp_path: Path, config: Path) -> None:
    service.replies = {"/oauth/token": [GRANTED], READ: [rows({}), rows()]}
    case, address = tmp_path / "case", f"{service.address}{READ}?country=Mali"
    code, _, complaint = run("import", "--watch", address, "--once", "--workspace", case)
    assert (code, case.exists(), "Log in: incidentmap login acled --server" in complaint) == (1, False, True)
    login(service)
    assert service.calls[0].form["password"] == "s3cret"
    code, said, complaint = run("import", "--watch", address, "--once", "--workspace", case, "--no-places")
    assert (code, "ACLED terms of use. Its rows may not be published freely" in said) == (0, True)
    assert service.asked(READ)[0].headers["Authorization"] == "Bearer t0ken"
    for path in (each for each in case.rglob("*") if each.is_file()):
        assert not any(secret in path.read_bytes() for secret in (b"t0ken", b"r3fresh", b"s3cret")), path
    assert "t0ken" not in said + complaint
    assert run("login", "acled", "--forget")[:2] == (0, "acled: the login is deleted\n")
    assert [*config.iterdir()] == []


def test_a_token_is_not_shown_while_it_is_typed(service: Service) -> None:
    service.replies = {"/oauth/token": [GRANTED]}
    terminal, other = pty.openpty()
    words = [*PROGRAM, "login", "ucdp", "--server", service.address]
    with subprocess.Popen(words, stdin=other, stdout=other, stderr=other, start_new_session=True) as process:
        os.close(other)
        assert b"token: " in _read_until(terminal, b"token: ")
        os.write(terminal, b"u-s3cret\n")
        shown = _read_until(terminal, b"kept in")
        process.wait(60)
    os.close(terminal)
    assert b"u-s3cret" not in shown


def _read_until(terminal: int, words: bytes) -> bytes:
    shown = b""
    while words not in shown:
        shown += os.read(terminal, 1_000)
    return shown


@pytest.mark.parametrize(("words", "code", "said"), [
    (("--watch", "{here}/none"), 1, "a folder that can be read"),
    (("--watch", "http://example.org/api/acled/read"), 1, "begins with https"),
    (("--watch", "https://acleddata.com/api/acled/read?key=s3cret"), 1, "without a login"),
    (("--watch", "https://acleddata.com/api/acled/read", "--every", "1"), 1, "at least 15"),
    (("--watch", "{here}", "--every", "0"), 1, "above 0"),
    (("--watch", "{here}", "--every", "nan"), 1, "above 0"),
])
def test_a_watch_that_cannot_be_is_told_at_once(run: Run, tmp_path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    got, _, complaint = run("import", *(word.format(here=tmp_path) for word in words), "--workspace", tmp_path / "case")
    assert (got, said in complaint, "s3cret" in complaint) == (code, True, False)
    assert not (tmp_path / "case").exists()


@pytest.mark.parametrize("words", [(), ("faits.csv", "--watch", "x")])
def test_either_a_file_or_a_watch(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("import", *words, "--workspace", tmp_path / "case")


def test_one_look_tells_how_it_went(service: Service, run: Run, tmp_path: Path) -> None:
    service.replies = {"/oauth/token": [GRANTED], READ: [rows({}, {"event_id_cnty": "MLI2", "event_date": "never"}), rows()]}
    login(service)
    words = ("import", "--watch", service.address + READ, "--once", "--workspace", tmp_path / "case", "--no-places", "--json")
    code, said, _ = run(*words)
    told = json.loads(said)
    assert (code, told["import"]["rows"], told["import"]["refused"], told["failure"]) == (3, 2, 1, None)
    service.replies[READ] = [Reply(b"<html>", kind="text/html")]
    code, said, complaint = run(*words)
    assert (code, json.loads(said)["import"], "login page" in complaint) == (1, None, True)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_folder_is_watched_until_it_is_told_to_stop(tmp_path: Path, how: signal.Signals) -> None:
    folder, case = tmp_path / "in", tmp_path / "case"
    folder.mkdir()
    words = ["import", "--watch", folder, "--every", "0.001", "--workspace", case, "--no-places"]
    command = [*PROGRAM, *map(str, words)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process, ended(process):
        assert process.stdout
        assert process.stdout.readline() == f"watching {folder}  (stop: Ctrl+C)\n"
        sheet(folder / "faits.csv", "A1", "A2")
        assert process.stdout.readline().startswith(f"{folder / 'faits.csv'}: text table")
        while not process.stdout.readline().startswith("snapshot 1"):
            pass
        process.send_signal(how)
        _, complaint = process.communicate(timeout=60)
    assert (process.returncode, complaint) == (0, "")
    assert len(snapshots(case)) == 1


def test_a_watch_that_was_killed_goes_on_where_it_was(service: Service, tmp_path: Path, run: Run) -> None:
    pages = [rows({"event_id_cnty": each}) for each in ("MLI1", "MLI2")]
    service.replies = {"/oauth/token": [GRANTED], READ: [*pages, Reply(silent=True)]}
    login(service)
    case = tmp_path / "case"
    words = ["import", "--watch", service.address + READ, "--once", "--workspace", str(case), "--no-places"]
    with subprocess.Popen([*PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        while not process.stderr.readline().startswith("fetched page 2"):
            pass
        process.kill()
    assert snapshots(case) == ()
    service.calls.clear()
    service.replies[READ] = [rows({"event_id_cnty": "MLI3"}), rows()]
    code, said, _ = run(*words)
    assert (code, [call.query["page"] for call in service.calls]) == (0, ["3", "4"])
    assert "3 rows = 3 accepted" in said
    assert len(snapshots(case)) == 1
