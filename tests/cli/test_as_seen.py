"""`incidentmap report` as on screen: a link or filters, never both; without a browser nothing in its stead unless asked."""

from pathlib import Path

import pytest
from PIL import Image
from tests.cli.conftest import Run

LINK = "http://127.0.0.1:8501/?types=Battles&off=jnim&rule=lowest"


@pytest.mark.parametrize(("words", "told"), [
    (["--output", "map.png", "--link", LINK], "together with --as-seen"),
    (["--output", "map.png", "--as-seen", "--link", LINK, "--from", "2023-01-01"], "the link has its own"),
    (["--output", "map.png", "--as-seen", "--link", "http://x/?view=nowhere"], "link, parameter view"),
    (["--output", "map.pdf", "--as-seen"], "ends in .png"),
    (["--output", "map.dir", "--as-seen", "--since", "last"], "it writes briefings"),
    (["--output", "map.png", "--as-seen", "--size", "8192x8192", "--theme", "dark", "--profile", "nobody"], "nobody"),
])
def test_what_cannot_be_shown_is_refused(run: Run, case: Path, tmp_path: Path, words: list[str], told: str) -> None:
    named = [str(tmp_path / word) if word.startswith("map.") else word for word in words]
    code, _, err = run("report", "--workspace", case, *named)
    assert (code, told in err) == (1, True)
    assert not [*tmp_path.glob("map.*")]


def test_without_a_browser_the_links_question_is_drawn_only_if_asked(
    run: Run, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("INCIDENTMAP_BROWSER", "no-such-browser")
    output = tmp_path / "map.png"
    words = ("report", "--workspace", case, "--output", output, "--as-seen", "--link", LINK)
    code, _, err = run(*words)
    assert (code, output.exists()) == (1, False)
    assert "apt-get install chromium" in err
    code, out, err = run(*words, "--or-drawn")
    assert code == 0
    assert "not as on screen" in err
    assert "2 of 4 incidents" in out
    with Image.open(output) as picture:
        assert picture.width > 1000


@pytest.mark.parametrize(("name", "kind"), [("film.webp", "WEBP"), ("film.gif", "GIF")])
def test_without_a_browser_an_animation_is_drawn_only_if_asked(  # noqa: PLR0917 - fixtures
    run: Run, case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str,
) -> None:
    monkeypatch.setenv("INCIDENTMAP_BROWSER", "no-such-browser")
    output, frames = tmp_path / name, tmp_path / "frames"
    words = ("report", "--workspace", case, "--output", output, "--step", "week", "--size", "640x480", "--lang", "en")
    assert (run(*words)[0], output.exists()) == (1, False)
    frames.mkdir()
    code, out, err = run(*words, "--or-drawn", "--frames", frames)
    assert (code, "2 pictures" in out, "not as on screen" in err) == (0, True, True)
    with Image.open(output) as film:
        assert (film.format, film.size, getattr(film, "n_frames", 1)) == (kind, (640, 480), 2)
        told = film.info["comment"] if kind == "GIF" else film.info["xmp"]
    assert "incidentmap 0." in told.decode()
    one, two = (Image.open(path) for path in sorted(frames.glob("*.png")))
    assert one.tobytes() != two.tobytes()


@pytest.mark.parametrize(("size", "expected"), [("slide", (1920, 1080)), ("social", (1200, 630)), ("800x600", (800, 600))])
def test_a_drawn_picture_has_the_size_that_is_asked_for(
    run: Run, case: Path, tmp_path: Path, size: str, expected: tuple[int, int],
) -> None:
    output = tmp_path / "map.png"
    assert run("report", "--workspace", case, "--output", output, "--size", size)[0] == 0
    with Image.open(output) as picture:
        assert picture.size == expected
