"""Reports of known events: are two that tell of one event found as a pair, and are others left apart?

The evaluation file has one row a report of an event. Rows of one source are one report; rows become incidents with what their
columns say; unknown stays unknown. Half of the events, by a hash of their ids, is for choosing weights; the other half is only
counted. Nothing of the file is shipped, `INCIDENTMAP_EVAL` says where it stands.
"""

import csv
import hashlib
import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from benchmarks.cases import incidents
from benchmarks.evaluation import EVAL, there
from incidentmap.gazetteer import boundary
from incidentmap.model import (
    Actor,
    ActorRole,
    Claim,
    ClaimField,
    DatePrecision,
    Incident,
    Location,
    PartialDate,
    Position,
    Relation,
    Role,
    Scope,
    Span,
    Stance,
    Status,
)
from incidentmap.registry import actors
from incidentmap.walks.likeness_settings import Likeness, likeness
from incidentmap.walks.pairs import find_pairs

VERSIONS = EVAL / "report_versions" / "cote_divoire.csv"
Row = Mapping[str, str]
Ids = tuple[str, str]

_RADIUS_KM = {"2": 75.0, "3": 10.0, "4": 4.0, "5": 5.0, "6": 1.0}
_ACLED_PRECISION = {"2": 3, "3": 1, "4": 1, "5": 2, "6": 1}
_ACTORS = range(1, 7)
_NOBODY = frozenset({"", "Unknown actor (Côte d'Ivoire)"})
_INTER = {"Security forces": 1, "Non-state armed actor": 3, "Political actor": 6, "Citizens": 7}
_KINDS = {
    "Security force crack-down on protest": ("Protests", "Excessive force against protesters"),
    "Protest": ("Protests", "Peaceful protest"), "Riot": ("Riots", "Violent demonstration"),
    "Military operation": ("Battles", "Armed clash"), "Arrest or raid": ("Strategic developments", "Arrests"),
}
_SOME_FORCE = "CIV-200"
"""The file's own id of an unknown security force."""
_CLASH = {True: ("Battles", "Armed clash"), False: ("Riots", "Mob violence")}
_NOTHING = Span(0, 0, "")


@dataclass(frozen=True, slots=True)
class Case:
    """The incidents of a file with the event that each tells of, and the actors that they name."""

    incidents: tuple[Incident, ...]
    events: Mapping[str, str]
    registry: Mapping[str, Actor]


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs found, right among them, and there to be found."""

    found: int
    right: int
    there: int

    @property
    def precision(self) -> float:
        """Right ones among those found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Found ones among those there."""
        return self.right / self.there if self.there else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 0.0


def read_case(path: Path = VERSIONS) -> Case:
    """The incidents of the evaluation file."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    registry = {actor.id: actor for row in rows for actor in _registered(row)}
    return Case(tuple(_incident(row) for row in rows), {row["id"]: row["event_id"] for row in rows}, registry)


def halves(case: Case) -> tuple[Case, Case]:
    """The half for choosing weights and the other one, by a hash of the event's id: reports of one event stay together."""
    tuned = {event for event in case.events.values() if hashlib.sha256(event.encode()).digest()[0] < 128}
    return tuple(  # type: ignore[return-value]
        replace(case, incidents=tuple(each for each in case.incidents if (case.events[each.id] in tuned) is first))
        for first in (True, False)
    )


def scored_pairs(case: Case, weights: Likeness) -> dict[Ids, float]:
    """The score of every pair that comes into question."""
    loose = replace(weights, possible=-99.0)
    return {pair.ids: pair.score for pair in find_pairs(case.incidents, loose, case.registry, lambda _: None)}


def gold_pairs(case: Case) -> frozenset[Ids]:
    """Pairs of different reports of one event."""
    by_event: dict[str, list[Incident]] = {}
    for each in sorted(case.incidents, key=lambda incident: incident.id):
        by_event.setdefault(case.events[each.id], []).append(each)
    return frozenset(
        (one.id, other.id) for told in by_event.values() for one, other in combinations(told, 2) if one.report != other.report
    )


def score_at(threshold: float, scores: Mapping[Ids, float], gold: frozenset[Ids]) -> Score:
    """What a threshold finds."""
    found = {ids for ids, score in scores.items() if score >= threshold}
    return Score(len(found), len(found & gold), len(gold))


def report() -> dict[str, float]:
    """Print precision, recall and F1 at the default threshold and over others: each half by itself, and the whole file.

    In the whole file every report has twice as many others to be taken for. Returns the figures at the default threshold.
    """
    if not there(VERSIONS):
        return {}
    speed()
    weights, whole = likeness(), read_case()
    parts = dict(zip(("tuned on", "untouched", "whole file"), (*halves(whole), whole), strict=True))
    scores = {name: (scored_pairs(case, weights), gold_pairs(case)) for name, case in parts.items()}
    for name, case in parts.items():
        pairs, gold = scores[name]
        events = {case.events[each.id] for each in case.incidents}
        reach = len(gold & pairs.keys()) / len(gold)
        print(f"{name}: {len(case.incidents)} reports of {len(events)} events, {len(gold)} pairs to find, "
              f"{len(pairs)} come into question ({reach:.1%} of the right ones)")
    print(f"{'threshold':<22}" + "".join(f"{name:>28}" for name in parts))
    for label, threshold in _thresholds(weights):
        cells = (_cell(score_at(threshold, *scores[name])) for name in parts)
        print(f"{label:<22}" + "".join(f"{cell:>28}" for cell in cells))
    return {
        f"duplicates, {name}: {measure}": getattr(score_at(weights.likely, *scores[name]), measure)
        for name in parts for measure in ("precision", "recall", "f1")
    }


