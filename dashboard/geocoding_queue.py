"""The queue of open names, in the side panel: filter, search, names; who decides."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

import deciding
import page
import panels
import queue_panel
import sidebar
from incidentmap.model import ResolutionStatus
from incidentmap.walks.decide import OpenQuestion

_KEYS = (("1 – 9", "pick"), ("X", "reject"), ("U", "undo"), ("J K", "move"), ("O", "own"))


def draw(every: Sequence[OpenQuestion], queue: Sequence[OpenQuestion], index: int) -> None:
    """Draw the panel: all open names, those that pass its filters, and which of these is decided."""
    queue_panel.menu(page.tell("geocoding.menu", count=len(every)))
    with st.sidebar:
        queue_panel.who()
        if every:
            st.html(f'<h2 class="im-panel">{page.tell("geocoding.queue")}</h2>')
            _filters(every)
        if queue:
            queue_panel.rows([(each.id, _label(each)) for each in queue], index, deciding.show)
            queue_panel.keys([(keys, page.tell(f"geocoding.keys.{name}")) for keys, name in _KEYS])
        sidebar.language_choice()


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


def _named(question: OpenQuestion) -> str:
    """The name, and what tells it from the same name asked elsewhere."""
    said = ", ".join(part for part in (question.asked.admin, question.asked.country) if part)
    return f"{question.asked.name} ({said})" if said else question.asked.name


def _label(question: OpenQuestion) -> str:
    status = page.tell(f"geocoding.status.{question.status}")
    name = panels.plain(" ".join(_named(question).split())) or "–"
    return f"{name} :gray[:small[{status} · {question.count}]]"
