"""The briefing of what the filters leave: options, its pages as they will be printed, and the files."""

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

import opened
import page
from incidentmap.briefing import SERIES
from incidentmap.model import IncidentmapError
from incidentmap.publish import INTERNAL, profiles
from incidentmap.publish.profile import Terms
from incidentmap.walks.briefing import BriefingAsked, Prepared, prepare
from incidentmap.walks.export import export_day
from incidentmap.walks.licences import export_warnings
from incidentmap.walks.versions import data_version
from incidentmap.words import LANGUAGES, say, say_reason

_READY = "briefing_ready"
_SHOWN = 8
"""Pages in the preview."""
_HEIGHT_PX = 620


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was chosen; `logo` is the file's name and bytes, None without one."""

    asked: BriefingAsked
    logo: tuple[str, bytes] | None
    data_version: str

    @property
    def key(self) -> str:
        """The same as long as the files would be."""
        return sha256(repr((self.asked, self.logo, self.data_version)).encode()).hexdigest()


def show() -> None:
    """Open it."""
    st.dialog(page.tell("screen.briefing.title"), width="large")(draw)()


def draw() -> None:
    """What stands in it."""
    preview, options = st.columns((3, 2), gap="medium")
    with options:
        wanted, held = _options()
        pressed = st.button(page.tell("screen.briefing.prepare"), type="primary", disabled=held)
        ready = _prepared(wanted) if pressed else _known(wanted)
        if ready:
            _files(ready)
    with preview, st.container(height=_HEIGHT_PX if ready else "content", key="briefing_pages"):
        if ready:
            _pages(ready)
        else:
            st.caption(page.tell("screen.briefing.empty"))


def _options() -> tuple[_Wanted, bool]:
    """What is chosen, and whether the profile holds it back until the visitor has looked at the terms of a source."""
    workspace, question = opened.workspace(), page.asked()
    known = profiles(workspace.folder)
    titles = {each: known[each].title(page.language()) for each in sorted(known, key=lambda each: (each != INTERNAL, each))}
    series = {each: page.tell(f"screen.briefing.maps.{each}") for each in SERIES}
    title = st.text_input(page.tell("screen.briefing.heading"), placeholder=page.tell("screen.briefing.heading_help"))
    language = st.selectbox(
        page.tell("screen.briefing.language"), LANGUAGES, index=LANGUAGES.index(page.language()), format_func=_language_name,
    )
    profile = st.selectbox(page.tell("screen.briefing.profile"), [*titles], format_func=titles.__getitem__)
    maps = st.multiselect(
        page.tell("screen.briefing.maps"), [*series], placeholder=page.tell("screen.briefing.maps.none"),
        format_func=series.__getitem__,
    )
    logo = st.file_uploader(page.tell("screen.briefing.logo"), type=["svg", "png", "jpg", "jpeg"])
    looked = _looked(refused=known[profile].licences is Terms.REFUSE)
    asked = BriefingAsked(
        question.query, language, export_day(), profile, question.rule, title.strip(), tuple(maps), acknowledged=looked is True,
    )
    picture = (logo.name, logo.getvalue()) if logo else None
    return _Wanted(asked, picture, data_version(workspace)), looked is False


def _language_name(language: str) -> str:
    """As its readers write it."""
    return say(language, f"screen.language.{language}")


def _looked(*, refused: bool) -> bool | None:
    """Whether the visitor has looked at the terms of the sources; None where nobody asks."""
    warnings = export_warnings(opened.workspace().folder)
    for why in warnings:
        st.caption(say_reason(page.language(), why))
    if not (warnings and refused):
        return None
    return st.checkbox(page.tell("screen.download.acknowledge"), key="briefing_looked")


def _known(wanted: _Wanted) -> Prepared | None:
    """What was prepared, if it is still what is wanted."""
    ready: tuple[str, Prepared] | None = st.session_state.get(_READY)
    return ready[1] if ready and ready[0] == wanted.key else None


def _prepared(wanted: _Wanted) -> Prepared | None:
    bar = st.progress(0.0)

    def told(done: int, total: int) -> None:
        bar.progress(done / total, page.tell("screen.briefing.step", done=done, total=total))

    try:
        with TemporaryDirectory(prefix="incidentmap-") as folder:
            made = prepare(opened.workspace(), replace(wanted.asked, logo=_logo(wanted, Path(folder))), told)
    except IncidentmapError as error:
        st.error(str(error))
        return None
    finally:
        bar.empty()
    st.session_state[_READY] = (wanted.key, made)
    return made


def _logo(wanted: _Wanted, folder: Path) -> Path | None:
    """The logo as a file; of the name that the visitor gave it only the ending counts."""
    if wanted.logo is None:
        return None
    name, content = wanted.logo
    path = folder / f"logo{Path(name).suffix.lower()}"
    path.write_bytes(content)
    return path


def _files(ready: Prepared) -> None:
    with st.container(horizontal=True, key="briefing_files"):
        for words, data, name, mime in (
            ("PDF", ready.pdf, "briefing.pdf", "application/pdf"), ("HTML", ready.html, "briefing.html", "text/html"),
            (page.tell("screen.briefing.pages"), ready.packed, "briefing.zip", "application/zip"),
        ):
            st.download_button(words, data=data, file_name=name, mime=mime, on_click="ignore", icon=":material/download:")


def _pages(ready: Prepared) -> None:
    for number, image in enumerate(ready.pages[:_SHOWN], 1):
        st.image(image, width="stretch", alt=page.tell("screen.briefing.page", number=number))
    if len(ready.pages) > _SHOWN:
        st.caption(page.tell("screen.briefing.more", count=page.number(len(ready.pages) - _SHOWN)))
