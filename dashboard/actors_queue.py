"""The queue of unknown names of actors, in the side panel: search, names; who decides."""

from collections.abc import Sequence

import streamlit as st

import actors_desk
import page
import panels
import queue_panel
import sidebar
from incidentmap.walks.names import OpenName

_KEYS = (
    ("1 – 9", "actors.keys.same"),
    ("X", "actors.keys.none"), ("N", "actors.keys.new"), ("U", "geocoding.keys.undo"), ("J K", "geocoding.keys.move"),
)


def draw(every: Sequence[OpenName], queue: Sequence[OpenName], index: int) -> None:
    """Draw the panel: all open names, those that pass its search, and which of these is decided."""
    queue_panel.menu(page.tell("geocoding.menu", count=len(every)))
    with st.sidebar:
        queue_panel.who()
        if every:
            st.html(f'<h2 class="im-panel">{page.tell("actors.queue", count=len(every))}</h2>')
            st.text_input(page.tell("geocoding.queue.search"), **page.bound(actors_desk.NEEDLE), label_visibility="collapsed",
                          placeholder=page.tell("geocoding.queue.search.placeholder"))
        if queue:
            queue_panel.rows([(each.id, _label(each)) for each in queue], index, actors_desk.show)
            queue_panel.keys([(key, page.tell(words)) for key, words in _KEYS])
        sidebar.language_choice()


def _label(found: OpenName) -> str:
    name = panels.plain(" ".join(found.name.split())) or "–"
    return f"{name} :gray[:small[{page.tell_count('actors.times.short', found.count, count=found.count)}]]"
