"""A short tour of the Map screen for who opens a case for the first time; dismissed once for the case, reopened from About."""

import streamlit as st

import links
import opened
import page

_STEPS = ("sentence", "time", "actors", "card", "out")
_MARKED = {"sentence": ".st-key-told", "out": ".st-key-downloads, [data-testid=\"stTopNav\"]"}
"""Parts outside the page in the frame, which marks its own."""
_STEP, _SEEN = "tour_step", "tour"
_DISMISSED = "dismissed"


def draw() -> None:
    """Draw the step that the visitor is at, if the tour is on."""
    step = _step()
    if step is None:
        return
    name = _STEPS[step]
    with st.container(key="tour"):
        st.html(
            f'<p class="im-line">{page.tell("tour.place", place=step + 1, total=len(_STEPS))}</p>'
            f'<h2 class="im-title">{page.tell(f"tour.{name}.title")}</h2><p>{page.tell(f"tour.{name}")}</p>'
            f"<style>{_MARKED.get(name, '.im-nothing')} {{ outline: 2px solid #0b6e99; outline-offset: 3px; }}</style>"
        )
        with st.container(horizontal=True, key="tour_buttons"):
            last = step + 1 == len(_STEPS)
            if not last:
                st.button(page.tell("tour.next"), key="tour_next", type="primary", on_click=_go, args=(step + 1,))
            st.button(page.tell("tour.done" if last else "tour.skip"), key="tour_close", type="primary" if last else "tertiary",
                      on_click=_dismiss)
            if step:
                st.button(page.tell("tour.back"), key="tour_back", type="tertiary", on_click=_go, args=(step - 1,))


def part() -> str:
    """What the tour speaks of now, empty if it is off."""
    step = _step()
    return "" if step is None else _STEPS[step]


def offer() -> None:
    """A button that shows the tour again."""
    if st.button(page.tell("tour.again"), key="tour_again", on_click=_go, args=(0,)):
        links.go_to("map")


def _step() -> int | None:
    if _STEP not in st.session_state:
        st.session_state[_STEP] = None if opened.workspace().store.setting(_SEEN) == _DISMISSED else 0
    step: int | None = st.session_state[_STEP]
    return step


def _go(step: int) -> None:
    st.session_state[_STEP] = step


def _dismiss() -> None:
    st.session_state[_STEP] = None
    opened.workspace().store.set_setting(_SEEN, _DISMISSED)
