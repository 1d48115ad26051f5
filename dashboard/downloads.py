"""What a visitor can take out of the house."""

from collections.abc import Callable

import streamlit as st

import briefing_dialog
import opened
import page
import views
from incidentmap.export import FORMATS
from incidentmap.publish import INTERNAL, Profile, profiles
from incidentmap.publish.profile import Terms
from incidentmap.walks.export import ExportAsked, export_package, package_name
from incidentmap.walks.leaving import MOST_INCIDENTS
from incidentmap.walks.licences import export_warnings
from incidentmap.walks.map_file import HTML, map_bytes
from incidentmap.walks.picture import picture_bytes
from incidentmap.walks.workspace import Workspace
from incidentmap.words import say_reason

AT_ONCE, AT_MOST = 20_000, 100_000
"""Incidents that a click writes while the browser waits; more are prepared first, and beyond the second in a terminal."""
_FORMAT, _PROFILE, _LOOKED, _READY = "export_format", "export_profile", "export_looked", "export_ready"


@st.fragment
def draw() -> None:
    """What the filters leave as a file in a format, under a profile, and as a picture; made only when asked for.

    The buttons stand outside what reruns with the slider: a rerun forgets the files that earlier buttons promised, and a click
    at that moment would come to nothing. So they ask for the question when clicked, not when drawn.
    """
    workspace, language, theme = opened.workspace(), page.language(), page.theme()
    count = sum(layer.count for layer in views.filtered().layers)
    with st.container(horizontal=True, key="downloads"):
        if st.button(page.tell("screen.briefing.open"), icon=":material/article:"):
            briefing_dialog.show()
        profile = _choices()
        held, wanted = _held(profile), _wanted(profile)
        if st.session_state[_FORMAT] == HTML and count > MOST_INCIDENTS:
            st.caption(page.tell("screen.download.html.many", count=page.number(MOST_INCIDENTS)))
        elif count <= AT_ONCE:
            _button(lambda: _package(workspace, wanted(), language), held=held)
        elif count <= AT_MOST:
            _prepared(wanted, count, held=held)
        st.download_button(page.tell("screen.download.picture"), on_click="ignore", file_name="incidents.png", mime="image/png",
                           data=lambda: _picture(workspace, wanted(), language, theme),
                           disabled=held or (count > MOST_INCIDENTS and not profile.lets_all_out))
    _terms(profile)
    if count > AT_MOST and st.session_state[_FORMAT] != HTML:
        st.caption(page.tell("screen.download.many", count=page.number(count)))
        chosen = FORMATS[st.session_state[_FORMAT]]
        options = f"--format {chosen.id} --profile {profile.id} --output incidents{chosen.suffix}"
        st.code(f'incidentmap export --workspace "{workspace.folder}" {options}', language=None)


def _package(workspace: Workspace, asked: ExportAsked, language: str) -> bytes:
    return map_bytes(workspace, asked, language) if asked.format == HTML else export_package(workspace, asked)


def _picture(workspace: Workspace, asked: ExportAsked, language: str, theme: str) -> bytes:
    return picture_bytes(
        workspace, asked.query, language=language, theme=theme, rule=asked.rule, profile=asked.profile,
        acknowledged=asked.acknowledged,
    )


def _choices() -> Profile:
    """Format and profile."""
    known = profiles(opened.workspace().folder)
    first = sorted(known, key=lambda each: (each != INTERNAL, each))
    formats = {each: _format_words(each) for each in (*FORMATS, HTML)}
    titles = {each: known[each].title(page.language()) for each in first}
    st.selectbox(page.tell("screen.download.format"), [*formats], key=_FORMAT, width=170, label_visibility="collapsed",
                 format_func=formats.__getitem__)
    chosen = st.selectbox(page.tell("screen.download.profile"), first, key=_PROFILE, width=310, label_visibility="collapsed",
                          format_func=titles.__getitem__)
    return known[chosen]


def _wanted(profile: Profile) -> Callable[[], ExportAsked]:
    """The export of the moment at which it is called, in the format and under the profile of now."""
    asked, chosen, looked = page.asked(), st.session_state[_FORMAT], bool(st.session_state.get(_LOOKED))
    return lambda: ExportAsked(asked.query, chosen, profile.id, asked.rule, acknowledged=looked)


def _held(profile: Profile) -> bool:
    """Whether the profile lets nothing out before the visitor has looked at the terms of a source."""
    refused = profile.licences is Terms.REFUSE and bool(export_warnings(opened.workspace().folder))
    return refused and not st.session_state.get(_LOOKED)


def _button(data: Callable[[], bytes] | bytes, *, held: bool) -> None:
    chosen = st.session_state[_FORMAT]
    name, mime = ("incidents.html", "text/html") if chosen == HTML else package_name(chosen)
    words = page.tell("screen.download.get", format=_format_words(chosen))
    st.download_button(words, data=data, on_click="ignore", file_name=name, mime=mime, disabled=held,
                       help=page.tell("screen.download.help"))


def _format_words(format_id: str) -> str:
    return page.tell(f"screen.download.format.{format_id}")


def _prepared(wanted: Callable[[], ExportAsked], count: int, *, held: bool) -> None:
    """A long export: first the work, with how far it is, then the button."""
    asked, place = wanted(), st.empty()
    ready: tuple[ExportAsked, bytes] | None = st.session_state.get(_READY)
    if not ready or ready[0] != asked:
        words = page.tell("screen.download.prepare", count=page.number(count))
        ready = (asked, _written(asked)) if place.button(words, disabled=held) else None
        st.session_state[_READY] = ready
    if ready:
        with place:
            _button(ready[1], held=held)


def _written(asked: ExportAsked) -> bytes:
    bar, done = st.progress(0.0), 0

    def told(more: int, total: int) -> None:
        nonlocal done
        done += more
        words = page.tell("screen.download.preparing", done=page.number(done), total=page.number(total))
        bar.progress(min(done / max(total, 1), 1.0), words)

    written = export_package(opened.workspace(), asked, told)
    bar.empty()
    return written


def _terms(profile: Profile) -> None:
    """What to think of before rows of some sources leave."""
    warnings = export_warnings(opened.workspace().folder)
    for why in warnings:
        st.caption(say_reason(page.language(), why))
    if warnings and profile.licences is Terms.REFUSE:
        st.checkbox(page.tell("screen.download.acknowledge"), key=_LOOKED)
