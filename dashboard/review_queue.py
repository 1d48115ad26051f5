"""The queue of drafts, in the side panel: report, status, drafts by doubt; who decides; the keys."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

import deciding
import page
import panels
import review_desk
import sidebar
from incidentmap.maps import incident_title, term
from incidentmap.model import IN_REVIEW, Status
from incidentmap.walks.review_queue import Queued

_MOST = 40
"""Drafts listed at a time, around the one that is reviewed."""
_KEYS = (("A", "accept"), ("E", "edit"), ("S", "split"), ("M", "merge"), ("X", "reject"), ("U", "undo"), ("J K", "move"))
_MORE_KEYS = (("P", "see"), ("T", "part"))
"""Of likely duplicates and merged incidents."""


def draw(every: Sequence[Queued], rows: Sequence[Queued], index: int, reports: Mapping[str, str]) -> None:
    """Draw the panel: all incidents, those in the queue, which of them is shown; `reports` are names by id."""
    drafts = sum(each.incident.status is Status.DRAFT for each in every)
    words = page.tell("review.menu", count=drafts)
    st.html(f'<style>[data-testid="stExpandSidebarButton"]::after {{ content: "{words}" !important; }}</style>')
    with st.sidebar:
        st.text_input(page.tell("geocoding.who"), **page.bound(deciding.WHO), help=page.tell("geocoding.who.help"))
        if not str(page.choice(deciding.WHO)).strip():
            st.html(f'<p class="im-notice" role="alert">{page.tell("geocoding.who.missing")}</p>')
        if reports:
            st.html(f'<h2 class="im-panel">{page.tell("review.queue")}</h2>')
            _filters(every, reports)
        if rows:
            _drafts(rows, index)
            _keys()
        sidebar.language_choice()


def moves(rows: Sequence[Queued], index: int) -> None:
    """Draw the way to the draft before and the next one."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", key="review_moves"):
        _move("↑", "previous", "K", rows, index - 1)
        st.html(f'<span class="im-line">{page.tell("geocoding.queue.place", place=index + 1, total=len(rows))}</span>',
                width="content")
        _move("↓", "next", "J", rows, index + 1)


def _filters(every: Sequence[Queued], reports: Mapping[str, str]) -> None:
    if page.choice(review_desk.REPORT) not in reports:
        page.choose(review_desk.REPORT, review_desk.EVERY)
    names = {review_desk.EVERY: page.tell("review.reports.all", count=len(reports))} | dict(reports)
    st.selectbox(page.tell("screen.reports.choose"), list(names), **page.bound(review_desk.REPORT),
                 format_func=names.__getitem__)
    report = page.choice(review_desk.REPORT)
    counts = Counter(each.incident.status.value for each in every
                     if report == review_desk.EVERY or report in each.reports)
    options = [status.value for status in IN_REVIEW]
    labels = {key: f"{page.tell(f'review.status.{key}')} {counts[key]}" for key in options}
    with st.container(key="review_statuses"):
        st.segmented_control(page.tell("screen.filter.status"), options, **page.bound(review_desk.STATUS), required=True,
                             format_func=labels.__getitem__, label_visibility="collapsed")


def _drafts(rows: Sequence[Queued], index: int) -> None:
    first = max(0, min(index - _MOST // 2, len(rows) - _MOST))
    with st.container(key="queue"):
        for place, row in enumerate(rows[first:first + _MOST], first):
            st.button(_label(row), key=f"open_{row.incident.id}", width="stretch", wrap=False,
                      type="secondary" if place == index else "tertiary", on_click=review_desk.show, args=(row.incident.id,))
    hidden = len(rows) - min(len(rows), _MOST)
    if hidden:
        st.html(f'<p class="im-line">{page.tell("review.queue.more", count=hidden)}</p>')


def _label(row: Queued) -> str:
    title = panels.plain(" ".join(_title(row).split())) or "–"
    return f":gray[:small[{len(row.incident.review)}]] {title}"


def _title(row: Queued) -> str:
    """The place first: a narrow panel cuts the end."""
    incident, language = row.incident, page.language()
    if incident.location is None:
        return incident_title(incident, language)
    return f"{incident.location.name} · {term(language, 'event', incident.sub_event_type or incident.event_type)}"


def _move(label: str, name: str, key: str, rows: Sequence[Queued], to: int) -> None:
    there = 0 <= to < len(rows)
    st.button(label, key=f"review_{name}", shortcut=key, disabled=not there, help=page.tell(f"geocoding.queue.{name}"),
              on_click=review_desk.show, args=(rows[to].incident.id if there else "",))


def _keys() -> None:
    words = "".join(f'<div><kbd>{keys}</kbd> {page.tell(f"review.keys.{name}")}</div>' for keys, name in _KEYS)
    words += "".join(f'<div><kbd>{keys}</kbd> {page.tell(f"duplicates.keys.{name}")}</div>' for keys, name in _MORE_KEYS)
    st.html(f'<h2 class="im-panel">{page.tell("geocoding.keys")}</h2><div class="im-keys">{words}</div>')
