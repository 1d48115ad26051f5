"""What changed since an earlier version, told as a section of the briefing and as a word beside each incident."""

from collections.abc import Mapping
from dataclasses import replace

from incidentmap.briefing.document import Changed, ChangeLine
from incidentmap.maps import number_words
from incidentmap.maps.change_words import change_words, counts_words, kinds_words, state_words
from incidentmap.model import Aspect, RecordChange, RecordChanges
from incidentmap.words import say

MOST_LINES = 60
"""Changes that are told one by one; a longer list is an export's."""
_FRESH = frozenset({Aspect.NEW, Aspect.PARTED})


def changed(found: RecordChanges | None, numbers: Mapping[str, int], language: str) -> Changed | None:
    """The section.

    Parameters
    ----------
    found
        What differs, its `before` in the reader's words; None where the briefing compares with nothing.
    numbers
        The number of each incident in the table, by id. What is new and stands there has no line of its own.
    language
        Of the reader.
    """
    if found is None:
        return None
    told = [each for each in found.changes if Aspect.NEW not in each.aspects or each.id not in numbers]
    told.sort(key=lambda each: (each.id not in numbers, numbers.get(each.id, 0), not _start(each), _start(each), each.id))
    shown = told[:MOST_LINES]
    numbers_told = {"shown": number_words(len(shown), language), "total": number_words(len(told), language)}
    return Changed(
        heading=say(language, "briefing.changed", before=found.before),
        sentence=_sentence(found, language),
        lines=tuple(_line(each, numbers, language) for each in shown),
        note=say(language, "briefing.changed_note", **numbers_told) if len(shown) < len(told) else "",
    )


def since_words(found: RecordChanges, language: str) -> str:
    """The numbers, for the head: "Since case@1: 15 new, 190 unchanged"."""
    return say(language, "briefing.changed_since", before=found.before, news=_sentence(found, language))


def news_words(found: RecordChanges | None, language: str) -> Mapping[str, str]:
    """"new" or "changed" for the ids that are."""
    return {
        each.id: say(language, "changes.kind.new" if _FRESH & set(each.aspects) else "briefing.changed_mark")
        for each in (found.changes if found else ())
    }


def _sentence(found: RecordChanges, language: str) -> str:
    return counts_words(found, language) if found.changes else say(language, "changes.nothing")


def _start(change: RecordChange) -> str:
    return change.before.start if change.before else ""


def _line(change: RecordChange, numbers: Mapping[str, int], language: str) -> ChangeLine:
    if change.other in numbers:
        change = replace(change, other=say(language, "briefing.changed_number", number=numbers[change.other]))
    return ChangeLine(
        numbers.get(change.id, 0), kinds_words(change, language), state_words(change, language) or change.id,
        change_words(change, language),
    )
