"""The built wheel carries everything: it runs the main job from another folder, without an index and without the checkout."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from incidentmap.paths import ROOT


def run(*words: str | Path, cwd: Path, **env: str) -> str:
    command = [str(word) for word in words]
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    alone = ("--no-deps", "--no-index", "--no-build-isolation")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", *alone, "-w", out, ROOT, cwd=out)
    (built,) = out.glob("*.whl")
    return built


def test_the_wheel_carries_the_shipped_folders(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("geo", "data", "dashboard"):
        files = {path.relative_to(ROOT) for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc"}
        assert files
        assert {f"incidentmap/_shipped/{path}" for path in files} <= names


def test_the_wheel_runs_the_main_job_elsewhere(wheel: Path, tmp_path: Path) -> None:
    site, work = tmp_path / "site", tmp_path / "work"
    work.mkdir()
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", site, wheel, cwd=tmp_path)
    reports = sorted((site / "incidentmap" / "_shipped" / "data" / "reports").glob("*.txt"))
    command = [sys.executable, "-m", "incidentmap"]
    # PYTHONPATH stands before the editable checkout, so the wheel's package is the one that runs.
    env = {"PYTHONPATH": str(site), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    where = run(sys.executable, "-c", "import incidentmap; print(incidentmap.__file__)", cwd=work, **env)
    assert Path(where.strip()).is_relative_to(site)
    run(*command, "ingest", *reports, "--workspace", "case", "--region", "tombouctou", cwd=work, **env)
    run(*command, "export", "--workspace", "case", "--format", "geojson", "--output", "out.geojson", cwd=work, **env)
    run(*command, "report", "--workspace", "case", "--output", "out.png", cwd=work, **env)
    places = {feature["properties"]["place"] for feature in json.loads((work / "out.geojson").read_text())["features"]}
    assert {"Niafunké", "Goundam", "Kidal", "Bamako"} <= places
    assert (work / "out.png").read_bytes().startswith(b"\x89PNG")
