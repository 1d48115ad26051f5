"""The Geocoding screen: names that a person should decide, their candidates on a map and in words, and the decisions made."""

from collections.abc import Sequence
from html import escape

import streamlit as st
from streamlit_folium import st_folium

import deciding
import decision_log
import geocoding_queue
import ground_files
import opened
import page
import panels
import queue_panel
import views
from deciding import Shown
from incidentmap.gazetteer import boundary, region
from incidentmap.maps import candidate_layers, candidate_map, kind_words, reason_words
from incidentmap.model import Candidate, Place, PlaceKind, Reason
from incidentmap.walks import decide
from incidentmap.walks.decide import OpenQuestion

_HEIGHT = 440
"""Of the frame before the style sheet fits it to the window."""


def draw() -> None:
    """Draw the screen."""
    deciding.start()
    workspace = opened.workspace()
    every, log = decide.open_questions(workspace), decide.log(workspace)
    queue = deciding.filtered(every)
    index = deciding.current(queue) if queue else 0
    geocoding_queue.draw(every, queue, index)
    if not every and not log and not workspace.store.reports():
        views.first_visit()
        return
    with st.container(key="messages"):  # always there: what comes and goes above the map would mount it anew
        _messages()
    if queue:
        _question(deciding.shown(queue[index]), queue, index)
    else:
        _nothing(every)
    decision_log.draw(log)


def _messages() -> None:
    made = deciding.done()
    if deciding.trouble():
        st.html(f'<p class="im-notice" role="alert">{escape(deciding.trouble())}</p>')
    if made:
        st.html(f'<p class="im-sentence" role="status"><strong>{page.tell("geocoding.done")}</strong> · '
                f'{escape(decision_log.words(made))} · <span class="im-line">{page.tell("geocoding.done.undo")}</span></p>')


def _nothing(every: Sequence[OpenQuestion]) -> None:
    if every:
        st.html(f'<p class="im-empty"><strong>{page.tell("geocoding.queue.nomatch")}</strong></p>')
        st.button(page.tell("geocoding.queue.lift"), key="geocoding_lift", on_click=deciding.show_all)
        return
    st.html(f'<p class="im-empty"><strong>{page.tell("geocoding.empty.title")}</strong></p>'
            f'<p class="im-prose">{page.tell("geocoding.empty.text")}</p>')


def _question(shown: Shown, queue: Sequence[OpenQuestion], index: int) -> None:
    left, right = st.columns([3, 2], gap="medium")
    with left:
        with st.container(key="question"):
            queue_panel.moves([each.id for each in queue], index, deciding.show)
            _head(shown)
        with st.container(key="candidates"):
            _map(shown)
        _own(shown.question)
    with right:
        _candidates(shown)
        _decide(shown)


def _head(shown: Shown) -> None:
    asked, question = shown.question.asked, shown.question
    said = ", ".join(part for part in (asked.admin, asked.country) if part)
    parts = [
        page.tell(f"geocoding.status.{question.status}"),
        page.tell_count("geocoding.times", question.count, count=question.count),
        *([page.tell("geocoding.said", where=said)] if said else []),
        page.tell("geocoding.from", origin=_origin(question)),
    ]
    chosen = shown.resolution.chosen
    doubts = [why for why in shown.resolution.reasons if not chosen or why not in chosen.reasons]
    st.html(
        f'<h1 class="im-title">{escape(asked.name)}</h1><p class="im-line">{escape(" · ".join(parts))}</p>'
        f"{_sentence(question)}{_reasons(doubts)}"
    )


def _origin(question: OpenQuestion) -> str:
    report = opened.workspace().store.report(question.origin)
    return (report.title or report.source) if report else question.origin


def _sentence(question: OpenQuestion) -> str:
    """The words around the name, with the name marked; every character escaped."""
    words, start, end = question.sentence, question.start, question.end
    if not words.strip():
        return f'<p class="im-line">{page.tell("geocoding.nosentence")}</p>'
    before, name, after = (escape(part) for part in (words[:start], words[start:end], words[end:]))
    return f'<blockquote class="im-quote">{before}<mark class="im-place">{name}</mark>{after}</blockquote>'


def _reasons(reasons: Sequence[Reason]) -> str:
    items = "".join(f"<li>{escape(reason_words(page.language(), why))}</li>" for why in reasons)
    return f'<ul class="im-notes">{items}</ul>' if items else ""


def _map(shown: Shown) -> None:
    where = region(case) if (case := opened.workspace().region_id) else None
    theme, language, own = page.theme(), page.language(), deciding.own_position()
    base = candidate_map(
        assets=ground_files.declare_assets(), region=where, theme=theme, language=language, credit=views.credit(),
    )
    layers = candidate_layers(
        shown.question.id, shown.candidates, region=where, theme=theme, language=language, outline=boundary,
        own=(own, float(page.choice(deciding.RADIUS))) if own else None,
    )
    st_folium(base, key=deciding.MAP, height=_HEIGHT, use_container_width=True, returned_objects=[],
              feature_group_to_add=layers, on_change=lambda: deciding.from_map(shown.question))


