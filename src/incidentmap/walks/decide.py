"""What a person decides about place names: the queue of open questions, the decisions, and what follows from them.

A decision is appended to the workspace's log; then the reports in which its name may stand are read again, so that incidents
follow at once. `Workspace.gazetteer` knows it from the next question on.
"""

import getpass
import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime

from incidentmap.gazetteer import fold_name
from incidentmap.gazetteer.decided import DECIDED
from incidentmap.gazetteer.reverse import Surveyor
from incidentmap.model import (
    BadValue,
    Candidate,
    Decision,
    MentionKind,
    NameAsked,
    Place,
    PlaceKind,
    Position,
    Resolution,
    Verdict,
)
from incidentmap.walks.follow import follow
from incidentmap.walks.questions import OpenQuestion, name_key, note_questions, open_questions
from incidentmap.walks.workspace import Workspace

__all__ = [
    "OpenQuestion", "answer", "log", "note_questions", "offers", "open_questions", "override", "person", "pick", "reject",
    "undo",
]

PERSON = "INCIDENTMAP_USER"
"""Environment variable with the name that a person goes by."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


def answer(workspace: Workspace, question: OpenQuestion) -> Resolution:
    """What the gazetteer says to a question today: the candidates to choose from, `chosen` first, then `rivals`.

    A name of a report is resolved together with the other names of that report. A decision about the name itself does not
    count, so that who decides again sees all there is.
    """
    return _resolve(workspace, question.asked)


def offers(workspace: Workspace, asked: NameAsked, searched: str = "") -> tuple[Candidate, ...]:
    """What :func:`pick` accepts for a name: its candidates in the order of :func:`answer`, then those of another spelling."""
    names = [asked, *([NameAsked(searched, asked.admin, asked.country, asked.report)] if searched.strip() else [])]
    found = [candidate for name in names for candidate in _candidates(_resolve(workspace, name))]
    return tuple({each.place.id: each for each in reversed(found)}.values())[::-1]


def pick(workspace: Workspace, asked: NameAsked, place_id: str, who: str, why: str = "", *,
         everywhere: bool = True, searched: str = "", clock: Clock = utc_now) -> Decision:
    """Say which place of the gazetteer a name means.

    `place_id` is the id of one of :func:`offers`; `searched` is another spelling that the person looked up, its candidates are
    offered too. The decision holds wherever the name is asked with the same admin unit and country, or, not `everywhere`, in
    the report `asked.report` alone.

    Raises
    ------
    BadValue
        If the id is no candidate, `who` is empty, or it should hold in one report and none is named.
    """
    offered = offers(workspace, asked, searched)
    ids = tuple(each.place.id for each in offered)
    if place_id not in ids:
        known = f"a candidate of {asked.name!r}: {', '.join(ids)}" if ids else f"a candidate, and {asked.name!r} has none"
        raise BadValue("place", place_id, known, "Look another spelling up, or set a place of your own (override).")
    place = offered[ids.index(place_id)].place
    return _decide(workspace, Verdict.PICK, _scope(asked, everywhere=everywhere), place, ids, who, why, clock)


def override(workspace: Workspace, asked: NameAsked, position: Position, radius_km: float, kind: PlaceKind, *, who: str,
             name: str = "", why: str = "", everywhere: bool = True, clock: Clock = utc_now) -> Decision:
    """Set a place that no gazetteer has: a WGS 84 position, and the radius (km) within which the place lies.

    Its name is the one asked unless another is given. It holds as a :func:`pick` does.

    Raises
    ------
    BadValue
        If the radius is not above 0, `who` is empty, or it should hold in one report and none is named.
    """
    place = _own_place(workspace, asked, position, radius_km, kind, name.strip() or asked.name.strip())
    ids = tuple(each.place.id for each in offers(workspace, asked))
    return _decide(workspace, Verdict.OVERRIDE, _scope(asked, everywhere=everywhere), place, ids, who, why, clock)


def reject(workspace: Workspace, asked: NameAsked, who: str, why: str = "", *,
           everywhere: bool = True, clock: Clock = utc_now) -> Decision:
    """Say that a name is no place here, or none of those known. It holds, and raises `BadValue`, as a :func:`pick` does."""
    ids = tuple(each.place.id for each in offers(workspace, asked))
    return _decide(workspace, Verdict.REJECT, _scope(asked, everywhere=everywhere), None, ids, who, why, clock)


def undo(workspace: Workspace, number: int, who: str, why: str = "", *, clock: Clock = utc_now) -> Decision:
    """Take a decision back: an earlier one about the same name holds again, else its question is open again.

    Raises
    ------
    BadValue
        If there is no such decision, it was taken back before, it is itself an undo, or `who` is empty.
    """
    asked = next((each.asked for each in workspace.store.decisions.all() if each.number == number), NameAsked("?"))
    return _decide(workspace, Verdict.UNDO, asked, None, (), who, why, clock, undoes=number)


def log(workspace: Workspace) -> tuple[Decision, ...]:
    """All decisions, newest first: also those taken back, and what took them back."""
    return workspace.store.decisions.all()[::-1]


def person() -> str:
    """Who decides unless told otherwise: `INCIDENTMAP_USER`, else the system's user name, empty where it has none."""
    try:
        return os.environ.get(PERSON, "").strip() or getpass.getuser()
    except (OSError, KeyError, ImportError):  # as Python 3.13 and those before tell that there is no name
        return ""


