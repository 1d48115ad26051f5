"""A picture of the filtered map for a report, drawn without a browser: incidents, legend, scale, window, counts, credits."""

from dataclasses import dataclass
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
from incidentmap.briefing.entries import Entry, Party, parties, read_entries
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
_LEFT, _BOTTOM, _FRAME_WIDTH, _FRAME_HEIGHT = 40, 84, 1226, 884
_LEGEND_LEFT, _RIGHT = 1294, 1560


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


def picture_bytes(picture: Picture, *, language: str = "fr", theme: str = "light") -> bytes:
    """The picture as PNG bytes; see :func:`draw_picture`."""
    entries = read_entries(picture.frame, language)
    title = picture.title or captions.title(picture.region, language)
    with style.context("default"):
        figure = _figure(picture, entries, title, language, theme)
        made = BytesIO()
        told = (captions.window(picture.query, entries, language, picture.counted_days),
                captions.sentence(entries, picture.region, language, picture.counted),
                totals_words(picture.totals, language))
        figure.savefig(made, format="png", dpi=_DPI, facecolor=figure.get_facecolor(), metadata={
            "Software": f"incidentmap {__version__}",
            "Title": _latin(title),
            "Description": _latin(". ".join(each for each in told if each)),
            "Source": _latin(" · ".join(each for each in (_version(picture, language), picture.held) if each)),
            "Copyright": _latin(_credit(picture, language)),
        })
    return made.getvalue()


def _figure(picture: Picture, entries: tuple[Entry, ...], title: str, language: str, theme: str) -> Figure:
    colours = palette(theme)
    figure = Figure(figsize=(WIDTH_PX / _DPI, HEIGHT_PX / _DPI), dpi=_DPI, facecolor=colours.paper)
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    extent = _extent(picture, entries)
    ground = Board(_map_axes(figure, extent, colours), renderer, extent, colours, language)
    sheet = Board(_sheet(figure), renderer, extent, colours, language)
    among = parties(entries, language, theme)
    draw_ground(ground.axes, extent, picture.region, colours)
    draw_bins(ground.axes, picture.bins, colours)
    draw_entries(ground.axes, entries, among, colours)
    ground.axes.set(xlim=(extent.west, extent.east), ylim=(extent.south, extent.north), xlabel="", ylabel="")
    draw_scale(sheet, _LEFT + 22, _BOTTOM + 20, _FRAME_WIDTH)
    _names(ground, picture.region, entries)
    _header(sheet, picture, entries, title)
    _legend(sheet, ground, picture.region, entries, among, counted=picture.counted)
    _footer(sheet, picture)
    return figure


def _extent(picture: Picture, entries: tuple[Entry, ...]) -> Extent:
    land = layer("land")
    home = tuple(float(edge) for edge in land[land["iso2"] == HOME].total_bounds)
    return choose_extent(
        [*(entry.geometry.bounds for entry in entries if entry.geometry is not None),
         *((each.lon, each.lat, each.lon, each.lat) for each in picture.bins)],
        picture.region.bounds if picture.region else None, (home[0], home[1], home[2], home[3]), _FRAME_WIDTH / _FRAME_HEIGHT,
    )


def _map_axes(figure: Figure, extent: Extent, colours: Palette) -> Axes:
    box = (_LEFT / WIDTH_PX, _BOTTOM / HEIGHT_PX, _FRAME_WIDTH / WIDTH_PX, _FRAME_HEIGHT / HEIGHT_PX)
    axes = figure.add_axes(box, facecolor=colours.sea, xlim=(extent.west, extent.east), ylim=(extent.south, extent.north))
    axes.set(xticks=[], yticks=[], aspect="auto", autoscale_on=False)
    for edge in axes.spines.values():
        edge.set(edgecolor=colours.border, linewidth=points(1.2), zorder=30)
    return axes


def _sheet(figure: Figure) -> Axes:
    """Axes over the whole picture, in pixels, for all that is not the map."""
    sheet = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH_PX), ylim=(0, HEIGHT_PX), facecolor="none")
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


def _header(sheet: Board, picture: Picture, entries: tuple[Entry, ...], title: str) -> None:
    ink, muted = sheet.colours.ink, sheet.colours.muted
    when = captions.window(picture.query, entries, sheet.language, picture.counted_days)
    told = captions.sentence(entries, picture.region, sheet.language, picture.counted)
    filters = captions.filters(picture.query, sheet.language)
    letter(sheet.axes, _LEFT, HEIGHT_PX - 46, title, size=27, colour=ink, weight="bold", va="center", longest=80)
    letter(sheet.axes, _LEFT, HEIGHT_PX - 84, when, size=17, colour=ink, va="center", longest=90)
    letter(sheet.axes, _LEFT, HEIGHT_PX - 111, told, size=15, colour=muted, va="center", longest=150)
    tolls = totals_words(picture.totals, sheet.language)
    letter(sheet.axes, _LEFT, HEIGHT_PX - 134, tolls, size=15, colour=muted, va="center", longest=165)
    letter(sheet.axes, _RIGHT, HEIGHT_PX - 84, filters, size=13, colour=muted, va="center", ha="right", longest=100)


def _legend(
    sheet: Board, ground: Board, region: Region | None, entries: tuple[Entry, ...], among: tuple[Party, ...], *, counted: int,
) -> None:
    placed = [entry for entry in entries if entry.geometry is not None]
    beyond = [entry for entry in placed if entry.geometry is not None and not entry.geometry.intersects(sheet.extent.outline)]
    legend = Legend(sheet, left=_LEGEND_LEFT, right=_RIGHT, top=_BOTTOM + _FRAME_HEIGHT, bottom=_BOTTOM)
    if among:
        legend.actors(among)
    if not placed and not counted:
        legend.note("picture.none_placed" if entries else "picture.empty")
    legend.precision(entries, ground)
    legend.region(region)
    legend.incidents("picture.legend_beyond", beyond)
    legend.incidents("picture.legend_without", [entry for entry in entries if entry.geometry is None])
    legend.incidents("picture.legend_incidents", [entry for entry in placed if entry not in beyond])


def _footer(sheet: Board, picture: Picture) -> None:
    muted = sheet.colours.muted
    version = _version(picture, sheet.language)
    letter(sheet.axes, _LEFT, 52, _credit(picture, sheet.language), size=12, colour=muted, va="center", longest=160)
    letter(sheet.axes, _LEFT, 30, say(sheet.language, "picture.caveat"), size=12, colour=muted, va="center", longest=120)
    letter(sheet.axes, _RIGHT, 52, version, size=12, colour=muted, va="center", ha="right", longest=90)
    letter(sheet.axes, _RIGHT, 30, picture.held, size=12, colour=muted, va="center", ha="right", longest=150)


def _version(picture: Picture, language: str) -> str:
    return say(language, "picture.version", version=picture.data_version, program=__version__)


def _credit(picture: Picture, language: str) -> str:
    return " · ".join((say(language, "picture.credit"), *picture.terms))


def _latin(text: str) -> str:
    """PNG text fields hold Latin-1."""
    return text.encode("latin-1", "replace").decode("latin-1")