def _own(question: OpenQuestion) -> None:
    kinds = {kind.value: kind_words(page.language(), kind) for kind in PlaceKind}
    st.html(f'<p class="im-line im-own"><b>{page.tell("geocoding.own")}</b>{page.tell("geocoding.own.help")}</p>')
    with st.container(horizontal=True, vertical_alignment="bottom", key="own"):
        st.text_input(page.tell("geocoding.own.at"), **page.bound(deciding.AT), placeholder="15.93, -3.99", width=190)
        st.number_input(page.tell("geocoding.own.radius"), **page.bound(deciding.RADIUS), min_value=0.1, max_value=1000.0,
                        step=1.0, format="%g", width=120)
        st.selectbox(page.tell("geocoding.own.kind"), list(kinds), **page.bound(deciding.KIND), format_func=kinds.__getitem__,
                     width=150)
        st.button(page.tell("geocoding.own.set"), key="own_set", shortcut="O", on_click=deciding.override, args=(question,),
                  disabled=not str(page.choice(deciding.AT)).strip())


def _candidates(shown: Shown) -> None:
    count = len(shown.candidates)
    head = page.tell_count("geocoding.candidates", count, count=count) if count else page.tell("geocoding.candidates.none")
    st.html(f'<h2 class="im-panel">{head}</h2>')
    with st.container(key="picks"):
        for number, candidate in enumerate(shown.numbered, 1):
            with st.container(horizontal=True, key=f"candidate_{number}"):
                _candidate(candidate, shown.question, number)
    if count > len(shown.numbered):
        st.html(f'<p class="im-line">{page.tell("geocoding.candidates.rest", count=count - len(shown.numbered))}</p>')
    if not count:
        st.html(f'<p class="im-empty">{page.tell("geocoding.candidates.todo")}</p>')
    _another_spelling(shown)


def _candidate(candidate: Candidate, question: OpenQuestion, number: int) -> None:
    name = panels.plain(" ".join(candidate.place.name.split())) or "–"
    st.button(name, key=f"pick_{number}", shortcut=str(number), width=170, wrap=False, on_click=deciding.pick,
              args=(question, candidate.place.id), type="primary" if number == 1 else "secondary")
    st.html(_details(candidate, shown=number == 1))


def _details(candidate: Candidate, *, shown: bool) -> str:
    """What speaks for a candidate, folded but for the first."""
    place, language = candidate.place, page.language()
    admin = ", ".join(dict.fromkeys(part for part in (place.admin2, place.admin1, place.country) if part))
    parts = [kind_words(language, place.kind), admin, _away(place), page.tell("geocoding.radius", km=f"{place.radius_km:g}")]
    if place.population:
        parts.append(page.tell("geocoding.population", count=f"{place.population:,}".replace(",", "\u202f")))
    score = page.tell("geocoding.score", score=f"{candidate.score:.2f}")
    note = f'<p class="im-line">{escape(place.note)}</p>' if place.note else ""
    return (
        f'<div class="im-candidate"><p class="im-line">{escape(" · ".join(part for part in parts if part))}</p>'
        f'<details{" open" if shown else ""}><summary>{score} · {page.tell("geocoding.why")}</summary>'
        f"{_reasons(candidate.reasons)}{note}</details></div>"
    )


def _away(place: Place) -> str:
    """How far a place lies from the region of interest; without a region nothing is said."""
    case = opened.workspace().region_id
    if not case:
        return ""
    where = region(case)
    if where.contains(place.position):
        return page.tell("geocoding.inside")
    return page.tell("geocoding.away", km=f"{where.distance_km(place.position):.0f}")


def _another_spelling(shown: Shown) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="spelling"):
        st.text_input(page.tell("geocoding.search"), **page.bound(deciding.SEARCHED),
                      placeholder=page.tell("geocoding.search.placeholder"))
        for number, name in enumerate(shown.resolution.nearest[:5]):
            st.button(panels.plain(name), key=f"nearest_{number}", type="tertiary", on_click=deciding.look_up, args=(name,),
                      help=page.tell("geocoding.nearest"), width="content")


def _decide(shown: Shown) -> None:
    question = shown.question
    st.text_input(page.tell("geocoding.note"), **page.bound(deciding.WHY), placeholder=page.tell("geocoding.note.placeholder"))
    if question.asked.report:
        st.checkbox(page.tell("geocoding.scope"), **page.bound(deciding.ALONE), help=page.tell("geocoding.scope.help"))
    st.button(page.tell("geocoding.reject"), key="reject", shortcut="X", on_click=deciding.reject, args=(question,))
