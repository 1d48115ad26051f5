"""Words beside a name that say what kind of place is meant (`data/lexicons/place_types.yaml`)."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache

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
class Said:
    """What a name's own words say of the place.

    Parameters
    ----------
    bare
        The name without the type word, as it is written.
    asked
        The sort of place asked for, None where the words ask for none.
    kinds
        Kinds of place that are meant more closely: a well, a camp; empty where the sort is all that is said.
    level
        Of a unit: 1 for a region, 2 for a cercle; 0 where the words do not tell.
    """

    bare: str
    asked: Asked | None = None
    kinds: frozenset[PlaceKind] = frozenset()
    level: int = 0


@dataclass(frozen=True, slots=True)
class TypeWords:
    """Folded type words, each with what it says, and the patterns that find the marking ones in a running text."""

    before: dict[tuple[str, ...], Said]
    after: dict[str, Said]
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
    before: dict[tuple[str, ...], Said] = {}
    after: dict[str, Said] = {}
    marks: tuple[list[str], list[str]] = ([], [])
    for entry in entries:
        said = Said("", _asked(entry["asks"]), frozenset(map(PlaceKind, entry.get("kinds", ()))), entry.get("level", 0))
        before.update({tuple(fold_name(word).split()): said for word in entry["before"]})
        after.update({fold_name(word): said for word in entry["after"]})
        if entry["marks"]:
            marks[0].extend(entry["before"])
            marks[1].extend(entry["after"])
    mark_after = re.compile(rf"[ \u00a0](?:{_either(marks[1])})\b", re.IGNORECASE)
    return TypeWords(before, after, _before_pattern(marks[0]), mark_after)


def asked_kind(name: str) -> tuple[str, Asked | None]:
    """Split "région de Kidal" into the bare name as it is written and what is asked for; (name, None) where nothing is."""
    said = said_of(name)
    return said.bare, said.asked


@lru_cache(maxsize=1 << 11)
def said_of(name: str) -> Said:
    """What the words of a name say: of "puits de Tagharan" that a well is meant and that it is called Tagharan."""
    if name.isalpha() or _beside().isdisjoint(fold_name(name).split()):
        return Said(name)
    written = words(name)
    folded = [fold_name(word) for word in written]
    first = next((i for i, word in enumerate(folded) if word not in _ARTICLES), 0)
    for length in (3, 2, 1):
        said = type_words().before.get(tuple(folded[first : first + length]))
        rest = _skip_links(folded, first + length)
        if said and rest < len(folded):
            return replace(said, bare=_from_word(name, written, rest))
    if len(folded) > first + 1 and (said := type_words().after.get(folded[-1])):
        return replace(said, bare=name[: name.rindex(written[-1])].strip())
    return Said(name)


@cache
def _beside() -> frozenset[str]:
    """Words without which no type word stands in a name."""
    known = type_words()
    return frozenset({first for first, *_ in known.before} | known.after.keys())


def without_tail(name: str) -> str:
    """A name without the word at its end that tells it from its namesake: "Talo" of "Talo Peulh"; empty for other names."""
    written = words(name)
    if len(written) < 2 or fold_name(written[-1]) not in _tails():
        return ""
    return name[: name.rindex(written[-1])].rstrip(" -\u2010\u2011\u2013'’")


@cache
def _tails() -> frozenset[str]:
    entries = yaml.safe_load(shipped("data", "lexicons", "name_tails.yaml").read_text("utf-8"))
    return frozenset(fold_name(word) for group in entries for word in group)


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
