"""The decisions made, newest first: who, when, what and why; each can be taken back."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

import deciding
import page
from incidentmap.maps import day_words, kind_words
from incidentmap.model import Decision, Verdict

_MOST = 20
"""Decisions listed; the command line has them all."""


def draw(log: Sequence[Decision]) -> None:
    """Draw the log, newest first, with a button for each that holds; the key takes the newest back."""
    st.html(f'<h2 class="im-panel">{page.tell("geocoding.log")}</h2>')
    if not log:
        st.html(f'<p class="im-line">{page.tell("geocoding.log.none")}</p>')
        return
    standing = deciding.standing(log)
    with st.container(key="log"):
        for decision in log[:_MOST]:
            _row(decision, holds=decision in standing, last=bool(standing) and decision == standing[0])
    if len(log) > _MOST:
        st.html(f'<p class="im-line">{escape(page.tell("geocoding.log.more", count=len(log) - _MOST))}</p>')


def words(decision: Decision) -> str:
    """What was decided, in words."""
    name, place = decision.asked.name, decision.place
    if decision.verdict is Verdict.UNDO:
        return page.tell("geocoding.log.undo", number=decision.undoes)
    if place is None:
        return page.tell("geocoding.log.reject", name=name)
    if decision.verdict is Verdict.OVERRIDE:
        return page.tell("geocoding.log.override", name=name, lat=f"{place.position.lat:.4f}", lon=f"{place.position.lon:.4f}",
                         km=f"{place.radius_km:g}", kind=kind_words(page.language(), place.kind))
    where = ", ".join(dict.fromkeys(part for part in (place.name, place.admin2, place.admin1, place.country) if part))
    return page.tell("geocoding.log.pick", name=name, place=where)


def _row(decision: Decision, *, holds: bool, last: bool) -> None:
    taken_back = decision.verdict is not Verdict.UNDO and not holds
    more = [page.tell("geocoding.log.alone")] if decision.asked.report else []
    more += [page.tell("geocoding.log.undone")] if taken_back else []
    head = " · ".join([f"{decision.number}", _when(decision.at), decision.who, *more])
    why = f'<p class="im-line">{escape(decision.why)}</p>' if decision.why else ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"decision_{decision.number}"):
        st.html(f'<div class="im-decision{" im-off" if taken_back else ""}"><p class="im-line">{escape(head)}</p>'
                f"<p>{escape(words(decision))}</p>{why}</div>")
        if holds:
            st.button(page.tell("geocoding.undo"), key=f"undo_{decision.number}", on_click=deciding.undo, args=(decision,),
                      shortcut="U" if last else None, help=page.tell("geocoding.undo.last", number=decision.number))


def _when(at: str) -> str:
    """A moment in UTC, as the log keeps it, in the words of the page."""
    moment = datetime.fromisoformat(at)
    return f"{day_words(moment.date(), page.language())} {moment:%H:%M} UTC"
