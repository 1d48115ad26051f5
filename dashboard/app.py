"""The dashboard's entry, which `incidentmap serve` runs: router and frame; the screens do the rest."""

from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

import about_screen
import actors_screen
import changes_screen
import geocoding_screen
import links
import map_screen
import opened
import page
import reports_screen
import table_screen
import tables_screen
from incidentmap.gazetteer import region
from incidentmap.model import IncidentmapError
from incidentmap.walks.decide import open_questions
from incidentmap.walks.names import count_open


def _guarded(screen: Callable[[], None]) -> Callable[[], None]:
    """A screen whose known errors are told with what to do, never as a trace."""
    def run() -> None:
        try:
            screen()
        except IncidentmapError as error:
            st.html(
                f'<div class="im-error" role="alert"><strong>{page.tell("screen.error.title")}</strong>'
                f'<p>{escape(str(error))}</p><p>{page.tell("screen.error.todo")}</p></div>'
            )
    return run


def _header() -> None:
    """One line: the name of the program and of the case."""
    try:
        opened_case = opened.workspace()
        where = region(opened_case.region_id) if opened_case.region_id else None
        label = where.label(page.language()) if where else ""
        case = f"{where.name(page.language())}{f' ({label})' if label else ''}" if where else opened_case.folder.name
    except IncidentmapError:
        case = ""
    names = f'<strong>{page.tell("screen.app")}</strong><span>{escape(case)}</span>'
    st.html(f'<header class="im-header" dir="{page.direction()}">{names}</header>')


def _filter_button() -> None:
    """Words on the button that opens the filters on a phone, with how many are set; CSS, for the button is Streamlit's own."""
    count = len(page.set_filters())
    words = page.tell("screen.filter.button.set", count=count) if count else page.tell("screen.filter.button")
    st.html(f'<style>[data-testid="stExpandSidebarButton"]::after {{ content: "{words}"; }}</style>')


def _geocoding_title() -> str:
    """With the number of names that wait for a decision."""
    try:
        count = len(open_questions(opened.workspace()))
    except IncidentmapError:
        count = 0  # the screen itself tells what is wrong
    return page.tell("screen.nav.geocoding.count", count=count) if count else page.tell("screen.nav.geocoding")


def _actors_title() -> str:
    """With the number of names that wait for a decision."""
    try:
        count = count_open(opened.workspace())
    except IncidentmapError:
        count = 0  # the screen itself tells what is wrong
    return page.tell("screen.nav.actors.count", count=count) if count else page.tell("screen.nav.actors")


def main() -> None:
    """Draw the page of this visitor."""
    st.set_page_config(page_title="incidentmap", layout="wide", initial_sidebar_state="auto")
    page.start()
    st.html(Path(__file__).parent / "style.css")
    screens = [
        st.Page(_guarded(map_screen.draw), title=page.tell("screen.nav.map"), url_path="map", default=True),
        st.Page(_guarded(reports_screen.draw), title=page.tell("screen.nav.reports"), url_path="reports"),
        st.Page(_guarded(table_screen.draw), title=page.tell("screen.nav.table"), url_path="table"),
        st.Page(_guarded(tables_screen.draw), title=page.tell("screen.nav.tables"), url_path="imports"),
        st.Page(_guarded(changes_screen.draw), title=page.tell("screen.nav.changes"), url_path="changes"),
        st.Page(_guarded(geocoding_screen.draw), title=_geocoding_title(), url_path="geocoding"),
        st.Page(_guarded(actors_screen.draw), title=_actors_title(), url_path="actors"),
        st.Page(_guarded(about_screen.draw), title=page.tell("screen.nav.about"), url_path="about"),
    ]
    links.know_screens(screens)
    chosen = st.navigation(screens, position="top")
    _header()
    _filter_button()
    chosen.run()
    links.write_link()


main()
