"""Splitting a draft in two, and putting another draft of its report into it."""

from collections.abc import Sequence

import streamlit as st

import deciding
import opened
import page
import review_desk
import review_form
from incidentmap.maps import date_line, incident_title
from incidentmap.model import Status
from incidentmap.walks import review
from incidentmap.walks.review_queue import Queued

OTHER = "merge_other"


def begin_split(row: Queued) -> None:
    """Empty the fields of a split."""
    review_form.forget_place()
    for number in range(len(row.incident.claims)):
        st.session_state[f"split_claim_{number}"] = False


def draw_split(row: Queued) -> None:
    """Which claims go to the second incident, and where it was."""
    with st.container(key="review_form"):
        st.html(f'<p class="im-prose">{page.tell("review.split.help")}</p>')
        for number, claim in enumerate(row.incident.claims):
            st.checkbox(review_form.claim_words(claim), key=f"split_claim_{number}", help=claim.span.quote)
        review_form.place_fields()
        _buttons("review.split.do", "split_save", lambda: _split(row))


def draw_merge(row: Queued, every: Sequence[Queued]) -> None:
    """Which other draft of the report goes into this one."""
    rows = {each.incident.id: each for each in others(row, every)}
    names = {key: f"{incident_title(each.incident, page.language())} · {date_line(each.incident, page.language())}"
             for key, each in rows.items()}
    with st.container(key="review_form"):
        st.html(f'<p class="im-prose">{page.tell("review.merge.help")}</p>')
        st.selectbox(page.tell("review.merge.other"), list(names), key=OTHER, format_func=names.__getitem__)
        _buttons("review.merge.do", "merge_save", lambda: _merge(row, rows))


def others(row: Queued, every: Sequence[Queued]) -> list[Queued]:
    """Incidents of the same report that can be put into a draft."""
    own = row.incident
    parts = (part for each in every for part in each.told)
    return [each for each in parts if each.incident.report == own.report and each.incident.id != own.id
            and each.incident.status is not Status.REJECTED]


def _buttons(words: str, key: str, act: object) -> None:
    with st.container(horizontal=True):
        st.button(page.tell(words), key=key, type="primary", shortcut="Ctrl+Enter", on_click=act)  # type: ignore[arg-type]
        st.button(page.tell("review.cancel"), key="divide_cancel", on_click=review_desk.leave)


def _split(row: Queued) -> None:
    going = [number + 1 for number in range(len(row.incident.claims)) if st.session_state.get(f"split_claim_{number}")]
    review_desk.make(lambda: review.split(
        opened.workspace(), row.incident.id, going, review_form.place_wanted(row.incident), deciding.who(), row.version,
        page.choice(review_desk.WHY),
    ))


def _merge(row: Queued, rows: dict[str, Queued]) -> None:
    other = rows[str(st.session_state[OTHER])]
    review_desk.make(lambda: review.merge_drafts(
        opened.workspace(), row.incident.id, other.incident.id, deciding.who(), row.version, other.version,
        page.choice(review_desk.WHY),
    ))
