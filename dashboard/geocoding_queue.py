"""The queue of open names, in the side panel: filter, search, names; who decides."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

import deciding
import page
import panels
import sidebar
from incidentmap.model import ResolutionStatus
from incidentmap.walks.decide import OpenQuestion

_MOST = 40
"""Names listed at a time, around the one that is decided."""


def draw(every: Sequence[OpenQuestion], queue: Sequence[OpenQuestion], index: int) -> None:
    """Draw the panel: all open names, those that pass its filters, and which of these is decided."""
    words = page.tell("geocoding.menu", count=len(every))
    st.html(f'<style>[data-testid="stExpandSidebarButton"]::after {{ content: "{words}" !important; }}</style>')
    with st.sidebar:
        st.text_input(page.tell("geocoding.who"), **page.bound(deciding.WHO), help=page.tell("geocoding.who.help"))
        if not str(page.choice(deciding.WHO)).strip():
            st.html(f'<p class="im-notice" role="alert">{page.tell("geocoding.who.missing")}</p>')
        if every:
            st.html(f'<h2 class="im-panel">{page.tell("geocoding.queue")}</h2>')
            _filters(every)
        if queue:
            _names(queue, index)
            _keys()
        sidebar.language_choice()


def moves(queue: Sequence[OpenQuestion], index: int) -> None:
    """Draw the way to the name before and the next one."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", key="moves"):
        _move("↑", "previous", "K", queue, index - 1)
        st.html(f'<span class="im-line">{page.tell("geocoding.queue.place", place=index + 1, total=len(queue))}</span>',
                width="content")
        _move("↓", "next", "J", queue, index + 1)


def _filters(every: Sequence[OpenQuestion]) -> None:
    counts = Counter(each.status.value for each in every)
    options = [deciding.EVERY, ResolutionStatus.MISS.value, ResolutionStatus.AMBIGUOUS.value]
    numbers = {deciding.EVERY: len(every)} | counts
    names = {key: page.tell(f"geocoding.queue.{key}", count=numbers.get(key, 0)) for key in options}
    with st.container(key="queue_status"):
        st.segmented_control(page.tell("geocoding.queue"), options, **page.bound(deciding.STATUS), required=True,
                             format_func=names.__getitem__, label_visibility="collapsed")
    st.text_input(page.tell("geocoding.queue.search"), **page.bound(deciding.NEEDLE), label_visibility="collapsed",
                  placeholder=page.tell("geocoding.queue.search.placeholder"))


def _move(label: str, name: str, key: str, queue: Sequence[OpenQuestion], to: int) -> None:
    there = 0 <= to < len(queue)
    st.button(label, key=f"move_{name}", shortcut=key, disabled=not there, help=page.tell(f"geocoding.queue.{name}"),
              on_click=deciding.show, args=(queue[to].id if there else "",))


def _named(question: OpenQuestion) -> str:
    """The name, and what tells it from the same name asked elsewhere."""
    said = ", ".join(part for part in (question.asked.admin, question.asked.country) if part)
    return f"{question.asked.name} ({said})" if said else question.asked.name


def _keys() -> None:
    parts = (("1 – 9", "pick"), ("X", "reject"), ("U", "undo"), ("J K", "move"), ("O", "own"))
    words = "".join(f'<div><kbd>{keys}</kbd> {page.tell(f"geocoding.keys.{name}")}</div>' for keys, name in parts)
    st.html(f'<h2 class="im-panel">{page.tell("geocoding.keys")}</h2><div class="im-keys">{words}</div>')


def _names(queue: Sequence[OpenQuestion], index: int) -> None:
    first = max(0, min(index - _MOST // 2, len(queue) - _MOST))
    with st.container(key="queue"):
        for place, question in enumerate(queue[first:first + _MOST], first):
            status = page.tell(f"geocoding.status.{question.status}")
            name = panels.plain(" ".join(_named(question).split())) or "–"
            label = f"{name} :gray[:small[{status} · {question.count}]]"
            st.button(label, key=f"open_{question.id}", width="stretch", wrap=False,
                      type="secondary" if place == index else "tertiary", on_click=deciding.show, args=(question.id,))
    hidden = len(queue) - min(len(queue), _MOST)
    if hidden:
        st.html(f'<p class="im-line">{page.tell("geocoding.queue.more", count=hidden)}</p>')
