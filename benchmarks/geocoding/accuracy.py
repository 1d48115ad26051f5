"""How often a name becomes the right point, and how often a wrong one is left to a person.

Run: python -m benchmarks.geocoding.accuracy [--wrong]

Right is within 10 km of the known point. Rows that their own text contradicts are listed and left out. Half of the rows, by a
hash of their text, are held back when weights are set: their figures stand beside the others'. (Their wrong cases were read
once, at the end of the first tuning, and what is left to a person was set on all rows: a stricter test needs other lines.)
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.evaluation import there
from benchmarks.geocoding.gold import CAR, LINES, MALI_DUMP, WORLD_SAMPLE, Case, incident_lines, once, ucdp
from incidentmap.gazetteer import Gazetteer, fold_name, open_gazetteer
from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.kinds import asked_kind
from incidentmap.gazetteer.layers import put, stage_geonames, stage_world
from incidentmap.model import Candidate, NameAsked, Resolution, ResolutionStatus

RIGHT_KM = 10.0
Answer = Callable[[Case], tuple[Candidate | None, bool]]
"""The place taken for a case, and whether a person is asked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case with what was made of it; a miss has neither `chosen` nor `km`. `flagged`: a person is asked."""

    case: Case
    chosen: Candidate | None
    flagged: bool
    km: float | None

    @property
    def right(self) -> bool:
        return self.km is not None and self.km <= RIGHT_KM


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of 0 to 1 over a set of outcomes; NaN-free: an empty set has 0 throughout."""

    count: int
    within_5: float
    within_10: float
    within_25: float
    same_name: float
    covered: float
    wrong_flagged: float
    right_flagged: float


def judged(cases: Sequence[Case], answer: Answer) -> tuple[Outcome, ...]:
    """Outcomes of all cases that nothing contradicts."""
    return tuple(_outcome(case, *answer(case)) for case in cases if not case.contradicted)


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """What a set of outcomes comes to."""
    wrong, right = [each for each in outcomes if not each.right], [each for each in outcomes if each.right]
    return Figures(
        count=len(outcomes),
        within_5=_share(outcomes, lambda each: each.km is not None and each.km <= 5),
        within_10=_share(outcomes, lambda each: each.right),
        within_25=_share(outcomes, lambda each: each.km is not None and each.km <= 25),
        same_name=_share(outcomes, _same_name),
        covered=_share(outcomes, lambda each: each.km is not None),
        wrong_flagged=_share(wrong, lambda each: each.flagged),
        right_flagged=_share(right, lambda each: each.flagged),
    )


def in_region(gazetteer: Gazetteer, region: str) -> Answer:
    """Answers with the whole text's names resolved together."""
    return lambda case: _told(gazetteer.resolve_all((case.asked, *map(NameAsked, case.together)), region=region)[0])


def in_country(gazetteer: Gazetteer) -> Answer:
    """Answers with the country alone, as for a table with a country column."""
    return lambda case: _told(gazetteer.resolve(case.asked.name, region=None, country=case.asked.country))


def in_unit(gazetteer: Gazetteer) -> Answer:
    """Answers with country and first-level unit, as for a table with both columns."""
    return lambda case: _told(
        gazetteer.resolve(case.asked.name, region=None, country=case.asked.country, admin=case.asked.admin),
    )


def from_text(gazetteer: Gazetteer, region: str) -> Answer:
    """Answers from the text alone: the place that the whole line is about. "N km from X" is scored at X, as it is coded."""

    def answer(case: Case) -> tuple[Candidate | None, bool]:
        located = gazetteer.locate(NameAsked(case.text), region=region)
        return located.main.chosen, located.status is not ResolutionStatus.FOUND

    return answer


def with_mali(shelf: Path) -> Gazetteer:
    """The shipped gazetteer and the dump of Mali, in a new shelf."""
    put(stage_geonames(shelf, MALI_DUMP))
    return open_gazetteer(cache=shelf / "cache", shelves=(shelf,))


