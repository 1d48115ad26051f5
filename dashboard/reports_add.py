"""Add a report: a text that is pasted or files that are chosen go the way of `incidentmap ingest`."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from textwrap import shorten

import streamlit as st

import opened
import page
import review_desk
from incidentmap.model import IncidentmapError, PartialDate, Report, Status
from incidentmap.reports.files import FORMATS, LARGEST_BYTES
from incidentmap.walks.ingest import Ingested, ingest_bytes

_TEXT, _TITLE, _SOURCE, _DAY, _FILES, _SAID, _ROUND = (
    "add_text", "add_title", "add_source", "add_day", "add_files", "add_said", "add_round",
)
_PASTED = "text.txt"
_LONGEST_NAME, _LONGEST_TITLE = 100, 80


def draw_add(*, expanded: bool = False) -> None:
    """Draw the panel, and what came of the last use of it; the report added last is chosen."""
    said: Sequence[tuple[str, str]] = st.session_state.pop(_SAID, ())
    for kind, words in said:
        role = "alert" if kind == "im-notice" else "status"
        st.html(f'<p class="{kind}" role="{role}">{escape(words)}</p>')
    with (
        st.container(key="add"), st.expander(page.tell("add.title"), expanded=expanded),
        st.form("add_report", border=False, enter_to_submit=False),
    ):
        st.text_area(page.tell("add.text"), key=_TEXT, height=160, placeholder=page.tell("add.text.placeholder"))
        left, right = st.columns(2)
        left.text_input(page.tell("add.title.own"), key=_TITLE, max_chars=300)
        right.text_input(page.tell("add.source"), key=_SOURCE, max_chars=300)
        st.date_input(page.tell("add.day"), value=None, key=_DAY, format="DD/MM/YYYY", help=page.tell("add.day.help"))
        st.file_uploader(page.tell("add.files"), type=[each.removeprefix(".") for each in FORMATS], key=_uploads(),
                         accept_multiple_files=True, max_upload_size=LARGEST_BYTES // 1_000_000)
        st.form_submit_button(page.tell("add.button"), type="primary", on_click=_add)


def _uploads() -> str:
    """Key of the file widget: another one after each use, since Streamlit lets nobody empty it."""
    return f"{_FILES}_{st.session_state.get(_ROUND, 0)}"


def _add() -> None:
    """Read what was given; what is refused is told, and a refused text stays where it was typed."""
    text = str(st.session_state[_TEXT])
    done: list[Ingested] = []
    try:
        if text.strip():
            done += ingest_bytes(opened.workspace(), _PASTED, text.encode("utf-8", "replace"), _described)
        for each in st.session_state.get(_uploads()) or ():
            done += ingest_bytes(opened.workspace(), safe_name(each.name), each.getvalue())
    except IncidentmapError as error:
        st.session_state[_SAID] = [*_told(done), ("im-notice", page.tell("add.refused", why=str(error)))]
        return
    st.session_state[_SAID] = _told(done) or [("im-notice", page.tell("add.nothing"))]
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    if any(each.report for each in done if each.path.name == _PASTED):
        st.session_state.update({_TEXT: "", _TITLE: "", _SOURCE: "", _DAY: None})
    _choose([each.report for each in done if each.report])


def safe_name(name: str) -> str:
    """The last part of a file's name without what is no letter or sign, its ending kept: the sender chose it."""
    plain = "".join(letter for letter in name.replace("\\", "/").rsplit("/", 1)[-1] if letter.isprintable()).strip()
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{ending[:10]}"


def _described(report: Report) -> Report:
    """The pasted report with what stands beside its text."""
    day, title, source = (st.session_state[key] for key in (_DAY, _TITLE, _SOURCE))
    own = page.tell("add.pasted") if report.source == _PASTED else report.source
    return replace(
        report, title=str(title).strip() or report.title, source=str(source).strip() or own,
        published=PartialDate.day(day) if day else report.published,
    )


def _told(done: Sequence[Ingested]) -> list[tuple[str, str]]:
    return [_words(each) for each in done]


def _words(each: Ingested) -> tuple[str, str]:
    if each.report is None:
        return "im-notice", page.tell("add.refused", why=each.refusal)
    name = shorten(each.report.title or each.report.source, _LONGEST_TITLE, placeholder="…")
    if each.known:
        return "im-sentence", page.tell("add.known", name=name)
    return "im-sentence", page.tell_count("add.done", each.new_incidents, name=name, count=each.new_incidents)


def _choose(reports: Sequence[Report]) -> None:
    """Put the report added last before the visitor, its most doubtful draft first."""
    if not reports:
        return
    page.choose(review_desk.REPORT, reports[-1].id)
    page.choose(review_desk.STATUS, Status.DRAFT.value)
    own = [each.incident for each in review_desk.queue() if each.incident.report == reports[-1].id]
    drafts = [incident.id for incident in own if incident.status is Status.DRAFT]
    review_desk.show(drafts[0] if drafts else "")
