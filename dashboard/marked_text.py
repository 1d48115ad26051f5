"""A report's text with its mentions underlined and the words of one draft marked more strongly, as safe HTML."""

from collections.abc import Iterable, Sequence
from html import escape

from incidentmap.model import Mention, Span

_ORDER = ("place", "date", "figure", "actor", "event", "claim")
"""Where mentions overlap, the more telling kind is drawn; claims are whole sentences and give way to what stands in them."""


def marked_html(text: str, mentions: Sequence[Mention], titles: dict[str, str], own: Iterable[Span] = ()) -> str:
    """HTML of the text, every character escaped, line ends kept.

    `titles` names the kinds for those who hover or listen; `own` are the words that the chosen draft rests on, which links
    lead to (:func:`anchor`).
    """
    paint: list[str] = [""] * len(text)
    for kind in reversed(_ORDER):
        for mention in mentions:
            if mention.kind == kind:
                paint[mention.span.start:mention.span.end] = [kind] * (mention.span.end - mention.span.start)
    strong, starts = [False] * len(text), set()
    for span in own:
        starts.add(span.start)
        strong[span.start:span.end] = [True] * (min(span.end, len(text)) - span.start)
    pieces, start = [], 0
    for place in range(1, len(text) + 1):
        if place == len(text) or (paint[place], strong[place]) != (paint[start], strong[start]) or place in starts:
            named = f'<a id="{_id(start)}" class="im-here"></a>' if start in starts else ""
            pieces.append(named + _piece(text[start:place], paint[start], titles, strong=strong[start]))
            start = place
    return f'<div class="im-text" tabindex="0">{"".join(pieces)}</div>'


def anchor(span: Span) -> str:
    """The id of a span's place in the text."""
    return _id(span.start)


def _id(start: int) -> str:
    return f"words-{start}"


def _piece(text: str, kind: str, titles: dict[str, str], *, strong: bool) -> str:
    words = escape(text)
    marked = f'<mark class="im-{kind}" title="{escape(titles.get(kind, kind))}">{words}</mark>' if kind else words
    return f'<span class="im-strong">{marked}</span>' if strong else marked
