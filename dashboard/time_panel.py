"""The time control: window in words, histogram by actor, a slider over days, presets."""

from datetime import date, timedelta

import streamlit as st

import page
from incidentmap.maps import MapView, histogram_html, span_words

SLIDER = "window_slider"
_FIRST, _LAST = "first_day", "last_day"
_DAY = timedelta(days=1)
Extent = tuple[date, date]


def extent(known: Extent | None) -> Extent:
    """First and last day that the slider offers: the case's and what the link asks for, with a day to spare at each end."""
    days = [*(known or ()), *(day for day in page.window() if day)]
    days = days or [date.today()]  # noqa: DTZ011 (an empty case: any day will do)
    return min(days) - _DAY, max(days) + _DAY


def draw(view: MapView, days: Extent) -> None:
    """Draw the panel under the map. The slider is a real one: two handles, moved by arrow keys too."""
    first, last = _chosen(days)
    words, presets = st.columns([3, 2], vertical_alignment="center")
    length = (last - first).days + 1
    words.html(
        f'<div class="im-window"><strong>{span_words(first, last, page.language())}</strong> '
        f'<span>{page.tell_count("screen.window.days", length, days=length)}</span></div>'
    )
    with presets, st.container(horizontal=True, horizontal_alignment="right", key="presets"):
        _presets(days, first, last)
    with st.container(key="time"):
        st.html(histogram_html(view, days))
        if page.right_to_left():
            _two_dates(days, first, last)
        else:
            page.put(SLIDER, (first, last))
            st.slider(page.tell("screen.window"), *days, key=SLIDER, format="DD/MM/YYYY", label_visibility="collapsed",
                      on_change=_slid, args=(days,))


def _two_dates(days: Extent, first: date, last: date) -> None:
    """For browsers in a right-to-left language, in which Streamlit mirrors the slider but not its days."""
    for key, day, column in zip((_FIRST, _LAST), (first, last), st.columns(2), strict=True):
        page.put(key, day)
        column.date_input(page.tell(f"screen.window.{key}"), key=key, min_value=days[0], max_value=days[1], format="DD/MM/YYYY",
                          on_change=_dated, args=(days,))


def _dated(days: Extent) -> None:
    first, last = st.session_state[_FIRST], st.session_state[_LAST]
    _show(min(first, last), max(first, last), days)


def _chosen(days: Extent) -> Extent:
    first, last = page.window()
    return first or days[0], last or days[1]


def _presets(days: Extent, first: date, last: date) -> None:
    length = last - first + _DAY
    before, after = max(days[0], first - length), min(days[1], last + length)
    st.button("←", key="earlier", help=page.tell("screen.window.earlier"), disabled=first <= days[0], on_click=_show,
              args=(before, before + length - _DAY, days))
    st.button("→", key="later", help=page.tell("screen.window.later"), disabled=last >= days[1], on_click=_show,
              args=(after - length + _DAY, after, days))
    st.button(page.tell("screen.window.week"), key="week", on_click=_show, args=(days[1] - 7 * _DAY, days[1], days),
              disabled=days[1] - days[0] <= 7 * _DAY)
    st.button(page.tell("screen.window.all"), key="whole", on_click=page.set_window, args=(None, None))


def _slid(days: Extent) -> None:
    first, last = st.session_state[SLIDER]
    _show(first, last, days)


def _show(first: date, last: date, days: Extent) -> None:
    """Set the window; an end at the edge of the slider is open, so that the whole slider also shows the undated."""
    page.set_window(first if first > days[0] else None, last if last < days[1] else None)
