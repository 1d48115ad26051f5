"""How many victims of one incident: a range under a named rule, no average of rival figures, no zero for what nobody told.

From claims to the range of a field:

1. **Figures.** A claim counts if it has a number and covers this incident alone. A denied figure is not its denier's own,
   unless it is zero. A bound that nobody told is 0 below and open above; "families" are at least one person each: open above.
2. **Last told.** What one claimant says of one victim class replaces what it said of it earlier in the same report, or in a
   report of an earlier day. Where days do not tell which came last, both stand. A report's own voice (`report`) is no other's.
3. **Whole or parts.** "persons" is the whole toll: victim classes that the same voice names are among it. Victim classes
   without a whole are parts, and different parts add up, also of different claimants: 3 soldiers (the army) and 12 civilians
   (residents) are 15. Women, children, hostages and families may be among the civilians or beside them: a range says so.
4. **Rule.** Rival figures of a class, rival wholes, and the wholes beside the sum of the parts, are settled by the rule: the
   lowest of them, the highest, or a range that holds all (least lower bound, greatest upper bound). With one source, others are
   not heard at all.

Sums over incidents stand in :mod:`incidentmap.model.total`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from incidentmap.model.claim import Claim, ClaimField, Scope, Stance
from incidentmap.model.errors import BadValue
from incidentmap.model.incident import Incident

COUNTED = (ClaimField.KILLED, ClaimField.WOUNDED, ClaimField.CAPTURED, ClaimField.MISSING, ClaimField.DISPLACED)
"""Fields that count people."""
_WHOLE = frozenset({"", "persons", "people"})
_AMONG_CIVILIANS = frozenset({"women", "children", "hostages", "families"})
_CIVILIANS, _FAMILIES, _REPORT = "civilians", "families", "report"


class RuleKind(StrEnum):
    """How rival figures become one range."""

    LOWEST = "lowest"
    HIGHEST = "highest"
    ALL = "all"
    SOURCE = "source"
    """What one claimant, or one report, says; where it is silent the toll is unknown."""


@dataclass(frozen=True, slots=True)
class TotalRule:
    """A rule by name; `source` is the id of a claimant or a report, for `RuleKind.SOURCE` alone."""

    kind: RuleKind = RuleKind.ALL
    source: str = ""

    def __post_init__(self) -> None:
        if (self.kind is RuleKind.SOURCE) != bool(self.source):
            raise BadValue("rule for totals", str(self), "lowest, highest, all or source:ID (a claimant or report)")

    def __str__(self) -> str:
        return f"{self.kind}:{self.source}" if self.kind is RuleKind.SOURCE else self.kind.value

    @classmethod
    def parse(cls, text: str) -> "TotalRule":
        """The rule of a text such as `lowest` or `source:jnim`. Raises `BadValue` for any other."""
        kind, colon, source = text.strip().partition(":")
        if kind not in set(RuleKind) or bool(colon) != (kind == RuleKind.SOURCE):
            raise BadValue("rule for totals", text, "lowest, highest, all or source:ID (a claimant or report)")
        return cls(RuleKind(kind), source.strip())


ALL_SOURCES = TotalRule()
"""The rule where none is named: all that is told, from the least to the greatest."""


@dataclass(frozen=True, slots=True, order=True)
class Toll:
    """A number of people as a range.

    Parameters
    ----------
    low, high
        Least and greatest number told; `low <= high`.
    open_high
        Whether it may be more than `high`: "at least 12" is 12, 12, open.
    best
        The number that a source itself puts forward, None where sources differ or give none.
    """

    low: int
    high: int
    open_high: bool = False
    best: int | None = None

    def __add__(self, other: "Toll") -> "Toll":
        best = self.best + other.best if self.best is not None and other.best is not None else None
        return Toll(self.low + other.low, self.high + other.high, self.open_high or other.open_high, best)


@dataclass(frozen=True, slots=True)
class Figure:
    """What one voice says of one victim class."""

    voice: tuple[str, str]
    subject: str
    toll: Toll


def incident_toll(
    incident: Incident, field: ClaimField, rule: TotalRule, published: Mapping[str, date] | None = None,
) -> Toll | None:
    """The range of one incident, None where nobody whom the rule hears gives a figure.

    `published` gives the day of a report by its id, as far as known: it settles which of a claimant's figures is the last.
    """
    figures = figures_of(incident, field, rule, published or {})
    return settled(figures, rule) if figures else None


def settled(figures: Sequence[Figure], rule: TotalRule) -> Toll:
    """The range of one or more figures."""
    return _by_rule(_rivals(figures, rule), rule)


def has_figure(claim: Claim) -> bool:
    """Whether a claim tells a number of people."""
    return claim.field in COUNTED and any(number is not None for number in (claim.low, claim.best, claim.high))


def stands(claim: Claim, field: ClaimField, rule: TotalRule) -> bool:
    """Whether a claim gives a figure for a field that the rule hears."""
    if claim.field is not field or not has_figure(claim):
        return False
    denied = claim.stance is Stance.DENIES and claim.high != 0
    return not denied and (rule.kind is not RuleKind.SOURCE or rule.source in {claim.claimant, claim.report})


def figures_of(incident: Incident, field: ClaimField, rule: TotalRule, published: Mapping[str, date]) -> list[Figure]:
    """Each voice's last figure for each class."""
    claims = [claim for claim in incident.claims if claim.scope is Scope.INCIDENT and stands(claim, field, rule)]
    last: dict[tuple[str, str, str], Claim] = {}
    for claim in sorted(claims, key=_told_order):
        last[claim.claimant, claim.report, _class(claim)] = claim
    days: defaultdict[tuple[str, str], set[date | None]] = defaultdict(set)
    for claimant, report, subject in last:
        days[claimant, subject].add(published.get(report))
    return [
        Figure((claimant, report), subject, _toll(claim)) for (claimant, report, subject), claim in last.items()
        if claimant == _REPORT or not _revised(published.get(report), days[claimant, subject])
    ]


