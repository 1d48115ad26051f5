"""Where: what a report's words say about places, and locations made of what the gazetteer found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from incidentmap.model import (
    Doubt,
    Location,
    NameAsked,
    Place,
    PlaceFinder,
    PlaceKind,
    PlacePhrase,
    Relation,
    Resolution,
    ResolutionStatus,
    Situation,
    Span,
)
from incidentmap.reports.lexicon import Lexicon
from incidentmap.reports.page import Page
from incidentmap.reports.tokens import Token

_DATELINE = re.compile(r"\s?[,(][^.!?\n]{0,60}\s[-–—]\s")
"""After the place that a report was sent from: "Niamey, 16 August 2023 (own correspondent) - ..."."""
_DATELINE_REACH = 80
_UNITS = frozenset({3, 4})
_COUNTRY = 6
"""UCDP where_prec of units and of a country."""
_LINES = frozenset({Relation.BETWEEN, Relation.BORDER})


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in the text and what it means there.

    `level` is `settlement`, `natural`, `area`, `country` or `aside`: a place that only describes another one or dates the line.
    """

    first: int
    last: int
    name: str
    resolution: Resolution
    place: Place
    level: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Where something is said to have happened: the known names of a phrase, and what the phrase makes of them."""

    places: tuple[PlaceMention, ...]
    phrase: PlacePhrase
    situation: Situation
    ambiguous: bool

    @property
    def key(self) -> str:
        """Grounds with the same key are the same place."""
        ends = "|".join(sorted(mention.place.id for mention in self.places))
        return ends if self.phrase.relation in _LINES else self.places[0].place.id

    @property
    def level(self) -> str:
        """That of its places."""
        return self.places[0].level


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places named together ("à Niafunké et à Goundam"): what is told of them is told of each."""

    first: int
    last: int
    grounds: tuple[Ground, ...]
    level: str


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """All that a report says about places, in the order of its text."""

    grounds: tuple[Ground, ...]
    doubts: tuple[Doubt, ...]
    unknown: tuple[Span, ...] = ()
    """Names in the clean text that no gazetteer knows, wherever they stand."""

    @property
    def mentions(self) -> tuple[PlaceMention, ...]:
        """The known names."""
        return tuple(mention for ground in self.grounds for mention in ground.places)


def find_places(page: Page, finder: PlaceFinder, region: str | None, taken: Sequence[Span], report: str) -> FoundPlaces:
    """All that the text says about places, its names resolved with each other's help."""
    phrases = finder.phrases(page.text, taken, region)
    asked = [_asked(phrase, name, report) for phrase in phrases for name in phrase.names]
    resolved = iter(finder.resolve_all(asked, region=region))
    meanings = [tuple(next(resolved) for _ in phrase.names) for phrase in phrases]
    grounds: list[Ground] = []
    known = True
    for phrase, resolutions in zip(phrases, meanings, strict=True):
        # What describes a place that nobody knows is all that tells where it lies.
        described = phrase if known or phrase.relation is Relation.IN else replace(phrase, aside=False)
        known = any(each.chosen for each in resolutions)
        situation = finder.situate(phrase, resolutions, region) if known else None
        if situation:
            grounds += _ground(page, described, resolutions, situation, grounds)
    unknown = tuple(name for phrase, group in zip(phrases, meanings, strict=True)
                    for name, each in zip(phrase.names, group, strict=True) if each.status is ResolutionStatus.MISS)
    return FoundPlaces(tuple(grounds), _doubts(page, phrases, asked, [each for group in meanings for each in group]), unknown)


def _asked(phrase: PlacePhrase, name: Span, report: str) -> NameAsked:
    return NameAsked(name.quote, admin=phrase.admin.quote if phrase.admin else "", report=report)


def _doubts(
    page: Page, phrases: Sequence[PlacePhrase], asked: Sequence[NameAsked], resolved: Sequence[Resolution],
) -> tuple[Doubt, ...]:
    """Names that no gazetteer knows or several places bear, each once, where it is named first."""
    spans = [name for phrase in phrases for name in phrase.names]
    found: dict[NameAsked, Doubt] = {}
    for one, span, meaning in zip(asked, spans, resolved, strict=True):
        if meaning.status is not ResolutionStatus.FOUND and one not in found:
            sentence = page.sentence_of(page.token_at(span.start))
            found[one] = Doubt(
                one, page.clean.span(span.start, span.end), page.clean.span(sentence.start, sentence.end), meaning.status,
            )
    return tuple(found.values())


