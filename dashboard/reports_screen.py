"""The Reports screen: the queue of drafts by doubt, a report's text with the chosen draft's words, its fields, decisions."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

import duplicates_desk
import duplicates_log
import duplicates_panel
import opened
import page
import panels
import reports_add
import review_desk
import review_divide
import review_fields
import review_form
import review_log
import review_queue
import views
from incidentmap.maps import incident_title, span_words, term, web_address
from incidentmap.model import Incident, MentionKind, Reading, Report, Status
from incidentmap.walks.review_queue import Queued
from marked_text import marked_html


def draw() -> None:
    """Draw the screen."""
    review_desk.start()
    duplicates_desk.start()
    pairs, every = duplicates_desk.likely(duplicates_desk.pairs()), review_desk.queue()
    if every:
        _sections(len(pairs), sum(each.incident.status is Status.DRAFT for each in every))
    if every and page.choice(duplicates_desk.SECTION) == duplicates_desk.PAIRS:
        duplicates_panel.draw(pairs)
    else:
        _draw_review(every)


def _sections(pairs: int, drafts: int) -> None:
    counts = {duplicates_desk.REVIEW: drafts, duplicates_desk.PAIRS: pairs}
    names = {key: page.tell(f"duplicates.section.{key}", count=count) for key, count in counts.items()}
    st.segmented_control(page.tell("duplicates.section"), list(names), **page.bound(duplicates_desk.SECTION), required=True,
                         format_func=names.__getitem__, label_visibility="collapsed")


def _draw_review(every: Sequence[Queued]) -> None:
    reports = {report.id: report for report in opened.workspace().store.reports()}
    rows = review_desk.narrowed(every)
    index = review_desk.current(rows) if rows else 0
    review_queue.draw(every, rows, index, {key: _name(report) for key, report in reports.items()})
    if not reports:
        views.first_visit()
        return
    reports_add.draw_add()
    with st.container(key="messages"):
        _messages()
    if rows:
        _review(rows, index, every, reports)
    else:
        _nothing(reports)


def _name(report: Report) -> str:
    when = report.published
    day = span_words(when.start, when.end, page.language()) if when else page.tell("screen.reports.undated")
    return f"{report.title or report.source} · {day}"


def _messages() -> None:
    made = review_desk.done()
    if review_desk.trouble():
        lead = f"<strong>{page.tell('review.conflict')}</strong> " if review_desk.conflict() else ""
        st.html(f'<p class="im-notice" role="alert">{lead}{escape(review_desk.trouble())}</p>')
    if made:
        st.html(f'<p class="im-sentence" role="status"><strong>{page.tell("geocoding.done")}</strong> · '
                f'{escape(review_log.words(made))} · <span class="im-line">{page.tell("geocoding.done.undo")}</span></p>')


def _nothing(reports: Mapping[str, Report]) -> None:
    """Nothing in the queue: the chosen report's text all the same."""
    status = page.choice(review_desk.STATUS)
    st.html(f'<p class="im-empty"><strong>{page.tell(f"review.empty.{status}")}</strong></p>')
    log = opened.workspace().store.reviews.all()[::-1]
    chosen = reports.get(str(page.choice(review_desk.REPORT)))
    if chosen:
        _text(chosen, opened.workspace().store.reading(chosen.id), None)
        log = tuple(each for each in log if each.report == chosen.id)
    if log:
        free, last = review_log.newest_free(log)
        review_log.draw(log[:20], free, last)


def _review(rows: Sequence[Queued], index: int, every: Sequence[Queued], reports: Mapping[str, Report]) -> None:
    row = rows[index]
    told = review_desk.part(row)
    report = reports[told.incident.report]
    read = opened.workspace().store.reading(report.id)
    left, right = st.columns([3, 2], gap="large")
    with left:  # first: the links of the draft lead into it
        _text(report, read, told.incident)
    with right, st.container(key="draft"):
        review_queue.moves(rows, index)
        _head(row.incident)
        _work(row, told, every, read)
        if not review_desk.mode():
            _merges(row)


def _head(incident: Incident) -> None:
    language = page.language()
    status = f'<span class="im-status im-{incident.status.value}">{term(language, "status", incident.status.value)}</span>'
    st.html(f'<p class="im-line">{status}</p><h1 class="im-title">{escape(incident_title(incident, language))}</h1>'
            f"{review_fields.doubts_html(incident)}")


