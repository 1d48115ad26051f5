"""What a person decides about names of actors that nobody knows: the queue, the namings, and what follows from them.

A naming is appended to the workspace's log; then the reports in which its name stands are read again, so that incidents
follow at once. `Workspace.registry` knows it from the next question on.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from rapidfuzz import fuzz, process

from incidentmap.export.files import write_file
from incidentmap.export.namings import namings_text, read_namings
from incidentmap.model import (
    OWN,
    Actor,
    BadValue,
    DivergingDecisions,
    Naming,
    NamingVerdict,
    OwnActor,
    Reason,
    Report,
    Span,
    UnknownName,
    name_key,
)
from incidentmap.store.fold import fold_text
from incidentmap.walks.follow import follow
from incidentmap.walks.replay import Replayed
from incidentmap.walks.workspace import Workspace

_AROUND = 140
"""Characters shown on each side of a name."""
_LEAST_ALIKE = 45.0
"""Of 100: names less alike are no candidates."""
_NUMBERED = 9

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time, with its zone."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class OpenName:
    """An unknown name of an actor that a person should decide about.

    Parameters
    ----------
    id
        Stable for the name: ``n-1f0c2a9b``. Fit for addresses and commands.
    name
        As it is written first.
    count
        How often it stands in all reports together.
    reports
        Ids of these reports, in the order of the case.
    words, start, end
        The words around its first occurrence; ``words[start:end]`` is the name.
    why
        What speaks for it, each reason once.
    proposers
        Who proposes it.
    """

    id: str
    name: str
    count: int
    reports: tuple[str, ...]
    words: str
    start: int
    end: int
    why: tuple[Reason, ...]
    proposers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """A known actor with the name of it that is most like an unknown one; `score` is 0 to 100."""

    actor: Actor
    alias: str
    score: float


def open_names(workspace: Workspace) -> tuple[OpenName, ...]:
    """The undecided names, the most frequent first, then by name."""
    groups: dict[str, list[UnknownName]] = {}
    for each in workspace.store.names.queue():
        groups.setdefault(name_key(each.span.quote), []).append(each)
    firsts = {group[0].report for group in groups.values()}
    reports = {each: workspace.store.report(each) for each in firsts}
    found = (_open_name(group, report) for group in groups.values() if (report := reports[group[0].report]))
    return tuple(sorted(found, key=lambda one: (-one.count, name_key(one.name))))


def count_open(workspace: Workspace) -> int:
    """How many names are undecided."""
    return len({name_key(each.span.quote) for each in workspace.store.names.queue()})


def open_name(workspace: Workspace, words: str) -> OpenName | None:
    """The open name of an id or of a spelling, None if there is none."""
    key = name_key(words)
    return next((each for each in open_names(workspace) if each.id == words or name_key(each.name) == key), None)


def alike(workspace: Workspace, name: str, most: int = _NUMBERED) -> tuple[Alike, ...]:
    """Known actors whose names are most like a name, best first."""
    aliases = [(fold_text(alias), alias, actor) for actor in workspace.registry.actors.values() if actor.inter is not None
               for alias in dict.fromkeys((*(own for _, own in actor.names), *(also for _, also in actor.aliases)))]
    scored = process.extract(fold_text(name), [folded for folded, _, _ in aliases], scorer=fuzz.token_sort_ratio,
                             limit=most * 6, score_cutoff=_LEAST_ALIKE)
    best: dict[str, Alike] = {}
    for _, score, place in scored:
        _, alias, actor = aliases[place]
        best.setdefault(actor.id, Alike(actor, alias, score))
    return tuple(sorted(best.values(), key=lambda each: (-each.score, each.actor.id)))[:most]


def same_as(workspace: Workspace, name: str, actor: str, who: str, why: str = "", *, clock: Clock = utc_now) -> Naming:
    """Say that a name is another one of a known actor.

    Raises
    ------
    BadValue
        If there is no actor of that id, or `who` or the name is empty.
    """
    _check_actor(workspace, "actor", actor)
    return _decided(workspace, NamingVerdict.SAME_AS, name, who, why, clock, actor=actor)


def new_actor(workspace: Workspace, name: str, inter: int, who: str, *, called: str = "", parent: str = "",
              valid: tuple[date | None, date | None] = (None, None), why: str = "", clock: Clock = utc_now) -> Naming:
    """Add an actor of one's own.

    Parameters
    ----------
    workspace, name, who, why, clock
        The name is as reports write it.
    inter
        ACLED interaction code 1-8.
    called
        Its proper name where reports write another one.
    parent
        Id of the actor that it is part of, empty for none.
    valid
        First and last day of its life, None where open.

    Raises
    ------
    BadValue
        If a field is not allowed, there is no such parent, or an actor of that name is there already.
    """
    proper = " ".join((called or name).split())
    own = OwnActor(OWN + slug(proper), proper, inter, parent, *valid)
    if parent:
        _check_actor(workspace, "parent", parent)
    known = next((each.id for each in workspace.registry.actors.values() for _, alias in each.aliases
                  if name_key(alias) == name_key(name)), "")
    if known:
        raise BadValue("name", name, f"one that no known actor has ({known} has it)")
    if own.id in workspace.registry.actors:
        todo = "Say that it is the same as that one."
        raise BadValue("name of the new actor", proper, f"one that {own.id} does not have", todo)
    return _decided(workspace, NamingVerdict.NEW, name, who, why, clock, actor=own.id, own=own)


def not_an_actor(workspace: Workspace, name: str, who: str, why: str = "", *, clock: Clock = utc_now) -> Naming:
    """Say that a name is none of an actor. Raises `BadValue` if `who` or the name is empty."""
    return _decided(workspace, NamingVerdict.NOT_AN_ACTOR, name, who, why, clock)


def undo(workspace: Workspace, number: int, who: str, why: str = "", *, clock: Clock = utc_now) -> Naming:
    """Take a naming back: an earlier one about the same name holds again, else the name is open again.

    Raises
    ------
    BadValue
        If there is no such naming, it was taken back before, it is itself an undo, or `who` is empty.
    """
    made = workspace.store.names.undo(number, _one_line(who), clock, why.strip())
    follow(workspace)
    return made


def log(workspace: Workspace) -> tuple[Naming, ...]:
    """All namings, newest first: also those taken back, and what took them back."""
    return workspace.store.names.all()[::-1]


def namings_csv(workspace: Workspace) -> str:
    """The text of `namings.csv`. Raises `BrokenStore` if the log was changed by another hand."""
    return namings_text(workspace.store.names.verify())


def export_namings(workspace: Workspace, path: Path) -> int:
    """Write `namings.csv`, after the chain was checked; how many namings it has. Raises `BrokenStore`, `UnwritablePlace`."""
    write_file(path, namings_csv(workspace).encode())
    return len(workspace.store.names.all())


def replay_namings(workspace: Workspace, path: Path) -> Replayed:
    """Append what a `namings.csv` has more than this workspace, and read again the reports that it changes.

    Raises
    ------
    BadValue
        If a row was damaged, edited, dropped or moved; it is named, and nothing was appended.
    DivergingDecisions
        If the file and this workspace's log go different ways; the row is named, and nothing was appended.
    """
    namings = read_namings(path)
    here = len(workspace.store.names.verify())
    try:
        new = workspace.store.names.extend(namings)
    except DivergingDecisions as error:
        raise DivergingDecisions(f"{path}: {error}") from error
    return Replayed(len(new), min(here, len(namings)), follow(workspace))


def slug(name: str) -> str:
    """A name as an id holds it: folded, its words joined by hyphens."""
    return "-".join(re.findall(r"[^\W_]+", fold_text(name)))


def name_id(name: str) -> str:
    """The id of an open name."""
    return f"n-{hashlib.sha256(name_key(name).encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def _decided(workspace: Workspace, verdict: NamingVerdict, name: str, who: str, why: str, clock: Clock, *,  # noqa: PLR0917
             actor: str = "", own: OwnActor | None = None) -> Naming:
    made = workspace.store.names.decide(verdict, _one_line(name), _one_line(who), clock, actor=actor, own=own, why=why.strip())
    follow(workspace)
    return made


def _check_actor(workspace: Workspace, what: str, actor: str) -> None:
    if actor not in workspace.registry.actors:
        near = ", ".join(each.actor.id for each in alike(workspace, actor, 3))
        allowed = f"the id of an actor{f' such as {near}' if near else ''}"
        raise BadValue(what, actor, allowed, "See: incidentmap names list --known")


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _open_name(group: Sequence[UnknownName], report: Report) -> OpenName:
    first = group[0]
    words, start, end = _around(report.text, first.span)
    return OpenName(
        id=name_id(first.span.quote), name=_one_line(first.span.quote), count=len(group),
        reports=tuple(dict.fromkeys(each.report for each in group)), words=words, start=start, end=end,
        why=tuple(dict.fromkeys(each.why for each in group)), proposers=tuple(sorted({each.by for each in group})),
    )


def _around(text: str, span: Span) -> tuple[str, int, int]:
    """The words around a span, in one paragraph, with the span's place in them."""
    first = max(text.rfind("\n\n", 0, span.start) + 2 if "\n\n" in text[:span.start] else 0, span.start - _AROUND)
    last = min([place for place in (text.find("\n\n", span.end), span.end + _AROUND, len(text)) if place >= 0])
    while 0 < first < span.start and not text[first - 1].isspace():
        first += 1
    while span.end < last < len(text) and not text[last].isspace():
        last -= 1
    return text[first:last], span.start - first, span.end - first
