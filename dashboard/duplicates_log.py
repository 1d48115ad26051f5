"""What people said of duplicates, newest first: who, when, why; each can be taken back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from html import escape

import streamlit as st

import duplicates_desk
import page
from incidentmap.maps import day_words
from incidentmap.model import MergeRecord, MergeVerdict

_MOST = 20
"""Records listed; the command line has them all."""


def draw(log: Sequence[MergeRecord], *, key: bool) -> None:
    """Draw records, newest first, with a button for each that stands; `key` says whether the newest has a key too."""
    standing = duplicates_desk.standing()
    free = {each.number for each in standing}
    st.html(f'<h2 class="im-panel">{page.tell("duplicates.log")}</h2>')
    if not log:
        st.html(f'<p class="im-line">{page.tell("duplicates.log.none")}</p>')
        return
    with st.container(key="merge_log"):
        for each in log[:_MOST]:
            last = key and bool(standing) and each.number == standing[0].number
            said = each.verdict is not MergeVerdict.UNDO
            _row(each, gone=said and each.number not in free, free=each.number in free, last=last)
    if len(log) > _MOST:
        st.html(f'<p class="im-line">{page.tell("duplicates.log.more", count=len(log) - _MOST)}</p>')


def about(log: Sequence[MergeRecord], ids: Collection[str]) -> list[MergeRecord]:
    """Records of a log about some incidents, with what took them back, newest first."""
    own = {each.number for each in log if set(ids) & set(each.incidents)}
    return [each for each in log[::-1] if each.number in own or each.undoes in own]


def words(record: MergeRecord) -> str:
    """What was said, in a line."""
    if record.verdict is MergeVerdict.UNDO:
        return page.tell("geocoding.log.undo", number=record.undoes)
    return page.tell(f"duplicates.said.{record.verdict.value}", count=len(record.incidents))


def _row(record: MergeRecord, *, gone: bool, free: bool, last: bool) -> None:
    taken = [page.tell("geocoding.log.undone")] if gone else []
    moment = datetime.fromisoformat(record.at)
    when = f"{day_words(moment.date(), page.language())} {moment:%H:%M} UTC"
    head = " · ".join([f"{record.number}", when, record.who, *taken])
    why = f'<p class="im-line">« {escape(record.why)} »</p>' if record.why else ""
    names = f'<p class="im-line">{escape(" ".join(record.incidents))}</p>' if record.incidents else ""
    help_words = page.tell("geocoding.undo.last", number=record.number)
    with st.container(horizontal=True, vertical_alignment="center", key=f"merge_row_{record.number}"):
        st.html(f'<div class="im-decision{" im-off" if gone else ""}"><p class="im-line">{escape(head)}</p>'
                f"<p>{escape(words(record))}</p>{names}{why}</div>")
        if free:
            st.button(page.tell("geocoding.undo"), key=f"merge_undo_{record.number}", on_click=duplicates_desk.undo,
                      args=(record,), shortcut="Z" if last else None, help=help_words)
