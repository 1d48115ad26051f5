"""A picture of the filtered map for a report, drawn without a browser: incidents, legend, scale, window, counts, credits."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import geopandas as gpd
from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from incidentmap import __version__
from incidentmap.briefing import captions
from incidentmap.briefing.board import Board
from incidentmap.briefing.crowds import draw_entries
from incidentmap.briefing.entries import Entry, Party, parties, party_of, read_entries
from incidentmap.briefing.extent import Extent, choose_extent
from incidentmap.briefing.ground import HOME, draw_ground, layer
from incidentmap.briefing.legend import Legend
from incidentmap.briefing.lettering import letter, points
from incidentmap.briefing.marks import draw_bins
from incidentmap.briefing.names import Names
from incidentmap.briefing.scale import draw_scale
from incidentmap.export import write_file
from incidentmap.gazetteer import Region
from incidentmap.maps import Bin, palette, totals_words
from incidentmap.maps.theme import Palette
from incidentmap.model import IncidentQuery, Total
from incidentmap.words import say

WIDTH_PX, HEIGHT_PX = 1600, 1130
"""A4 across, near enough."""
_DPI = 100
_LEFT, _BOTTOM = 40, 84
_BESIDE, _ABOVE = 374, 246
"""What legend and margins take of the width, head and foot of the height."""
_LEAST_WIDTH, _LEAST_HEIGHT = 1200, 630
"""Room that the words need; a smaller picture is this one made smaller."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand, in pixels of a picture that is then written `scale` times as large."""

    width: float
    height: float
    scale: float

    @classmethod
    def of(cls, width_px: int, height_px: int) -> "Layout":
        """Of a picture of so many pixels: letters as large as on the one of 1600 by 1130, where there is room."""
        larger = max(1.0, width_px / WIDTH_PX, height_px / HEIGHT_PX)
        scale = min(width_px / _LEAST_WIDTH, height_px / _LEAST_HEIGHT, larger)
        return cls(width_px / scale, height_px / scale, scale)

    @property
    def frame(self) -> tuple[float, float]:
        """Width and height of the map."""
        return self.width - _BESIDE, self.height - _ABOVE

    @property
    def right(self) -> float:
        """Where the sheet ends."""
        return self.width - _LEFT

    @property
    def legend_left(self) -> float:
        """Where the legend begins."""
        return self.width - _BESIDE + 68

    def letters(self, number: int) -> int:
        """How many letters fit where so many do on the widest sheet."""
        return round(number * self.width / WIDTH_PX)


@dataclass(frozen=True)
class Picture:
    """What is to be drawn.

    Parameters
    ----------
    frame
        Of :mod:`incidentmap.frames`, EPSG:4326; rows without geometry are counted, not drawn.
    region
        Region of interest, None without one.
    query
        The question that the frame answers, for the window and filter in words.
    data_version
        Of the case file.
    title
        Empty for one made from the region's name.
    totals
        Of the victims, all under one rule; not told where there are none.
    counted, counted_days, bins
        Events of tables beside the frame that are too many to be drawn one by one, their first and last day if they have any,
        and the cells that count them.
    whole
        What extent and actors are taken from, so that several pictures show the same ground; by default the frame itself.
    held, terms
        What a publish profile holds back, in words, empty if nothing; what must be named besides the shipped ground.
    """

    frame: gpd.GeoDataFrame
    region: Region | None
    query: IncidentQuery
    data_version: str
    title: str = ""
    totals: tuple[Total, ...] = ()
    counted: int = 0
    counted_days: tuple[date, ...] = ()
    bins: tuple[Bin, ...] = ()
    whole: gpd.GeoDataFrame | None = None
    held: str = ""
    terms: tuple[str, ...] = ()


def draw_picture(picture: Picture, path: Path, *, language: str = "fr", theme: str = "light") -> None:
    """Draw a picture of 1600 x 1130 pixels and write it as PNG, whole or not at all.

    The same input gives the same bytes with the same versions of matplotlib and FreeType.

    Raises
    ------
    UnwritablePlace
        If the file cannot be written.
    """
    write_file(path, picture_bytes(picture, language=language, theme=theme))


