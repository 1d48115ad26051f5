"""The map as it is on screen: view, days, layers and card of a link, with what it is a picture of; through time too."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageSequence

from incidentmap.model import BadValue, IncidentQuery, Reading, Report, Step
from incidentmap.screenshot import Size
from incidentmap.walks.as_seen import SeenAsked, animate, draw_as_seen
from incidentmap.walks.film import Sequence
from incidentmap.walks.page_state import PageState
from incidentmap.walks.workspace import Workspace, open_workspace

DAY = date(2026, 11, 23)
SIZE = Size(900, 600)
ALL = SeenAsked(PageState(IncidentQuery()), "fr", SIZE, DAY)
COLOURS = {"jnim": (0xCC, 0x79, 0xA7), "fama": (0x00, 0x72, 0xB2)}


@pytest.fixture
def case(tmp_path: Path, first_report: Report, first_reading: Reading, chromium: str) -> Workspace:
    workspace = open_workspace(tmp_path / "case", "tombouctou")
    workspace.store.add(first_report, first_reading)
    return workspace


def share(path: Path, colour: tuple[int, int, int]) -> int:
    """How many pixels of the map, right of the legend and above the time, have a colour."""
    with Image.open(path) as picture:
        part = picture.convert("RGB").crop((210, 0, picture.width, picture.height - 130))
        return sum(count for count, value in part.getcolors(1 << 24) or () if value == colour)


def test_a_picture_shows_what_the_link_shows(case: Workspace, tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.png", tmp_path / "part.png"
    left = draw_as_seen(case, ALL, whole)
    state = PageState(IncidentQuery(start=date(2023, 11, 20)), hidden=frozenset({"jnim"}), view=(15.9, -3.9, 8.0))
    draw_as_seen(case, replace(ALL, state=state, theme="dark"), part)
    assert left.head.incidents == 4
    assert share(whole, COLOURS["jnim"]) > 30
    assert share(part, COLOURS["jnim"]) == 0
    with Image.open(whole) as one, Image.open(part) as other:
        assert one.size == other.size == (900, 600)
        assert ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getbbox()
        assert one.info["Title"].startswith("Région de Tombouctou")
        assert "novembre 2023" in other.info["Description"]
        assert left.head.data_version in one.info["Source"]
        assert "Natural Earth" in one.info["Copyright"]


def test_a_view_is_no_way_around_a_profile(case: Workspace, tmp_path: Path) -> None:
    for state in (PageState(IncidentQuery(), view=(15.9, -3.9, 8.0)), PageState(IncidentQuery(), incident="inc-niafunke")):
        with pytest.raises(BadValue, match="view under profile public"):
            draw_as_seen(case, replace(ALL, state=state, profile="public"), tmp_path / "no.png")
    assert not (tmp_path / "no.png").exists()


def test_a_sequence_has_a_picture_for_each_step(case: Workspace, tmp_path: Path) -> None:
    path, frames = tmp_path / "film.webp", tmp_path / "frames"
    frames.mkdir()
    asked = replace(ALL, state=PageState(IncidentQuery(start=date(2023, 11, 13), end=date(2023, 11, 26))))
    left, number = animate(case, asked, path, Sequence(Step.WEEK, milliseconds=500, frames=frames))
    assert (left.head.incidents, number) == (4, 2)
    with Image.open(path) as film:
        assert (sum(1 for _ in ImageSequence.Iterator(film)), film.size) == (2, (900, 600))
    first, second = sorted(frames.iterdir())
    assert (share(first, COLOURS["jnim"]), share(second, COLOURS["fama"])) == (0, 0)
    assert share(second, COLOURS["jnim"]) > 30


@pytest.mark.parametrize(("name", "step", "told"), [
    ("film.mp4", Step.DAY, ".webp or .gif"), ("film.gif", Step.DAY, "at most 200"),
])
def test_what_is_no_sequence_is_refused(case: Workspace, tmp_path: Path, name: str, step: Step, told: str) -> None:
    asked = replace(ALL, state=PageState(IncidentQuery(start=date(2020, 1, 1))))
    with pytest.raises(BadValue, match=told):
        animate(case, asked, tmp_path / name, Sequence(step))
