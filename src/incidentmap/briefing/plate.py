"""A map for a briefing: ground, incidents, names, scale bar, north and a locator; title and legend stand beside it in type."""

from collections.abc import Sequence
from io import BytesIO

from matplotlib import style
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from incidentmap.briefing.board import Board
from incidentmap.briefing.crowds import draw_entries
from incidentmap.briefing.entries import Entry, Party
from incidentmap.briefing.extent import Extent, choose_extent
from incidentmap.briefing.ground import HOME, draw_ground, layer
from incidentmap.briefing.lettering import letter, points
from incidentmap.briefing.marks import draw_bins
from incidentmap.briefing.names import Names
from incidentmap.briefing.scale import draw_scale
from incidentmap.gazetteer import Region
from incidentmap.maps import Bin, palette
from incidentmap.maps.theme import Palette
from incidentmap.words import say

WIDTH_PX, HEIGHT_PX = 1240, 800
"""As wide as the text of an A4 page at 175 dots an inch."""
MOST_IN_VECTORS = 400
"""Beyond so many incidents a picture of points is smaller than one of lines."""
_DPI = 100
_RASTER_DPI = 160
_LOCATOR_PX = 190
_CONTEXT = 3.2
"""How many times wider than the map its locator is."""
_SALT = "incidentmap"
"""For the ids inside SVG files: the same input gives the same bytes."""


def plate_image(
    entries: Sequence[Entry], among: Sequence[Party], region: Region | None, *, language: str, theme: str = "light",
    extent: Extent | None = None, bins: Sequence[Bin] = (), frames: Sequence[Extent] = (),
) -> tuple[bytes, str]:
    """Draw a map of entries.

    Parameters
    ----------
    entries, region, language, theme
        What is drawn, the outline drawn with it, and how.
    among
        The actors with a colour of their own, the same on all maps of a briefing.
    extent
        What it shows; chosen from entries, region and bins where None.
    bins
        Cells that count rows of tables.
    frames
        Pieces that other maps show larger: outlined and numbered, from 1.

    Returns
    -------
    bytes, str
        The image and its kind, `svg` or `png`.
    """
    shown = extent or extent_of(entries, region, bins)
    kind = "svg" if len(entries) <= MOST_IN_VECTORS else "png"
    with style.context({"svg.hashsalt": _SALT, "svg.fonttype": "path"}):
        figure = _figure(entries, among, region, shown, theme=theme, language=language, bins=bins)
        _frames(figure, frames, palette(theme))
        made = BytesIO()
        if kind == "svg":
            figure.savefig(made, format="svg", metadata={"Date": None, "Creator": None})
        else:
            figure.savefig(made, format="png", dpi=_RASTER_DPI, metadata={"Software": None})
    return made.getvalue(), kind


def extent_of(entries: Sequence[Entry], region: Region | None, bins: Sequence[Bin] = ()) -> Extent:
    """What a map of entries and cells shows."""
    seen = [entry.geometry.bounds for entry in entries if entry.geometry is not None]
    seen += [(each.lon, each.lat, each.lon, each.lat) for each in bins]
    return choose_extent(seen, region.bounds if region else None, _home(), WIDTH_PX / HEIGHT_PX)


def _home() -> tuple[float, float, float, float]:
    land = layer("land")
    west, south, east, north = (float(edge) for edge in land[land["iso2"] == HOME].total_bounds)
    return west, south, east, north


def _figure(
    entries: Sequence[Entry], among: Sequence[Party], region: Region | None, extent: Extent, *, theme: str, language: str,
    bins: Sequence[Bin],
) -> Figure:
    colours = palette(theme)
    figure = Figure(figsize=(WIDTH_PX / _DPI, HEIGHT_PX / _DPI), dpi=_DPI, facecolor=colours.paper)
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    ground = Board(_axes(figure, (0, 0, 1, 1), extent, colours), renderer, extent, colours, language)
    sheet = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH_PX), ylim=(0, HEIGHT_PX), facecolor="none")
    sheet.set(autoscale_on=False)
    sheet.axis("off")
    over = Board(sheet, renderer, extent, colours, language)
    draw_ground(ground.axes, extent, region, colours)
    draw_bins(ground.axes, bins, colours)
    draw_entries(ground.axes, entries, among, colours)
    ground.axes.set(xlim=(extent.west, extent.east), ylim=(extent.south, extent.north), xlabel="", ylabel="")
    draw_scale(over, 22, 20, WIDTH_PX)
    _north(over)
    _locator(figure, extent, colours)
    _names(ground, region, entries)
    return figure


