"""Ways from one screen to another of the same visit, and the address of the page, which restores what is seen."""

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import StreamlitPage

import page
from incidentmap.model import Portion

_SCREENS, _FIRST = "screens", "map"
"""The first screen has no path of its own in the address."""


def know_screens(screens: Sequence[StreamlitPage]) -> None:
    """Remember what the router has, so that a screen can lead to another one."""
    st.session_state[_SCREENS] = {each.url_path or _FIRST: each for each in screens}


def link_to(screen: str, words: str) -> None:
    """A link to another screen of the same visit, by its path in the address."""
    st.page_link(st.session_state[_SCREENS][screen], label=words)


def link_to_portion(narrowed: Portion, words: str) -> None:
    """A link to the list of what a number of the sentence counts."""
    params = dict(page.state().to_params()) | {"only": narrowed.value}
    st.page_link(st.session_state[_SCREENS]["table"], label=words, query_params=params)


def go_to(screen: str) -> None:
    """Show another screen of the same visit."""
    st.switch_page(st.session_state[_SCREENS][screen])


def write_link() -> None:
    """Put the state of the page into its address, so that the link restores what is seen."""
    page.asked()
    params = page.state().to_params()
    if params != st.query_params.to_dict():
        st.query_params.from_dict(params)
    page.note_written(params)
