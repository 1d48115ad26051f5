"""The Duplicates section of the Reports screen: pairs by score, both side by side, why, and what the visitor says of them."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

import deciding
import duplicates_desk
import duplicates_log
import duplicates_pair
import opened
import page
import panels
import sidebar
from incidentmap.maps import incident_title
from incidentmap.model import Incident, Pair, Sameness
from incidentmap.walks import duplicates

_MOST = 40
"""Pairs listed at a time, around the one that is looked at."""
_KEYS = (("D", "merge"), ("N", "apart"), ("Z", "undo"), ("J K", "move"))


def draw(pairs: Sequence[Pair]) -> None:
    """Draw the section: pairs that may be one, best first."""
    index = duplicates_desk.current(pairs) if pairs else 0
    first = max(0, min(index - _MOST // 2, len(pairs) - _MOST))
    listed = pairs[first:first + _MOST]
    incidents = {each.id: each for each in opened.workspace().store.as_told({one for pair in listed for one in pair.ids})}
    _list(pairs, listed, first, index, incidents)
    with st.container(key="messages"):
        _messages()
    if pairs:
        _pair(pairs, index, incidents)
    else:
        st.html(f'<p class="im-empty"><strong>{page.tell("duplicates.empty")}</strong></p>')
    duplicates_log.draw(opened.workspace().store.merges.all()[::-1], key=True)


def _list(
    pairs: Sequence[Pair], listed: Sequence[Pair], first: int, index: int, incidents: Mapping[str, Incident],
) -> None:
    words = page.tell("duplicates.menu", count=len(pairs))
    st.html(f'<style>[data-testid="stExpandSidebarButton"]::after {{ content: "{words}" !important; }}</style>')
    with st.sidebar:
        st.text_input(page.tell("geocoding.who"), **page.bound(deciding.WHO), help=page.tell("geocoding.who.help"))
        st.html(f'<h2 class="im-panel">{page.tell("duplicates.list")}</h2>')
        with st.container(key="queue"):
            for place, pair in enumerate(listed, first):
                st.button(_label(pair, incidents), key=f"pair_{pair.ids[0]}_{pair.ids[1]}", width="stretch", wrap=False,
                          type="secondary" if place == index else "tertiary", on_click=duplicates_desk.show, args=(pair.ids,))
        if len(listed) < len(pairs):
            st.html(f'<p class="im-line">{page.tell("duplicates.more", count=len(pairs) - len(listed))}</p>')
        rows = "".join(f'<div><kbd>{keys}</kbd> {page.tell(f"duplicates.keys.{name}")}</div>' for keys, name in _KEYS)
        st.html(f'<h2 class="im-panel">{page.tell("geocoding.keys")}</h2><div class="im-keys">{rows}</div>')
        sidebar.language_choice()


def _label(pair: Pair, incidents: Mapping[str, Incident]) -> str:
    told = incidents.get(pair.ids[0])
    name = told.location.name if told and told.location else incident_title(told, page.language()) if told else pair.ids[0]
    day = told.date.start.isoformat() if told and told.date else "?"
    return f":gray[:small[{pair.score:+.1f}]] {panels.plain(' '.join(name.split()))} · {day}"


def _messages() -> None:
    said = duplicates_desk.done()
    if duplicates_desk.trouble():
        st.html(f'<p class="im-notice" role="alert">{escape(duplicates_desk.trouble())}</p>')
    if said:
        overruled = f" · {page.tell('duplicates.overruled', count=len(said.overruled))}" if said.overruled else ""
        st.html(f'<p class="im-sentence" role="status"><strong>{page.tell("geocoding.done")}</strong> · '
                f'{escape(duplicates_log.words(said.record) + overruled)} · '
                f'<span class="im-line">{page.tell("duplicates.done.undo")}</span></p>')


def _pair(pairs: Sequence[Pair], index: int, incidents: Mapping[str, Incident]) -> None:
    pair, store = pairs[index], opened.workspace().store
    both = [incidents[each] for each in pair.ids if each in incidents]
    if len(both) < len(pair.ids):  # read no longer since the page began
        st.rerun()
    whole = duplicates.preview(opened.workspace(), pair.ids)
    with st.container(key="draft_pair"):
        _moves(pairs, index)
        how = page.tell("duplicates.likely" if pair.sameness is Sameness.LIKELY else "duplicates.possible")
        st.html(f'<p class="im-line">{how} · {page.tell("duplicates.score", score=f"{pair.score:.1f}")}</p>'
                f'<h1 class="im-title">{escape(incident_title(whole, page.language()))}</h1>')
        _actions(pair)
        st.html(duplicates_pair.side_by_side(both, [store.report(each.report) for each in both], whole))
        st.html(f'<p class="im-line"><b>{page.tell("duplicates.whole")}</b> {escape(duplicates_pair.whole_words(whole))}</p>')
        st.html(f'<h2 class="im-panel">{page.tell("duplicates.why")}</h2>{duplicates_pair.evidence_html(pair)}')


def _actions(pair: Pair) -> None:
    with st.container(horizontal=True, key="pair_buttons"):
        st.button(page.tell("duplicates.merge"), key="pair_merge", shortcut="D", type="primary",
                  on_click=duplicates_desk.merge, args=(pair,))
        st.button(page.tell("duplicates.apart"), key="pair_apart", shortcut="N", on_click=duplicates_desk.keep_apart,
                  args=(pair,))
    st.text_input(page.tell("geocoding.note"), **page.bound(duplicates_desk.WHY),
                  placeholder=page.tell("geocoding.note.placeholder"))


def _moves(pairs: Sequence[Pair], index: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="right", key="review_moves"):
        _move("↑", "previous", "K", pairs, index - 1)
        st.html(f'<span class="im-line">{page.tell("geocoding.queue.place", place=index + 1, total=len(pairs))}</span>',
                width="content")
        _move("↓", "next", "J", pairs, index + 1)


def _move(label: str, name: str, key: str, pairs: Sequence[Pair], to: int) -> None:
    there = 0 <= to < len(pairs)
    st.button(label, key=f"pair_{name}", shortcut=key, disabled=not there, help=page.tell(f"duplicates.{name}"),
              on_click=duplicates_desk.show, args=(pairs[to].ids if there else ("", ""),))
