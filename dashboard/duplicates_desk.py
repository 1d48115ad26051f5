"""What a visitor does about likely duplicates: which pair stands before them, and what their clicks and keys say of it."""

from collections.abc import Callable, Sequence

import streamlit as st

import deciding
import opened
import page
from incidentmap.model import IncidentmapError, MergeRecord, MergeVerdict, Pair, Sameness
from incidentmap.walks import duplicates
from incidentmap.walks.duplicates import Said

SECTION, WHY = "reports_section", "duplicates_why"
REVIEW, PAIRS = "review", "duplicates"
_CURRENT, _INDEX, _TROUBLE, _DONE = "duplicates_current", "duplicates_index", "duplicates_trouble", "duplicates_done"


def start() -> None:
    """What holds until the visitor says otherwise."""
    page.offer(SECTION, REVIEW)
    page.offer(WHY, "")


def pairs() -> tuple[Pair, ...]:
    """Pairs that may be one incident and that nobody has decided about, best first."""
    workspace = opened.workspace()
    return duplicates.still_open(workspace, _similar(str(workspace.folder), workspace.store.contents()))


def likely(every: Sequence[Pair]) -> list[Pair]:
    """Those that are likely one incident."""
    return [each for each in every if each.sameness is Sameness.LIKELY]


def current(found: Sequence[Pair]) -> int:
    """Index of the pair before the visitor. Where it left the list, the next one has its place."""
    ids = [each.ids for each in found]
    chosen = st.session_state.get(_CURRENT)
    index = ids.index(chosen) if chosen in ids else min(st.session_state.get(_INDEX, 0), len(ids) - 1)
    st.session_state[_CURRENT], st.session_state[_INDEX] = ids[index], index
    return index


def show(ids: tuple[str, str]) -> None:
    """Put a pair before the visitor, whatever they were doing."""
    st.session_state[_CURRENT] = ids
    page.choose(SECTION, PAIRS)
    page.choose(WHY, "")
    _quiet()


def merge(pair: Pair) -> None:
    """Say that both are one incident."""
    _made(lambda: duplicates.merge(opened.workspace(), pair.ids, deciding.who(), page.choice(WHY)))


def keep_apart(pair: Pair) -> None:
    """Say that they are two."""
    _made(lambda: duplicates.keep_apart(opened.workspace(), pair.ids, deciding.who(), page.choice(WHY)))


def undo(record: MergeRecord) -> None:
    """Take back what was said, and put the pair before the visitor again."""
    if _made(lambda: duplicates.undo(opened.workspace(), record.number, deciding.who(), page.choice(WHY))):
        st.session_state[_CURRENT] = record.incidents[:2]


def standing() -> list[MergeRecord]:
    """What can be taken back, newest first."""
    log = opened.workspace().store.merges.all()
    undone = {each.undoes for each in log}
    return [each for each in log[::-1] if each.verdict is not MergeVerdict.UNDO and each.number not in undone]


def trouble() -> str:
    """What went wrong with the last click or key, empty if nothing did."""
    return str(st.session_state.get(_TROUBLE, ""))


def done() -> Said | None:
    """What was just said, while nothing else was done."""
    made: Said | None = st.session_state.get(_DONE)
    return made


def _made(act: Callable[[], Said]) -> bool:
    """Say it; a refusal is told on the page."""
    _quiet()
    try:
        st.session_state[_DONE] = act()
    except IncidentmapError as error:
        st.session_state[_TROUBLE] = str(error)
        return False
    page.choose(WHY, "")
    return True


def _quiet() -> None:
    st.session_state[_TROUBLE], st.session_state[_DONE] = "", None


@st.cache_resource(max_entries=8, show_spinner=False)
def _similar(folder: str, contents: str) -> tuple[Pair, ...]:  # noqa: ARG001 (the cache key)
    return duplicates.similar(opened.workspace())