def _told_order(claim: Claim) -> tuple[int, ...]:
    """In the order of the text; the numbers part what stands on the same words."""
    numbers = (-1 if number is None else number for number in (claim.low, claim.best, claim.high))
    return (claim.span.start, claim.span.end, *numbers)


def _revised(day: date | None, days: set[date | None]) -> bool:
    """Whether the same claimant gave a figure on a later day."""
    return day is not None and any(other is not None and other > day for other in days)


def _class(claim: Claim) -> str:
    return "persons" if claim.subject in _WHOLE else claim.subject


def _toll(claim: Claim) -> Toll:
    told = [number for number in (claim.low, claim.best, claim.high) if number is not None]
    low = 0 if claim.low is None and claim.best is None else min(told)
    best = claim.best if claim.best is not None else claim.low if claim.low == claim.high else None
    return Toll(low, max(told), claim.high is None or claim.subject == _FAMILIES, best)


def _rivals(figures: Sequence[Figure], rule: TotalRule) -> list[Toll]:
    """The wholes that voices tell, and the sum of the parts that others tell."""
    wholes = {each.voice: each.toll for each in figures if each.subject in _WHOLE}
    tolls = [_with_parts(toll, [each for each in figures if each.voice == voice], rule) for voice, toll in wholes.items()]
    parts = [each for each in figures if each.voice not in wholes]
    return [*tolls, *([_sum_of_parts(parts, rule)] if parts else [])]


def _with_parts(whole: Toll, figures: Sequence[Figure], rule: TotalRule) -> Toll:
    """A whole is at least what its parts are."""
    parts = [each for each in figures if each.subject not in _WHOLE]
    if not parts:
        return whole
    summed = _sum_of_parts(parts, rule)
    if summed.low > whole.high:
        return summed
    best = whole.best if whole.best is not None and whole.best >= summed.low else None
    return Toll(max(whole.low, summed.low), whole.high, whole.open_high, best)


def _sum_of_parts(figures: Sequence[Figure], rule: TotalRule) -> Toll:
    """The classes added up, each of them settled by the rule."""
    classes: defaultdict[str, list[Toll]] = defaultdict(list)
    for each in figures:
        classes[each.subject].append(each.toll)
    ranges = {subject: _by_rule(tolls, rule) for subject, tolls in sorted(classes.items())}
    beside = [toll for subject, toll in ranges.items() if subject not in _AMONG_CIVILIANS | {_CIVILIANS}]
    among = [toll for subject, toll in ranges.items() if subject in _AMONG_CIVILIANS]
    civilians = ranges.get(_CIVILIANS)
    if civilians and among:
        beside.append(_maybe_among(civilians, sum(among[1:], among[0])))
    else:
        beside += [*among, *([civilians] if civilians else [])]
    return sum(beside[1:], beside[0])


def _maybe_among(civilians: Toll, others: Toll) -> Toll:
    """Civilians with those who are among them or beside them: which, the words do not say."""
    return Toll(max(civilians.low, others.low), civilians.high + others.high, civilians.open_high or others.open_high)


def _by_rule(tolls: Sequence[Toll], rule: TotalRule) -> Toll:
    """One range of rival ones."""
    if rule.kind is RuleKind.LOWEST:
        return min(tolls, key=lambda toll: (toll.low, toll.high, toll.open_high, toll.best or 0))
    if rule.kind is RuleKind.HIGHEST:
        return max(tolls, key=lambda toll: (toll.high, toll.open_high, toll.low, toll.best or 0))
    bests = {toll.best for toll in tolls}
    return Toll(
        min(toll.low for toll in tolls), max(toll.high for toll in tolls), any(toll.open_high for toll in tolls),
        next(iter(bests)) if len(bests) == 1 else None,
    )


def contested(figures: Sequence[Figure]) -> bool:
    """Whether no single number agrees with all that is told of some class."""
    classes: defaultdict[str, list[Toll]] = defaultdict(list)
    for each in figures:
        classes[each.subject].append(each.toll)
    return any(_apart(tolls) for tolls in classes.values())


def _apart(tolls: Sequence[Toll]) -> bool:
    closed = [toll.high for toll in tolls if not toll.open_high]
    return bool(closed) and max(toll.low for toll in tolls) > min(closed)
