"""From a link of the dashboard, or filters, to pictures of the map as it is on screen: one, or a sequence through time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
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
from incidentmap.model import ALL_SOURCES, BadValue, Step, TotalRule, steps_between
from incidentmap.publish import INTERNAL, load_profile
from incidentmap.registry import actors, in_force
from incidentmap.screenshot import SeenPage, Size, opened_page
from incidentmap.walks.leaving import MOST_INCIDENTS, Leaving, check_told, leaving, profile_words
from incidentmap.walks.map_file import bounds_of, map_title, told_view
from incidentmap.walks.page_state import PageState
from incidentmap.walks.workspace import Workspace
from incidentmap.words import say

MOST_FRAMES = 200
"""Of a sequence: more is no picture but a film."""
ANIMATED = {".webp": "WEBP", ".gif": "GIF"}
"""What a file's name ends in, and what Pillow calls the format."""
_SHOW = "incidentmap.page.at({window}), new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
_EPOCH = date(1970, 1, 1)
_MOST_PIXELS = 300_000_000
"""Some 900 MB."""


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


@dataclass(frozen=True, slots=True)
class Sequence:
    """Pictures through time.

    Parameters
    ----------
    step, cumulative
        What a picture shows: the incidents of a step, or all up to its end.
    milliseconds
        How long each is shown.
    frames
        A folder for the single pictures, `0001.png`...; None for none.
    """

    step: Step = Step.MONTH
    cumulative: bool = False
    milliseconds: int = 700
    frames: Path | None = None


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
    kind = ANIMATED.get(path.suffix.lower())
    if kind is None:
        raise BadValue("animation file", str(path), f"a name that ends in {' or '.join(ANIMATED)}")
    with _shown(workspace, asked) as (left, page):
        windows, pictures = _windows(left, asked, sequence), []
        _check_room(len(windows), asked.size)
        for number, window in enumerate(windows, start=1):
            page.run(_SHOW.format(window=json.dumps([(day - _EPOCH).days for day in window])))
            pictures.append(page.picture())
            if sequence.frames:
                write_file(sequence.frames / f"{number:04}.png", _described(pictures[-1], left, asked, window))
    first, *others = [Image.open(BytesIO(each)).convert("RGB") for each in pictures]
    made = BytesIO()
    first.save(made, kind, save_all=True, append_images=others, duration=sequence.milliseconds, loop=0)
    write_file(path, made.getvalue())
    return left, len(pictures)


@contextmanager
def _shown(workspace: Workspace, asked: SeenAsked) -> Iterator[tuple[Leaving, SeenPage]]:
    """The page of what leaves, open in a browser."""
    _check_view(workspace, asked)
    query = asked.state.query
    left = leaving(
        workspace, replace(query, start=None, end=None), day=asked.day, profile=asked.profile, rule=asked.rule,
        language=asked.language, acknowledged=asked.acknowledged, most=MOST_INCIDENTS,
    )
    check_told(left.selection, MOST_INCIDENTS)
    with in_force(workspace.registry), TemporaryDirectory(prefix="incidentmap-") as folder:
        view = told_view(left, asked.rule, asked.language, theme=asked.theme, window=(query.start, query.end),
                         hidden=asked.state.hidden, role=asked.state.role, showing=asked.state.showing)
        file = Path(folder, "map.html")
        file.write_text(_page(view, left, asked), "utf-8")
        with opened_page(file, asked.size) as page:
            yield left, page


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


def _check_room(pictures: int, size: Size) -> None:
    """All pictures of a sequence are in memory at once."""
    pixels = round(size.width * size.height * size.scale**2)
    if pictures * pixels > _MOST_PIXELS:
        most = _MOST_PIXELS // pixels
        todo = "Take a smaller --size or a greater --step"
        raise BadValue("pictures of a sequence", pictures, f"at most {most} of this size", todo)


def _windows(left: Leaving, asked: SeenAsked, sequence: Sequence) -> list[tuple[date, date]]:
    """First and last day of each picture."""
    dated = [each.date for each in left.selection.incidents if each.date]
    if not dated:
        raise BadValue("incidents", "none has a date", "at least one with a date")
    first = asked.state.query.start or min(when.start for when in dated)
    last = asked.state.query.end or max(when.end for when in dated)
    starts = steps_between(first, last, sequence.step)
    if len(starts) > MOST_FRAMES:
        todo = "Take a greater --step, or fewer days: --from, --to"
        raise BadValue("pictures of a sequence", len(starts), f"at most {MOST_FRAMES}", todo)
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    return [(starts[0] if sequence.cumulative else start, end) for start, end in zip(starts, ends, strict=True)]


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
