"""What changed of a record, in the words of a reader."""

from collections.abc import Iterable
from datetime import date

from incidentmap.frames.compare import FIELDS, POSITION
from incidentmap.maps.tolls import toll_words
from incidentmap.maps.wording import number_words, span_words, term
from incidentmap.model import Aspect, RecordChange, RecordChanges, RecordState
from incidentmap.words import keys, say, say_count

_WHOLE = frozenset({Aspect.NEW, Aspect.GONE, Aspect.MERGED, Aspect.PARTED})
_SAID = frozenset({*POSITION, "place", *(name for names in FIELDS.values() for name in names)})
"""Columns whose changes are told as what they were and are; of the others only the name is."""
_MOST_COLUMNS = 2


def counts_words(found: RecordChanges, language: str) -> str:
    """How many records differ, by aspect: "3 new, 1 gone, 2 moved, 95 unchanged"."""
    told = [(aspect.value, number) for aspect, number in found.counts.items()] + [("unchanged", found.unchanged)]
    return say(language, "changes.and").join(
        say_count(language, f"changes.count.{name}", number, count=number_words(number, language)) for name, number in told
    )


def notices(found: RecordChanges, language: str) -> tuple[str, ...]:
    """What is to be said beside the numbers: versions that have nothing in common, rows that could not be read."""
    refused = [
        say(language, "changes.refused", count=number_words(number, language), version=version)
        for version, number in zip((found.before, found.after), found.refused, strict=True) if number
    ]
    return (*([say(language, "changes.strangers")] if found.strangers else []), *refused)


def kinds_words(change: RecordChange, language: str) -> str:
    """In what it differs: "moved, date"."""
    return say(language, "changes.and").join(say(language, f"changes.kind.{aspect}") for aspect in change.aspects)


def change_words(change: RecordChange, language: str) -> str:
    """What it was and is: "Niafunké → Goundam (63.2 km) · 3 → 5 killed". Of a new or gone one what it is, or was."""
    state = change.after or change.before
    if state is None or _WHOLE & set(change.aspects):
        return _apart((_relative(change, language), _summary(state, language) if state else ""), language)
    return _apart(_ways(change, language), language)


def state_words(change: RecordChange, language: str) -> str:
    """When and where it is, or was: "24 November 2023, Niafunké"."""
    state = change.after or change.before
    return say(language, "changes.and").join(filter(None, (day_words_of(state, language), state.place))) if state else ""


def day_words_of(state: RecordState, language: str) -> str:
    """The days of a state, empty where it is undated."""
    from_day, to_day = state.start, state.end or state.start
    return span_words(date.fromisoformat(from_day), date.fromisoformat(to_day), language) if from_day else ""


def _relative(change: RecordChange, language: str) -> str:
    if not change.other:
        return ""
    return say(language, "changes.into" if Aspect.MERGED in change.aspects else "changes.out_of", other=change.other)


def _summary(state: RecordState, language: str) -> str:
    return _apart((_type(state, language), state.actors, _killed(_figures(state, language), language)), language)


def _apart(parts: Iterable[str], language: str) -> str:
    return say(language, "changes.apart").join(filter(None, parts))


def _ways(change: RecordChange, language: str) -> list[str]:
    before, after = change.before, change.after
    if before is None or after is None:
        return []
    pairs = {
        Aspect.MOVED: (before.place, after.place),
        Aspect.DATED: (day_words_of(before, language), day_words_of(after, language)),
        Aspect.ATTRIBUTED: (before.actors, after.actors),
        Aspect.TYPED: (_type(before, language), _type(after, language)),
    }
    told = [_way(aspect, pairs[aspect], change, language) for aspect in change.aspects if aspect in pairs]
    return [*told, *_casualties(change, before, after, language), *_status(change, language), *_named(change, language)]


def _casualties(change: RecordChange, before: RecordState, after: RecordState, language: str) -> list[str]:
    """The killed; where their range is the same, the columns that differ."""
    if Aspect.CASUALTIES not in change.aspects:
        return []
    if before.killed != after.killed:
        return [_killed(_from_to(_figures(before, language), _figures(after, language), language), language)]
    differ = [each for each in change.fields if each.field in FIELDS[Aspect.CASUALTIES]]
    told = [(_column(each.field, language), _from_to(each.old or "", each.new or "", language)) for each in differ]
    return [f"{column}: {way}" for column, way in told[:_MOST_COLUMNS]]


def _status(change: RecordChange, language: str) -> list[str]:
    words = [(term(language, "status", each.old or ""), term(language, "status", each.new or "")) for each in change.fields
             if each.field == "status"]
    return [_from_to(old, new, language) for old, new in words]


def _named(change: RecordChange, language: str) -> list[str]:
    """The columns of which nothing more is told; a place that only has another name has it told."""
    if Aspect.TOLD not in change.aspects:
        return []
    renamed = [_from_to(each.old or "", each.new or "", language) for each in change.fields if each.field == "place"]
    renamed = [] if Aspect.MOVED in change.aspects else renamed
    names = [_column(each.field, language) for each in change.fields if each.field not in _SAID]
    return [*renamed, *([say(language, "changes.and").join(names)] if names else [])]


def _column(name: str, language: str) -> str:
    """A column in words, by its own name where there are none."""
    found = [key for key in (f"changes.field.{name}", f"tables.field.{name}") if key in keys(language)]
    return say(language, found[0]) if found else name


def _way(aspect: Aspect, pair: tuple[str, str], change: RecordChange, language: str) -> str:
    way = _from_to(*pair, language)
    if aspect is Aspect.MOVED and change.km is not None:
        return f"{way} ({say(language, 'changes.km', km=f'{change.km:g}')})"
    return way


def _from_to(before: str, after: str, language: str) -> str:
    old, new = (each or say(language, "changes.unknown") for each in (before, after))
    return new if old == new else say(language, "changes.way", before=old, after=new)


def _type(state: RecordState, language: str) -> str:
    return " / ".join(term(language, "event", each) for each in state.event_type.split(" / ")) if state.event_type else ""


def _killed(figures: str, language: str) -> str:
    return f"{term(language, 'field', 'killed')}: {figures}" if figures else ""


def _figures(state: RecordState, language: str) -> str:
    """The range of the killed, "3 – 8" or "12 or more"; empty where nothing is known."""
    if not state.killed:
        return ""
    least, _, most = state.killed.removesuffix("+").partition("-")
    return toll_words(int(least), int(most or least), language, open_high=state.killed.endswith("+"))