def _work(row: Queued, told: Queued, every: Sequence[Queued], read: Reading | None) -> None:
    """The decisions, then what the visitor is about to do, else the draft's fields as its report tells them; its history."""
    mode = review_desk.mode()
    if not mode:
        _decisions(row, told, every)
        _parts(row, told)
    st.text_input(page.tell("geocoding.note"), **page.bound(review_desk.WHY),
                  placeholder=page.tell("geocoding.note.placeholder"))
    if mode == review_desk.EDIT:
        review_form.draw(told)
    elif mode == review_desk.SPLIT:
        review_divide.draw_split(told)
    elif mode == review_desk.MERGE:
        review_divide.draw_merge(told, every)
    if mode != review_desk.EDIT or review_desk.conflict():
        mentions, shared = (read.mentions, read.report_claims) if read else ((), ())
        st.html(review_fields.draft_html(told.incident, mentions, shared))
    whole = opened.workspace().store.reviews.all()
    free, last = review_log.newest_free(whole)
    own = [each for each in whole[::-1] if row.ids & set(each.incidents)]
    review_log.draw(own, free, last if not mode else None)
    if not mode and last is not None and last not in {each.number for each in own}:
        _undo_last(last)


def _undo_last(last: int) -> None:
    """The key takes the newest decision back, also where it was about another draft."""
    made = next(each for each in opened.workspace().store.reviews.all() if each.number == last)
    st.button(page.tell("geocoding.undo.last", number=last), key="review_undo_last", shortcut="U", type="tertiary",
              on_click=review_desk.undo, args=(made,))


def _parts(row: Queued, told: Queued) -> None:
    """Of a merged incident: whose text is shown, and the way to the next one."""
    if not row.parts:
        return
    ids = [each.incident.id for each in row.parts]
    names = opened.workspace().store.report_names(row.reports)
    following = ids[(ids.index(told.incident.id) + 1) % len(ids)]
    st.html(f'<h2 class="im-panel">{page.tell("duplicates.parts")}</h2>'
            f'<p class="im-line">{page.tell("duplicates.parts.help")}</p>')
    with st.container(horizontal=True, key="parts"):
        for number, each in enumerate(row.parts, 1):
            label = f"{number} · {panels.plain(names[each.incident.report]) or '–'}"
            st.button(label, key=f"part_{each.incident.id}", type="secondary" if each is told else "tertiary", wrap=False,
                      on_click=review_desk.show_part, args=(each.incident.id,))
        st.button(page.tell("duplicates.part.next"), key="part_next", shortcut="T", on_click=review_desk.show_part,
                  args=(following,))


def _merges(row: Queued) -> None:
    """What was said of the incident as a duplicate, with who and when."""
    about = duplicates_log.about(opened.workspace().store.merges.all(), row.ids)
    if about:
        duplicates_log.draw(about, key=False)


def _decisions(row: Queued, told: Queued, every: Sequence[Queued]) -> None:
    incident = row.incident
    with st.container(horizontal=True, key="review_buttons"):
        if incident.status is Status.DRAFT:
            st.button(page.tell("review.accept"), key="accept", shortcut="A", type="primary", on_click=review_desk.accept,
                      args=(row,))
        else:
            st.button(page.tell("review.reopen"), key="reopen", shortcut="O", on_click=review_desk.reopen, args=(row,))
        st.button(page.tell("review.edit"), key="edit", shortcut="E", on_click=review_desk.enter,
                  args=(review_desk.EDIT, lambda: review_form.fill(told)))
        st.button(page.tell("review.split"), key="split", shortcut="S", on_click=review_desk.enter,
                  args=(review_desk.SPLIT, lambda: review_divide.begin_split(told)))
        st.button(page.tell("review.merge"), key="merge", shortcut="M", on_click=review_desk.enter, args=(review_desk.MERGE,),
                  disabled=not review_divide.others(told, every))
        if incident.status is not Status.REJECTED:
            st.button(page.tell("review.reject"), key="reject", shortcut="X", on_click=review_desk.reject, args=(row,))
        if row.likely:
            st.button(page.tell_count("duplicates.button", len(row.likely), count=len(row.likely)), key="likely", shortcut="P",
                      on_click=duplicates_desk.show, args=(row.likely[0].ids,))


def _text(report: Report, read: Reading | None, incident: Incident | None) -> None:
    mentions, warnings = (read.mentions, read.warnings) if read else ((), ())
    titles = {kind.value: page.tell(f"screen.reports.{kind.value}") for kind in MentionKind}
    key = " ".join(f'<mark class="im-{kind}">{escape(name)}</mark>' for kind, name in titles.items())
    own = review_fields.spans_of(incident, mentions) if incident else ()
    strong = f'<span class="im-strong">{page.tell("review.strong")}</span>' if own else ""
    head = f"<b>{escape(_name(report))}</b><br>{escape(report.source)}{_link(report)}"
    st.html(f'<p class="im-kinds">{head}<br>{key} {strong}</p>')
    with st.container(key="report_text"):
        st.html(marked_html(report.text, mentions, titles, own))
        if warnings:
            st.html(f'<h3 class="im-panel">{page.tell("screen.reports.warnings")}</h3>{review_fields.reasons_html(warnings)}')


def _link(report: Report) -> str:
    address, words = web_address(report.url), page.tell("screen.reports.source")
    return f' · <a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{words}</a>' if address else ""
