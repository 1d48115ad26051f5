"""The column beside the map: who, how precisely, what the outline is, what happened, and what did not fit."""

from collections.abc import Callable, Sequence
from textwrap import wrap
from typing import Any

from matplotlib.patches import Circle, Rectangle

from incidentmap.briefing.board import Board
from incidentmap.briefing.crowds import signs
from incidentmap.briefing.entries import Entry, Party
from incidentmap.briefing.lettering import drawable, letter, points
from incidentmap.briefing.marks import DASHES, PALE, Disc, draw_count, draw_symbol, symbol_spot, wide
from incidentmap.gazetteer import Region
from incidentmap.words import say

_LINE, _SMALL_LINE, _SECTION = 29, 18, 20
_INDENT, _SIGN = 40, 14
_SAMPLE_SHAPE = "square"
_WIDEST = 36


class Legend:
    """Writes the legend from the top down on axes in pixels."""

    def __init__(self, board: Board, *, left: float, right: float, top: float, bottom: float) -> None:
        self.board, self.left, self.right, self.y, self.bottom = board, left, right, top, bottom

    def actors(self, among: Sequence[Party]) -> None:
        """A symbol, a name and the number of incidents for each actor."""
        self._head("picture.legend_actors", "picture.legend_actors_note")
        for party in among:
            draw_symbol(self.board.axes, self.left + _SIGN, self.y - 10, party, self.board.colours.ink, about=False)
            self._text(party.name, indent=_INDENT, longest=24)
            ink, count = self.board.colours.ink, str(party.count)
            letter(self.board.axes, self.right, self.y - 10, count, size=15, colour=ink, weight="bold", ha="right", va="center")
            self.y -= _LINE
        self.y -= _SECTION

    def note(self, key: str) -> None:
        """A sentence, in lines that fit the column."""
        for line in wrap(say(self.board.language, key), 32):
            self._text(line)
            self.y -= 21
        self.y -= _SECTION

    def precision(self, entries: Sequence[Entry], ground: Board) -> None:
        """Only the signs that the map, `ground`, uses."""
        placed = [entry for entry in entries if entry.geometry is not None]
        spotted = [entry for entry in placed if symbol_spot(entry) is not None]
        circled = [entry for entry in spotted if wide(ground.axes, entry)]
        ringed = [entry for entry in spotted if entry not in circled]
        kinds: tuple[tuple[str, bool, Callable[[float, float], None]], ...] = (
            ("exact", any(not entry.about for entry in spotted), lambda x, y: self._symbol(x, y, about=False)),
            ("about", any(entry.about for entry in ringed), lambda x, y: self._symbol(x, y, about=True)),
            ("counted", any(sign.counted for sign in signs(ground.axes, placed)), self._count),
            ("draft", any(entry.draft for entry in spotted), lambda x, y: self._symbol(x, y, about=False, draft=True)),
            ("radius", bool(circled), self._circle),
            ("line", any(_kind(entry).endswith("LineString") for entry in placed), self._stroke),
            ("area", any(symbol_spot(entry) is None for entry in placed), self._area),
        )
        if placed:
            self._head("picture.legend_precision")
        for name, used, draw in kinds:
            if used:
                draw(self.left + _SIGN, self.y - 10)
                self._text(say(self.board.language, f"picture.legend_{name}"), indent=_INDENT)
                self.y -= _LINE + 4
        self.y -= _SECTION if placed else 0

    def region(self, region: Region | None) -> None:
        """The outline of the region of interest and its caveat."""
        if region is None:
            return
        colours = self.board.colours
        self._head("picture.legend_region")
        self._box(self.left + _SIGN, self.y - 10, facecolor=colours.region, edgecolor=colours.region_edge, linewidth=points(3))
        self._text(region.name(self.board.language), indent=_INDENT, longest=27)
        self.y -= 21
        for line in wrap(region.label(self.board.language), _WIDEST - 5):
            self._text(line, size=12, colour=colours.muted, indent=_INDENT)
            self.y -= _SMALL_LINE
        self.y -= _SECTION

    def incidents(self, key: str, entries: Sequence[Entry]) -> None:
        """Place, date and kind of each incident, as many as there is room for, and how many more there are."""
        if not entries or self.y - 4 * _SMALL_LINE < self.bottom:
            return
        self._head(key)
        for number, entry in enumerate(entries):
            lines = wrap(drawable(entry.what, 2 * _WIDEST), _WIDEST)
            if self.y - (len(lines) + 2) * _SMALL_LINE < self.bottom:
                self._text(say(self.board.language, "picture.legend_more", count=len(entries) - number), size=13)
                self.y -= _SMALL_LINE
                break
            self._text(entry.place or say(self.board.language, "picture.place_unknown"), size=13, weight="bold", longest=30)
            for line in lines:
                self.y -= _SMALL_LINE
                self._text(line, size=12, colour=self.board.colours.muted)
            self.y -= _SMALL_LINE + 8
        self.y -= _SECTION

    def _head(self, key: str, note: str = "") -> None:
        colours = self.board.colours
        self._text(say(self.board.language, key).upper(), size=12.5, weight="bold", colour=colours.muted)
        self.y -= _SMALL_LINE
        if note:
            self._text(say(self.board.language, note), size=12, colour=colours.muted)
            self.y -= _SMALL_LINE
        self.board.axes.plot([self.left, self.right], [self.y - 3, self.y - 3], color=colours.rule, linewidth=points(1.2))
        self.y -= 14

    def _symbol(self, x: float, y: float, *, about: bool, draft: bool = False) -> None:
        sample = Party("", "", self.board.colours.muted, _SAMPLE_SHAPE, 0)
        hole = self.board.colours.halo if draft else ""
        draw_symbol(self.board.axes, x, y, sample, self.board.colours.ink, about=about, hole=hole)

    def _count(self, x: float, y: float) -> None:
        colours = self.board.colours
        draw_count(self.board.axes, (x, y), Disc(((colours.muted, 5), (colours.rule, 2)), 11, about=False), colours)

    def _circle(self, x: float, y: float) -> None:
        tint = self.board.colours.muted
        style = {"facecolor": (tint, 0.10), "edgecolor": tint, "linewidth": points(1.6), "linestyle": DASHES}
        self.board.axes.add_patch(Circle((x, y), 13, **style))

    def _stroke(self, x: float, y: float) -> None:
        tint = (self.board.colours.muted, PALE + 0.1)
        self.board.axes.plot([x - 14, x + 14], [y - 4, y + 4], color=tint, linewidth=points(5), solid_capstyle="butt")

    def _area(self, x: float, y: float) -> None:
        tint = self.board.colours.muted
        self._box(x, y, facecolor=(tint, 0.14), edgecolor=tint, linewidth=points(1.8), linestyle=DASHES, hatch="//",
                  hatch_linewidth=points(0.8))

    def _box(self, x: float, y: float, **style: Any) -> None:
        self.board.axes.add_patch(Rectangle((x - 14, y - 9), 28, 18, **style))

    def _text(
        self, text: str, *, size: float = 14, colour: str = "", indent: float = 0, longest: int = _WIDEST, **style: Any,
    ) -> None:
        letter(self.board.axes, self.left + indent, self.y - 10, text, size=size, colour=colour or self.board.colours.ink,
               longest=longest, va="center", **style)


def _kind(entry: Entry) -> str:
    return entry.geometry.geom_type if entry.geometry is not None else ""
