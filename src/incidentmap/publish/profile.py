"""A publish profile: what leaves the house, how fine, and what stays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from incidentmap.frames.flat import FLAT
from incidentmap.model import BadValue
from incidentmap.publish.level import Level

Named = TypeVar("Named", bound=StrEnum)
_KEPT = frozenset({
    "id", "record", "date_start", "date_end", "date_precision", "lon", "lat", "radius_km", "where_prec", "geo_precision",
    "geometry",
})
"""Columns without which a record is none; the profile's places say how fine the last ones are."""
DROPPABLE = tuple(name for name in FLAT.names if name not in _KEPT)
REDACTABLE = ("notes", "place", "actor1", "actor2", "assoc1", "assoc2", "sources")


class Quotes(StrEnum):
    """What becomes of the words of reports."""

    KEEP = "keep"
    REDACT = "redact"
    """Names of persons are taken out, as far as rules find them."""
    DROP = "drop"


class Names(StrEnum):
    """How actors are called."""

    WRITTEN = "written"
    REGISTRY = "registry"
    """By the registry alone: what a report or table wrote, and whoever the registry lacks, stays out."""


class Question(StrEnum):
    """How much of the question stands in the file."""

    FULL = "full"
    COARSE = "coarse"
    """Without words sought and without a box, which tell where something is. So it is wherever places are coarsened."""


class Terms(StrEnum):
    """What to do about rows whose licence asks to think twice."""

    WARN = "warn"
    REFUSE = "refuse"
    """Until the person says to have looked."""


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """How fine places are told; of several rules the first that fits counts.

    Parameters
    ----------
    event_types, precisions
        ACLED's event types and its geo_precision 1 to 3 (a place without one counts as 1); empty: any.
    """

    level: Level
    event_types: tuple[str, ...] = ()
    precisions: tuple[int, ...] = ()

    def fits(self, event_type: str | None, geo_precision: int | None) -> bool:
        """Whether it is about such an event."""
        return (not self.event_types or event_type in self.event_types) and \
            (not self.precisions or (geo_precision or 1) in self.precisions)


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile.

    Parameters
    ----------
    titles
        Pairs of language and title.
    places
        The last rule fits all.
    embargo_days
        What may have happened within so many days before the stated day, or after it, stays, and so does what has no day.
        0: no embargo.
    min_count
        Fewer records than these in a unit are told of the next greater unit; where none is great enough they stay. 0: any.
    pseudonyms
        Whether ids of records and reports become pseudonyms. Those of a record whose place is coarsened always do.
    drop_sources
        Sources (publishers of tables and reports) whose records stay.
    drop, redact
        Columns that are left empty; columns out of which names of persons are taken.
    """

    id: str
    titles: tuple[tuple[str, str], ...]
    places: tuple[PlaceRule, ...] = (PlaceRule(Level.EXACT),)
    embargo_days: int = 0
    min_count: int = 0
    pseudonyms: bool = False
    drop_sources: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    redact: tuple[str, ...] = ()
    quotes: Quotes = Quotes.KEEP
    names: Names = Names.WRITTEN
    question: Question = Question.FULL
    licences: Terms = Terms.WARN

    @property
    def lets_all_out(self) -> bool:
        """Whether records leave as they are."""
        return self == Profile(self.id, self.titles, question=self.question, licences=self.licences)

    def title(self, language: str) -> str:
        """The title in a language, else in the first one."""
        return dict(self.titles).get(language) or self.titles[0][1]

    def level(self, event_type: str | None, geo_precision: int | None) -> Level:
        """How fine the place of such an event is told."""
        return next(rule.level for rule in self.places if rule.fits(event_type, geo_precision))


def profile_of(name: str, told: object) -> Profile:
    """The profile of a parsed file.

    Parameters
    ----------
    name
        What messages call the file; without its ending, the id.
    told
        Its content.

    Raises
    ------
    BadValue
        If a key is unknown or a value not allowed; the message names it.
    """
    values = _checked(name, told, _READ.keys() | {"title"})
    titles = _checked(f"{name}: title", values.get("title"), None)
    if not titles:
        raise BadValue(f"{name}: title", titles, "a text for at least one language, such as {en: Public}")
    read = {key: _READ[key](f"{name}: {key}", value) for key, value in values.items() if key in _READ}
    return Profile(name.removesuffix(".yaml"), tuple((str(key), str(text)) for key, text in titles.items()), **read)


def _checked(what: str, told: object, allowed: "set[str] | None") -> Mapping[str, Any]:
    if not isinstance(told, dict) or not all(isinstance(key, str) for key in told):
        raise BadValue(what, told, "keys with values")
    unknown = told.keys() - allowed if allowed is not None else set()
    if allowed is not None and unknown:
        raise BadValue(f"{what}: key", ", ".join(sorted(unknown)), f"one of {', '.join(sorted(allowed))}")
    return told


def _whole(most: int) -> Callable[[str, object], int]:
    def read(what: str, value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise BadValue(what, value, f"a whole number from 0 to {most:,}")
        return value
    return read


def _truth(what: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadValue(what, value, "true or false")
    return value


def _list(allowed: Sequence[object] | None = None) -> Callable[[str, object], tuple[Any, ...]]:
    def read(what: str, value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise BadValue(what, value, "a list")
        for each in value:
            if each not in allowed if allowed is not None else not isinstance(each, str):
                raise BadValue(what, each, f"one of {', '.join(map(str, allowed))}" if allowed is not None else "a text")
        return tuple(value)
    return read


def _choice(words: type[Named]) -> Callable[[str, object], Named]:
    def read(what: str, value: object) -> Named:
        if value not in {each.value for each in words}:
            raise BadValue(what, value, f"one of {', '.join(words)}")
        return words(str(value))
    return read


def _rules(what: str, value: object) -> tuple[PlaceRule, ...]:
    if not isinstance(value, list) or not value:
        raise BadValue(what, value, "a list of rules, the last of them for all: - {level: admin2}")
    rules = tuple(_rule(f"{what}, rule {number}", each) for number, each in enumerate(value, 1))
    if rules[-1].event_types or rules[-1].precisions:
        raise BadValue(f"{what}, rule {len(rules)}", value[-1], "a rule for all, such as {level: admin2}: it is the last one")
    return rules


def _rule(what: str, told: object) -> PlaceRule:
    values = _checked(what, told, {"level", "event_types", "precisions"})
    names = {level.name.lower(): level for level in Level}
    if values.get("level") not in names:
        raise BadValue(f"{what}: level", values.get("level"), f"one of {', '.join(names)}")
    return PlaceRule(
        names[values["level"]], _list()(f"{what}: event_types", values.get("event_types", [])),
        _list((1, 2, 3))(f"{what}: precisions", values.get("precisions", [])),
    )


_READ: Mapping[str, Callable[[str, object], Any]] = {
    "places": _rules, "embargo_days": _whole(36_525), "min_count": _whole(1_000_000), "pseudonyms": _truth,
    "drop_sources": _list(), "drop": _list(DROPPABLE), "redact": _list(REDACTABLE), "quotes": _choice(Quotes),
    "names": _choice(Names), "question": _choice(Question), "licences": _choice(Terms),
}
