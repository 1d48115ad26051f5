"""Where: place names with how the words tie an incident to them, and locations made of what the gazetteer found."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from incidentmap.model import (
    Location,
    Place,
    PlaceFinder,
    PlaceKind,
    Relation,
    Resolution,
    ResolutionStatus,
    Span,
)
from incidentmap.reports.page import Page
from incidentmap.reports.sentences import Sentence
from incidentmap.reports.tokens import Token

_KM = re.compile(r"(\d{1,4}(?:[.,]\d+)?)\s*$")
_DATELINE = re.compile(r"\s?[,(][^.!?\n]{0,60}\s[-–—]\s")
"""After the place that a report was sent from: "Niamey, 16 August 2023 (own correspondent) - ..."."""
_DATELINE_REACH = 80
_KM_PER_MILE = 1.609344
_NEAR_KM = 10.0
_AREA_KM = 75.0
"""An area that the gazetteer knows only by its seat reaches at least as far as a small cercle."""
_TOGETHER = 40
_WORDS_AFTER_KM = 6
_JOINTS = frozenset({"et", "and", "à", "a", "au", "de", "d", "sur", "in", "at", "on", "puis", "ou", "or", "la", "le",
                     "ville", "contre", "to"})


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
    """Where something is said to have happened: one place, or for `between` the two ends of a line."""

    places: tuple[PlaceMention, ...]
    relation: Relation
    distance_km: float

    @property
    def key(self) -> str:
        """Grounds with the same key are the same place."""
        ends = "|".join(sorted(mention.place.id for mention in self.places))
        return ends if self.relation is Relation.BETWEEN else self.places[0].place.id


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """Places named together ("à Niafunké et à Goundam"): what is told of them is told of each."""

    first: int
    last: int
    grounds: tuple[Ground, ...]
    level: str


def find_places(page: Page, finder: PlaceFinder, region: str | None, taken: Sequence[Span]) -> tuple[PlaceMention, ...]:
    """All place names that the gazetteer knows, resolved with each other's help."""
    spans = finder.mentions(page.text, taken)
    names = tuple(dict.fromkeys(span.quote for span in spans))
    resolved: dict[str, Resolution] = {}
    mentions = []
    for span in spans:
        first, last = page.token_at(span.start), page.token_at(span.end)
        name = _asked_name(page, span, first)
        if name not in resolved:
            together = tuple(other for other in names if other != span.quote)[:_TOGETHER]
            resolved[name] = _resolve(page, finder, name, _bare_name(page, span, first), region, together)
        chosen = resolved[name].chosen
        if chosen and last > first:
            mentions.append(PlaceMention(first, last, span.quote, resolved[name], chosen.place, ""))
    return tuple(_levelled(page, mentions))


def _asked_name(page: Page, span: Span, first: int) -> str:
    """The name to look up: "région de Tombouctou" rather than "Tombouctou" where the words say that the region is meant."""
    prefix = _container(page, first)
    if prefix is not None and prefix < first:
        return page.text[page.tokens[prefix].start:span.end]
    suffix = _container_after(page, span)
    return page.text[span.start:suffix] if suffix else span.quote


def _bare_name(page: Page, span: Span, first: int) -> str:
    """A name without "région de" where the finder's own span holds these words."""
    inside = page.lexicon.book("containers").at(page.tokens, first)
    held = inside is not None and page.tokens[inside.last - 1].end < span.end
    return page.text[page.tokens[inside.last].start:span.end] if inside and held else span.quote


def _resolve(page: Page, finder: PlaceFinder, name: str, bare: str, region: str | None,  # noqa: PLR0917
             together: Sequence[str]) -> Resolution:
    """What a name means; where an area is meant that the gazetteer lacks, a unit of another level with the same name."""
    resolution = finder.resolve(name, region=region, together=together)
    known = resolution.chosen and resolution.chosen.place.kind in {PlaceKind.AREA, PlaceKind.COUNTRY}
    if name == bare or known:
        return resolution
    for prefix in page.lexicon.phrases("containers", "admin"):
        other = finder.resolve(f"{prefix} {bare}", region=region, together=together)
        if other.chosen and other.chosen.place.kind is PlaceKind.AREA:
            return other
    return resolution


