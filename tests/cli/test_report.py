"""Briefings and pictures under a profile, and briefings on a schedule, from the command line."""

import shutil
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from tests.cli.conftest import Run

from incidentmap.store.editions import open_editions

DAY = ("--date", "2026-11-23")


@pytest.fixture
def own(case: Path, tmp_path: Path) -> Path:
    """A copy of the case that may be written."""
    return Path(shutil.copytree(case, tmp_path / "own"))


def test_a_profile_holds_for_briefing_and_picture(run: Run, own: Path, tmp_path: Path) -> None:
    options = ("report", "--workspace", own, "--lang", "en", "--profile", "public", *DAY)
    for name in ("a.pdf", "a.html", "a.png"):
        code, _, told = run(*options, "--output", tmp_path / name)
        assert (code, told) == (0, "told coarser than known: 4\n")
    pdf = " ".join(" ".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages).split())
    for text in (pdf, (tmp_path / "a.html").read_text("utf-8")):
        assert "4 incidents" in text
        assert "4 are told coarser than they are known" in text
        assert "Publish profile: Public: districts, a month later" in text
        assert "held back under the publish profile" in text
        for held in ("plusieurs dizaines", "Studio", "SHA-256 of the file"):
            assert held not in text
    with Image.open(tmp_path / "a.png") as picture:
        assert "Public: districts, a month later" in picture.info["Source"]
    code, _, told = run(*options[:-2], "--date", "2023-12-01", "--output", tmp_path / "b.pdf")
    assert (code, told) == (0, "withheld: 4 (4 embargo)\n")
    assert run(*options[:5], "--profile", "nobody", "--output", tmp_path / "c.pdf")[0] == 1
    assert not (tmp_path / "c.pdf").exists()


def test_a_schedule_says_what_it_did_by_words_and_exit_code(run: Run, own: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ("report", "--workspace", own, "--lang", "en", "--since", "last", "--output", out, *DAY)
    code, said, _ = run(*options, "--format", "html", "--format", "pdf")
    assert code == 0
    assert said.splitlines() == [
        f"{out}/briefing-internal-en-2026-11-23.html: 4 new, 0 changed, 0 gone", f"{out}/briefing-internal-en-2026-11-23.pdf",
    ]
    assert run(*options) == (0, "nothing new since 2026-11-23\n", "")
    (record,) = (own / "briefings").iterdir()
    with open_editions(record):
        code, said, complaint = run(*options)
    assert (code, said) == (75, "")
    assert "another run of this schedule is at work" in complaint
    assert sorted(path.suffix for path in out.iterdir()) == [".html", ".pdf"]


def test_what_changed_since_an_earlier_version_is_told(run: Run, own: Path, tmp_path: Path) -> None:
    earlier, out = tmp_path / "earlier.geojson", tmp_path / "a.html"
    assert run("export", "--workspace", own, "--format", "geojson", "--output", earlier)[0] == 0
    options = ("report", "--workspace", own, "--lang", "en", *DAY, "--changes-since", earlier)
    assert run(*options, "--output", out) == (0, f"{out}\n", "")
    assert "Since earlier.geojson: Nothing differs." in out.read_text("utf-8")
    code, _, told = run(*options, "--since", "last", "--output", tmp_path / "folder")
    assert (code, "not both" in told, (tmp_path / "folder").exists()) == (1, True, False)
