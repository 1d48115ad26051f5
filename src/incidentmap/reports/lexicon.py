"""Lexicons of a language (`data/lexicons/<language>/*.yaml`) as phrase books, and the ones that all languages share.

A language is a folder of YAML files and nothing else: no other module knows which languages there are, or a word of one. Its
files hold the sections of :mod:`incidentmap.reports.sections`, in any distribution over files; a phrase is written as texts
write it, with the signs of :mod:`incidentmap.reports.tokens`. What a language does beyond its words it names: how its numbers
count (`counting: {system: ...}`, one of :data:`incidentmap.reports.counting.COUNTINGS`), how its dates look (`patterns`, in
the signs of :mod:`incidentmap.reports.dates`), which words it writes together with the next one
(`clitics: {prefix: [...]}`) and whether its sentences begin with the verb (`order: {verb: first}`).

To add a language: copy `data/lexicons/en`, translate it, and give its names of actors and states under the ids of `actors.yaml`
and `states.yaml`. What is missing or misspelt is named when it is loaded. `tests/reports/languages/ar` is a small example: a
folder outside `data/lexicons` is read where :func:`language_folders` is handed its parent.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from incidentmap import words
from incidentmap.model import BadValue
from incidentmap.paths import shipped
from incidentmap.registry import actors
from incidentmap.reports.clitics import NO_CLITICS, Clitics
from incidentmap.reports.counting import COUNTINGS, Counting
from incidentmap.reports.sections import LAWS, Sections, check_sections
from incidentmap.reports.tokens import PhraseBook

_NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})
_EMPTY = PhraseBook.of({})


def language_folders(*parents: Path) -> Mapping[str, Path]:
    """Languages in some folders: their subfolders that hold a `grammar.yaml`. The project's own languages come first."""
    found = {path.parent.name: path.parent for parent in parents for path in sorted(parent.glob("*/grammar.yaml"))}
    own = [language for language in words.LANGUAGES if language in found]
    return MappingProxyType({language: found[language] for language in dict.fromkeys([*own, *found])})


SHIPPED = language_folders(shipped("data", "lexicons"))
LANGUAGES = tuple(SHIPPED)
"""Languages that can be read; a text of none of them is read as the first."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The words of one language: sections, each a mapping of meaning to phrases, and what it does beyond its words.

    Two lexicons are the same only if they are one object: they are keys of what is made from them once.
    """

    language: str
    sections: Sections
    books: Mapping[str, PhraseBook]
    counting: Counting
    clitics: Clitics
    verb_first: bool

    def phrases(self, section: str, meaning: str) -> tuple[str, ...]:
        """The phrases of one meaning, as the file lists them."""
        return self.sections[section].get(meaning, ())

    def entries(self, section: str) -> Mapping[str, tuple[str, ...]]:
        """A section, empty where the language has none."""
        return self.sections.get(section, _NOTHING)

    def book(self, section: str) -> PhraseBook:
        """The phrase book of a section."""
        return self.books.get(section, _EMPTY)

    def words(self, section: str, *meanings: str) -> frozenset[str]:
        """The single words of some meanings of a section, in lower case."""
        return _words(self, section, meanings)


@cache
def _words(lexicon: Lexicon, section: str, meanings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.lower() for meaning in meanings for word in lexicon.phrases(section, meaning))


def lexicon(language: str, *, folded: bool = False, folders: Mapping[str, Path] = SHIPPED) -> Lexicon:
    """The lexicon of a language.

    Parameters
    ----------
    language
        Name of one of the folders.
    folded
        Whether its phrases are found without their accents too, for texts that have none.
    folders
        The languages that there are; see :func:`language_folders`.

    Raises
    ------
    BadValue
        If there is no such language, a section is missing, unknown or there twice, or it names no known way of counting.
    """
    if language not in folders:
        raise BadValue("language", language, " or ".join(folders))
    return _load(folders[language], folded=folded)


@cache
def _load(folder: Path, *, folded: bool) -> Lexicon:
    sections = _sections(folder)
    system = next(iter(sections["counting"].get("system", ())), "")
    if system not in COUNTINGS:
        raise BadValue(f"{folder.name}: counting system", system, " or ".join(COUNTINGS))
    books = {name: PhraseBook.of(entries, folded=folded) for name, entries in sections.items() if name not in LAWS}
    prefixes = sections.get("clitics", _NOTHING).get("prefix", ())
    clitics = Clitics(prefixes, _vocabulary(sections)) if prefixes else NO_CLITICS
    verb_first = "first" in sections.get("order", _NOTHING).get("verb", ())
    return Lexicon(folder.name, MappingProxyType(sections), MappingProxyType(books), COUNTINGS[system], clitics, verb_first)


