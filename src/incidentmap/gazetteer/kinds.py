"""Words beside a name that say what kind of place is meant (`data/lexicons/place_types.yaml`)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import yaml

from incidentmap.gazetteer.names import fold_name, words
from incidentmap.model import BadValue, PlaceKind
from incidentmap.paths import shipped

_LINKS = frozenset({"de", "d", "du", "des", "of", "la", "l", "the", "le", "les"})
_ARTICLES = frozenset({"la", "le", "l", "les", "the"})


class Asked(StrEnum):
    """The sort of place that words ask for."""

    AREA = "area"
    NATURAL = "natural"
    SETTLEMENT = "settlement"
    COUNTRY = "country"


SORT_OF = {
    PlaceKind.CITY: Asked.SETTLEMENT, PlaceKind.TOWN: Asked.SETTLEMENT, PlaceKind.VILLAGE: Asked.SETTLEMENT,
    PlaceKind.CAMP: Asked.SETTLEMENT, PlaceKind.WELL: Asked.SETTLEMENT, PlaceKind.AREA: Asked.AREA,
    PlaceKind.NATURAL: Asked.NATURAL, PlaceKind.COUNTRY: Asked.COUNTRY, PlaceKind.SITE: Asked.SETTLEMENT,
}


@dataclass(frozen=True, slots=True)
class TypeWords:
    """Folded type words, each with what it asks for, and the patterns that find the marking ones in a running text."""

    before: dict[tuple[str, ...], Asked]
    after: dict[str, Asked]
    mark_before: re.Pattern[str]
    mark_after: re.Pattern[str]


@cache
def type_words() -> TypeWords:
    """The type words as shipped.

    Raises
    ------
    BadValue
        If an entry asks for something unknown.
    """
    entries = yaml.safe_load(shipped("data", "lexicons", "place_types.yaml").read_text("utf-8"))
    before: dict[tuple[str, ...], Asked] = {}
    after: dict[str, Asked] = {}
    marks: tuple[list[str], list[str]] = ([], [])
    for entry in entries:
        asked = _asked(entry["asks"])
        before.update({tuple(fold_name(word).split()): asked for word in entry["before"]})
        after.update({fold_name(word): asked for word in entry["after"]})
        if entry["marks"]:
            marks[0].extend(entry["before"])
            marks[1].extend(entry["after"])
    mark_after = re.compile(rf"[ \u00a0](?:{_either(marks[1])})\b", re.IGNORECASE)
    return TypeWords(before, after, _before_pattern(marks[0]), mark_after)


def asked_kind(name: str) -> tuple[str, Asked | None]:
    """Split "région de Kidal" into the bare name as it is written and what is asked for; (name, None) where nothing is."""
    written = words(name)
    folded = [fold_name(word) for word in written]
    first = next((i for i, word in enumerate(folded) if word not in _ARTICLES), 0)
    for length in (2, 1):
        asked = type_words().before.get(tuple(folded[first : first + length]))
        rest = _skip_links(folded, first + length)
        if asked and rest < len(folded):
            return _from_word(name, written, rest), asked
    if len(folded) > first + 1 and (asked := type_words().after.get(folded[-1])):
        return name[: name.rindex(written[-1])].strip(), asked
    return name, None


def _skip_links(folded: list[str], start: int) -> int:
    while start < len(folded) - 1 and folded[start] in _LINKS:
        start += 1
    return start


def _from_word(name: str, written: tuple[str, ...], index: int) -> str:
    position = 0
    for word in written[:index]:
        position = name.index(word, position) + len(word)
    return name[name.index(written[index], position) :].strip()


def _asked(text: str) -> Asked:
    try:
        return Asked(text)
    except ValueError as error:
        raise BadValue("place_types.yaml: asks", text, ", ".join(Asked)) from error


def _either(entries: list[str]) -> str:
    spellings = {spelling for entry in entries for spelling in (entry, fold_name(entry))}
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(spellings, key=len, reverse=True))


def _before_pattern(entries: list[str]) -> re.Pattern[str]:
    link = r"(?:\s(?:de\sla|de|du|des|of|of\sthe)(?:\sl['’])?\s|\sd['’]|\sde\sl['’]|\s)"
    return re.compile(rf"(?<!\w)(?:{_either(entries)}){link}\Z", re.IGNORECASE)
