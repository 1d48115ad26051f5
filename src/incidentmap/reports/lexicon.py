"""Lexicons of a language (`data/lexicons/<language>/*.yaml`) as phrase books, and the ones that all languages share."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import yaml

from incidentmap.model import BadValue
from incidentmap.paths import shipped
from incidentmap.reports.tokens import PhraseBook

LANGUAGES = tuple(sorted((path.parent.name for path in shipped("data", "lexicons").glob("*/grammar.yaml")), reverse=True))
"""Languages that can be read: the folders of `data/lexicons`."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language: sections, each a mapping of meaning to phrases."""

    language: str
    sections: Mapping[str, Mapping[str, tuple[str, ...]]]
    books: Mapping[str, PhraseBook]

    def phrases(self, section: str, meaning: str) -> tuple[str, ...]:
        """The phrases of one meaning, as the file lists them."""
        return self.sections[section].get(meaning, ())

    def book(self, section: str) -> PhraseBook:
        """The phrase book of a section."""
        return self.books[section]


@cache
def lexicon(language: str, *, folded: bool = False) -> Lexicon:
    """The lexicon of a language.

    Parameters
    ----------
    language
        Name of a folder of `data/lexicons`.
    folded
        Whether its phrases are found without their accents too, for texts that have none.

    Raises
    ------
    BadValue
        If there is no such language, or two files have a section of the same name.
    """
    if language not in LANGUAGES:
        raise BadValue("language", language, " or ".join(LANGUAGES))
    sections: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for path in sorted(shipped("data", "lexicons", language).glob("*.yaml")):
        for name, entries in yaml.safe_load(path.read_text("utf-8")).items():
            if name in sections:
                raise BadValue(f"{path.name}: section", name, "a section that no other file of the language has")
            sections[name] = MappingProxyType({str(meaning): _phrases(words) for meaning, words in entries.items()})
    books = {name: PhraseBook.of(entries, folded=folded) for name, entries in sections.items() if name != "patterns"}
    return Lexicon(language, MappingProxyType(sections), MappingProxyType(books))


def _phrases(words: Any) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(map(str, words))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: its ACLED type and sub-type, and what a mention of it claims.

    Parameters
    ----------
    rank
        Where several kinds tell of one incident, the highest rank names its type.
    family
        `violent` or `political`: mentions of different families are never the same incident.
    weak
        Whether a mention alone makes no incident.
    field, value
        The claim that a mention makes, empty for none.
    """

    id: str
    event_type: str
    sub_event_type: str
    rank: int
    family: str
    weak: bool
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class State:
    """A state as reports write it: its army, those who govern it (first valid one counts), its names."""

    country: str
    army: str
    governments: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    adjectives: Mapping[str, tuple[str, ...]]
    capitals: tuple[str, ...]


def _shared(name: str) -> Any:
    return yaml.safe_load(shipped("data", "lexicons", name).read_text("utf-8"))


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds of event by id (`data/lexicons/kinds.yaml`)."""
    loaded = {
        kind: Kind(kind, entry["type"], entry["sub_type"], entry["rank"], entry.get("family", "violent"),
                   entry.get("weak", False), entry.get("field", ""), entry.get("value", ""))
        for kind, entry in _shared("kinds.yaml").items()
    }
    return MappingProxyType(loaded)


@cache
def states() -> Mapping[str, State]:
    """All states by ISO 3166-1 alpha-2 code (`data/lexicons/states.yaml`)."""
    loaded = {
        country: State(country, entry["army"], tuple(entry["governments"]),
                       {language: tuple(words) for language, words in entry["names"].items()},
                       {language: tuple(words) for language, words in entry["adjectives"].items()}, tuple(entry["capitals"]))
        for country, entry in _shared("states.yaml").items()
    }
    return MappingProxyType(loaded)
