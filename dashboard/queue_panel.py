"""Pieces that the queues of names share: who decides, the way from one to the next, the rows, the keys."""

from collections.abc import Callable, Sequence

import streamlit as st

import deciding
import page

MOST = 40
"""Entries listed at a time, around the one that is decided."""
Row = tuple[str, str]
"""Id and label, which Streamlit reads as Markdown."""


def menu(words: str) -> None:
    """Words on the button that opens the side panel on a phone."""
    st.html(f'<style>[data-testid="stExpandSidebarButton"]::after {{ content: "{words}" !important; }}</style>')


def who() -> None:
    """Who decides."""
    st.text_input(page.tell("geocoding.who"), **page.bound(deciding.WHO), help=page.tell("geocoding.who.help"))
    if not str(page.choice(deciding.WHO)).strip():
        st.html(f'<p class="im-notice" role="alert">{page.tell("geocoding.who.missing")}</p>')


def moves(ids: Sequence[str], index: int, show: Callable[[str], None]) -> None:
    """The way to the entry before and the next one."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", key="moves"):
        _move("↑", "previous", "K", ids, index - 1, show)
        st.html(f'<span class="im-line">{page.tell("geocoding.queue.place", place=index + 1, total=len(ids))}</span>',
                width="content")
        _move("↓", "next", "J", ids, index + 1, show)


def rows(entries: Sequence[Row], index: int, show: Callable[[str], None]) -> None:
    """The entries around the one that is decided, and how many more there are."""
    first = max(0, min(index - MOST // 2, len(entries) - MOST))
    with st.container(key="queue"):
        for place, (name, label) in enumerate(entries[first:first + MOST], first):
            st.button(label, key=f"open_{name}", width="stretch", wrap=False, on_click=show, args=(name,),
                      type="secondary" if place == index else "tertiary")
    hidden = len(entries) - min(len(entries), MOST)
    if hidden:
        st.html(f'<p class="im-line">{page.tell("geocoding.queue.more", count=hidden)}</p>')


def keys(parts: Sequence[tuple[str, str]]) -> None:
    """Keys, each with what it does in words."""
    words = "".join(f"<div><kbd>{key}</kbd> {told}</div>" for key, told in parts)
    st.html(f'<h2 class="im-panel">{page.tell("geocoding.keys")}</h2><div class="im-keys">{words}</div>')


def _move(label: str, name: str, key: str, ids: Sequence[str], to: int, show: Callable[[str], None]) -> None:  # noqa: PLR0917
    there = 0 <= to < len(ids)
    st.button(label, key=f"move_{name}", shortcut=key, disabled=not there, help=page.tell(f"geocoding.queue.{name}"),
              on_click=show, args=(ids[to] if there else "",))
