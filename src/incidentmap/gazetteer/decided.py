"""What persons decided about names, laid over the gazetteer's own answers. Nothing is changed by it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from incidentmap.gazetteer.names import fold_name, squash
from incidentmap.model import Candidate, Decision, NameAsked, Place, Reason, Verdict, reason

DECIDED = "decided"
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions in force.

    Parameters
    ----------
    by_key
        The last decision that was not undone, by name, admin, country and report.
    by_name
        Ids of chosen places by the key of the name that they were chosen for.
    own_places
        Places that persons set themselves, each with the spellings that it is known under, by key of the spelling.
    """

    by_key: Mapping[Key, Decision]
    by_name: Mapping[str, frozenset[str]]
    own_places: Mapping[str, tuple[tuple[Place, str], ...]]

    def on(self, asked: NameAsked) -> Decision | None:
        """The decision that holds for a name: one of its own report before one for all."""
        if not self.by_key:
            return None
        return self.by_key.get(key_of(asked)) or self.by_key.get(key_of(replace(asked, report="")))

    def names(self) -> tuple[str, ...]:
        """Spellings under which places of a person's own are known, in order."""
        return tuple(dict.fromkeys(spelling for rows in self.own_places.values() for _, spelling in rows))


NOTHING = Decided({}, {}, {})


def key_of(asked: NameAsked) -> Key:
    """What two names must share for a decision on one to hold for the other."""
    return squash(fold_name(asked.name)), fold_name(asked.admin), asked.country.upper(), asked.report


def decided(decisions: Sequence[Decision]) -> Decided:
    """The decisions in force of a log, in the order of their numbers, whatever order they come in."""
    log = sorted(decisions, key=lambda each: each.number)
    standing = _standing(log)
    by_key = {key_of(each.asked): each for each in standing}
    chosen: dict[str, set[str]] = defaultdict(set)
    own: dict[str, dict[str, tuple[Place, str]]] = defaultdict(dict)
    for each in by_key.values():
        if each.place is None:
            continue
        chosen[squash(fold_name(each.asked.name))].add(each.place.id)
        if each.verdict is Verdict.OVERRIDE:
            for spelling in (each.place.name, each.asked.name):
                own[squash(fold_name(spelling))][each.place.id] = (each.place, spelling)
    return Decided(
        by_key=by_key,
        by_name={name: frozenset(ids) for name, ids in chosen.items()},
        own_places={name: tuple(rows.values()) for name, rows in own.items() if name},
    )


def _standing(log: Sequence[Decision]) -> list[Decision]:
    """Decisions that no later undo took back; an undo can be undone itself."""
    undone: set[int] = set()
    for each in reversed(log):
        if each.verdict is Verdict.UNDO and each.undoes is not None and each.number not in undone:
            undone.add(each.undoes)
    return [each for each in log if each.number not in undone and each.verdict is not Verdict.UNDO]


def chosen_candidate(decision: Decision, ranked: Iterable[Candidate]) -> Candidate:
    """The decided place as a candidate; what the machine said of it, if it offered it, stands behind the decision."""
    place = decision.place
    if place is None:
        raise ValueError(f"Decision {decision.number} holds no place.")
    offered = next((each for each in ranked if each.place.id == place.id), None)
    machine = offered.reasons if offered else ()
    score = offered.score if offered else 0.0
    return Candidate(place, offered.matched if offered else place.name, score, (told(decision), *machine))


def told(decision: Decision) -> Reason:
    """Who decided and on which day."""
    code = "rejected" if decision.verdict is Verdict.REJECT else DECIDED
    return reason(code, who=decision.who, day=decision.at[:10])
