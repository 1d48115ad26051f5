import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from incidentmap.cli import main
from incidentmap.paths import shipped

Run = Callable[..., tuple[int, str, str]]
REPORT = shipped("data", "reports", "2023-11-25-tombouctou-niafunke-goundam.txt")


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the first case, read by the command itself; tests only read it."""
    folder = tmp_path_factory.mktemp("cli") / "case"
    assert main(["ingest", str(REPORT), "--workspace", str(folder), "--region", "tombouctou"]) == 0
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line: exit code, what it said, what it complained about."""
    def call(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out, said.err
    return call


@contextmanager
def ended(process: "subprocess.Popen[str]") -> Iterator[None]:
    """A process that hangs is a failure, and not a suite that hangs."""
    try:
        yield
    finally:
        process.kill()
