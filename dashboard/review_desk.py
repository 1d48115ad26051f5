"""What a visitor does about drafts: which one stands before them, and the decisions that their clicks and keys make."""

from collections.abc import Callable, Sequence

import streamlit as st

import deciding
import duplicates_desk
import opened
import page
from incidentmap.model import EditConflict, IncidentmapError, Review, Status
from incidentmap.walks import decide, review, review_queue
from incidentmap.walks.review_queue import Queued

REPORT, STATUS, WHY = "report", "review_status", "review_why"
EVERY = "all"
EDIT, SPLIT, MERGE = "edit", "split", "merge"
_CURRENT, _INDEX, _TROUBLE, _DONE, _MODE = "review_current", "review_index", "review_trouble", "review_done", "review_mode"
_CONFLICT, _PART = "review_conflict", "review_part"


def start() -> None:
    """What holds until the visitor says otherwise."""
    page.offer(deciding.WHO, decide.person())
    page.offer(REPORT, EVERY)
    page.offer(STATUS, Status.DRAFT.value)
    page.offer(WHY, "")


def queue() -> tuple[Queued, ...]:
    """All incidents of the case, merged ones once, the most doubtful first."""
    workspace = opened.workspace()
    log, merges = workspace.store.reviews.all(), workspace.store.merges.all()
    return _queue(str(workspace.folder), workspace.store.version(), (log[-1].number if log else 0, len(merges)))


def narrowed(every: Sequence[Queued]) -> list[Queued]:
    """The queue as the visitor narrowed it."""
    report, status = page.choice(REPORT), page.choice(STATUS)
    return [each for each in every if each.incident.status == status and (report == EVERY or report in each.reports)]


def current(rows: Sequence[Queued]) -> int:
    """Index of the draft before the visitor. Where it left the queue, the next one has its place."""
    ids = [each.incident.id for each in rows]
    chosen = st.session_state.get(_CURRENT)
    index = ids.index(chosen) if chosen in ids else min(st.session_state.get(_INDEX, 0), len(ids) - 1)
    if ids[index] != chosen:
        leave()
    st.session_state[_CURRENT], st.session_state[_INDEX] = ids[index], index
    return index


def part(row: Queued) -> Queued:
    """What the report tells whose text stands before the visitor; of a merged incident they choose one."""
    chosen = st.session_state.get(_PART)
    return next((each for each in row.told if each.incident.id == chosen), row.told[0])


def show_part(incident: str) -> None:
    """Put the text of another report that tells of the same incident before the visitor."""
    st.session_state[_PART] = incident
    _quiet()
    leave()


def show(incident: str) -> None:
    """Put a draft before the visitor."""
    st.session_state[_CURRENT] = incident
    _quiet()
    leave()


def mode() -> str:
    """What the visitor is about to do with the draft: `edit`, `split`, `merge`, or nothing."""
    return str(st.session_state.get(_MODE, ""))


def enter(name: str, prepare: Callable[[], None] | None = None) -> None:
    """Begin to edit, split or merge."""
    _quiet()
    if prepare:
        prepare()
    st.session_state[_MODE] = name


def leave() -> None:
    """Do not edit, split or merge any more; what was typed for one draft is not meant for the next."""
    st.session_state[_MODE] = ""
    page.choose(WHY, "")


def trouble() -> str:
    """What went wrong with the last click or key, empty if nothing did."""
    return str(st.session_state.get(_TROUBLE, ""))


def conflict() -> bool:
    """Whether it went wrong because somebody else decided meanwhile."""
    return bool(st.session_state.get(_CONFLICT))


def done() -> Review | None:
    """The decision just made, while nothing else was done."""
    made: Review | None = st.session_state.get(_DONE)
    return made


def accept(row: Queued) -> None:
    """Confirm the draft as the visitor sees it."""
    make(lambda: review.accept(opened.workspace(), row.incident.id, deciding.who(), row.version, page.choice(WHY)))


def reject(row: Queued) -> None:
    """Say that the draft is no incident."""
    make(lambda: review.reject(opened.workspace(), row.incident.id, deciding.who(), row.version, page.choice(WHY)))


def reopen(row: Queued) -> None:
    """Make it a draft again."""
    make(lambda: review.reopen(opened.workspace(), row.incident.id, deciding.who(), row.version, page.choice(WHY)))


def undo(made: Review) -> None:
    """Take a decision back, and put what it was about before the visitor again."""
    if make(lambda: review.undo(opened.workspace(), made.number, deciding.who())):
        back = opened.workspace().store.whole(made.incident)
        if back:
            page.choose(STATUS, back.status.value)
            st.session_state[_CURRENT] = back.id
        st.session_state[_DONE] = None


def make(act: Callable[[], Review]) -> bool:
    """Decide; a refusal is told on the page and leaves everything as typed."""
    _quiet()
    try:
        st.session_state[_DONE] = act()
    except IncidentmapError as error:
        st.session_state[_TROUBLE], st.session_state[_CONFLICT] = str(error), isinstance(error, EditConflict)
        return False
    leave()
    return True


def _quiet() -> None:
    st.session_state[_TROUBLE], st.session_state[_CONFLICT], st.session_state[_DONE] = "", False, None


@st.cache_resource(max_entries=8, show_spinner=False)
def _queue(folder: str, version: str, last: tuple[int, int]) -> tuple[Queued, ...]:  # noqa: ARG001 (the cache key)
    return review_queue.queue(opened.workspace(), tuple(Status), pairs=duplicates_desk.pairs())