def _sections(folder: Path) -> Sections:
    sections: dict[str, Mapping[str, tuple[str, ...]]] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, entries in yaml.safe_load(path.read_text("utf-8")).items():
            if name in sections:
                raise BadValue(f"{path.name}: section", name, "a section that no other file of the language has")
            meanings = {str(meaning): _phrases(path.name, phrases) for meaning, phrases in (entries or {}).items()}
            sections[name] = MappingProxyType(meanings)
    check_sections(folder.name, sections, _named_elsewhere())
    return sections


def _named_elsewhere() -> Mapping[str, frozenset[str]]:
    countries = frozenset(states())
    return {"triggers": frozenset(kinds()), "actor_names": frozenset(actors()), "state_names": countries,
            "state_adjectives": countries}


def _phrases(file: str, words: Any) -> tuple[str, ...]:
    listed = (words,) if isinstance(words, str) else tuple(words)
    if any(isinstance(word, bool) for word in listed):
        raise BadValue(f"{file}: phrases", str(listed), "words; YAML reads no, on, yes and off as truth: quote them")
    return tuple(map(str, listed))


def _vocabulary(sections: Sections) -> frozenset[str]:
    """All whole words of a language's phrases."""
    return frozenset(word.lower() for phrase in _all_phrases(sections) for word in re.findall(r"[^\W_]+(?![\w*])", phrase))


def _all_phrases(sections: Sections) -> Iterable[str]:
    named = (entries for name, entries in sections.items() if name not in LAWS)
    return (phrase for entries in named for phrases in entries.values() for phrase in phrases)


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """A kind of event: its ACLED type and sub-type, and what a mention of it claims. There is one object of each.

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
    beside
        What it becomes in a sentence that also tells of some other kind: that kind, and the kind that it becomes.
    led_by
        The same, where that other kind stands before it in its clause ("a drone ... attacked").
    at_place
        For verbs that are only of interest where a place is their object: the kind that they are then; else empty.
    peaceful
        Whether it hurts nobody: where people were killed or wounded, no kind becomes this one.
    """

    id: str
    event_type: str
    sub_event_type: str
    rank: int
    family: str
    weak: bool
    field: str
    value: str
    beside: Mapping[str, str]
    led_by: Mapping[str, str]
    at_place: str
    peaceful: bool


@dataclass(frozen=True, slots=True)
class State:
    """A state as reports write it: its army and other forces, those who govern it (first valid one counts), its names."""

    country: str
    army: str
    governments: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    adjectives: Mapping[str, tuple[str, ...]]
    capitals: tuple[str, ...]
    services: Mapping[str, str]


def _shared(name: str) -> Any:
    return yaml.safe_load(shipped("data", "lexicons", name).read_text("utf-8"))


@cache
def kinds() -> Mapping[str, Kind]:
    """All kinds of event by id (`data/lexicons/kinds.yaml`)."""
    loaded = {
        kind: Kind(kind, entry["type"], entry["sub_type"], entry["rank"], entry.get("family", "violent"),
                   entry.get("weak", False), entry.get("field", ""), entry.get("value", ""),
                   MappingProxyType(entry.get("beside", {})), MappingProxyType(entry.get("led_by", {})),
                   entry.get("at_place", ""), entry.get("peaceful", False))
        for kind, entry in _shared("kinds.yaml").items()
    }
    return MappingProxyType(loaded)


@cache
def states() -> Mapping[str, State]:
    """All states by ISO 3166-1 alpha-2 code (`data/lexicons/states.yaml`)."""
    loaded = {
        country: State(country, entry["army"], tuple(entry["governments"]),
                       {language: tuple(words) for language, words in entry["names"].items()},
                       {language: tuple(words) for language, words in entry["adjectives"].items()}, tuple(entry["capitals"]),
                       MappingProxyType(entry.get("services", {})))
        for country, entry in _shared("states.yaml").items()
    }
    return MappingProxyType(loaded)
