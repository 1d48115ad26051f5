"""From a link of the dashboard, or filters, to pictures of the map as it is on screen: one, or a sequence through time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from xstatic.pkg import leaflet

from incidentmap import __version__
from incidentmap.export import write_file
from incidentmap.export.question import question_words
from incidentmap.maps import MapView, Window, scene, standalone_page
from incidentmap.model import ALL_SOURCES, BadValue, TotalRule
from incidentmap.publish import INTERNAL, load_profile
from incidentmap.registry import actors, in_force
from incidentmap.screenshot import SeenPage, Size, opened_page
from incidentmap.walks.film import Sequence, check_film, check_room, film, film_words, windows_of
from incidentmap.walks.leaving import MOST_INCIDENTS, Leaving, check_told, leaving, profile_words
from incidentmap.walks.map_file import bounds_of, map_title, told_view
from incidentmap.walks.page_state import PageState
from incidentmap.walks.picture import frame_bytes
from incidentmap.walks.workspace import Workspace
from incidentmap.words import say

_SHOW = "incidentmap.page.at({window}), new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class SeenAsked:
    """What to show, and how.

    Parameters
    ----------
    state
        As a link tells it: filters with the window, switched off layers, view, open card.
    language, theme, size
        Of the page.
    day
        From which an embargo counts.
    profile, acknowledged
        What leaves, and how fine; whether the person has looked at the terms of sources that ask for it.
    """

    state: PageState
    language: str
    size: Size
    day: date
    theme: str = "light"
    profile: str = INTERNAL
    rule: TotalRule = ALL_SOURCES
    acknowledged: bool = False


def draw_as_seen(workspace: Workspace, asked: SeenAsked, path: Path) -> Leaving:
    """Write the picture of the interactive map as a PNG file; the file is replaced whole or not at all.

    Raises
    ------
    BrowserMissing, PageFailed
        If no browser can show it.
    BadValue
        If the view would tell what the profile does not, or there are too many rows for one page.
    UnwritablePlace
        If the file cannot be written there.
    """
    if path.suffix.lower() != ".png":
        raise BadValue("picture file", str(path), "a name that ends in .png")
    with _shown(workspace, asked) as (left, page):
        write_file(path, _described(page.picture(), left, asked, (asked.state.query.start, asked.state.query.end)))
        return left


def animate(workspace: Workspace, asked: SeenAsked, path: Path, sequence: Sequence) -> tuple[Leaving, int]:
    """Write the map through time as an animated WebP or GIF: what is shown, in how many pictures. Errors as above."""
    check_film(path)
    with _shown(workspace, asked) as (left, page):
        windows, pictures = windows_of(left, asked.state.query, sequence), []
        check_room(len(windows), asked.size)
        for window in windows:
            page.run(_SHOW.format(window=json.dumps([(day - _EPOCH).days for day in window])))
            pictures.append(page.picture())
            _keep(pictures[-1], sequence, len(pictures), left, asked, window)
    write_file(path, film(path, pictures, sequence, film_words(left, asked.language)))
    return left, len(pictures)


def animate_drawn(workspace: Workspace, asked: SeenAsked, path: Path, sequence: Sequence) -> tuple[Leaving, int]:
    """The same without a browser: all actors, all of the map, its legend beside it. Errors as above."""
    check_film(path)
    _check_view(workspace, asked)
    left = _left(workspace, asked)
    windows, pictures = windows_of(left, asked.state.query, sequence), []
    check_room(len(windows), asked.size)
    size_px = (round(asked.size.width * asked.size.scale), round(asked.size.height * asked.size.scale))
    with in_force(workspace.registry):
        for window in windows:
            pictures.append(frame_bytes(left, window, asked.language, asked.theme, size_px))
            _keep(pictures[-1], sequence, len(pictures), left, asked, window)
    write_file(path, film(path, pictures, sequence, film_words(left, asked.language)))
    return left, len(pictures)


def _keep(picture: bytes, sequence: Sequence, number: int, left: Leaving, asked: SeenAsked, window: Window) -> None:  # noqa: PLR0917
    """Write a single picture of a sequence, where these are wanted."""
    if sequence.frames:
        write_file(sequence.frames / f"{number:04}.png", _described(picture, left, asked, window))


@contextmanager
def _shown(workspace: Workspace, asked: SeenAsked) -> Iterator[tuple[Leaving, SeenPage]]:
    """The page of what leaves, open in a browser."""
    _check_view(workspace, asked)
    query, left = asked.state.query, _left(workspace, asked)
    with in_force(workspace.registry), TemporaryDirectory(prefix="incidentmap-") as folder:
        view = told_view(left, asked.rule, asked.language, theme=asked.theme, window=(query.start, query.end),
                         hidden=asked.state.hidden, role=asked.state.role, showing=asked.state.showing)
        file = Path(folder, "map.html")
        file.write_text(_page(view, left, asked), "utf-8")
        with opened_page(file, asked.size) as page:
            yield left, page


def _left(workspace: Workspace, asked: SeenAsked) -> Leaving:
    """What leaves, of every day."""
    left = leaving(
        workspace, replace(asked.state.query, start=None, end=None), day=asked.day, profile=asked.profile, rule=asked.rule,
        language=asked.language, acknowledged=asked.acknowledged, most=MOST_INCIDENTS,
    )
    check_told(left.selection, MOST_INCIDENTS)
    return left


def _check_view(workspace: Workspace, asked: SeenAsked) -> None:
    """A view or an open card tells where something is, however coarsely it is drawn."""
    if not load_profile(asked.profile, workspace.folder).lets_all_out and (asked.state.view or asked.state.incident):
        raise BadValue(f"view under profile {asked.profile}", "of one place", "none: such a picture shows all that leaves")


def _page(view: MapView, left: Leaving, asked: SeenAsked) -> str:
    drawn = scene(view, actors(), whole_cards=True, every_area=True)
    return standalone_page(
        view, drawn, title=map_title(left, asked.language), credit=_credit(left, asked), bounds=bounds_of(view),
        leaflet=Path(leaflet.BASE_DIR), opened_at=asked.state.view, chosen=asked.state.incident,
    )


def _credit(left: Leaving, asked: SeenAsked) -> str:
    """Whose data it is, and what a profile holds back: in the picture itself."""
    held = profile_words(left, asked.language)
    return " · ".join(filter(None, (say(asked.language, "picture.credit"), *left.head.terms, held)))


def _described(picture: bytes, left: Leaving, asked: SeenAsked, window: Window) -> bytes:
    """A PNG with what it is a picture of: question with its days, profile, versions, licences."""
    told = PngInfo()
    asked_for = replace(left.selection.query, start=window[0], end=window[1])
    versions = (left.head.data_version, left.head.gazetteer_version)
    for name, words in (
        ("Software", f"incidentmap {__version__}"), ("Title", map_title(left, asked.language)),
        ("Description", question_words(asked_for, asked.language)), ("Source", " · ".join(versions)),
        ("Copyright", _credit(left, asked)),
    ):
        told.add_itxt(name, words)
    made = BytesIO()
    Image.open(BytesIO(picture)).save(made, "PNG", pnginfo=told, optimize=True)
    return made.getvalue()