def picture_bytes(
    picture: Picture, *, language: str = "fr", theme: str = "light", size_px: tuple[int, int] = (WIDTH_PX, HEIGHT_PX),
) -> bytes:
    """The picture as PNG bytes, so many pixels wide and high; see :func:`draw_picture`."""
    layout = Layout.of(*size_px)
    entries = read_entries(picture.frame, language)
    title = picture.title or captions.title(picture.region, language)
    with style.context("default"):
        figure = _figure(picture, entries, title, _Look(language, theme, layout))
        made = BytesIO()
        told = (captions.window(picture.query, entries, language, picture.counted_days),
                captions.sentence(entries, picture.region, language, picture.counted),
                totals_words(picture.totals, language))
        figure.savefig(made, format="png", dpi=_DPI * layout.scale, facecolor=figure.get_facecolor(), metadata={
            "Software": f"incidentmap {__version__}",
            "Title": _latin(title),
            "Description": _latin(". ".join(each for each in told if each)),
            "Source": _latin(" · ".join(each for each in (_version(picture, language), picture.held) if each)),
            "Copyright": _latin(_credit(picture, language)),
        })
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class _Look:
    """In which words, colours and size."""

    language: str
    theme: str
    layout: Layout


def _figure(picture: Picture, entries: tuple[Entry, ...], title: str, look: _Look) -> Figure:
    colours, layout = palette(look.theme), look.layout
    figure = Figure(figsize=(layout.width / _DPI, layout.height / _DPI), dpi=_DPI, facecolor=colours.paper)
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    every = entries if picture.whole is None else read_entries(picture.whole, look.language)
    extent = _extent(picture, every, layout)
    ground = Board(_map_axes(figure, extent, colours, layout), renderer, extent, colours, look.language)
    sheet = Board(_sheet(figure, layout), renderer, extent, colours, look.language)
    among = _counted_among(parties(every, look.language, look.theme), entries)
    draw_ground(ground.axes, extent, picture.region, colours)
    draw_bins(ground.axes, picture.bins, colours)
    draw_entries(ground.axes, entries, among, colours)
    ground.axes.set(xlim=(extent.west, extent.east), ylim=(extent.south, extent.north), xlabel="", ylabel="")
    draw_scale(sheet, _LEFT + 22, _BOTTOM + 20, layout.frame[0])
    _names(ground, picture.region, entries)
    _header(sheet, picture, entries, title, layout)
    _legend(sheet, ground, picture, entries, among, layout)
    _footer(sheet, picture, layout)
    return figure


def _counted_among(among: Sequence[Party], entries: Sequence[Entry]) -> tuple[Party, ...]:
    """The actors of all, each with what the picture has of it."""
    counts = Counter(party_of(entry, among).id for entry in entries)
    return tuple(replace(party, count=counts[party.id]) for party in among)


def _extent(picture: Picture, entries: tuple[Entry, ...], layout: Layout) -> Extent:
    land = layer("land")
    home = tuple(float(edge) for edge in land[land["iso2"] == HOME].total_bounds)
    return choose_extent(
        [*(entry.geometry.bounds for entry in entries if entry.geometry is not None),
         *((each.lon, each.lat, each.lon, each.lat) for each in picture.bins)],
        picture.region.bounds if picture.region else None, (home[0], home[1], home[2], home[3]),
        layout.frame[0] / layout.frame[1],
    )


def _map_axes(figure: Figure, extent: Extent, colours: Palette, layout: Layout) -> Axes:
    wide, high = layout.frame
    box = (_LEFT / layout.width, _BOTTOM / layout.height, wide / layout.width, high / layout.height)
    axes = figure.add_axes(box, facecolor=colours.sea, xlim=(extent.west, extent.east), ylim=(extent.south, extent.north))
    axes.set(xticks=[], yticks=[], aspect="auto", autoscale_on=False)
    for edge in axes.spines.values():
        edge.set(edgecolor=colours.border, linewidth=points(1.2), zorder=30)
    return axes


