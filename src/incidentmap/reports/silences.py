"""What is told of a draft and was not read: violence without a toll, harm without a figure, numbers, much text.

How much likelier each is on drafts with a wrong figure or place than on right ones was measured on the 63 reports of
`data/gold/dev` (163 drafts, 53 of them wrong); the weights in `data/lexicons/review.yaml` follow it, so that two weak reasons
or a strong one flag a draft.

================  =====  =====  =====
reason            wrong  right  ratio
================  =====  =====  =====
harm_unread       21 %   3 %    6.8
no_toll           17 %   3 %    5.6
crowded_sentence  32 %   5 %    5.6
told_at_length    36 %   9 %    3.9
unread_number     32 %   12 %   2.7
================  =====  =====  =====
"""

from collections.abc import Sequence

from incidentmap.model import Claim, ClaimField, Reason, reason
from incidentmap.reports.drafts import Draft
from incidentmap.reports.events import Telling
from incidentmap.reports.page import Page
from incidentmap.reports.quantities import Quantity
from incidentmap.reports.statements import Scene

_REACH = 3
"""Sentences after one that tells of a draft that may still be about it, while they tell of no other."""
_MUCH = 5
"""Sentences about one draft from which more was told than a figure or two."""
_LONG = 30
"""Words of a sentence from which it tends to hold more than one fact."""
_VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
_COUNTED = frozenset({ClaimField.KILLED, ClaimField.WOUNDED, ClaimField.CAPTURED, ClaimField.MISSING})
_HARMS_SOMEBODY = frozenset({"killing", "mob", "abduction", "sexual_violence", "deaths", "arrest"})


def about(scene: Scene, number: int) -> tuple[Telling, ...]:
    """The sentences about a draft, in order: those that tell of it, and those after them until another draft is told."""
    told = dict.fromkeys(item.telling for item in scene.drafts[number].evidence)
    others = {item.telling for draft in scene.drafts if draft is not scene.drafts[number] for item in draft.evidence}
    found = set(told)
    for first in told:
        for after in range(first + 1, min(first + 1 + _REACH, len(scene.tellings))):
            if after in others or scene.tellings[after].heading:
                break
            found.add(after)
    return tuple(scene.tellings[index] for index in sorted(found))


def silences(scene: Scene, number: int, claims: Sequence[Claim], numbers: Sequence[Quantity]) -> tuple[Reason, ...]:
    """Reasons to look at a draft for what is told near it and was not read.

    Parameters
    ----------
    scene, number
        The report, and which of its drafts.
    claims
        Those about this draft alone.
    numbers
        All numbers of the report of which no figure was made.
    """
    tellings = about(scene, number)
    return (*_no_toll(scene.drafts[number], tellings, claims), *_harm_unread(scene.page, tellings),
            *_unread_number(scene.page, tellings, numbers), *_at_length(scene, number, tellings))


def _no_toll(draft: Draft, tellings: Sequence[Telling], claims: Sequence[Claim]) -> list[Reason]:
    """Violence whose toll is neither told as a number nor as unknown or none."""
    counted = any(claim.field in _COUNTED for claim in claims) or any(telling.figures for telling in tellings)
    violent = any(item.trigger.kind.event_type in _VIOLENT for item in draft.evidence)
    return [reason("no_toll")] if violent and not counted else []


def _harm_unread(page: Page, tellings: Sequence[Telling]) -> list[Reason]:
    """The first deed that leaves somebody harmed ("was lynched") in a sentence that holds no figure."""
    deeds = [trigger for telling in tellings if not telling.figures for trigger in telling.triggers
             if trigger.kind.id in _HARMS_SOMEBODY]
    return [reason("harm_unread", words=_quote(page, deeds[0].first, deeds[0].last))] if deeds else []


def _unread_number(page: Page, tellings: Sequence[Telling], numbers: Sequence[Quantity]) -> list[Reason]:
    left = [one for one in numbers if any(telling.sentence.first <= one.first < telling.sentence.last for telling in tellings)]
    return [reason("unread_number", words=_quote(page, left[0].first, left[0].last))] if left else []


def _at_length(scene: Scene, number: int, tellings: Sequence[Telling]) -> list[Reason]:
    sentence = scene.tellings[scene.drafts[number].leading.telling].sentence
    found = [reason("told_at_length", sentences=len(tellings))] if len(tellings) >= _MUCH else []
    return [*found, *([reason("crowded_sentence")] if sentence.last - sentence.first > _LONG else [])]


def _quote(page: Page, first: int, last: int) -> str:
    return page.clean.span(page.tokens[first].start, page.tokens[min(last, len(page.tokens)) - 1].end).quote
