"""A report's text with its mentions underlined, as safe HTML."""

from collections.abc import Sequence
from html import escape

from incidentmap.model import Mention

_ORDER = ("place", "date", "figure", "actor", "event", "claim")
"""Where mentions overlap, the more telling kind is drawn; claims are whole sentences and give way to what stands in them."""


def marked_html(text: str, mentions: Sequence[Mention], titles: dict[str, str]) -> str:
    """HTML of the text, every character escaped, line ends kept; `titles` names the kinds for those who hover or listen."""
    paint: list[str] = [""] * len(text)
    for kind in reversed(_ORDER):
        for mention in mentions:
            if mention.kind == kind:
                paint[mention.span.start:mention.span.end] = [kind] * (mention.span.end - mention.span.start)
    pieces, start = [], 0
    for place in range(1, len(text) + 1):
        if place == len(text) or paint[place] != paint[start]:
            pieces.append(_piece(text[start:place], paint[start], titles))
            start = place
    return f'<div class="im-text">{"".join(pieces)}</div>'


def _piece(text: str, kind: str, titles: dict[str, str]) -> str:
    words = escape(text)
    return f'<mark class="im-{kind}" title="{escape(titles.get(kind, kind))}">{words}</mark>' if kind else words