def _ground(
    page: Page, phrase: PlacePhrase, resolutions: Sequence[Resolution], situation: Situation, earlier: Sequence[Ground],
) -> list[Ground]:
    """The ground of a phrase; none where its words hold no token."""
    mentions = [
        PlaceMention(first, last, name.quote, each, each.chosen.place, _level(each.chosen.place, phrase, situation))
        for name, each in zip(phrase.names, resolutions, strict=True) if each.chosen
        for first, last in [(page.token_at(name.start), page.token_at(name.end))] if last > first
    ]
    if not mentions:
        return []
    if mentions[0].level in {"settlement", "natural"} and (phrase.aside or _aside(page, mentions[0], earlier)):
        mentions = [replace(mention, level="aside") for mention in mentions]
    ambiguous = any(each.status is not ResolutionStatus.FOUND for each in resolutions)
    return [Ground(tuple(sorted(mentions, key=lambda mention: mention.first)), phrase, situation, ambiguous)]


def _level(place: Place, phrase: PlacePhrase, situation: Situation) -> str:
    if situation.line:
        return "natural" if phrase.relation is Relation.BORDER else "settlement"
    if situation.where_prec == _COUNTRY or place.kind is PlaceKind.COUNTRY:
        return "country"
    if situation.where_prec in _UNITS or place.kind is PlaceKind.AREA:
        return "area"
    return "natural" if place.kind is PlaceKind.NATURAL else "settlement"


def _aside(page: Page, mention: PlaceMention, earlier: Sequence[Ground]) -> bool:
    """Whether a name stands in brackets after another place, only tells of where somebody is or goes, or is a dateline."""
    sentence = page.sentence_of(mention.first)
    before = page.text[sentence.start:page.tokens[mention.first].start]
    if page.preceded("asides", mention.first, sentence) is not None:
        return True
    others = any(other.places[0].first >= sentence.first and other.level == "settlement" for other in earlier[-8:])
    if others and before.rfind("(") > before.rfind(")"):
        return True
    if before.strip() or mention.first != sentence.first:
        return False
    rest = page.text[page.tokens[mention.last - 1].end:][:_DATELINE_REACH]
    return bool(_DATELINE.match(rest)) or (mention.name.isupper() and rest.strip()[:1] in {"(", "-", ","})


def group_places(page: Page, grounds: Sequence[Ground]) -> tuple[PlaceGroup, ...]:
    """Places at which something can have happened, those named together in one group."""
    groups: list[PlaceGroup] = []
    usable = [ground for ground in grounds if ground.level != "aside"]
    index = 0
    while index < len(usable):
        run = _run(page, usable, index)
        groups.append(PlaceGroup(run[0].places[0].first, run[-1].places[-1].last, tuple(run), run[0].level))
        index += len(run)
    return tuple(groups)


def _run(page: Page, usable: Sequence[Ground], index: int) -> list[Ground]:
    run = [usable[index]]
    for ground in usable[index + 1:]:
        before, after = run[-1].places[-1], ground.places[0]
        between = page.tokens[before.last:after.first]
        gap = page.text[page.tokens[before.last - 1].end:page.tokens[after.first].start]
        if ground.level != run[0].level or len(between) > 4 or not _joins(page.lexicon, between, gap):
            break
        run.append(ground)
    return run


def _joins(lexicon: Lexicon, between: Sequence[Token], gap: str) -> bool:
    joints = lexicon.words("joints", "adds", "chooses", "follows")
    links = joints | lexicon.words("place_links", "link")
    if any(token.text not in links for token in between) or any(sign in gap for sign in ".;:()\n\n"):
        return False
    return any(token.text in joints for token in between) or "," in gap or gap == "-"


def location_of(page: Page, ground: Ground) -> Location:
    """The location of an incident on a ground, in the gazetteer's terms and with how precise the words are."""
    first, situation = ground.places[0], ground.situation
    place, resolution = first.place, first.resolution
    ends = ground.places if ground.phrase.relation in _LINES else ground.places[:1]
    return Location(
        span=page.clean.span(ground.phrase.span.start, ground.phrase.span.end), relation=ground.phrase.relation,
        place_id=place.id, name=" - ".join(end.place.name for end in ends), anchor=place.position, position=situation.position,
        line=situation.line, radius_km=situation.radius_km, area_id=situation.area_id, where_prec=situation.where_prec,
        geo_precision=situation.geo_precision, country=place.country, admin1=place.admin1, admin2=place.admin2,
        regions=resolution.regions if situation.regions is None else situation.regions, ambiguous=ground.ambiguous,
        score=resolution.chosen.score if resolution.chosen else 0.0, reasons=(*resolution.reasons, *situation.reasons),
        rivals=tuple(rival.place.name for rival in resolution.rivals),
    )
