"""What a visitor does about open names: which one stands before them, and the decisions that their clicks and keys make."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

import opened
import page
from incidentmap.maps import MOST_CANDIDATES
from incidentmap.model import Candidate, Decision, IncidentmapError, PlaceKind, Position, Resolution, Verdict
from incidentmap.walks import decide
from incidentmap.walks.decide import OpenQuestion
from incidentmap.walks.questions import question_id

WHO, ALONE, STATUS = "geocoding_who", "geocoding_alone", "geocoding_status"
NEEDLE, WHY, SEARCHED = "geocoding_needle", "geocoding_why", "geocoding_searched"
AT, RADIUS, KIND = "geocoding_at", "geocoding_radius", "geocoding_kind"
MAP = "geocoding_map"
EVERY = "all"
_CURRENT, _INDEX, _TROUBLE, _DONE = "geocoding_current", "geocoding_index", "geocoding_trouble", "geocoding_done"
_RADIUS_KM = 5.0


@dataclass(frozen=True, slots=True)
class Shown:
    """An open name with what may be chosen for it, and why.

    Parameters
    ----------
    candidates
        Best first, those of another spelling last.
    """

    question: OpenQuestion
    resolution: Resolution
    candidates: tuple[Candidate, ...]

    @property
    def numbered(self) -> tuple[Candidate, ...]:
        """Those that have a number key."""
        return self.candidates[:MOST_CANDIDATES]


def start() -> None:
    """What holds until the visitor says otherwise."""
    page.offer(WHO, decide.person())
    page.offer(ALONE, value=False)
    page.offer(STATUS, EVERY)
    for key in (NEEDLE, WHY, SEARCHED, AT):
        page.offer(key, "")
    page.offer(RADIUS, _RADIUS_KM)
    page.offer(KIND, PlaceKind.VILLAGE.value)


def filtered(every: Sequence[OpenQuestion]) -> list[OpenQuestion]:
    """The queue as the visitor narrowed it."""
    status, needle = page.choice(STATUS), str(page.choice(NEEDLE)).strip().casefold()
    return [each for each in every if status in {EVERY, each.status} and needle in each.asked.name.casefold()]


def current(queue: Sequence[OpenQuestion]) -> int:
    """Index of the name before the visitor. Where it left the queue, the next one has its place."""
    ids = [each.id for each in queue]
    chosen = st.session_state.get(_CURRENT)
    index = ids.index(chosen) if chosen in ids else min(st.session_state.get(_INDEX, 0), len(ids) - 1)
    if ids[index] != chosen:
        _forget_draft()
    st.session_state[_CURRENT], st.session_state[_INDEX] = ids[index], index
    return index


def shown(question: OpenQuestion) -> Shown:
    """What the gazetteer says to a name today."""
    workspace = opened.workspace()
    return _shown(str(workspace.folder), workspace.store.version(), question, str(page.choice(SEARCHED)).strip())


def trouble() -> str:
    """What went wrong with the last click or key, empty if nothing did."""
    return str(st.session_state.get(_TROUBLE, ""))


def done() -> Decision | None:
    """The decision just made, while nothing else was done."""
    made: Decision | None = st.session_state.get(_DONE)
    return made


def show(question: str) -> None:
    """Put a name before the visitor."""
    st.session_state[_CURRENT], st.session_state[_TROUBLE], st.session_state[_DONE] = question, "", None
    _forget_draft()


def look_up(spelling: str) -> None:
    """Offer the candidates of another spelling too."""
    page.choose(SEARCHED, spelling)


def show_all() -> None:
    """Lift what narrows the queue."""
    page.choose(STATUS, EVERY)
    page.choose(NEEDLE, "")


def pick(question: OpenQuestion, place_id: str) -> None:
    """Decide for one of the candidates."""
    _made(lambda: decide.pick(
        opened.workspace(), question.asked, place_id, who(), page.choice(WHY), everywhere=_everywhere(question),
        searched=str(page.choice(SEARCHED)).strip(),
    ))


def reject(question: OpenQuestion) -> None:
    """Decide that the name is no place, or none of those offered."""
    _made(lambda: decide.reject(
        opened.workspace(), question.asked, who(), page.choice(WHY), everywhere=_everywhere(question),
    ))


def override(question: OpenQuestion) -> None:
    """Decide for the visitor's own position."""
    def act() -> Decision:
        at = own_position()
        if at is None:
            raise Told(page.tell("geocoding.own.bad", value=page.choice(AT) or "–"))
        return decide.override(
            opened.workspace(), question.asked, at, float(page.choice(RADIUS)), PlaceKind(page.choice(KIND)), who=who(),
            why=page.choice(WHY), everywhere=_everywhere(question),
        )
    _made(act)


def undo(decision: Decision) -> None:
    """Take a decision back and put its name before the visitor again."""
    if _made(lambda: decide.undo(opened.workspace(), decision.number, who())):
        show_all()
        st.session_state[_CURRENT] = question_id(decision.asked)
        st.session_state[_DONE] = None


def standing(log: Sequence[Decision]) -> list[Decision]:
    """Decisions of a log that can be taken back, in its order."""
    undone = {each.undoes for each in log}
    return [each for each in log if each.verdict is not Verdict.UNDO and each.number not in undone]


def own_position() -> Position | None:
    """The position that stands in the field, None where it cannot be read."""
    parts = str(page.choice(AT)).replace(";", ",").split(",")
    try:
        lat, lon = (float(part) for part in parts)
        return Position(lon, lat)
    except ValueError:  # BadValue is one
        return None


def from_map(question: OpenQuestion) -> None:
    """Do what was clicked on the map: a disc picks its place, the ground sets the field of the own position."""
    told = st.session_state.get(MAP) or {}
    if told.get("question") != question.id:
        st.session_state[_TROUBLE] = page.tell("geocoding.stale") if told.get("question") else ""
    elif "pick" in told:
        pick(question, str(told["pick"]))
    elif "lat" in told:
        page.choose(AT, f"{float(told['lat']):.4f}, {float(told['lon']):.4f}")


class Told(IncidentmapError, ValueError):
    """Something that the visitor can mend, in the words of the page."""


def who() -> str:
    """The name that the visitor goes by on every screen. Raises `Told` if they wrote none."""
    name = str(page.choice(WHO)).strip()
    if not name:
        raise Told(page.tell("geocoding.who.missing"))
    return name


def _everywhere(question: OpenQuestion) -> bool:
    return not (page.choice(ALONE) and question.asked.report)


def _made(act: Callable[[], Decision]) -> bool:
    """Decide; a refusal is told on the page and leaves everything as typed."""
    st.session_state[_TROUBLE], st.session_state[_DONE] = "", None
    try:
        st.session_state[_DONE] = act()
    except IncidentmapError as error:
        st.session_state[_TROUBLE] = str(error)
        return False
    _forget_draft()
    return True


def _forget_draft() -> None:
    """What was typed for one name is not meant for the next."""
    for key in (WHY, SEARCHED, AT):
        page.choose(key, "")
    page.choose(RADIUS, _RADIUS_KM)


@st.cache_resource(max_entries=200, show_spinner=False)
def _shown(folder: str, version: str, question: OpenQuestion, searched: str) -> Shown:  # noqa: ARG001 (the cache key)
    workspace = opened.workspace()
    return Shown(question, decide.answer(workspace, question), decide.offers(workspace, question.asked, searched))