def speed(number: int = 10_000, places: int = 500, years: int = 10) -> None:
    """Print how long it takes to pair made-up incidents: two a report, skewed over places, a tenth of them without one."""
    chance = random.Random(7)  # noqa: S311  # repeatable, nothing secret
    spots = [Position(chance.uniform(-8, 4), chance.uniform(12, 20)) for _ in range(places)]
    made = tuple(_moved(each, n, chance, spots, years) for n, each in enumerate(incidents(number)))
    start = time.perf_counter()
    found = find_pairs(made, likeness(), actors(), boundary)
    taken = time.perf_counter() - start
    print(f"{number:,} incidents at {places} places in {years} years: {len(found):,} pairs in {taken:.1f} s")


def _moved(incident: Incident, number: int, chance: random.Random, spots: list[Position], years: int) -> Incident:
    spot = spots[min(int(chance.expovariate(10 / len(spots))), len(spots) - 1)]
    day = date(2014, 1, 1) + timedelta(chance.randrange(365 * years))
    when = PartialDate(day, day + timedelta(chance.choice([0] * 8 + [3, 30])), DatePrecision.RANGE)
    place = replace(incident.location, position=spot, radius_km=5.0) if incident.location and number % 10 else None
    return replace(incident, report=f"made-up-{number // 2}", location=place, date=when if number % 20 != 1 else None)


def _thresholds(weights: Likeness) -> Iterator[tuple[str, float]]:
    yield f"{weights.likely:g} likely (default)", weights.likely
    yield f"{weights.possible:g} possible", weights.possible
    yield from ((f"{step / 2:g}", step / 2) for step in range(-8, 9))


def _cell(score: Score) -> str:
    return f"P {score.precision:.3f} R {score.recall:.3f} F1 {score.f1:.3f}"


def _incident(row: Row) -> Incident:
    event_type, sub_type = _kind(row)
    return Incident(
        id=row["id"], report=row["source"], event_type=event_type, sub_event_type=sub_type, date=_date(row), date_span=None,
        trigger=_NOTHING, location=_location(row), actors=tuple(_roles(row)), claims=tuple(_claims(row)),
        status=Status.DRAFT, review=(),
    )


def _date(row: Row) -> PartialDate:
    start, end = sorted((date.fromisoformat(row["date_start"]), date.fromisoformat(row["date_end"])))
    return PartialDate(start, end, DatePrecision.DAY if start == end else DatePrecision.RANGE)


def _location(row: Row) -> Location | None:
    """The stated point with a radius for how exactly it is known; a country alone is no place."""
    precision = row["geo_precision"].removesuffix(".0")
    if not row["latitude"] or precision not in _RADIUS_KM:
        return None
    position = Position(float(row["longitude"]), float(row["latitude"]))
    return Location(
        span=_NOTHING, relation=Relation.IN, place_id=f"{position.lon},{position.lat}", name=row["location"] or row["city"],
        anchor=position, position=position, line=(), radius_km=_RADIUS_KM[precision], area_id="", where_prec=1,
        geo_precision=_ACLED_PRECISION[precision], country="CI", admin1="", admin2="", regions=(), ambiguous=False, score=0.0,
        reasons=(), rivals=(),
    )


def _named(row: Row) -> Iterator[int]:
    return (n for n in _ACTORS if row[f"actor{n}"] not in _NOBODY)


def _roles(row: Row) -> Iterator[ActorRole]:
    for n in _named(row):
        acts = any(float(row[f"actor{n}_{part}"] or 0) for part in ("initiator", "perpetrator"))
        yield ActorRole(row[f"actor{n}_id"], row[f"actor{n}"], Role.ATTACKER if acts else Role.TARGET)


def _registered(row: Row) -> Iterator[Actor]:
    """The actors with the sort that the file gives them; all named security forces are under the unnamed one."""
    for n in _named(row):
        own, sort = row[f"actor{n}_id"], row[f"actor{n}_type"]
        parent = _SOME_FORCE if sort == "Security forces" and own != _SOME_FORCE else ""
        yield Actor(own, (("en", row[f"actor{n}"]),), (), _INTER.get(sort), parent, None, None, "", "")


def _kind(row: Row) -> tuple[str, str]:
    context = row["event_context"]
    if context == "Clash":
        return _CLASH[any(row[f"actor{n}_type"] in {"Security forces", "Non-state armed actor"} for n in _named(row))]
    return _KINDS.get(context, ("", ""))


def _claims(row: Row) -> Iterator[Claim]:
    """A count of 0 stands in the file for what is not told too, so it is no claim."""
    for field, name in ((ClaimField.KILLED, "deaths"), (ClaimField.WOUNDED, "injuries")):
        low, best, high = (int(float(row[f"{name}_{bound}"] or 0)) for bound in ("low", "best", "high"))
        if high > 0:
            yield Claim(
                claimant="report", claimant_name="", stance=Stance.REPORTS, field=field, subject="", value="",
                low=low, best=best, high=high, hedged=False, scope=Scope.INCIDENT, span=_NOTHING, report=row["source"],
            )


if __name__ == "__main__":
    report()