def _sheet(figure: Figure, layout: Layout) -> Axes:
    """Axes over the whole picture, in pixels, for all that is not the map."""
    sheet = figure.add_axes((0, 0, 1, 1), xlim=(0, layout.width), ylim=(0, layout.height), facecolor="none")
    sheet.set(autoscale_on=False)
    sheet.axis("off")
    return sheet


def _names(ground: Board, region: Region | None, entries: tuple[Entry, ...]) -> None:
    names = Names(ground, region, entries)
    names.keep_off((_LEFT, _BOTTOM, _LEFT + 420, _BOTTOM + 64))  # the scale bar
    names.incidents(entries)
    names.region(region)
    names.towns()
    names.rivers()
    names.countries(region)


def _header(sheet: Board, picture: Picture, entries: tuple[Entry, ...], title: str, layout: Layout) -> None:
    ink, muted, top = sheet.colours.ink, sheet.colours.muted, layout.height
    when = captions.window(picture.query, entries, sheet.language, picture.counted_days)
    told = captions.sentence(entries, picture.region, sheet.language, picture.counted)
    tolls = totals_words(picture.totals, sheet.language)
    lines = ((title, 46, 27, ink, 80), (when, 84, 17, ink, 90), (told, 111, 15, muted, 150), (tolls, 134, 15, muted, 165))
    for text, down, size, colour, longest in lines:
        weight = "bold" if text is title else "normal"
        letter(sheet.axes, _LEFT, top - down, text, size=size, colour=colour, weight=weight, va="center",
               longest=layout.letters(longest))
    filters = captions.filters(picture.query, sheet.language)
    letter(sheet.axes, layout.right, top - 84, filters, size=13, colour=muted, va="center", ha="right",
           longest=layout.letters(100))


def _legend(  # noqa: PLR0917 - all that is drawn
    sheet: Board, ground: Board, picture: Picture, entries: tuple[Entry, ...], among: tuple[Party, ...], layout: Layout,
) -> None:
    placed = [entry for entry in entries if entry.geometry is not None]
    beyond = [entry for entry in placed if entry.geometry is not None and not entry.geometry.intersects(sheet.extent.outline)]
    legend = Legend(sheet, left=layout.legend_left, right=layout.right, top=_BOTTOM + layout.frame[1], bottom=_BOTTOM)
    if among:
        legend.actors(among)
    if not placed and not picture.counted:
        legend.note("picture.none_placed" if entries else "picture.empty")
    legend.precision(entries, ground)
    legend.region(picture.region)
    legend.incidents("picture.legend_beyond", beyond)
    legend.incidents("picture.legend_without", [entry for entry in entries if entry.geometry is None])
    legend.incidents("picture.legend_incidents", [entry for entry in placed if entry not in beyond])


def _footer(sheet: Board, picture: Picture, layout: Layout) -> None:
    caveat, version = say(sheet.language, "picture.caveat"), _version(picture, sheet.language)
    left, right = (_LEFT, "left"), (layout.right, "right")
    for (x, side), y, text, longest in (
        (left, 52, _credit(picture, sheet.language), 160), (left, 30, caveat, 120), (right, 52, version, 90),
        (right, 30, picture.held, 150),
    ):
        letter(sheet.axes, x, y, text, size=12, colour=sheet.colours.muted, va="center", ha=side,
               longest=layout.letters(longest))


def _version(picture: Picture, language: str) -> str:
    return say(language, "picture.version", version=picture.data_version, program=__version__)


def _credit(picture: Picture, language: str) -> str:
    return " · ".join((say(language, "picture.credit"), *picture.terms))


def _latin(text: str) -> str:
    """PNG text fields hold Latin-1."""
    return text.encode("latin-1", "replace").decode("latin-1")
