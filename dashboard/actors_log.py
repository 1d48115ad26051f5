"""The namings made, newest first: who, when, what and why; each can be taken back."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

import actors_desk
import page
from incidentmap.maps import day_words
from incidentmap.model import Naming, NamingVerdict
from incidentmap.registry import actor_name

_MOST = 20
"""Namings listed; the command line has them all."""


def draw(log: Sequence[Naming]) -> None:
    """Draw the log, newest first, with a button for each that holds; the key takes the newest back."""
    st.html(f'<h2 class="im-panel">{page.tell("geocoding.log")}</h2>')
    if not log:
        st.html(f'<p class="im-line">{page.tell("geocoding.log.none")}</p>')
        return
    standing = actors_desk.standing(log)
    with st.container(key="log"):
        for naming in log[:_MOST]:
            _row(naming, holds=naming in standing, last=bool(standing) and naming == standing[0])
    if len(log) > _MOST:
        st.html(f'<p class="im-line">{escape(page.tell("actors.log.more", count=len(log) - _MOST))}</p>')


def words(naming: Naming) -> str:
    """What was decided, in words."""
    if naming.verdict is NamingVerdict.UNDO:
        return page.tell("geocoding.log.undo", number=naming.undoes)
    if naming.verdict is NamingVerdict.NOT_AN_ACTOR:
        return page.tell("actors.log.none", name=naming.name)
    if naming.own:
        kind = page.tell(f"actors.kind.{naming.own.inter}")
        return page.tell("actors.log.new", name=naming.name, actor=naming.own.name, kind=kind)
    return page.tell("actors.log.same", name=naming.name, actor=actor_name(naming.actor, page.language()))


def _row(naming: Naming, *, holds: bool, last: bool) -> None:
    taken_back = naming.verdict is not NamingVerdict.UNDO and not holds
    moment = datetime.fromisoformat(naming.at)
    when = f"{day_words(moment.date(), page.language())} {moment:%H:%M} UTC"
    head = " · ".join([f"{naming.number}", when, naming.who, *([page.tell("geocoding.log.undone")] if taken_back else [])])
    why = f'<p class="im-line">{escape(naming.why)}</p>' if naming.why else ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"naming_{naming.number}"):
        st.html(f'<div class="im-decision{" im-off" if taken_back else ""}"><p class="im-line">{escape(head)}</p>'
                f"<p>{escape(words(naming))}</p>{why}</div>")
        if holds:
            st.button(page.tell("geocoding.undo"), key=f"undo_{naming.number}", on_click=actors_desk.undo, args=(naming,),
                      shortcut="U" if last else None, help=page.tell("geocoding.undo.last", number=naming.number))
