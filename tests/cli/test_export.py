"""`incidentmap export`: formats, profiles, the day, and what is told beside."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.export.conftest import ROWS, rows_of

from incidentmap.export import FORMATS
from incidentmap.model import ImportRecord
from incidentmap.store.events import open_events, write_events


@pytest.fixture
def with_rows(run: Run, tmp_path: Path) -> Path:
    """A workspace with rows of a source that asks to think twice."""
    at = "2026-11-22T19:00:00Z"
    told = ImportRecord("acled", "a.csv", "0" * 64, "{}", 1, at, "anna", licence="Its terms", warn_export=True)
    folder = tmp_path / "case"
    folder.mkdir()
    write_events(open_events(folder / "case.sqlite"), [rows_of(ROWS, "acled")], told)
    return folder


@pytest.mark.parametrize("format_id", FORMATS)
def test_every_format_is_written(format_id: str, run: Run, case: Path, tmp_path: Path) -> None:
    path = tmp_path / f"out{FORMATS[format_id].suffix}"
    code, said, told = run("export", "--workspace", case, "--format", format_id, "--output", path, "--date", "2026-11-23")
    assert (code, told) == (0, "")
    assert "4 of 4 incidents, profile internal, data version" in said
    assert path.is_file()
    assert (f"{path.name}-metadata.json" in said) == FORMATS[format_id].beside


def test_what_stays_in_the_house_is_told(run: Run, case: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.geojson"
    code, said, told = run("export", "--workspace", case, "--profile", "public", "--date", "2023-12-01", "--output", path)
    assert code == 0
    assert "0 of 4 incidents, profile public" in said
    assert told == "withheld: 4 (4 embargo)\n"
    whole = json.loads(path.read_text("utf-8"))
    assert (whole["date"], whole["withheld"]) == ("2023-12-01", {"total": 4, "embargo": 4})
    _, _, told = run("export", "--workspace", case, "--profile", "public", "--date", "2026-11-23", "--output", path)
    assert told == "told coarser than known: 4\n"


def test_rows_under_terms_leave_with_a_warning_or_not_at_all(run: Run, with_rows: Path, tmp_path: Path) -> None:
    options = ("export", "--workspace", with_rows, "--output", tmp_path / "out.csv", "--format", "csv")
    code, said, told = run(*options)
    assert (code, "0 of 0 incidents and 3 events" in said) == (0, True)
    assert told.startswith("warning: acled: the licence of its rows (Its terms)")
    code, _, told = run(*options, "--profile", "public")
    assert (code, "--acknowledge-licences" in told) == (1, True)
    assert run(*options, "--profile", "public", "--acknowledge-licences")[0] == 0


@pytest.mark.parametrize(("words", "message"), [
    (("--profile", "all"), "one of internal, partner, public"), (("--date", "tomorrow"), "a day such as 2026-11-23"),
])
def test_what_there_is_not_is_named(run: Run, case: Path, tmp_path: Path, words: tuple[str, ...], message: str) -> None:
    code, _, told = run("export", "--workspace", case, "--output", tmp_path / "out", *words)
    assert (code, message in told) == (1, True)


def test_a_file_goes_to_standard_output(run: Run, case: Path, tmp_path: Path) -> None:
    options = ("export", "--workspace", case, "--format", "kml", "--date", "2026-11-23", "--output")
    run(*options, tmp_path / "out.kml")
    assert run(*options, "-")[1] == (tmp_path / "out.kml").read_text("utf-8")
