r"""Words that tie something to a place (`data/lexicons/relations.yaml`), as patterns that find them in front of a name.

Every pattern ends where the name begins (`\Z`): it is tried on the short stretch of text before it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from incidentmap.model import BadValue
from incidentmap.paths import shipped

_LINK = r"(?:de\s+la|de\s+l['’]|de|d['’]|du|des|of|from|to|la|le|les|l['’]|the)"
_GAP = r"[\s\u00a0]"
_TO_NAME = rf"(?:{_GAP}+|(?<=['’]))"
"""What stands between the last word and the name: a blank, nothing after an apostrophe."""


@dataclass(frozen=True, slots=True)
class Relations:
    """The patterns, and what their words are worth.

    Parameters
    ----------
    distance
        Groups `number`, `half` (a second number of a range), `unit`, `bearing`, `letters`.
    hours
        Groups `number`, `unit`.
    near
        Group `near`; `direction`: group `bearing`.
    axis
        Roads before the first name of an axis. `axis_after`: a road after the last one.
    described
        What only a place is followed by: "(15 km de", ", dans le cercle".
    small
        Names written without a capital.
    passing
        What a phrase begins with that tells where somebody came from or was bound for.
    typed
        A type word right before a name; `area` one that says that the name is a unit's, `unit` one that a name begins with.
    """

    distance: re.Pattern[str]
    hours: re.Pattern[str]
    near: re.Pattern[str]
    direction: re.Pattern[str]
    between: re.Pattern[str]
    axis: re.Pattern[str]
    axis_after: re.Pattern[str]
    way: re.Pattern[str]
    origin: re.Pattern[str]
    bound: re.Pattern[str]
    passing: re.Pattern[str]
    onward: re.Pattern[str]
    coming: re.Pattern[str]
    border: re.Pattern[str]
    border_after: re.Pattern[str]
    joint: re.Pattern[str]
    last_joint: re.Pattern[str]
    typed: re.Pattern[str]
    area: re.Pattern[str]
    unit: re.Pattern[str]
    area_after: re.Pattern[str]
    described: re.Pattern[str]
    small: re.Pattern[str]
    at: re.Pattern[str]
    not_at: re.Pattern[str]
    numbers: Mapping[str, float]
    units: Mapping[str, float]
    hour_km: Mapping[str, float]
    bearings: Mapping[str, float]
    letters: Mapping[str, float]
    reaches: Mapping[str, float]
    near_reach_km: float
    direction_reach_km: float


@cache
def relations() -> Relations:
    """The words as shipped.

    Raises
    ------
    BadValue
        If a section is missing or a figure is no number; the message names it.
    """
    try:
        return _compiled(yaml.safe_load(shipped("data", "lexicons", "relations.yaml").read_text("utf-8")))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadValue("relations.yaml", str(error), "all sections, with numbers where the file has numbers") from error


def _compiled(book: Mapping[str, Any]) -> Relations:
    half = r"(?:\s*(?:à|-|–|to|ou|or)\s*(?P<half>\d{1,4}))?"
    number = rf"(?:(?P<number>\d{{1,4}}(?:[.,]\d+)?){half}|(?P<word>{_either(book['numbers'])}))"
    unit = rf"(?P<unit>{_either(book['units'])})\b"
    way = _bearing_words(book)
    kind = rf"(?:{_LINK}?\s*(?:{_either(book['types'])})\b\s*)?"
    filler = r"(?:[^\W\d_][^\W_]*(?:['’]|[ \u00a0-])\s*){0,6}?"
    article = rf"(?:\s*{_LINK}\b)?\s*{kind}(?:{_LINK})?"
    link = r"(?:de\s+la|de\s+l['’]|de|d['’]|du|des|of|from|in|at|à|au|la|le|l['’]|the)"
    about = r"à|située?s?\s+à|environ|env\.?|about|some|around|approximately|(?:près|moins|plus)\s+de|(?:less|more)\s+than"
    lead = rf"(?:(?:{about})\s+)*(?:une\s+)?"
    roads = _either(book["roads"])
    leading = _either(book["leading"])
    return Relations(
        distance=_pattern(rf"(?<![\w.,]){lead}{number}(?:\s+de)?\s*{unit}(?:\s*environ)?(?:\s*,?\s*{way})?\s*(?:,\s*)?{link}\s*{filler}(?:{link})?{_TO_NAME}?\Z"),
        hours=_pattern(rf"(?<![\w.,]){lead}{number}\s*(?P<unit>{_either(book['hours'])})\s*{article}{_TO_NAME}?\Z"),
        near=_pattern(rf"\b(?P<near>{_either(book['near'])})\b(?:\s+{way})?{article}{_TO_NAME}?\Z"),
        direction=_pattern(rf"(?<!\w)(?:au|à\s+l['’]|à\s+l\s|a\s+l['’]|dans\s+l[e']|to\s+the|in\s+the|)\s*(?P<bearing>{_bearings(book)})\s+(?:{link}\s*){kind}(?:{_LINK})?{_TO_NAME}?\Z"),
        between=_pattern(rf"\b(?:{_either(book['between'])})\b{article}{_TO_NAME}?\Z"),
        axis=_pattern(rf"\b(?:l['’]\s*)?(?:{roads})\b(?:\s*{leading})?(?:\s*{_LINK})?\s*{kind}(?:{_LINK})?{_TO_NAME}?\Z"),
        axis_after=_pattern(rf"[\s\u00a0-](?:{_either(book['road_after'])})\b"),
        way=_pattern(rf"\s*,?\s*(?:sur|on|dans|en\s+direction|vers|towards?|along)\b(?:\s*(?:{_LINK}|{roads}|{leading}|menant|vers|à|qui|mène|direction|towards?|leading))*{_TO_NAME}?\Z"),
        origin=_pattern(rf"\b(?:{_either(book['origin'])})\b{article}{_TO_NAME}?\Z"),
        bound=_pattern(rf"\b(?:{_either(book['bound'])})\b(?:\s*(?:à|au|vers|pour))?{article}{_TO_NAME}?\Z"),
        passing=_pattern(rf"(?:{_either([*book['origin'], *book['bound']])})\b"),
        onward=_pattern(rf"\s*,?\s*(?:et\s+)?\(?(?:{_either(book['to'])})\b(?:\s*(?:à|au|vers|pour))?{article}{_TO_NAME}?\Z"),
        coming=_pattern(rf"\s*,?\s*\(?(?:{_either(book['origin'])})\b{article}{_TO_NAME}?\Z"),
        border=_pattern(rf"\b(?:{_either(book['border'])})\b(?:\s*(?:{_either(book['border_with'])}))*(?:\s*{_LINK})?{_TO_NAME}?\Z"),
        border_after=_pattern(rf"[\s\u00a0-](?:{_either(book['border'])})\b"),
        joint=_pattern(rf"\s*,\s*{article}\s*"),
        last_joint=_pattern(rf"\s*,?\s+(?:et|and|&)\s+(?:celles?\s+)?{article}\s*"),
        typed=_pattern(rf"\b(?:{_either(book['types'])})(?:\s+[^\W\d_]+)?\s*(?:{_LINK}|dit\s|appelée?\s|called\s|named\s){_TO_NAME}?\Z"),
        area=_pattern(rf"\b(?:{_either(book['areas'])})\s*(?:{_LINK})?{_TO_NAME}?\Z"),
        unit=_pattern(rf"(?:l['’]|le\s|la\s|the\s)?\s*(?:{_either(book['areas'])})\b\s*(?:{_LINK})?[\s\u00a0]*(?=\S)"),
        area_after=_pattern(rf"[\s\u00a0](?:{_either(book['areas_after'])})\b(?!\s+(?:de|du|des|of)\b|\s+d['’])"),
        described=_pattern(rf"\s*[(,]\s*(?:(?:à|dans|située?|environ|env\.?|about|la|le|l['’]|the|in)\s*)*(?:\d{{1,4}}\s*{unit}|(?:{_either(book['areas'])})\b)"),
        small=_pattern(rf"(?<!\w)(?:{_either(book['written_small'])})(?!\w)"),
        at=_pattern(rf"(?<![\w'’-])(?:{_either(book['at'])})\s\Z"),
        not_at=_pattern(rf"\b(?:{_either(book['not_at'])})\s+(?:{_either(book['at'])})\s\Z"),
        numbers=_figures(book["numbers"]), units=_figures(book["units"]), hour_km=_figures(book["hours"]),
        bearings={_plain(word): float(degrees) for word, degrees in book["bearings"].items()},
        letters=_figures(book["bearing_letters"], fold=False), reaches=_figures(book["near"]),
        near_reach_km=float(book["near_reach_km"]), direction_reach_km=float(book["direction_reach_km"]),
    )


def bearing_of(match: re.Match[str]) -> float | None:
    """Degrees that a match tells in words or letters, None where it tells none."""
    groups = match.groupdict()
    if groups.get("bearing"):
        return relations().bearings[_plain(groups["bearing"])]
    return relations().letters[groups["letters"]] if groups.get("letters") else None


def number_of(match: re.Match[str]) -> float:
    """The figure of a match; of a range the middle."""
    groups = match.groupdict()
    if groups["word"]:
        return relations().numbers[groups["word"].lower()]
    first = float(groups["number"].replace(",", "."))
    return (first + float(groups["half"])) / 2 if groups["half"] else first


def worth(table: Mapping[str, float], words: str) -> float:
    """What words of a text are worth in a table of this module."""
    return table[" ".join(words.replace("’", "'").lower().split())]


def _bearing_words(book: Mapping[str, Any]) -> str:
    letters = "|".join(sorted(book["bearing_letters"], key=len, reverse=True))
    before = r"(?:au|à\s+l['’]|a\s+l['’]|vers\s+l[e'’]|to\s+the|due|en\s+direction\s+du)?"
    return rf"(?:{before}\s*(?:(?P<bearing>{_bearings(book)})|(?-i:(?P<letters>{letters})))\b)"


def _bearings(book: Mapping[str, Any]) -> str:
    spelt = sorted(book["bearings"], key=len, reverse=True)
    return "|".join(word.replace("-", r"[\s-]?") for word in spelt)


def _plain(bearing: str) -> str:
    return re.sub(r"[\s-]", "", bearing.lower())


def _figures(table: Mapping[str, Any], *, fold: bool = True) -> dict[str, float]:
    return {(word.lower() if fold else word): float(figure) for word, figure in table.items()}


def _either(words: Iterable[str]) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s\u00a0]+").replace("'", "['’]") for word in ordered)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