def _container(page: Page, first: int) -> int | None:
    """Token at which "région de" and the like begins before a name; the name itself when it holds these words."""
    book = page.lexicon.book("containers")
    inside = book.at(page.tokens, first)
    if inside and inside.meaning == "admin":
        return first
    for back in range(1, 5):
        if first - back < 0:
            return None
        found = book.at(page.tokens, first - back, first)
        if found and found.meaning == "admin" and found.last == first and page.tokens[first].glued:
            return first - back
    return None


def _container_after(page: Page, span: Span) -> int | None:
    book = page.lexicon.book("containers")
    index = page.token_at(span.end)
    if index >= len(page.tokens) or not page.tokens[index].glued:
        return None
    found = book.at(page.tokens, index)
    return page.tokens[index].end if found and found.meaning == "after" else None


def _levelled(page: Page, mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    levelled: list[PlaceMention] = []
    for mention in mentions:
        level = _level(page, mention)
        if level in {"settlement", "natural"} and _aside(page, mention, levelled):
            level = "aside"
        levelled.append(PlaceMention(mention.first, mention.last, mention.name, mention.resolution, mention.place, level))
    return levelled


def _level(page: Page, mention: PlaceMention) -> str:
    if mention.place.kind is PlaceKind.COUNTRY:
        return "country"
    if mention.place.kind is PlaceKind.AREA or _container(page, mention.first) is not None:
        return "area"
    return "natural" if mention.place.kind is PlaceKind.NATURAL else "settlement"


def _aside(page: Page, mention: PlaceMention, earlier: Sequence[PlaceMention]) -> bool:
    """Whether a name only describes: "(130 km à l'ouest de Tombouctou)" after another place, or a dateline."""
    sentence = page.sentence_of(mention.first)
    before = page.text[sentence.start:page.tokens[mention.first].start]
    others = any(other.first >= sentence.first and other.level == "settlement" for other in earlier[-8:])
    if others and before.rfind("(") > before.rfind(")"):
        return True
    if before.strip() or mention.first != sentence.first:
        return False
    rest = page.text[page.tokens[mention.last - 1].end:][:_DATELINE_REACH]
    return bool(_DATELINE.match(rest)) or (mention.name.isupper() and rest.strip()[:1] in {"(", "-", ","})


def group_places(page: Page, mentions: Sequence[PlaceMention]) -> tuple[PlaceGroup, ...]:
    """Places at which something can have happened, those named together in one group; between two places is one ground."""
    groups: list[PlaceGroup] = []
    usable = [mention for mention in mentions if mention.level != "aside"]
    index = 0
    while index < len(usable):
        run = _run(page, usable, index)
        groups.append(_group(page, run))
        index += len(run)
    return tuple(groups)


def _run(page: Page, usable: Sequence[PlaceMention], index: int) -> list[PlaceMention]:
    run = [usable[index]]
    for mention in usable[index + 1:]:
        between = page.tokens[run[-1].last:mention.first]
        gap = page.text[page.tokens[run[-1].last - 1].end:page.tokens[mention.first].start]
        if mention.level != run[0].level or len(between) > 4 or not _joins(between, gap):
            break
        run.append(mention)
    return run


def _joins(between: Sequence[Token], gap: str) -> bool:
    if any(token.text not in _JOINTS for token in between) or any(sign in gap for sign in ".;:()\n\n"):
        return False
    return any(token.text in {"et", "and", "puis", "ou", "or", "to"} for token in between) or "," in gap or gap == "-"


def _group(page: Page, run: Sequence[PlaceMention]) -> PlaceGroup:
    sentence = page.sentence_of(run[0].first)
    if len(run) == 2 and (_between(page, run, sentence)):
        grounds: tuple[Ground, ...] = (Ground(tuple(run), Relation.BETWEEN, 0.0),)
    else:
        grounds = tuple(_ground(page, mention, sentence) for mention in run)
    return PlaceGroup(run[0].first, run[-1].last, grounds, run[0].level)


def _between(page: Page, run: Sequence[PlaceMention], sentence: Sentence) -> bool:
    hyphen = page.gap(run[1].first, run[1].first) == "-"
    for back in range(1, 7):
        first = run[0].first - back
        if first < sentence.first:
            break
        if page.lexicon.book("axes").at(page.tokens, first):
            return True
    return hyphen


def _ground(page: Page, mention: PlaceMention, sentence: Sentence) -> Ground:
    distance = _distance_km(page, mention, sentence)
    if distance is not None:
        return Ground((mention,), Relation.DISTANCE, distance)
    near = _near(page, mention, sentence)
    return Ground((mention,), Relation.NEAR if near else Relation.IN, 0.0)


def _distance_km(page: Page, mention: PlaceMention, sentence: Sentence) -> float | None:
    for back in range(1, _WORDS_AFTER_KM + 2):
        index = mention.first - back
        if index <= sentence.first or not page.tokens[index + 1].glued:
            return None
        if page.lexicon.book("distances").at(page.tokens, index):
            number = _KM.search(page.text[sentence.start:page.tokens[index].start])
            scale = _KM_PER_MILE if page.tokens[index].text.startswith("mile") else 1.0
            return float(number.group(1).replace(",", ".")) * scale if number else None
    return None


def _near(page: Page, mention: PlaceMention, sentence: Sentence) -> bool:
    for back in range(1, 6):
        index = mention.first - back
        if index < sentence.first:
            return False
        found = page.lexicon.book("nearness").at(page.tokens, index, mention.first)
        if found:
            return all(token.glued for token in page.tokens[found.last:mention.first + 1])
    return False


_BY_RELATION: Mapping[Relation, tuple[int, int]] = {
    Relation.IN: (1, 1), Relation.NEAR: (2, 2), Relation.DISTANCE: (2, 2), Relation.BETWEEN: (5, 2),
}
"""UCDP where_prec and ACLED geo_precision of a settlement: exact 1 / 1, near it 2 / 2, along a line 5 / 2 (codebooks)."""


def location_of(page: Page, ground: Ground) -> Location:
    """The location of an incident on a ground, in the gazetteer's terms and with how precise the words are.

    An area has its polygon id and the precision of its level: UCDP 3 second-level unit, 4 first-level unit, 6 country; ACLED 3.
    """
    mention = ground.places[0]
    place, resolution = mention.place, mention.resolution
    chosen = resolution.chosen
    where_prec, geo_precision = _precision(ground, mention)
    first, last = ground.places[0].first, ground.places[-1].last
    line = tuple(end.place.position for end in ground.places) if ground.relation is Relation.BETWEEN else ()
    ambiguous = any(end.resolution.status is ResolutionStatus.AMBIGUOUS for end in ground.places)
    return Location(
        span=page.clean.span(page.tokens[first].start, page.tokens[last - 1].end), relation=ground.relation, place_id=place.id,
        name=" - ".join(end.place.name for end in ground.places), anchor=place.position, line=line,
        radius_km=_radius_km(ground), area_id=place.area_id if mention.level in {"area", "country"} else "",
        where_prec=where_prec, geo_precision=geo_precision,
        country=place.country, admin1=place.admin1, admin2=place.admin2, regions=resolution.regions, ambiguous=ambiguous,
        score=chosen.score if chosen else 0.0, reasons=(*resolution.reasons, *(chosen.reasons if chosen else ())),
        rivals=tuple(rival.place.name for rival in resolution.rivals),
    )


def _precision(ground: Ground, mention: PlaceMention) -> tuple[int, int]:
    if mention.level == "settlement":
        return _BY_RELATION[ground.relation]
    if mention.level == "natural":
        return 5, 3
    if mention.level == "country":
        return 6, 3
    return (3 if mention.place.area_id.count("/") >= 2 else 4), 3


def _radius_km(ground: Ground) -> float:
    own = max(end.place.radius_km for end in ground.places)
    if ground.places[0].level == "area":
        own = max(own, _AREA_KM)
    return own + ground.distance_km + (_NEAR_KM if ground.relation is Relation.NEAR else 0.0)
