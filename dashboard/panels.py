"""Pieces that several screens share: the sentence, the empty state, notices, downloads."""

from html import escape

import streamlit as st

import links
import opened
import page
import totals_line
from incidentmap.maps import MapView, number_words
from incidentmap.model import IncidentQuery, Portion

_NAMES = {
    "window": "screen.empty.window", page.TEXT: "screen.filter.text", page.TYPES: "screen.filter.types",
    page.ACTORS: "screen.filter.actors", page.PRECISION: "screen.filter.precision", page.REGION: "screen.filter.region",
    page.STATUSES: "screen.filter.status", page.WITHOUT: "screen.filter.without", page.AREA: "screen.filter.area",
    page.SOURCES: "screen.filter.sources",
}


def sentence(view: MapView, *, on_map: bool = True) -> None:
    """One sentence that tells the truth about what is shown, and under it how many victims."""
    counts = view.counts
    head = page.tell_count("screen.sentence.shown", counts.total, shown=_number(counts.shown), total=_number(counts.total))
    with st.container(horizontal=True, key="sentence", vertical_alignment="center"):
        st.html(f'<p class="im-sentence" role="status"><strong>{escape(head)}</strong></p>', width="content")
        for portion, number in portions(view):
            words = portion_words(portion, number)
            if number:
                links.link_to_portion(portion, plain(words))
            else:
                st.html(f'<span class="im-sentence">{escape(words)}</span>', width="content")
        for words in _remarks(view, on_map=on_map):
            st.html(f'<span class="im-sentence">{escape(words)}</span>', width="content")
    totals_line.draw(view)


def portions(view: MapView) -> list[tuple[Portion, int]]:
    """What the sentence counts besides all of it."""
    counts = view.counts
    sides = [(Portion.INSIDE, counts.inside), (Portion.OUTSIDE, counts.outside)] if view.region else []
    undated = [(Portion.UNDATED, counts.undated)] if counts.undated else []
    return [*sides, (Portion.UNPLACED, counts.without_place), (Portion.ABOUT, counts.about_dates), *undated]


def portion_words(portion: Portion, number: int) -> str:
    """A number with what it counts."""
    return page.tell_count(f"screen.portion.{portion.value}", number, count=_number(number))


def _remarks(view: MapView, *, on_map: bool) -> list[str]:
    rows = opened.rows()
    cells = [page.tell("screen.sentence.cells", count=_number(view.many.in_view))] if view.many and on_map else []
    return [*cells, *([page.tell("screen.sentence.preparing")] if rows and not rows.rolled else [])]


def _number(count: int) -> str:
    return number_words(count, page.language())


def notices() -> None:
    """What the link asked for and could not be read."""
    for name, value in page.refused():
        st.html(f'<p class="im-notice" role="alert">{escape(page.tell("screen.notice.param", name=name, value=value))}</p>')


def empty_state(view: MapView) -> None:
    """Where nothing matches: which filter to lift, with a button for each that helps."""
    if view.counts.shown:
        return
    asked = page.query()
    with st.container(key="empty", horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="im-empty"><strong>{page.tell("screen.empty.title")}</strong></p>', width="content")
        helpful = [key for key in _limits(asked) if opened.count(page.without(asked, key))]
        choices = [(key, page.tell(_NAMES[key])) for key in helpful]
        if page.hidden() and any(layer.in_window for layer in view.layers):
            choices = [("hidden", page.tell("screen.empty.layers"))]
        for key, name in choices:
            if st.button(page.tell("screen.empty.lift", filter=name), key=f"lift_{key}", on_click=page.lift, args=(key,)):
                st.rerun()
        if not choices:
            st.html(f'<p class="im-empty">{page.tell("screen.empty.nothing")}</p>', width="content")
            if st.button(page.tell("screen.filter.clear"), key="lift_all", on_click=_lift_all):
                st.rerun()


def plain(text: str) -> str:
    """Text for a label that Streamlit reads as Markdown."""
    return "".join(f"\\{char}" if char in "\\`*_[]<>:$~" else char for char in text)


def _limits(asked: IncidentQuery) -> list[str]:
    window = ["window"] if asked.start or asked.end else []
    return window + list(page.set_filters())


def _lift_all() -> None:
    for key in ("window", "hidden", *page.set_filters()):
        page.lift(key)
