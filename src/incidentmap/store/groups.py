"""Which incidents are one, given what people said: the groups in force, and what does not hold against a "not the same"."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from incidentmap.model import MergeRecord, MergeVerdict, Overruled


@dataclass(frozen=True, slots=True)
class Groups:
    """Incidents that are one.

    Parameters
    ----------
    parts
        The ids of each group of two or more, sorted, by the group's id: its smallest part's. So the same records give the same
        ids, in whatever order they were said.
    group_of
        The group's id of each part.
    overruled
        What people said to be the same and does not hold, in the order of the log.
    """

    parts: Mapping[str, tuple[str, ...]]
    group_of: Mapping[str, str]
    overruled: tuple[Overruled, ...]

    def id_of(self, incident: str) -> str:
        """The id under which an incident is shown: its group's, else its own."""
        return self.group_of.get(incident, incident)


@dataclass(frozen=True, slots=True)
class _Apart:
    pair: tuple[str, str]
    number: int


def standing_merges(log: Iterable[MergeRecord]) -> tuple[MergeRecord, ...]:
    """Records that nobody took back, in their order."""
    records = tuple(log)
    undone = {each.undoes for each in records}
    return tuple(each for each in records if each.verdict is not MergeVerdict.UNDO and each.number not in undone)


def groups_of(log: Iterable[MergeRecord]) -> Groups:
    """The groups that a log leaves in force.

    Who is the same as a third is the same: A = B and B = C make one group. "Not the same" goes before that, and before a direct
    "the same", whenever it was said: of several merges that it sets against each other the earlier ones hold.
    """
    standing = standing_merges(log)
    apart = [
        _Apart((one, other), each.number) for each in standing if each.verdict is MergeVerdict.NOT_SAME
        for n, one in enumerate(each.incidents) for other in each.incidents[n + 1:]
    ]
    members: dict[str, frozenset[str]] = {}
    overruled: list[Overruled] = []
    for record in (each for each in standing if each.verdict is MergeVerdict.SAME):
        for one, other in pairwise(record.incidents):
            mine, theirs = (members.get(each, frozenset({each})) for each in (one, other))
            against = _against(mine, theirs, apart)
            if against:
                overruled.append(Overruled((one, other), record.number, against.number, against.pair))
            else:
                members |= dict.fromkeys(mine | theirs, mine | theirs)
    parts = {min(group): tuple(sorted(group)) for group in dict.fromkeys(members.values())}
    return Groups(parts, {part: group for group, ids in parts.items() for part in ids}, tuple(overruled))


def _against(mine: frozenset[str], theirs: frozenset[str], apart: Sequence[_Apart]) -> _Apart | None:
    """The first record that sets a member of one group apart from a member of the other."""
    if mine == theirs:
        return None
    for each in apart:
        one, other = each.pair
        if (one in mine and other in theirs) or (one in theirs and other in mine):
            return each
    return None
