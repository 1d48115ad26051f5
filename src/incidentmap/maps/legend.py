"""The legend, always on screen: shape, colour, name and count of every actor, and what the signs of precision mean."""

from html import escape

from incidentmap.maps.symbols import data_uri, symbol_svg
from incidentmap.maps.theme import palette
from incidentmap.maps.view import ActorView, MapView
from incidentmap.words import say


def legend_html(view: MapView) -> str:
    """The legend as HTML, every name escaped. Counts are those of the window; a layer that is switched off is paler."""
    entries = [_entry(layer, view) for layer in view.layers]
    rule = '<span class="im-legend-rule"></span>'
    return f'<div class="im-legend" role="list">{"".join(entries)}{rule}{"".join(_signs(view))}</div>'


def shown_count(layer: ActorView, view: MapView) -> int:
    """Incidents of a layer in the window."""
    return sum(view.in_window(mark) for mark in layer.marks)


def _entry(layer: ActorView, view: MapView) -> str:
    symbol = _image(symbol_svg(layer.shape, layer.colour, palette(view.theme).ink))
    css = "im-legend-entry" if layer.shown else "im-legend-entry im-off"
    words = f"<span>{escape(layer.name)}</span><b>{shown_count(layer, view)}</b>"
    return f'<span class="{css}" role="listitem">{symbol}{words}</span>'


def _image(svg: str) -> str:
    return f'<img alt="" src="{data_uri(svg)}">'


def _signs(view: MapView) -> list[str]:
    colours = palette(view.theme)
    grey, ink = colours.muted, colours.ink
    zone = f'fill="{colours.region}" stroke="{colours.region_edge}" stroke-width="1.8"'
    signs = {
        "exact": symbol_svg("circle", grey, ink),
        "draft": symbol_svg("circle", grey, ink, hole=colours.halo),
        "about": symbol_svg("circle", grey, ink, size=18, about=True),
        "area": _svg(16, 12, f'<path d="M1 3L9 1L15 5L12 11L3 10Z" fill="{grey}" fill-opacity="0.18" stroke="{grey}" '
                             'stroke-dasharray="3 2"/>'),
        "claimants": _svg(14, 14, f'<circle cx="7" cy="7" r="6.5" fill="{ink}"/><text x="7" y="10.2" font-size="9.5" '
                                  f'font-family="sans-serif" text-anchor="middle" fill="{colours.halo}">2</text>'),
        "zone": _svg(16, 11, f'<rect x="1" y="1" width="14" height="9" {zone}/>'),
    }
    return [_sign(sign, say(view.language, f"screen.legend.{key}")) for key, sign in signs.items()]


def _sign(svg: str, words: str) -> str:
    return f'<span class="im-legend-entry im-sign" role="listitem">{_image(svg)}<span>{escape(words)}</span></span>'


def _svg(width: int, height: int, content: str) -> str:
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{content}</svg>'