def _decide(workspace: Workspace, verdict: Verdict, asked: NameAsked, place: Place | None, candidates: tuple[str, ...],  # noqa: PLR0917
            who: str, why: str, clock: Clock, undoes: int | None = None) -> Decision:
    draft = Decision(
        number=0, at="", who=" ".join(who.split()), verdict=verdict, asked=asked, place=place, candidates=candidates,
        undoes=undoes, why=why.strip(), gazetteer=workspace.base.version, previous="", hash="",
    )
    made = workspace.store.decisions.append(draft, clock)
    follow(workspace)
    return made


def _scope(asked: NameAsked, *, everywhere: bool) -> NameAsked:
    if not everywhere and not asked.report:
        raise BadValue("report", asked.report, "the id of the report in which alone the decision should hold")
    return NameAsked(asked.name, asked.admin, asked.country, "" if everywhere else asked.report)


def _resolve(workspace: Workspace, asked: NameAsked) -> Resolution:
    """A name with all others of its report, as if nobody had decided about it."""
    others = [each for each in workspace.store.decisions.all() if name_key(each.asked) != name_key(asked)]
    gazetteer = workspace.base.with_decisions(others)
    together = [name for name in _named_with(workspace, asked.report) if name_key(name) != name_key(asked)]
    return gazetteer.resolve_all([asked, *together], region=workspace.region_id)[0]


def _named_with(workspace: Workspace, report: str) -> tuple[NameAsked, ...]:
    read = workspace.store.reading(report) if report else None
    quotes = [each.span.quote for each in read.mentions if each.kind is MentionKind.PLACE] if read else []
    return tuple(NameAsked(quote, report=report) for quote in dict.fromkeys(quotes))


def _candidates(resolution: Resolution) -> tuple[Candidate, ...]:
    return (resolution.chosen, *resolution.rivals) if resolution.chosen else ()


def _own_place(workspace: Workspace, asked: NameAsked, position: Position, radius_km: float, kind: PlaceKind,  # noqa: PLR0917
               name: str) -> Place:
    """A place of a person's own, in the units whose polygons hold it. Its id is made of what it is."""
    where = Surveyor(workspace.base).whereabouts(position, most=1)
    key = hashlib.sha256(f"{name}|{position.lon!r}|{position.lat!r}|{radius_km!r}|{kind}".encode()).hexdigest()[:8]
    return Place(
        id=f"decided:{'-'.join((*fold_name(name).split(), key))}", name=name, kind=kind, position=position, radius_km=radius_km,
        country=where.country or asked.country, admin1=where.admin1, admin2=where.admin2, population=None, source=DECIDED,
    )