def _frames(figure: Figure, frames: Sequence[Extent], colours: Palette) -> None:
    """The pieces that other maps show larger."""
    axes = figure.axes[0]
    for number, each in enumerate(frames, 1):
        axes.add_patch(Rectangle(
            (each.west, each.south), each.east - each.west, each.north - each.south, fill=False, edgecolor=colours.accent,
            linewidth=points(1.8), zorder=18,
        ))
        letter(axes, each.west, each.north, str(number), size=15, colour=colours.accent, weight="bold", ha="left", va="bottom",
               halo=colours.halo, zorder=21)


def _axes(figure: Figure, box: tuple[float, float, float, float], extent: Extent, colours: Palette) -> Axes:
    axes = figure.add_axes(box, facecolor=colours.sea, xlim=(extent.west, extent.east), ylim=(extent.south, extent.north))
    axes.set(xticks=[], yticks=[], aspect="auto", autoscale_on=False)
    for edge in axes.spines.values():
        edge.set(edgecolor=colours.border, linewidth=points(1.2), zorder=30)
    return axes


def _names(ground: Board, region: Region | None, entries: Sequence[Entry]) -> None:
    names = Names(ground, region, entries)
    names.keep_off((0, 0, 420, 64))  # the scale bar
    names.keep_off((WIDTH_PX - 60, HEIGHT_PX - 90, WIDTH_PX, HEIGHT_PX))  # north
    names.keep_off((WIDTH_PX - _LOCATOR_PX - 14, 0, WIDTH_PX, _LOCATOR_PX + 14))
    names.incidents(entries)
    names.region(region)
    names.towns()
    names.rivers()
    names.countries(region)


def _north(over: Board) -> None:
    """North is up everywhere on this map: an arrow with its letter."""
    x, y, colours = WIDTH_PX - 32, HEIGHT_PX - 66, over.colours
    for tint, thick in ((colours.halo, 5.5), (colours.ink, 2.0)):
        over.axes.plot([x, x], [y, y + 34], color=tint, linewidth=points(thick), zorder=19)
        over.axes.plot([x - 7, x, x + 7], [y + 23, y + 36, y + 23], color=tint, linewidth=points(thick), zorder=19)
    letter(over.axes, x, y - 12, say(over.language, "briefing.north"), size=15, colour=colours.ink, weight="bold", ha="center",
           va="center", halo=colours.halo, zorder=20)


def _locator(figure: Figure, extent: Extent, colours: Palette) -> None:
    """Where the map lies among its neighbours."""
    wide, high = (extent.east - extent.west) * _CONTEXT / 2, (extent.north - extent.south) * _CONTEXT / 2
    reach = max(wide, high, 9.0)
    middle = ((extent.west + extent.east) / 2, (extent.south + extent.north) / 2)
    around = Extent(middle[0] - reach, max(middle[1] - reach, -89.0), middle[0] + reach, min(middle[1] + reach, 89.0))
    box = ((WIDTH_PX - _LOCATOR_PX - 8) / WIDTH_PX, 8 / HEIGHT_PX, _LOCATOR_PX / WIDTH_PX, _LOCATOR_PX / HEIGHT_PX)
    axes = _axes(figure, box, around, colours)
    axes.set_zorder(5)
    seen = around.outline.buffer(1)
    land, borders = layer("land"), layer("borders")
    land[land.intersects(seen)].plot(ax=axes, facecolor=colours.neighbours, edgecolor="none", aspect=None)
    borders[borders.intersects(seen)].plot(ax=axes, edgecolor=colours.border, linewidth=points(1.0), aspect=None)
    axes.add_patch(Rectangle(
        (extent.west, extent.south), extent.east - extent.west, extent.north - extent.south, facecolor=(colours.accent, 0.12),
        edgecolor=colours.accent, linewidth=points(2.0), zorder=9,
    ))
    axes.set(xlim=(around.west, around.east), ylim=(around.south, around.north), xlabel="", ylabel="")
