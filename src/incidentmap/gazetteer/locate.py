"""One cell of a table: a name, a phrase or a whole incident line, and the one place that it is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from incidentmap.gazetteer.asides import is_unit
from incidentmap.gazetteer.distance import distance_km
from incidentmap.gazetteer.relations import relations
from incidentmap.model import (
    NameAsked,
    PlaceFinder,
    PlaceKind,
    PlacePhrase,
    Reason,
    Relation,
    Resolution,
    ResolutionStatus,
    Situation,
    Span,
    reason,
)

_LONGEST_NAME = 80
_APART_KM = 10.0
"""Two scenes this close are one as far as a map can tell."""
_COUNTRY, _UNIT, _OF_NAME, _NAME, _SCENE = 1, 2, 3, 4, 5
"""How surely words make a place the scene."""
_LIKENESS = frozenset({"match_phonetic", "match_fuzzy", "match_part"})
_AT = re.compile(
    r"(?:^|[\s(])(?:à|a|au|en|dans|sur|in|at|vers|près|near)\s+(?:[^\W\d_]+\s+(?:de|d['’]|du|of)\s*)?\Z", re.IGNORECASE,
)
_OF = re.compile(r"\b(?:de|du|des|of)\s+\Z|\bd['’]\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Located:
    """The place of a cell.

    Parameters
    ----------
    phrase
        What the cell says about its main place, None where it names none. Its spans point into `asked.name`.
    resolutions
        What each name of the phrase means, in its order; for a cell without a phrase that of the whole cell.
    situation
        Where that puts it, None for a miss.
    status
        `ambiguous` also where the scene itself is unknown and its place was taken from what is said of it.
    reasons
        Why this phrase and not another; the reasons of names and of the situation stand with these.
    """

    asked: NameAsked
    phrase: PlacePhrase | None
    resolutions: tuple[Resolution, ...]
    situation: Situation | None
    status: ResolutionStatus
    reasons: tuple[Reason, ...] = ()

    @property
    def main(self) -> Resolution:
        """The first name that is known, else the first."""
        return next((each for each in self.resolutions if each.chosen), self.resolutions[0])

    @property
    def why(self) -> tuple[Reason, ...]:
        """All reasons, the widest first: of the choice of words, of the ground, of the name."""
        return (*self.reasons, *(self.situation.reasons if self.situation else ()), *self.main.reasons)


@dataclass(frozen=True, slots=True)
class _Read:
    """A phrase of the cell with what its names mean and how surely it is the scene (higher is surer)."""

    phrase: PlacePhrase
    resolutions: tuple[Resolution, ...]
    rank: int

    @property
    def known(self) -> bool:
        """Whether its first name is known, or any end of an axis."""
        some = self.resolutions if self.phrase.relation in {Relation.BETWEEN, Relation.BORDER} else self.resolutions[:1]
        return any(each.chosen for each in some)


def locate(finder: PlaceFinder, asked: NameAsked, region: str | None) -> Located:
    """The main place of a cell: what the words make the scene. Units in brackets, origins and descriptions are context.

    Never raises on any text. A name that the gazetteer or a decision knows as a whole is that, whatever words it is made of.
    """
    whole = finder.resolve_all((asked,), region=region)[0]
    if _certain(whole, asked):
        return _alone(finder, asked, whole, region)
    phrases = finder.phrases(asked.name, (), region)
    read = _read(finder, asked, phrases, region)
    main = _main(read)
    if main is None or (whole.chosen and _covers(main.phrase, asked.name)):
        return _alone(finder, asked, whole, region)
    passing = next((each for each in read if _passed(each)), None) if main.rank <= _UNIT else None
    if passing and (found := finder.situate(passing.phrase, passing.resolutions, region)):
        why = (reason("situated_passing", name=passing.phrase.names[0].quote),)
        return Located(asked, passing.phrase, passing.resolutions, found, ResolutionStatus.AMBIGUOUS, why)
    return _situated(finder, asked, main, read, region)


def _passed(read: _Read) -> bool:
    """Whether a phrase tells where somebody came from or was bound for."""
    travel = relations().passing.match(read.phrase.span.quote)
    return read.phrase.aside and read.phrase.relation is Relation.NEAR and bool(travel) and read.known


def _certain(whole: Resolution, asked: NameAsked) -> bool:
    likeness = bool(whole.chosen) and any(why.code in _LIKENESS for why in whole.chosen.reasons) if whole.chosen else True
    return whole.chosen is not None and not likeness and len(asked.name) <= _LONGEST_NAME


def _covers(phrase: PlacePhrase, text: str) -> bool:
    return phrase.relation is Relation.IN and len(phrase.span.quote) >= len(text.strip()) - 1


def _alone(finder: PlaceFinder, asked: NameAsked, whole: Resolution, region: str | None) -> Located:
    span = Span(0, len(asked.name), asked.name)
    phrase = PlacePhrase(span, (span,), Relation.IN)
    if whole.chosen is None:
        return Located(asked, None, (whole,), None, ResolutionStatus.MISS)
    return Located(asked, phrase, (whole,), finder.situate(phrase, (whole,), region), whole.status)


def _read(finder: PlaceFinder, asked: NameAsked, phrases: Sequence[PlacePhrase], region: str | None) -> tuple[_Read, ...]:
    """All phrases with what their names mean, resolved together."""
    names = [
        replace(asked, name=name.quote, admin=phrase.admin.quote if phrase.admin else asked.admin)
        for phrase in phrases for name in phrase.names
    ]
    resolved = iter(finder.resolve_all(names, region=region)) if names else iter(())
    return tuple(
        _Read(phrase, own := tuple(next(resolved) for _ in phrase.names), _rank(asked.name, phrase, own)) for phrase in phrases
    )


def _rank(text: str, phrase: PlacePhrase, resolutions: Sequence[Resolution]) -> int:
    """How surely the words make a phrase the scene: led by a preposition of place, else named, else a unit, else a country."""
    kind = resolutions[0].chosen.place.kind if resolutions[0].chosen else None
    if phrase.aside:
        return 0
    if kind is PlaceKind.COUNTRY:
        return _COUNTRY if phrase.relation is Relation.IN else _UNIT
    if is_unit(phrase) or kind is PlaceKind.AREA:
        return _UNIT
    head = text[: phrase.span.start]
    if phrase.relation is not Relation.IN or _AT.search(head) or relations().typed.search(head):
        return _SCENE
    return _OF_NAME if _OF.search(head) else _NAME


def _main(read: Sequence[_Read]) -> _Read | None:
    """The phrase that is surest the scene: of equal ones a known one, of these the first."""
    usable = [each for each in read if each.rank] or list(read)
    return min(usable, key=lambda each: (-each.rank, not each.known, each.phrase.span.start), default=None)


def _situated(finder: PlaceFinder, asked: NameAsked, main: _Read, read: Sequence[_Read], region: str | None) -> Located:
    situation = finder.situate(main.phrase, main.resolutions, region) if main.known and not _unlike(main) else None
    if situation:
        rivals = _other_scenes(main, read)
        status = ResolutionStatus.AMBIGUOUS if rivals else _status(main, read)
        why = (reason("situated_several", names=", ".join(rivals)),) if rivals else ()
        return Located(asked, main.phrase, main.resolutions, situation, status, why)
    name = main.phrase.names[0].quote
    for other, code in _instead(main, read):
        found = finder.situate(other.phrase, other.resolutions, region)
        if found:
            why = (reason(code, name=name),)
            return Located(asked, other.phrase, other.resolutions, found, ResolutionStatus.AMBIGUOUS, why)
    return Located(asked, main.phrase, main.resolutions, None, ResolutionStatus.MISS)


def _unlike(main: _Read) -> bool:
    """Whether only a likeness found the name, and outside the unit that the words set it in: no answer."""
    chosen = main.resolutions[0].chosen
    codes = {why.code for why in chosen.reasons} if chosen else set()
    line = main.phrase.relation in {Relation.BETWEEN, Relation.BORDER}
    return not line and bool(codes & _LIKENESS) and "admin_unmet" in codes


def _other_scenes(main: _Read, read: Sequence[_Read]) -> tuple[str, ...]:
    """Names of other places that the words make the scene just as surely: which one is meant is a person's to say."""
    own = main.resolutions[0].chosen
    equal = [each for each in read if each is not main and each.rank == main.rank and each.known]
    rivals = [(each.phrase.names[0].quote, each.resolutions[0].chosen) for each in equal]
    return tuple(
        name for name, other in rivals
        if own and other and distance_km(own.place.position, other.place.position) > _APART_KM
    )


def _status(main: _Read, read: Sequence[_Read]) -> ResolutionStatus:
    unknown = any(not other.known and other.rank >= main.rank for other in read)
    if unknown or any(each.status is not ResolutionStatus.FOUND for each in main.resolutions):
        return ResolutionStatus.AMBIGUOUS
    return ResolutionStatus.FOUND


def _instead(main: _Read, read: Sequence[_Read]) -> list[tuple[_Read, str]]:
    """What else tells where an unknown scene is: what describes it right behind it, else other places, else its unit."""
    behind = [each for each in read if each.phrase.span.start >= main.phrase.span.end and each.known]
    described = [each for each in behind if each.phrase.aside and each.phrase.relation is not Relation.IN]
    rest = [each for each in read if each.known and each is not main]
    spots = sorted((each for each in rest if each.rank > _UNIT), key=lambda each: -each.rank)
    units = [each for each in read if each.known and main.phrase.admin and main.phrase.admin.covers(each.phrase.names[0])]
    told = [(each, "situated_instead") for each in (*described, *spots)]
    return [*told, *((each, "situated_in_unit") for each in (*units, *rest))]
