"""What phrases tell about each other: which only describes the place beside it, and in which unit a place is set."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from incidentmap.gazetteer.relations import relations
from incidentmap.gazetteer.written import BREAK, span_of
from incidentmap.model import PlacePhrase, Relation, Span

_BESIDE = re.compile(r"\s*[,(]?\s*(?:à|située?s?|sise?|located|soit|sur|on)?\s*(?:la|le|the)?\s*")
_SET_IN = re.compile(
    r"[\s\u00a0]*[,(]?\s*(?:dans|en|in|of|de|relevant|située?)?\s*(?:la|le|l['’]|the|d['’]|du|de la)?\s*", re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:,|et|and|puis|ou|or|ainsi que)\s*(?:à|au|in|at|de|d['’])?\s*", re.IGNORECASE)
_AFTER_UNIT = re.compile(r"\s*,\s*(?:à|au|près de|in|at|near|le village de|la localité de)?\s*", re.IGNORECASE)
_NEXT_UNIT = re.compile(r"[\s\u00a0]*[,;(]?[\s\u00a0]*(?:(?:dans|en|in)\s+)?(?:la|le|l['’]|the)?\s*", re.IGNORECASE)
_MOST_UNITS = 6


def marked_asides(text: str, phrases: Sequence[PlacePhrase]) -> list[PlacePhrase]:
    """Phrases that only describe the place named right before them: "Hombori (140 km à l'est de Douentza)"."""
    marked: list[PlacePhrase] = []
    opened: PlacePhrase | None = None
    for before, phrase in zip([None, *phrases], phrases, strict=False):
        gap = text[before.span.start : phrase.span.start] if before else ""
        closed = gap.rfind(")") > gap.rfind("(") or BREAK.search(gap) is not None
        opened = None if closed else before if "(" in gap else opened
        described = bool(opened) or (before is not None and _tied(text, before, phrase))
        marked.append(replace(phrase, aside=True) if described else phrase)
    return marked


def _tied(text: str, before: PlacePhrase, phrase: PlacePhrase) -> bool:
    """Whether a distance, axis or nearness follows right upon the place that it tells more of."""
    lines = {Relation.BETWEEN, Relation.BORDER}
    free = phrase.relation is not Relation.IN and before.relation not in lines and not (before.aside or is_unit(before))
    return free and bool(_BESIDE.fullmatch(text[before.span.end : phrase.span.start]))


def is_unit(phrase: PlacePhrase) -> bool:
    """Whether the words say that an administrative unit is meant ("cercle de Douentza", "Kidal region")."""
    first = phrase.names[0].quote
    last = first.rsplit(maxsplit=1)[-1]
    named = relations().unit.match(first) or (last != first and relations().area_after.match(f" {last}"))
    return phrase.relation is Relation.IN and bool(named)


def with_units(text: str, phrases: Sequence[PlacePhrase]) -> Iterator[PlacePhrase]:
    """Each phrase with the unit that the words set it in: after it ("X (cercle de Y)"), else before it ("cercle de Y, à X")."""
    for number, phrase in enumerate(phrases):
        if is_unit(phrase) and not _followed(text, phrases, number):
            yield phrase
        else:
            units = _followed(text, phrases, number) or _led(text, phrases, number)
            yield replace(phrase, admin=span_of(text, units[0].start, units[-1].end)) if units else phrase


def _followed(text: str, phrases: Sequence[PlacePhrase], number: int) -> list[Span]:
    """The units that follow a phrase at once or after what else describes it; several in a row are the units of units."""
    units: list[Span] = []
    end = phrases[number].span.end
    for after in phrases[number + 1 : number + 1 + _MOST_UNITS]:
        gap = text[end : after.span.start].removeprefix(")")
        bracketed = after.aside and after.relation is Relation.IN and "(" in gap
        if (_NEXT_UNIT if units else _SET_IN).fullmatch(gap) and (is_unit(after) or bracketed):
            units.append(after.names[0])
        elif units or not (after.aside or (_LISTED.fullmatch(gap) and after.relation is phrases[number].relation)):
            break
        end = after.span.end
    return units


def _led(text: str, phrases: Sequence[PlacePhrase], number: int) -> list[Span]:
    before = phrases[number - 1] if number else None
    gap = text[before.span.end : phrases[number].span.start] if before else ""
    return [before.names[0]] if before and is_unit(before) and _AFTER_UNIT.fullmatch(gap) else []
