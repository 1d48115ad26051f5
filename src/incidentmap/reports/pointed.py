"""An event that a model points at, read by our own rules: they see the words that it points at and nothing else.

All other words of the report are blanked out, each place keeps its offset, and the report is read as any other. What the rules
make of the words counts: their date, place, figures and type of event. The model supplies none of these, only roles of actors.
"""

import hashlib
from dataclasses import dataclass, replace

from incidentmap.model import (
    ActorRole,
    Dropped,
    Incident,
    MentionKind,
    PlaceFinder,
    PointedActor,
    PointedEvent,
    PointedFigure,
    Proposal,
    Reading,
    Report,
    Role,
    Span,
    excerpt,
    reason,
)
from incidentmap.reports.read import dated, read_report

PROPOSED = "m"
"""What the id of a draft begins with that a model pointed at; ids of the rules' own drafts are hexadecimal."""


@dataclass(frozen=True, slots=True)
class ReadPointed:
    """What the rules made of a proposed event: the draft, None where they could not read enough, and the words left unread."""

    draft: Incident | None
    unread: tuple[Dropped, ...]


def read_pointed(report: Report, proposal: Proposal, finder: PlaceFinder, region: str | None) -> ReadPointed:
    """Read the words of a proposed event.

    Parameters
    ----------
    report
        The proposal points into its text; see :func:`incidentmap.model.checked`.
    proposal
        Of an event.
    finder, region
        As for :func:`incidentmap.reports.read_report`.

    Returns
    -------
    ReadPointed
        With a draft only where the rules know the words for what happened, and read a place or a date. The first of its reasons
        to look says that a model proposed it. Its claims and actors are those that the words hold.
    """
    event = proposal.event
    if event is None:
        return ReadPointed(None, (Dropped(excerpt(proposal.span.quote), reason("proposal_wrong_type")),))
    known = dated(report)
    reading = read_report(replace(known, text=masked(known.text, event.spans)), finder, region)
    draft = _draft(reading, event, known.text)
    if draft is None:
        return ReadPointed(None, (Dropped(excerpt(event.trigger.quote), reason("pointed_no_event")),))
    if draft.location is None and draft.date is None:
        return ReadPointed(None, (Dropped(excerpt(event.trigger.quote), reason("pointed_nowhere")),))
    actors = tuple(role for each in event.actors if (role := _role(reading, each, known.text)))
    speakers = tuple(each for each in draft.actors if each.role in {Role.CLAIMANT, Role.DENIER})
    made = replace(
        draft, id=_id(draft), actors=tuple(dict.fromkeys((*actors, *speakers))), review=(proposal.why, *draft.review),
    )
    return ReadPointed(made, _unread(reading, event, made))


def masked(text: str, spans: tuple[Span, ...]) -> str:
    """A text of the same length that holds the words of some spans alone, commas between those that do not stand together."""
    kept = bytearray(len(text))
    for each in spans:
        kept[each.start:each.end] = b"\x01" * (each.end - each.start)
    pieces, at, told = [], 0, False
    while at < len(text):
        end = kept.find(1 - kept[at], at)
        end = len(text) if end < 0 else end
        pieces.append(text[at:end] if kept[at] else _gap(text[at:end], after=told))
        told = told or bool(kept[at])
        at = end
    return "".join(pieces)


def _gap(words: str, *, after: bool) -> str:
    if not words.strip() and "\n" not in words:
        return words
    return ("," if after and len(words) > 1 else " ") + " " * (len(words) - 1)


def _draft(reading: Reading, event: PointedEvent, text: str) -> Incident | None:
    """The draft with the trigger that is pointed at, else the first; its quotes are those of the text as it came."""
    meant = [each for each in reading.incidents if overlap(each.trigger, event.trigger)]
    draft = next(iter((*meant, *reading.incidents)), None)
    return draft and replace(
        draft, trigger=_quoted(text, draft.trigger), date_span=draft.date_span and _quoted(text, draft.date_span),
        location=draft.location and replace(draft.location, span=_quoted(text, draft.location.span)),
        claims=tuple(replace(each, span=_quoted(text, each.span)) for each in draft.claims),
    )



def _quoted(text: str, span: Span) -> Span:
    return Span(span.start, span.end, text[span.start:span.end])


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.start < other.end and other.start < one.end


def _role(reading: Reading, actor: PointedActor, text: str) -> ActorRole | None:
    read = (each for each in reading.mentions if each.kind is MentionKind.ACTOR and overlap(each.span, actor.span))
    return next((ActorRole(each.meaning, _quoted(text, each.span).quote, actor.role) for each in read), None)


def _unread(reading: Reading, event: PointedEvent, draft: Incident) -> tuple[Dropped, ...]:
    left = [each.span for each in event.figures if not _counted(draft, each)]
    left += [each.span for each in event.actors if _role(reading, each, "") is None]
    left += [event.place] if event.place and draft.location is None else []
    left += [event.date] if event.date and draft.date is None else []
    return tuple(Dropped(excerpt(each.quote), reason("pointed_unread")) for each in left)


def _counted(draft: Incident, figure: PointedFigure) -> bool:
    return any(each.field is figure.field and overlap(each.span, figure.span) for each in draft.claims)


def _id(draft: Incident) -> str:
    """Made of where the words stand: the same proposal gives the same draft."""
    where = f"{draft.location.span.start}-{draft.location.span.end}" if draft.location else ""
    when = f"{draft.date_span.start}" if draft.date_span else ""
    key = f"{draft.report}|{draft.trigger.start}|{where}|{when}|proposed"
    return PROPOSED + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:15]