def with_world(shelf: Path) -> Gazetteer:
    """The shipped gazetteer and the world's towns, in a new shelf."""
    put(stage_world(shelf))
    return open_gazetteer(cache=shelf / "cache", shelves=(shelf,))


def report(*, wrong: bool = False) -> None:
    """Print all tables; with `wrong` every wrong case too."""
    if not there(LINES, MALI_DUMP, CAR, WORLD_SAMPLE):
        return
    with tempfile.TemporaryDirectory() as folder:
        shipped, mali = open_gazetteer(shelves=()), with_mali(Path(folder) / "mali")
        world = with_world(Path(folder) / "world")
        lines = incident_lines(mali)
        _head()
        for name, gazetteer in (("Mali lines, shipped alone", shipped), ("Mali lines, with the Mali dump", mali)):
            _table(name, judged(lines, in_region(gazetteer, "mali")), wrong=wrong)
            _table(f"{name}, text alone", judged(lines, from_text(gazetteer, "mali")), wrong=wrong)
        for path in (CAR, WORLD_SAMPLE):
            events = ucdp(path)
            title = "UCDP Central African Republic" if path == CAR else "UCDP world sample"
            for of, cases in (("events", events), ("places", once(events))):
                _table(f"{title}, {of}, country told", judged(cases, in_country(world)), wrong=False)
            _table(f"{title}, places, unit told too", judged(once(events), in_unit(world)), wrong=False)
    left_out = [case for case in lines if case.contradicted]
    print(f"\nLeft out, their text contradicts the point: {len(left_out)} of {len(lines)} lines")
    for case in left_out:
        print(f"  row {case.row}: {case.asked.name}: {case.contradicted}")


def _head() -> None:
    shares = " ".join(f"{head:>6}" for head in ("5 km", "10 km", "25 km", "name", "found"))
    print(f"{'':<50} {'rows':>5} {shares} {'wrong flagged':>14} {'right flagged':>14}")


def _table(name: str, outcomes: Sequence[Outcome], *, wrong: bool) -> None:
    halves = {held: [each for each in outcomes if each.case.held is held] for held in (False, True)}
    for part, some in ((name, outcomes), ("  tuned half", halves[False]), ("  held half", halves[True])):
        told = figures(some)
        shares = (told.within_5, told.within_10, told.within_25, told.same_name, told.covered)
        cells = " ".join(f"{share:>6.1%}" for share in shares)
        print(f"{part:<50} {told.count:>5} {cells} {told.wrong_flagged:>14.1%} {told.right_flagged:>14.1%}")
    for each in outcomes if wrong else ():
        if not each.right and not each.case.held:
            _tell(each)


def _tell(each: Outcome) -> None:
    chosen = each.chosen
    got = f"{chosen.place.id} {chosen.place.name}, {each.km:.0f} km" if chosen and each.km is not None else "miss"
    print(f"    row {each.case.row}: {each.case.asked.name} -> {got}; {'flagged' if each.flagged else 'not flagged'}")


def _told(resolution: Resolution) -> tuple[Candidate | None, bool]:
    return resolution.chosen, resolution.status is not ResolutionStatus.FOUND


def _outcome(case: Case, chosen: Candidate | None, flagged: bool) -> Outcome:  # noqa: FBT001
    return Outcome(case, chosen, flagged, distance_km(chosen.place.position, case.position) if chosen else None)


def _same_name(each: Outcome) -> bool:
    chosen = each.chosen
    asked = fold_name(asked_kind(each.case.asked.name)[0])
    return chosen is not None and asked in {fold_name(chosen.matched), fold_name(chosen.place.name)}


def _share(outcomes: Sequence[Outcome], test: Callable[[Outcome], bool]) -> float:
    return sum(map(test, outcomes)) / len(outcomes) if outcomes else 0.0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--wrong", action="store_true", help="list the wrong cases of the tuned half")
    report(wrong=parser.parse_args().wrong)
