"""The Actors screen: names that nobody knows, whose they may be, and the registry of all known actors."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

import actors_desk
import actors_log
import actors_queue
import opened
import page
import panels
import queue_panel
import views
from incidentmap.maps import reason_words
from incidentmap.model import OWN, Actor, Report
from incidentmap.registry import actor_name, actors
from incidentmap.walks import names
from incidentmap.walks.names import Alike, OpenName

_REPORTS = 8
"""Reports listed for a name."""


def draw() -> None:
    """Draw the screen."""
    actors_desk.start()
    workspace = opened.workspace()
    every, log = names.open_names(workspace), names.log(workspace)
    queue = actors_desk.filtered(every)
    index = actors_desk.current(queue) if queue else 0
    actors_queue.draw(every, queue, index)
    if not workspace.store.reports():
        views.first_visit()
        return
    with st.container(key="messages"):  # always there: what comes and goes above the name would draw it anew
        _messages()
    if queue:
        _name(queue, index)
    else:
        _nothing(every)
    actors_log.draw(log)
    _registry()


def _messages() -> None:
    made = actors_desk.done()
    if actors_desk.trouble():
        st.html(f'<p class="im-notice" role="alert">{escape(actors_desk.trouble())}</p>')
    if made:
        st.html(f'<p class="im-sentence" role="status"><strong>{page.tell("geocoding.done")}</strong> · '
                f'{escape(actors_log.words(made))} · <span class="im-line">{page.tell("geocoding.done.undo")}</span></p>')


def _nothing(every: Sequence[OpenName]) -> None:
    if every:
        st.html(f'<p class="im-empty"><strong>{page.tell("geocoding.queue.nomatch")}</strong></p>')
        st.button(page.tell("geocoding.queue.lift"), key="actors_lift", on_click=actors_desk.show_all)
        return
    st.html(f'<p class="im-empty"><strong>{page.tell("geocoding.empty.title")}</strong></p>'
            f'<p class="im-prose">{page.tell("actors.empty.text")}</p>')


def _name(queue: Sequence[OpenName], index: int) -> None:
    found = queue[index]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        with st.container(key="question"):
            queue_panel.moves([each.id for each in queue], index, actors_desk.show)
            _head(found)
        _decide(found)
    with right:
        _candidates(found, names.alike(opened.workspace(), found.name))
    _new(found)


def _head(found: OpenName) -> None:
    count = page.tell_count("actors.times", found.count, count=found.count)
    where = page.tell_count("actors.reports", len(found.reports), count=len(found.reports))
    before, name, after = (escape(part) for part in (
        found.words[:found.start], found.words[found.start:found.end], found.words[found.end:],
    ))
    reasons = "".join(f"<li>{escape(reason_words(page.language(), why))}</li>" for why in found.why)
    reports = [opened.workspace().store.report(each) for each in found.reports[:_REPORTS]]
    titles = "".join(f"<li>{escape(_title(each))}</li>" for each in reports if each)
    st.html(
        f'<h1 class="im-title">{escape(found.name)}</h1><p class="im-line">{escape(f"{count} {where}")}</p>'
        f'<blockquote class="im-quote">… {before}<mark class="im-actor">{name}</mark>{after} …</blockquote>'
        f'<ul class="im-notes">{reasons}</ul><h2 class="im-panel">{page.tell("actors.where")}</h2>'
        f'<ul class="im-notes">{titles}</ul>'
    )


def _title(report: Report) -> str:
    return " · ".join(part for part in (report.title or report.id, report.source) if part)


def _candidates(found: OpenName, candidates: Sequence[Alike]) -> None:
    head = page.tell("actors.candidates") if candidates else page.tell("actors.candidates.none")
    st.html(f'<h2 class="im-panel">{head}</h2>')
    with st.container(key="picks"):
        for number, each in enumerate(candidates, 1):
            with st.container(horizontal=True, key=f"candidate_{number}"):
                _candidate(found, each, number)
    known = {actors_desk.NOBODY: page.tell("actors.known.choose")} | {each.id: _choice(each) for each in _takers()}
    with st.container(horizontal=True, vertical_alignment="bottom", key="known"):
        st.selectbox(page.tell("actors.known"), list(known), **page.bound(actors_desk.KNOWN), format_func=known.__getitem__)
        chosen = str(page.choice(actors_desk.KNOWN))
        st.button(page.tell("actors.known.set"), key="known_set", disabled=not chosen, on_click=actors_desk.same_as,
                  args=(found, chosen))


def _candidate(found: OpenName, each: Alike, number: int) -> None:
    name = actor_name(each.actor.id, page.language())
    st.button(panels.plain(name), key=f"pick_{number}", shortcut=str(number), width=170, wrap=False,
              on_click=actors_desk.same_as, args=(found, each.actor.id))
    parts = [_long_name(each.actor), _kind(each.actor), _life(each.actor)]
    st.html(f'<div class="im-candidate"><p class="im-line">{escape(" · ".join(part for part in parts if part))}</p></div>')


def _decide(found: OpenName) -> None:
    st.text_input(page.tell("geocoding.note"), **page.bound(actors_desk.WHY),
                  placeholder=page.tell("geocoding.note.placeholder"))
    st.button(page.tell("actors.none"), key="reject", shortcut="X", on_click=actors_desk.not_an_actor, args=(found,))


def _new(found: OpenName) -> None:
    kinds = {kind: page.tell(f"actors.kind.{kind}") for kind in actors_desk.KINDS}
    parents = {actors_desk.NOBODY: page.tell("actors.new.noparent")} | {each.id: _choice(each) for each in _takers()}
    st.html(f'<h2 class="im-panel">{page.tell("actors.new")}</h2>')
    with st.container(horizontal=True, vertical_alignment="bottom", key="new_actor"):
        st.text_input(page.tell("actors.new.called"), **page.bound(actors_desk.CALLED), placeholder=found.name, width=250)
        st.selectbox(page.tell("actors.column.kind"), list(kinds), **page.bound(actors_desk.KIND), width=220,
                     format_func=kinds.__getitem__)
        st.selectbox(page.tell("actors.column.parent"), list(parents), **page.bound(actors_desk.PARENT), width=220,
                     format_func=parents.__getitem__)
        st.text_input(page.tell("actors.new.from"), **page.bound(actors_desk.FROM), placeholder="2017-03-02", width=120)
        st.text_input(page.tell("actors.new.to"), **page.bound(actors_desk.TO), placeholder="2024-12-31", width=120)
        st.button(page.tell("actors.new.add"), key="new_add", shortcut="N", on_click=actors_desk.add, args=(found,))


def _registry() -> None:
    rows = [_row(each) for each in actors().values()]
    st.html(f'<h2 class="im-panel">{page.tell("actors.registry", count=len(rows))}</h2>')
    st.text_input(page.tell("actors.registry.search"), key="registry_search", label_visibility="collapsed",
                  placeholder=page.tell("actors.registry.search"))
    needle = str(st.session_state.get("registry_search", "")).strip().casefold()
    shown = [row for row in rows if needle in f"{row['name']} {row['aliases']} {row['parent']}".casefold()]
    columns = {key: page.tell(f"actors.column.{key}") for key in ("name", "aliases", "kind", "parent", "valid", "source")}
    if shown:
        st.dataframe(shown, hide_index=True, column_config=columns, height=420, key="registry")
    else:
        st.html(f'<p class="im-empty">{page.tell("actors.registry.nomatch")}</p>')


def _row(actor: Actor) -> dict[str, Any]:
    name = actor.name(page.language())
    aliases = [alias for alias in dict.fromkeys(alias for _, alias in actor.aliases) if alias != name]
    return {
        "name": name, "aliases": ", ".join(aliases), "kind": _kind(actor), "parent": _named(actor.parent),
        "valid": _life(actor),
        "source": page.tell("actors.source.own" if actor.id.startswith(OWN) else "actors.source.shipped"),
    }


def _takers() -> list[Actor]:
    """Actors that take part, as a choice offers them."""
    return sorted((each for each in actors().values() if each.inter is not None), key=lambda one: _choice(one).casefold())


def _choice(actor: Actor) -> str:
    return " · ".join(part for part in (actor.name(page.language()), _long_name(actor)) if part)


def _long_name(actor: Actor) -> str:
    """Its longest name in the language of the page, empty where it has no longer one than its short name."""
    own = [alias for language, alias in actor.aliases if language in {page.language(), ""}]
    longest = max(own, key=len, default="")
    return longest if len(longest) > len(actor.name(page.language())) else ""


def _named(actor: str) -> str:
    return actor_name(actor, page.language()) if actor else ""


def _kind(actor: Actor) -> str:
    return page.tell(f"actors.kind.{actor.inter}" if actor.inter else "actors.kind.source")


def _life(actor: Actor) -> str:
    first, last = (str(day.year) if day else "" for day in (actor.valid_from, actor.valid_to))
    return f"{first} – {last}".strip() if first or last else ""
