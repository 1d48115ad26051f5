"""The history of a draft, newest first: who, when, what was before and after, why; the newest can be taken back."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

import page
import review_desk
from incidentmap.maps import day_words, incident_title, place_line, span_words, term
from incidentmap.model import Change, Incident, Location, PartialDate, Review, ReviewAction, ReviewField
from incidentmap.walks import review


def draw(log: Sequence[Review], free: frozenset[int], last: int | None) -> None:
    """Draw a history; `free` are numbers that can be taken back, `last` the one that the key takes back."""
    st.html(f'<h2 class="im-panel">{page.tell("review.history")}</h2>')
    if not log:
        st.html(f'<p class="im-line">{page.tell("review.history.none")}</p>')
        return
    undone = {each.undoes for each in log}
    with st.container(key="log"):
        for made in log:
            _row(made, gone=made.number in undone, free=made.number in free, last=made.number == last)


def words(made: Review) -> str:
    """What was decided, in a line."""
    if made.action is ReviewAction.UNDO:
        return page.tell("geocoding.log.undo", number=made.undoes)
    fields = dict.fromkeys(
        page.tell(f"review.field.{each.field.value}") for each in made.changes
        if each.field not in {ReviewField.REVIEW, ReviewField.STATUS, ReviewField.INCIDENT, ReviewField.EVENT_TYPE}
    )
    told = page.tell(f"review.did.{made.action.value}")
    return f"{told} ({', '.join(fields)})" if fields else told


def _row(made: Review, *, gone: bool, free: bool, last: bool) -> None:
    taken = [page.tell("geocoding.log.undone")] if gone else []
    head = " · ".join([f"{made.number}", _when(made.at), made.who, *taken])
    lines = "".join(f'<p class="im-line">{escape(line)}</p>' for line in _changes(made) if line)
    why = f'<p class="im-line">« {escape(made.why)} »</p>' if made.why else ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"review_row_{made.number}"):
        st.html(f'<div class="im-decision{" im-off" if gone else ""}"><p class="im-line">{escape(head)}</p>'
                f"<p>{escape(words(made))}</p>{lines}{why}</div>")
        if free:
            st.button(page.tell("geocoding.undo"), key=f"review_undo_{made.number}", on_click=review_desk.undo, args=(made,),
                      shortcut="U" if last else None, help=page.tell("geocoding.undo.last", number=made.number))


def _changes(made: Review) -> list[str]:
    return [_change(each) for each in made.changes]


def _change(change: Change) -> str:
    """Before and after; nothing where the line above says it all."""
    if change.field in {ReviewField.CLAIMS, ReviewField.REVIEW, ReviewField.EVENT_TYPE, ReviewField.STATUS}:
        return ""
    if change.field is ReviewField.INCIDENT:
        return incident_title(change.after, page.language()) if isinstance(change.after, Incident) else ""
    before, after = (_value(change.field, each) for each in (change.before, change.after))
    return f"{page.tell(f'review.field.{change.field.value}')} : {before} → {after}"


def _value(field: ReviewField, value: object) -> str:
    language = page.language()
    if field is ReviewField.LOCATION:
        return place_line(value if isinstance(value, Location) else None, inside=None, language=language)
    if field is ReviewField.DATE:
        return _date(value)
    if isinstance(value, tuple):
        return ", ".join(f"{each.name} ({term(language, 'role', each.role.value)})" for each in value) or "–"
    return term(language, "event", str(value)) if value else "–"


def _date(value: object) -> str:
    if not isinstance(value, PartialDate):
        return page.tell("screen.date.unknown")
    return span_words(value.start, value.end, page.language())


def _when(at: str) -> str:
    moment = datetime.fromisoformat(at)
    return f"{day_words(moment.date(), page.language())} {moment:%H:%M} UTC"


def newest_free(log: Sequence[Review]) -> tuple[frozenset[int], int | None]:
    """Numbers that can be taken back in a whole log, and the newest of them."""
    free = review.undoable(log)
    return free, max(free, default=None)
