"""All mentions of a report, for marking them in its text."""

from collections.abc import Sequence

from incidentmap.model import Mention, MentionKind, PartialDate
from incidentmap.reports.figures import Figure
from incidentmap.reports.page import Page
from incidentmap.reports.statements import Placed, Scene
from incidentmap.reports.tellings import Findings


def mark_mentions(scene: Scene, found: Findings, placed: Sequence[Placed]) -> tuple[Mention, ...]:
    """Every date, actor, figure, place, event and claim that was found, in text order; spans point into the report."""
    page = scene.page
    marked = [Mention(page.clean.span(when.start, when.end), MentionKind.DATE, _iso(when.date)) for when in found.dates]
    marked += [_mention(page, actor.first, actor.last, MentionKind.ACTOR, actor.id) for actor in found.actors if actor.id]
    marked += [_mention(page, figure.first, figure.last, MentionKind.FIGURE, _range(figure)) for figure in found.figures]
    marked += [_mention(page, place.first, place.last, MentionKind.PLACE, place.place.id) for place in found.places.mentions]
    marked += [_mention(page, trigger.first, trigger.last, MentionKind.EVENT, trigger.kind.id)
               for telling in scene.tellings for trigger in telling.triggers]
    marked += [Mention(item.claim.span, MentionKind.CLAIM, f"{item.claim.claimant}:{item.claim.field}") for item in placed]
    return tuple(sorted(set(marked)))


def _mention(page: Page, first: int, last: int, kind: MentionKind, meaning: str) -> Mention:
    return Mention(page.clean.span(page.tokens[first].start, page.tokens[last - 1].end), kind, meaning)


def _iso(when: PartialDate | None) -> str:
    if when is None:
        return ""
    return when.start.isoformat() if when.start == when.end else f"{when.start.isoformat()}/{when.end.isoformat()}"


def _range(figure: Figure) -> str:
    bounds = (figure.quantity.low, figure.quantity.best, figure.quantity.high)
    return f"{figure.field} " + "/".join("" if bound is None else str(bound) for bound in bounds)

