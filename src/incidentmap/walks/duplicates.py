"""Incidents that several reports tell of: the pairs that may be one, and what a person says about them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from incidentmap.gazetteer import boundary
from incidentmap.model import BadValue, Incident, IncidentQuery, MergeRecord, MergeVerdict, Overruled, Pair
from incidentmap.registry import actors
from incidentmap.store import Groups, groups_of, standing_merges, whole_incident
from incidentmap.walks.decide import utc_now
from incidentmap.walks.likeness_settings import Likeness, likeness
from incidentmap.walks.pairs import find_pairs
from incidentmap.walks.workspace import Workspace

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Said:
    """What became of something that a person said.

    Parameters
    ----------
    record
        As it was appended to the log.
    groups
        The merged incidents from now on.
    overruled
        What was said to be the same and does not hold any longer because of it.
    """

    record: MergeRecord
    groups: Groups
    overruled: tuple[Overruled, ...]


def candidates(workspace: Workspace, query: IncidentQuery | None = None, weights: Likeness | None = None) -> tuple[Pair, ...]:
    """Pairs of incidents of different reports that may be one and that nobody has decided about, best first.

    Parameters
    ----------
    workspace
        Where the incidents are.
    query
        Only among the incidents that it asks for; by default all that are not rejected.
    weights
        As shipped by default.

    Returns
    -------
    tuple of Pair
        With the ids of the incidents as their reports tell them; a merged incident's parts are compared one by one, but not
        with each other. Pairs that are kept apart, themselves or by their groups, are left out.
    """
    return still_open(workspace, similar(workspace, query, weights))


def similar(workspace: Workspace, query: IncidentQuery | None = None, weights: Likeness | None = None) -> tuple[Pair, ...]:
    """Pairs of incidents of different reports that may be one, best first, whatever people said of them; as :func:`candidates`.

    This is what takes its time. It depends on the incidents that are not rejected alone (`Store.contents`).
    """
    asked = query or IncidentQuery()
    found = workspace.store.incidents(asked)
    parts = workspace.store.as_told(
        part.id for each in found for part in each.parts if not asked.statuses or part.status in asked.statuses
    )
    single = (each for each in found if not each.parts)
    return find_pairs((*single, *parts), weights or likeness(), actors(), boundary)


def still_open(workspace: Workspace, pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Those pairs that nobody has decided about, in their order; of several between the same merged incidents the first."""
    log, groups = workspace.store.merges.all(), workspace.store.merges.groups()
    apart = _kept_apart(log)
    settled = {_ordered(groups.id_of(one), groups.id_of(other)) for one, other in apart} | apart
    found: dict[tuple[str, str], Pair] = {}
    for each in pairs:
        if _open(each, groups, settled):
            found.setdefault(_ordered(*(groups.id_of(one) for one in each.ids)), each)
    return tuple(found.values())


def preview(workspace: Workspace, ids: Iterable[str]) -> Incident:
    """The incident that these and what is merged with them would be shown as; its values are those that lead.

    Raises
    ------
    BadValue
        If there is none of these ids any more.
    """
    wanted, groups = tuple(ids), workspace.store.merges.groups()
    parts = dict.fromkeys(part for each in wanted for part in groups.parts.get(groups.id_of(each), (each,)))
    told = workspace.store.as_told(parts)
    if not told:
        raise BadValue("incidents", ", ".join(wanted), "ids of incidents of this workspace", "See: incidentmap list")
    return whole_incident(told)


def merge(workspace: Workspace, ids: Iterable[str], who: str, why: str = "", *, clock: Clock = utc_now) -> Said:
    """Say that incidents are the same. They are shown as one from now on; nothing of them is changed.

    Raises
    ------
    BadValue
        If `who` is empty, an id is unknown, fewer than two are named, or some were said not to be the same.
    """
    return _say(workspace, lambda: workspace.store.merges.append(MergeVerdict.SAME, ids, who, why, clock))


def keep_apart(workspace: Workspace, ids: Iterable[str], who: str, why: str = "", *, clock: Clock = utc_now) -> Said:
    """Say that incidents are not the same, each from each. It goes before every "the same"; what it overrules is told.

    Raises
    ------
    BadValue
        If `who` is empty, an id is unknown or fewer than two are named.
    """
    return _say(workspace, lambda: workspace.store.merges.append(MergeVerdict.NOT_SAME, ids, who, why, clock))


def undo(workspace: Workspace, number: int, who: str, why: str = "", *, clock: Clock = utc_now) -> Said:
    """Take back what was said; the incidents are again what they would be without it.

    Raises
    ------
    BadValue
        If there is no such record, it is itself an undo, it was undone before, or `who` is empty.
    """
    return _say(workspace, lambda: workspace.store.merges.undo(number, who, why, clock))


def _say(workspace: Workspace, append: Callable[[], MergeRecord]) -> Said:
    made = append()
    log = workspace.store.merges.all()
    after, before = groups_of(log), groups_of(each for each in log if each.number < made.number)
    return Said(made, workspace.store.merges.groups(), tuple(each for each in after.overruled if each not in before.overruled))


def _kept_apart(log: Iterable[MergeRecord]) -> set[tuple[str, str]]:
    apart = (each for each in standing_merges(log) if each.verdict is MergeVerdict.NOT_SAME)
    return {pair for each in apart for pair in combinations(each.incidents, 2)}


def _open(pair: Pair, groups: Groups, settled: set[tuple[str, str]]) -> bool:
    one, other = (groups.id_of(each) for each in pair.ids)
    return one != other and pair.ids not in settled and _ordered(one, other) not in settled


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
