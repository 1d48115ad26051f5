"""What a visitor does about unknown names of actors: which one stands before them, and what their clicks and keys decide."""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

import deciding
import opened
import page
from incidentmap.model import IncidentmapError, Naming, NamingVerdict
from incidentmap.walks import decide, names
from incidentmap.walks.names import OpenName

NEEDLE, WHY, KNOWN = "actors_needle", "actors_why", "actors_known"
CALLED, KIND, PARENT, FROM, TO = "actors_called", "actors_kind", "actors_parent", "actors_from", "actors_to"
KINDS = tuple(range(1, 9))
"""ACLED's interaction codes."""
NOBODY = ""
_CURRENT, _INDEX, _TROUBLE, _DONE = "actors_current", "actors_index", "actors_trouble", "actors_done"


def start() -> None:
    """What holds until the visitor says otherwise."""
    page.offer(deciding.WHO, decide.person())
    for key in (NEEDLE, WHY, CALLED, FROM, TO):
        page.offer(key, "")
    page.offer(KNOWN, NOBODY)
    page.offer(PARENT, NOBODY)
    page.offer(KIND, 3)


def filtered(every: Sequence[OpenName]) -> list[OpenName]:
    """The queue as the visitor narrowed it."""
    needle = str(page.choice(NEEDLE)).strip().casefold()
    return [each for each in every if needle in each.name.casefold()]


def current(queue: Sequence[OpenName]) -> int:
    """Index of the name before the visitor. Where it left the queue, the next one has its place."""
    ids = [each.id for each in queue]
    chosen = st.session_state.get(_CURRENT)
    index = ids.index(chosen) if chosen in ids else min(st.session_state.get(_INDEX, 0), len(ids) - 1)
    if ids[index] != chosen:
        _forget_draft()
    st.session_state[_CURRENT], st.session_state[_INDEX] = ids[index], index
    return index


def trouble() -> str:
    """What went wrong with the last click or key, empty if nothing did."""
    return str(st.session_state.get(_TROUBLE, ""))


def done() -> Naming | None:
    """The naming just made, while nothing else was done."""
    made: Naming | None = st.session_state.get(_DONE)
    return made


def show(name: str) -> None:
    """Put a name before the visitor."""
    st.session_state[_CURRENT], st.session_state[_TROUBLE], st.session_state[_DONE] = name, "", None
    _forget_draft()


def show_all() -> None:
    """Lift what narrows the queue."""
    page.choose(NEEDLE, "")


def same_as(found: OpenName, actor: str) -> None:
    """Decide for a known actor."""
    _made(lambda: names.same_as(opened.workspace(), found.name, actor, deciding.who(), page.choice(WHY)))


def not_an_actor(found: OpenName) -> None:
    """Decide that the name is none of an actor."""
    _made(lambda: names.not_an_actor(opened.workspace(), found.name, deciding.who(), page.choice(WHY)))


def add(found: OpenName) -> None:
    """Decide for an actor of the visitor's own, as the form describes it."""
    _made(lambda: names.new_actor(
        opened.workspace(), found.name, int(page.choice(KIND)), deciding.who(), called=str(page.choice(CALLED)).strip(),
        parent=str(page.choice(PARENT)), valid=(_day(FROM), _day(TO)), why=page.choice(WHY),
    ))


def undo(naming: Naming) -> None:
    """Take a naming back and put its name before the visitor again."""
    if _made(lambda: names.undo(opened.workspace(), naming.number, deciding.who())):
        show_all()
        st.session_state[_CURRENT] = names.name_id(naming.name)
        st.session_state[_DONE] = None


def standing(log: Sequence[Naming]) -> list[Naming]:
    """Namings of a log that can be taken back, in its order."""
    undone = {each.undoes for each in log}
    return [each for each in log if each.verdict is not NamingVerdict.UNDO and each.number not in undone]


def _day(key: str) -> date | None:
    words = str(page.choice(key)).strip()
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as error:
        raise deciding.Told(page.tell("actors.new.badday", value=words)) from error


def _made(act: Callable[[], Naming]) -> bool:
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
    for key in (WHY, CALLED, FROM, TO):
        page.choose(key, "")
    page.choose(KNOWN, NOBODY)
    page.choose(PARENT, NOBODY)
