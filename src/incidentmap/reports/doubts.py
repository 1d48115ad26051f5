"""Why a person should look at a draft: what its words leave open, and what of them was not read."""

from collections.abc import Sequence
from dataclasses import dataclass

from incidentmap.model import Claim, ClaimField, DatePrecision, Reason, Span, Stance, reason
from incidentmap.reports.claims import is_source, voice_of
from incidentmap.reports.drafts import Draft
from incidentmap.reports.events import Telling
from incidentmap.reports.figures import Figure
from incidentmap.reports.locate import location_of
from incidentmap.reports.page import Page
from incidentmap.reports.people import victim_class
from incidentmap.reports.quantities import Quantity, find_quantities
from incidentmap.reports.sentences import Sentence
from incidentmap.reports.silences import silences
from incidentmap.reports.statements import Placed, Scene


@dataclass(frozen=True, slots=True)
class Unread:
    """What of a report nothing was made of: numbers (:func:`unread_numbers`), unknown places of the clean text."""

    numbers: Sequence[Quantity]
    places: Sequence[Span]


def doubts(
    scene: Scene, number: int, claims: Sequence[Claim], placed: Sequence[Placed], unread: Unread,
) -> tuple[Reason, ...]:
    """Why a person should look at a draft, empty when there is no reason.

    Parameters
    ----------
    scene, number
        The report, and which of its drafts.
    claims
        Those about this draft alone.
    placed
        All claims of the report.
    unread
        What of the report nothing was made of.
    """
    draft = scene.drafts[number]
    return (*_date_doubts(scene.page, draft), *_place_doubts(scene, draft, unread.places),
            *_claim_doubts(number, claims, placed), *silences(scene, number, claims, unread.numbers),
            *_voice_doubts(scene, number))


def unread_numbers(page: Page, figures: Sequence[Figure], closed: frozenset[int]) -> tuple[Quantity, ...]:
    """Numbers that may count people but of which no figure was made.

    Parameters
    ----------
    page, figures
        Where to look, and what was found there.
    closed
        Tokens that are part of a date or a place.
    """
    read = frozenset(index for figure in figures for index in range(figure.first, figure.last))
    return tuple(quantity for sentence in page.sentences for quantity in find_quantities(page, sentence, closed | read)
                 if _counts_people(page, sentence, quantity))


def _counts_people(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number stands before people or alone ("another source said five"), and is more than an article."""
    measures, last = page.lexicon.book("measures"), quantity.last
    if _is_label(page, sentence, quantity):
        return False
    if (quantity.best is not None and quantity.best <= 1) or page.lexicon.book("bounds").word(page.tokens[last - 1]):
        return False
    if last == sentence.last or not page.tokens[last].glued:
        return quantity.first == sentence.first or measures.word(page.tokens[quantity.first - 1]) is None
    return victim_class(page, last, sentence.last) != ""


def _is_label(page: Page, sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is part of a date or a time ("02/05", "05:45", "Thursday 18"), or that of a list ("3. ", "3/ ")."""
    first, last = page.tokens[quantity.first], page.tokens[quantity.last - 1]
    before, after = page.text[max(0, first.start - 1):first.start], page.text[last.end:last.end + 2]
    if not first.text[:1].isdigit():
        return False
    clock = before in {"/", ":"} or (after[:1] in {"/", ":", "."} and after[1:].isdigit()) or first.text.startswith("0")
    listed = quantity.first == sentence.first and after[:1] in {".", "/", ")"}
    day = quantity.first > sentence.first and page.lexicon.book("weekdays").word(page.tokens[quantity.first - 1]) is not None
    return clock or listed or day


def _voice_doubts(scene: Scene, number: int) -> list[Reason]:
    """The first figure of a draft told in the report's own voice, where a source or a verb of speech stands beside it."""
    page = scene.page
    for told, telling in enumerate(scene.tellings):
        if number not in scene.told.get(told, ()) and number not in scene.told.get(told - 1, ()):
            continue
        for figure in telling.figures:
            own = voice_of(page, telling.sentence, scene.voices[told], figure.first, figure.last) is None
            if own and figure.field is not ClaimField.MATERIEL and _somebody_speaks(page, telling):
                span = page.clean.span(page.tokens[figure.first].start, page.tokens[figure.last - 1].end)
                return [reason("unsure_voice", words=span.quote)]
    return []


def _somebody_speaks(page: Page, telling: Telling) -> bool:
    first, last = telling.sentence.first, telling.sentence.last
    spoken = any(page.lexicon.book(section).scan(page.tokens, first, last) for section in ("speech", "according"))
    return spoken or any(is_source(actor.id) for actor in telling.actors)


def _date_doubts(page: Page, draft: Draft) -> list[Reason]:
    mention = draft.date
    if mention is None or mention.date is None:
        return [reason("no_date")]
    quote = page.clean.span(mention.start, mention.end).quote
    checks = (
        (draft.carried or mention.above, "date_carried"), (mention.mismatch, "weekday_mismatch"),
        (mention.date.precision not in {DatePrecision.DAY, DatePrecision.RANGE}, "date_about"),
    )
    return [reason(code, words=quote) for holds, code in checks if holds]


def _place_doubts(scene: Scene, draft: Draft, unknown: Sequence[Span]) -> list[Reason]:
    if draft.ground is None:
        return [_unplaced(scene, draft, unknown)]
    location = location_of(scene.page, draft.ground)
    rivals = ", ".join(location.rivals[:3])
    found = [reason("ambiguous_place", name=location.name, rivals=rivals)] if location.ambiguous else []
    if draft.level in {"area", "country"}:
        found.append(reason("area_only", name=location.name))
    return found


def _unplaced(scene: Scene, draft: Draft, unknown: Sequence[Span]) -> Reason:
    """Why a draft has no place: its sentences name one that nobody knows, or none."""
    told = [scene.tellings[number].sentence for number in dict.fromkeys(item.telling for item in draft.evidence)]
    named = [name for one in told for name in unknown if one.start <= name.start < one.end]
    if not named:
        return reason("no_place")
    return reason("unknown_place", name=scene.page.clean.span(named[0].start, named[0].end).quote)


def _claim_doubts(number: int, claims: Sequence[Claim], placed: Sequence[Placed]) -> list[Reason]:
    found = [reason("aggregate_toll", words=item.claim.span.quote) for item in placed
              if len(item.drafts) > 1 and number in item.drafts and item.claim.field is ClaimField.KILLED][:1]
    for field in (ClaimField.KILLED, ClaimField.WOUNDED, ClaimField.CAPTURED):
        told = {(claim.low, claim.high) for claim in claims if claim.field is field and (claim.low, claim.high) != (None, None)}
        sides = {claim.claimant for claim in claims if claim.field is field and (claim.low, claim.high) != (None, None)}
        if len(told) > 1 and len(sides) > 1:
            found.append(reason("rival_figures", field=field.value))
    control = {claim.stance is Stance.DENIES for claim in claims if claim.field is ClaimField.CONTROL}
    return [*found, *([reason("rival_control")] if len(control) > 1 else [])]
